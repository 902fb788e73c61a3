"""Recognises the questions in the columns of a file that brings no codebook of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from enkat.files.reading import Reading, few
from enkat.files.undeclared import Undeclared, no_answers
from enkat.recognition import questions
from enkat.recognition.cells import CellsOf
from enkat.recognition.groups import find_groups
from enkat.recognition.labelled import labels_of_values, perhaps_boxes, with_labels
from enkat.recognition.platforms import BY_HEADER, Platform, is_added, platform_of
from enkat.recognition.record import Group, Recognition, Split, columns_of, item_labels, set_variables
from enkat.recognition.repeats import repeats_note
from enkat.recognition.scales import in_order
from enkat.recognition.splits import find_split
from enkat.recognition.tool_codes import perhaps_codes, with_tool_codes

if TYPE_CHECKING:
    import pyarrow as pa


def recognise(reading: Reading) -> Recognition:
    """What the columns are that the file's own codebook says nothing about."""
    table = reading.table
    # What header lines say is a question a column; columns that are one question are looked for among all of them.
    known = [] if reading.headings else (reading.codebook or {}).get("questions", [])
    boxes = perhaps_boxes(known)
    covered = {column for question in known for column in columns_of(question) if column not in boxes}
    covered |= {variable for question in known for variable in set_variables(question)}
    free = [name for name in table.column_names if name not in covered]
    above = {heading.column: heading.question for heading in reading.headings}
    tool = reading.layout.tool
    platform = BY_HEADER[tool] if tool else platform_of([*free, *above.values()])
    added = tuple(name for name in free if is_added(name, platform) or is_added(above.get(name, ""), platform))
    asked = [name for name in free if name not in added]
    open_ended = {heading.column for heading in reading.headings if heading.open_ended}
    unlabelled = [name for name in asked if name not in boxes and name not in open_ended]
    cells = CellsOf(table, labels_of_values(boxes))
    # Variables with labelled values are questions, unless their cells are ticks for sure.
    groups = [
        with_labels(group, boxes)
        for group in find_groups(asked, reading.headings, cells, platform)
        if group.kind == "multiple" or not boxes.keys() & set(group.columns)
    ]
    wording = item_labels(groups) | {heading.column: heading.wording for heading in reading.headings}
    grouped = {column for group in groups if group.kind != "items" for column in group.columns}
    splits = [
        split
        for name in unlabelled
        if name not in grouped and (split := find_split(name, table.column(name), platform)) is not None
    ]
    taken = {str(question["name"]) for question in known}
    candidates = [questions.of_group(group, cells) for group in groups if group.kind == "multiple"]
    candidates += [questions.of_split(split) for split in splits if split.sure]
    choices = [question for question in candidates if _usable(question, taken, table)]
    used = {column for question in choices for column in columns_of(question)}
    singles = _singles([name for name in unlabelled if name not in used], cells, wording)
    ordered = [question for question in singles if _usable(question, taken, table)]
    codes = with_tool_codes([name for name in unlabelled if name not in used], table, platform, wording)
    coded = [question for question in codes.questions if _usable(question, taken, table)]
    found = [*choices, *ordered, *coded]
    notes = _notes(platform, added, groups, splits, choices)
    if ordered:
        notes = (*notes, f"answers in words, in their order: {few([repr(q['name']) for q in ordered])}")
    name = platform.name if platform else None
    rest = [name for name in unlabelled if name not in {column for q in found for column in columns_of(q)}]
    notes = (*notes, *codes.notes(platform), *perhaps_codes([n for n in rest if n not in codes.unclear], table))
    notes = (*notes, *filter(None, [repeats_note(table)]))
    of_headings = reading.codebook["questions"] if reading.headings and reading.codebook else []
    free_headings = (q for q in of_headings if q["name"] in asked and q["name"] not in {*used, *taken})
    said = _no_answers([*ordered, *free_headings])
    return Recognition(name, added, tuple(groups), tuple(splits), tuple(found), notes, said)


def _no_answers(asked: Sequence[Mapping[str, Any]]) -> tuple[Undeclared, ...]:
    """The answers in words that say there is none ("Don't know")."""
    found = []
    for question in asked:
        words = {
            option["name"]: option["name"] for option in question.get("options", []) if question["type"] == "single"
        }
        if none := no_answers(words):
            found.append(Undeclared(question["name"], none))
    return tuple(found)


def _singles(columns: Sequence[str], cells: CellsOf, wording: Mapping[str, str]) -> list[dict[str, Any]]:
    """Questions of one column of texts: those with an answer for other words, and those whose answers have an order."""
    found = []
    for name in columns:
        if questions.LIMESURVEY_OTHER in cells[name].counts:
            found.append(questions.with_other(name, cells, wording.get(name, name)))
        elif (answers := _ordered(name, cells)) is not None:
            found.append(questions.of_scale(name, answers, wording.get(name, name)))
    return found


def _ordered(name: str, cells: CellsOf) -> list[str] | None:
    """The answers of a column in the order of their words; a column that declares its categories has its own order."""
    import pyarrow as pa

    if pa.types.is_dictionary(cells.table.column(name).type) or not cells[name].text:
        return None
    return in_order(cells[name].values)


def _usable(question: dict[str, Any], taken: set[str], table: pa.Table) -> bool:
    """True when the cells are what the question says, all of them; gives it a name of its own."""
    from enkat import _core
    from enkat.errors import CodebookError

    if question["name"] in taken:
        number = next(n for n in range(2, len(taken) + 3) if f"{question['name']}_{n}" not in taken)
        question["name"] = f"{question['name']}_{number}"
    columns = columns_of(question)
    try:
        codebook = _core.Codebook.parse(json.dumps({"schema_version": 1, "questions": [question]}))
    except CodebookError:
        return False
    answers = _core.Table.from_stream(table.select(columns).__arrow_c_stream__())
    if _core.check_answers(answers, codebook):
        return False
    taken.add(question["name"])
    return True


def _notes(
    platform: Platform | None,
    added: Sequence[str],
    groups: Sequence[Group],
    splits: Sequence[Split],
    found: Sequence[dict[str, Any]],
) -> tuple[str, ...]:
    notes = []
    if platform and (added or found):
        columns = f"; {len(added)} of its columns are no questions" if added else ""
        notes.append(f"its columns look like an export of {platform.name}{columns}")
    if found:
        names = few([f"{question['name']!r} ({len(question['options'])} options)" for question in found])
        notes.append(f"read as questions with several answers: {names}; enkat.inspect(file) says why")
    of_ticks = [q for q in found if q["storage"] == "columns" and "not_ticked" not in q and "missing" not in q]
    notes += [
        _blank_note([str(q["name"]) for q in of_ticks if q.get("blank") == "none chosen"], "counts as none chosen")
    ]
    marked = {group.name for group in groups if group.marks is None or not group.marks.not_ticked}
    notes += [_blank_note([str(q["name"]) for q in of_ticks if "blank" not in q and q["name"] in marked], "is missing")]
    notes += [_rare_note([split for split in splits if split.other and split.column in {q["name"] for q in found}])]
    notes += [
        _boxes_note(group) for group in groups if group.kind == "proposed" or (group.kind == "items" and group.marks)
    ]
    notes += [_split_note(split) for split in splits if not split.sure]
    return tuple(note for note in notes if note)


def _blank_note(names: Sequence[str], is_what: str) -> str:
    if not names:
        return ""
    return (
        f"in {few([repr(name) for name in names])} a row without a tick {is_what}: the file does not tell none "
        'chosen from not asked; a codebook says which: "blank": "none chosen" or "missing"'
    )


def _rare_note(splits: Sequence[Split]) -> str:
    if not splits:
        return ""
    counts = [f"{split.column!r} ({'' if split.complete else 'at least '}{split.rare})" for split in splits]
    return (
        f"in {few(counts)} choices of a single respondent may be words of their own and are counted as other, not as "
        "options; a codebook names all options"
    )


def _boxes_note(group: Group) -> str:
    marks = questions.marks_of(group)
    said = "".join(f', "{key}": {json.dumps(words, ensure_ascii=False)}' for key, words in marks.items())
    return (
        f"{few([repr(member.column) for member in group.members])} may be the boxes of one question, or questions of "
        'their own; they are read as columns. Where they are boxes, a codebook says "type": "multiple", '
        f'"storage": "columns"{said}'
    )


def _split_note(split: Split) -> str:
    return (
        f"the cells of {split.column!r} may hold several answers each; they are read as they are. Where they do, a "
        f'codebook says "type": "multiple", "storage": "delimited", "delimiter": "{split.delimiter}"'
    )
