"""What was recognised in the columns of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from enkat.files.reading import Reading
from enkat.files.undeclared import Undeclared, taken_out
from enkat.recognition.marks import Marks
from enkat.recognition.names import Place

Kind = Literal["multiple", "proposed", "items"]


@dataclass(frozen=True)
class Member:
    """A column of a group, with its place in the question."""

    column: str
    place: Place

    @property
    def label(self) -> str:
        """What the option or item is called."""
        return self.place.item_label or self.place.item


@dataclass(frozen=True)
class Group:
    """Columns that together are one question, and why they are taken for one.

    `multiple` are boxes, `proposed` may be boxes or questions of their own, `items` share their answers.
    """

    kind: Kind
    name: str
    label: str
    members: tuple[Member, ...]
    why: str
    marks: Marks | None = None
    own_words: bool = False  # each box is ticked by its own words
    other: Member | None = None  # the box that takes in other words
    joined: str | None = None  # the column that holds the same choices in one cell
    words: tuple[Member, ...] = ()  # columns of words beside the boxes
    blank_is_answer: bool = False

    @property
    def columns(self) -> list[str]:
        """Its columns, those beside the boxes included."""
        beside = [self.joined] if self.joined else []
        return [*(member.column for member in (*self.members, *self.words)), *beside]


@dataclass(frozen=True)
class Split:
    """A column whose cells hold several choices each, with what separates them and the options found."""

    column: str
    delimiter: str
    options: tuple[str, ...]
    rare: int  # choices that nobody else has made: perhaps words, and none of the options
    sure: bool
    why: str
    complete: bool = True  # all cells were looked at for them

    @property
    def other(self) -> bool:
        """Whether cells hold words that are none of the options."""
        return self.rare > 0


@dataclass(frozen=True)
class Recognition:
    """What the columns of a file are, as far as their names and cells tell."""

    platform: str | None
    added: tuple[str, ...] = ()  # columns of the tool that are no questions
    groups: tuple[Group, ...] = ()
    splits: tuple[Split, ...] = ()
    questions: tuple[dict[str, Any], ...] = ()  # of the groups and splits that are sure
    notes: tuple[str, ...] = ()
    undeclared: tuple[Undeclared, ...] = ()  # answers in words that say there is no answer

    def codebook(self, reading: Reading, *, labelled: bool = False) -> dict[str, Any] | None:
        """The file's own codebook with the questions that were recognised; None where there are none at all.

        With `labelled`, values whose labels call them no answer are missing.
        """
        none = (*reading.undeclared, *self.undeclared) if labelled else ()
        own = taken_out(reading.codebook, none) if reading.codebook else None
        if own and (added := {*self.added}):
            asked = [question for question in own["questions"] if not added.issuperset(columns_of(question))]
            own = {**own, "questions": asked} if asked else None
        if not self.questions:
            return own
        known = own or {"schema_version": 1, "questions": []}
        # A box alone is no question: all who ticked it chose it.
        boxes = {column for question in self.questions for column in columns_of(question)}
        others = [question for question in known["questions"] if not boxes & set(columns_of(question))]
        recognised = taken_out({"questions": self.questions}, none)["questions"]
        return {**known, "questions": [*others, *recognised]}


def columns_of(question: Mapping[str, Any]) -> list[str]:
    """The columns that hold the answers to a question."""
    if question.get("storage") == "columns":
        return [
            str(option.get("column", f"{question['name']}_{option['name']}"))
            for option in question["options"]
            if not option.get("absent")
        ]
    return [str(name) for name in question.get("columns", [question.get("column", question["name"])])]


def set_variables(question: Mapping[str, Any]) -> list[str]:
    """The variables behind the 0/1 columns that were made for a set of an SPSS file; its options have them as codes."""
    options = question.get("options", []) if question.get("storage") == "columns" else []
    return [str(option["code"]) for option in options if str(option["column"]).endswith(f":{option['code']}")]


def item_labels(groups: Sequence[Group]) -> dict[str, str]:
    """What the columns of groups that are no question of their own are called: the wording above them and their own."""
    return {
        member.column: f"{group.label}: {member.label}"
        for group in groups
        if group.kind != "multiple"
        for member in group.members
        if member.place.form not in ("number", "prefix")
    }
