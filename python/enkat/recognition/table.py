"""The table of a file's columns: what each was taken for, why, and the answers found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enkat.files.guess import guess_question, identifier
from enkat.files.reading import Reading
from enkat.inspection import InspectedColumn
from enkat.recognition.cells import CellsOf
from enkat.recognition.record import Group, Recognition, columns_of, set_variables

MOST_SHOWN = 6  # answers of a column, most frequent first
_NO_WORDS = ("yes", "no")


def inspected_columns(
    reading: Reading, found: Recognition, codebook: Mapping[str, Any] | None
) -> list[InspectedColumn]:
    """A record a column; `codebook` is the one that was given, if one was."""
    table = _Table(reading, found, codebook)
    return [table.record(name) for name in reading.table.column_names]


class _Table:
    """Looks columns up in the questions, groups and guesses that know them."""

    def __init__(self, reading: Reading, found: Recognition, codebook: Mapping[str, Any] | None) -> None:
        self.reading = reading
        self.found = found
        self.cells = CellsOf(reading.table)
        self.given = codebook is not None
        known = codebook if codebook is not None else found.codebook(reading)
        self.questions = {
            column: question for question in (known or {}).get("questions", []) for column in columns_of(question)
        }
        self.sets = {name: question for question in self.questions.values() for name in set_variables(question)}
        self.groups = {} if self.given else {column: group for group in found.groups for column in group.columns}
        self.splits = {} if self.given else {split.column: split for split in found.splits}
        self.recognised = {str(question["name"]) for question in found.questions}
        self.identity = identifier(reading.table)
        self.undeclared = {values.question: values for values in (*reading.undeclared, *found.undeclared)}

    def record(self, name: str) -> InspectedColumn:
        if name in self.found.added and not self.given:
            return InspectedColumn(name, "no question", f"a column of {self.found.platform}", self._amount(name))
        if name in self.sets and name not in self.questions:
            return InspectedColumn(name, f"box of {self.sets[name]['name']!r}", "a set of the file", self._levels(name))
        if (group := self.groups.get(name)) and not (group.kind == "items" and name in self.splits):
            return self._of_group(name, group)
        if (split := self.splits.get(name)) and self.questions.get(name, {}).get("type") != "multiple":
            return InspectedColumn(
                name, self._kind(name), "by its values", self._amount(name),
                f"perhaps several answers a cell ({split.why}): a codebook with storage 'delimited' says so",
            )  # fmt: skip
        if split:
            choices = f"{len(split.options)} options" + (
                f" and {split.rare} choices of a single respondent" if split.other else ""
            )
            return InspectedColumn(name, "several answers a cell", split.why, f"{choices}, {self._amount(name)}")
        if question := self.questions.get(name):
            return self._of_question(name, question)
        if name == self.identity:
            return InspectedColumn(name, "identifier", "its name, and no value occurs twice", self._amount(name))
        kind = self._kind(name)
        return InspectedColumn(
            name, kind, "by its values", self._levels(name) if kind == "single" else self._amount(name)
        )

    def _of_group(self, name: str, group: Group) -> InspectedColumn:
        used = group.kind == "multiple" and any(name in columns_of(q) for q in self.found.questions)
        member = next((member for member in group.members if member.column == name), None)
        if member is None:
            joined = name == group.joined
            taken = f"the same as the boxes of {group.name!r}" if joined else f"words beside {group.name!r}"
            return InspectedColumn(name, taken, "its name", self._amount(name))
        if used:
            words = member is group.other
            taken = f"option {member.label!r} of {group.name!r}"
            answers = self._amount(name) if words else self._levels(name)
            return InspectedColumn(name, taken, "holds words" if words else group.why, answers)
        if group.kind == "items":
            return InspectedColumn(name, f"item {member.label!r} of {group.name!r}", group.why, self._levels(name))
        if group.kind == "proposed":
            unclear = f"boxes of one question {group.name!r} or questions of their own: a codebook says which"
            return InspectedColumn(name, self._kind(name), "by its values", self._levels(name), unclear)
        unclear = f"looks like a box of {group.name!r}, but other cells are no marks: a codebook says what ticks"
        return InspectedColumn(name, self._kind(name), "by its values", self._amount(name), unclear)

    def _of_question(self, name: str, question: Mapping[str, Any]) -> InspectedColumn:
        several = question["type"] in ("multiple", "top_k")
        taken = str(question["type"])
        if several:
            option = next((o["name"] for o in question["options"] if o.get("column") == name), None)
            taken = f"option {option!r} of {question['name']!r}" if option else f"choices of {question['name']!r}"
        why = "header lines" if self.reading.headings else "labels of the file"
        if question["name"] in self.recognised:
            why = "answers in words that have an order" if "missing" not in question else "codes of the tool"
        if self.given:
            why = "the codebook"
        closed = question["type"] in ("single", "scale") or several
        values = self.undeclared.get(str(question["name"]))
        unclear = (
            f"labels that say there is no answer, not declared missing: {values}" if values and not self.given else ""
        )
        answers = self._levels(name, _codes(question)) if closed else self._amount(name)
        return InspectedColumn(name, taken, why, answers, unclear)

    def _kind(self, name: str) -> str:
        import pyarrow as pa

        guessed = guess_question(name, self.reading.table.column(name), _NO_WORDS)
        if guessed:
            return str(guessed["type"])
        column = self.reading.table.column(name)
        if column.null_count == len(column):
            return "empty"
        is_date = pa.types.is_date(column.type) or pa.types.is_timestamp(column.type)
        return "date" if is_date else str(column.type)

    def _levels(self, name: str, codes: set[str] | None = None) -> str:
        """How often each answer occurs; what is none of the codes may be words of a respondent and is only counted."""
        cells = self.cells[name]
        if cells.many or not cells.readable:
            return self._amount(name)
        known = {answer: count for answer, count in cells.counts.items() if codes is None or answer in codes}
        shown = sorted(known.items(), key=lambda found: -found[1])
        words = cells.answered - sum(known.values())
        listed = [f"{answer}: {count}" for answer, count in shown[:MOST_SHOWN]]
        more = [f"{len(shown) - MOST_SHOWN} more"] if len(shown) > MOST_SHOWN else []
        return ", ".join([*listed, *more, *([f"other words: {words}"] if words else []), *_blanks(cells.empty)])

    def _amount(self, name: str) -> str:
        column = self.reading.table.column(name)
        cells = self.cells[name]
        filled = len(column) - cells.empty
        what = "texts" if cells.text else "values"
        return ", ".join([f"{filled} {what}" if filled else "nothing", *_blanks(cells.empty if filled else 0)])


def _blanks(empty: int) -> list[str]:
    return [f"blank: {empty}"] if empty else []


def _codes(question: Mapping[str, Any]) -> set[str]:
    """Everything that can stand in the cells of a question without being a respondent's own words."""
    codes: set[str] = {"0", "1"}
    for entry in (*question.get("options", []), *question.get("missing", []), question):
        for key in ("code", "name", "ticked", "not_ticked"):
            value = entry.get(key, ())
            codes |= {str(one) for one in (value if isinstance(value, (list, tuple)) else (value,))}
    return codes
