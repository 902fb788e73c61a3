"""Boxes that are ticked by their own words, as SurveyMonkey, Qualtrics and Typeform write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from enkat.recognition.cells import CellsOf
from enkat.recognition.marks import is_other
from enkat.recognition.names import Place
from enkat.recognition.record import Group, Member

_REPEATED = re.compile(r"( \(\d+\)|[._]\d+)$")


def hold_their_label(members: Sequence[Member], cells: CellsOf) -> bool:
    """True when every column holds the name of its option or nothing."""
    filled = [member for member in members if cells[member.column].counts or cells[member.column].many]
    return bool(filled) and all(
        len(cells[member.column].counts) == 1 and _same(next(iter(cells[member.column].counts)), member.label)
        for member in filled
    )


def own_words(members: Sequence[Member], cells: CellsOf) -> dict[str, str] | None:
    """What ticks each column, when every column holds one text or nothing, and no two the same."""
    found: dict[str, str] = {}
    for member in members:
        values = list(cells[member.column].counts)
        if len(values) > 1 or cells[member.column].many:
            return None
        if values:
            found[member.column] = values[0]
    distinct = len(set(found.values())) == len(found)
    named = all(_same(words, member.label) for member in members for words in [found.get(member.column, member.label)])
    # Texts that differ from the headings are options only where several respondents gave them.
    repeated = any(count > 1 for member in members for count in cells[member.column].counts.values())
    several = len(found) > 1 and repeated and not any(re.fullmatch(r"[-+\d.,]+", words) for words in found.values())
    return found if found and distinct and (named or several) else None


def runs_of_own_words(columns: Sequence[str], free: Sequence[str], cells: CellsOf) -> list[Group]:
    """Columns beside each other that hold their own heading or nothing; a repeated heading begins the next question."""
    groups: list[Group] = []
    run: list[Member] = []
    allowed = set(free)

    def close(other: Member | None) -> None:
        # An empty column at an end may as well be a comment that nobody wrote.
        while run and not cells[run[0].column].counts:
            del run[0]
        while run and not other and not cells[run[-1].column].counts:
            del run[-1]
        filled = [member for member in run if cells[member.column].counts]
        if len(filled) > 1:
            number = len(groups) + 1
            members = (*run, *([other] if other else []))
            why = "each column holds its own heading or nothing"
            groups.append(Group("multiple", f"choices_{number}", "", members, why, None, own_words=True, other=other))
        run.clear()

    for name in columns:
        heading = _REPEATED.sub("", name)
        found = cells[name] if name in allowed else None
        if found is None or found.many or not found.readable:
            close(None)
            continue
        member = Member(name, Place("heading", "", heading))
        own = len(found.counts) == 1 and _same(next(iter(found.counts)), heading)
        if run and is_other(heading) and not own:
            close(member)
        elif own or (not found.counts and (run or found.empty)):
            if any(_same(heading, earlier.place.item) for earlier in run):
                close(None)
            run.append(member)
        else:
            close(None)
    close(None)
    return groups


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
