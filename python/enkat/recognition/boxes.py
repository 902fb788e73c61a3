"""Whether columns of one name are the boxes of one question, items that share their answers, or neither."""

from __future__ import annotations

from collections.abc import Sequence

from enkat.recognition.cells import CellsOf
from enkat.recognition.marks import Marks, is_other, marks_in
from enkat.recognition.names import Form
from enkat.recognition.own_words import hold_their_label, own_words
from enkat.recognition.platforms import SOSCI, Platform
from enkat.recognition.record import Group, Kind, Member

MOST_ANSWERS_OF_ITEMS = 12
# A tool gives these names to the boxes of a question, so that 0 and 1 tick.
_BOX_NAMES: set[Form] = {"choice", "triple"}


def boxes_of(
    members: Sequence[Member], columns: Sequence[str], cells: CellsOf, platform: Platform | None
) -> Group | None:
    """The group that these columns are; None when their cells do not belong together."""
    words = tuple(member for member in members if member.place.words)
    boxes = [member for member in members if not member.place.words]
    if not boxes or not any(cells[member.column].counts for member in boxes):
        return None
    # A box called "Other" that holds its own name is ticked by it; one that holds anything else has words in it.
    if hold_their_label(boxes, cells):
        named = [box for box in boxes if is_other(box.place.item, box.place.item_label)]
        other = next((box for box in named if not _filled(box, cells)), None)
    else:
        other = _other(boxes, cells)
    marked = [member for member in boxes if member is not other]
    form = boxes[0].place.form
    coded = all(cells[member.column].readable and not cells[member.column].many for member in marked)
    values = {value for member in marked for value in cells[member.column].values} if coded else set[str]()
    codes = platform.not_answered if platform else frozenset[str]()
    marks = marks_in(values, not_answered=codes, two_ticks=platform is SOSCI) if coded else None
    if marks is not None and marks.ticked + marks.not_ticked:
        return _ticked(boxes, marked, other, words, marks, columns, cells, platform)
    own = own_words(marked, cells) if coded else None
    blank = any(cells[member.column].empty for member in marked)
    if own is not None and blank and (len(marked) > 1 or form == "choice"):
        why = "each column holds its own option or nothing"
        return _group("multiple", boxes, columns, why, None, other, words, own_words=True)
    if len(boxes) > 1 and coded and other is None and 1 < len(values) <= MOST_ANSWERS_OF_ITEMS and _alike(boxes, cells):
        return _group("items", boxes, columns, "their answers are the same", None, None, words)
    return None


def _filled(box: Member, cells: CellsOf) -> bool:
    return cells[box.column].many or bool(cells[box.column].counts)


def _other(boxes: Sequence[Member], cells: CellsOf) -> Member | None:
    """The box that takes in words: the only one whose cells are no marks, named so or the last."""
    if len(boxes) < 2:
        return None

    def odd(member: Member) -> bool:
        found = cells[member.column]
        rest = [box for box in boxes if box is not member and not box.place.words]
        others = {value for box in rest for value in cells[box.column].values}
        return found.many or not (found.values <= others or marks_in(found.values))

    named = [member for member in boxes if is_other(member.place.item, member.place.item_label)]
    for member in [*named, boxes[-1]]:
        found = cells[member.column]
        if (member in named and (odd(member) or (not found.counts and not found.many))) or (found.text and odd(member)):
            return member
    return None


def _ticked(
    boxes: Sequence[Member], marked: Sequence[Member], other: Member | None, words: tuple[Member, ...], marks: Marks,
    columns: Sequence[str], cells: CellsOf, platform: Platform | None,
) -> Group | None:  # fmt: skip
    form = boxes[0].place.form
    blanks = any(cells[member.column].empty for member in marked)
    limesurvey = form in ("bracket", "underscore")
    if not marks.not_ticked:
        # One mark and blanks. A column that says 1 in every row is a constant.
        if not blanks or (platform is SOSCI and marks.zero_one) or (len(boxes) < 2 and not _single_box(form, marks)):
            return None
        why = f"a mark ({marks.ticked[0]}) or nothing in each column"
        coded = limesurvey and marks.ticked == ("Y",)
        return _group("multiple", boxes, columns, why, marks, other, words, blank_is_answer=coded)
    if len(boxes) < 2:
        return None
    why = f"only {' and '.join((*marks.ticked, *marks.not_ticked))} in their cells"
    sure = (
        marks.only_ticks
        or _labelled_as_ticks(marked, marks, cells)
        or form in _BOX_NAMES
        or (form == "slash" and boxes[0].place.question in columns)  # the joined cells stand beside them
        or (limesurvey and (marks.missing or marks.zero_one or not blanks or other is not None))
        or (form == "colon" and marks.zero_one)
    )
    if limesurvey and not sure:
        return _group("items", boxes, columns, why, marks, None, words)
    return _group("multiple" if sure else "proposed", boxes, columns, why, marks, other, words)


def _labelled_as_ticks(marked: Sequence[Member], marks: Marks, cells: CellsOf) -> bool:
    """True when the labels of the values are words for ticks ("Selected" for 1)."""
    labels = {cells.label(member.column, mark) for member in marked for mark in marks.ticked}
    return Marks(tuple(labels)).only_ticks


def _single_box(form: Form, marks: Marks) -> bool:
    return form == "choice" or (form in ("bracket", "underscore") and marks.ticked == ("Y",))


def _alike(boxes: Sequence[Member], cells: CellsOf) -> bool:
    """True when columns share most of their answers."""
    answers = [cells[member.column].values for member in boxes if cells[member.column].counts]
    union = set[str]().union(*answers)
    return len(answers) > 1 and sum(map(len, answers)) >= 0.6 * len(union) * len(answers)


def _group(
    kind: Kind, boxes: Sequence[Member], columns: Sequence[str], why: str, marks: Marks | None, other: Member | None,
    words: tuple[Member, ...], *, own_words: bool = False, blank_is_answer: bool = False,
) -> Group:  # fmt: skip
    place = boxes[0].place
    name = place.question.strip()
    joined = name if place.form == "slash" and name in columns else None
    if joined is None and name in columns:
        name += "_set"
    return Group(
        kind, name, place.label or place.question, tuple(boxes), why, marks, own_words, other, joined, words,
        blank_is_answer,
    )  # fmt: skip
