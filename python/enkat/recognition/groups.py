"""Finds the columns that together are one question, by their names first and then by all their cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from enkat.files.heading import Heading
from enkat.recognition.boxes import boxes_of
from enkat.recognition.cells import CellsOf
from enkat.recognition.names import LONGEST_NAME, PLACES, Form, Place
from enkat.recognition.own_words import runs_of_own_words
from enkat.recognition.platforms import Platform
from enkat.recognition.record import Group, Member

# A question of these tools may have a single box.
_ALONE: set[Form] = {"bracket", "underscore", "choice"}


def find_groups(
    columns: Sequence[str], headings: Sequence[Heading], cells: CellsOf, platform: Platform | None
) -> list[Group]:
    """The groups among these columns, in the order of the file."""
    groups: list[Group] = []
    taken: set[str] = set()

    def take(found: Iterable[Group]) -> None:
        for group in found:
            groups.append(group)
            taken.update(group.columns)

    take(_decided(_by_heading(columns, headings), columns, cells, platform, taken))
    for form, place_of in PLACES.items():
        members: dict[tuple[str, str], list[Member]] = {}
        for name in columns:
            place = place_of(name) if name not in taken and len(name) <= LONGEST_NAME else None
            if place is not None:
                members.setdefault((form, place.question), []).append(Member(name, place))
        take(_decided(members, columns, cells, platform, taken))
    free = [name for name in columns if name not in taken]
    take(runs_of_own_words(columns, free, cells))
    where = {name: number for number, name in enumerate(columns)}
    return sorted(groups, key=lambda group: where[group.members[0].column])


def _by_heading(columns: Sequence[str], headings: Sequence[Heading]) -> dict[tuple[str, str], list[Member]]:
    """Columns whose header lines give them one question; each holds an option or an item of it."""
    number = PLACES["number"]
    members: dict[tuple[str, str], list[Member]] = {}
    known = set(columns)
    for heading in headings:
        if heading.column not in known or not heading.question or not heading.option:
            continue
        named = heading.option in heading.column  # the name is made of the header lines, no code of the tool
        by_name = None if named else number(heading.column)
        stem = by_name.question if by_name else ""
        place = Place(
            "heading", stem or heading.question, by_name.item if by_name else heading.option, heading.question,
            heading.option, words=by_name.words if by_name else False,
        )  # fmt: skip
        members.setdefault((heading.question, stem), []).append(Member(heading.column, place))
    return members


def _decided(
    members: dict[tuple[str, str], list[Member]],
    columns: Sequence[str],
    cells: CellsOf,
    platform: Platform | None,
    taken: set[str],
) -> Iterable[Group]:
    for together in members.values():
        form = together[0].place.form
        if len(together) < 2 and form not in _ALONE:
            continue
        group = boxes_of(together, columns, cells, platform)
        if group is not None and not taken & {member.column for member in group.members}:
            yield group
