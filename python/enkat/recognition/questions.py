"""The questions of a codebook that were recognised in columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from enkat.files.entries import distinct_labels
from enkat.recognition.cells import CellsOf
from enkat.recognition.record import Group, Split
from enkat.recognition.scales import in_order
from enkat.recognition.splits import residual_of

OTHER = "Other"
LIMESURVEY_OTHER = "-oth-"


def of_group(group: Group, cells: CellsOf) -> dict[str, Any]:
    """A multiple question with one column per option."""
    members = group.members
    codes = [member.place.item for member in members]
    if len(set(codes)) < len(codes):
        codes = [member.column for member in members]
    labels = distinct_labels([" ".join(member.label.split()) for member in members], codes)
    options: list[dict[str, Any]] = []
    for member, code, label in zip(members, codes, labels, strict=True):
        option: dict[str, Any] = {"name": label, "code": code, "label": label, "column": member.column}
        if group.own_words:
            words = next(iter(cells[member.column].counts), label)
            if member is not group.other:
                option["ticked"] = words
        if member is group.other:
            option["other"] = True
        options.append(option)
    question: dict[str, Any] = {"name": group.name, "type": "multiple", "storage": "columns", "options": options}
    if group.label:
        question["label"] = " ".join(group.label.split())
    question |= marks_of(group)
    if (group.marks is None or group.marks.zero_one) and group.other is not None and not group.own_words:
        question |= {"ticked": 1, "not_ticked": 0}  # beside words, a number is one
    if group.marks and group.marks.missing:
        question["missing"] = [{"code": _code(code), "reason": "not_asked"} for code in group.marks.missing]
    if group.blank_is_answer:
        question["blank"] = "none chosen"
    return question


def marks_of(group: Group) -> dict[str, str | list[str]]:
    """What ticks the boxes and what does not, as a codebook says it where that is not 1 and 0."""
    if group.marks is None or group.marks.zero_one:
        return {}
    found = {"ticked": _one_or_list(group.marks.ticked)}
    return found | ({"not_ticked": _one_or_list(group.marks.not_ticked)} if group.marks.not_ticked else {})


def of_split(split: Split) -> dict[str, Any]:
    """A multiple question whose choices are joined in one cell."""
    residual = residual_of(split) if split.other else None
    options: list[dict[str, Any]] = [
        {"name": option, "label": option, **({"other": True} if option == residual else {})} for option in split.options
    ]
    if split.other and residual is None:
        options.append({"name": OTHER, "label": OTHER, "other": True})
    return {
        "name": split.column,
        "type": "multiple",
        "storage": "delimited",
        "delimiter": split.delimiter,
        "options": options,
    }


def with_other(column: str, cells: CellsOf, label: str) -> dict[str, Any]:
    """A single question of LimeSurvey in which `-oth-` stands for words of one's own, which have a column beside it."""
    answers = sorted(cells[column].values - {LIMESURVEY_OTHER})
    options: list[dict[str, Any]] = [{"name": answer, "label": answer} for answer in in_order(answers) or answers]
    options.append({"name": OTHER, "code": LIMESURVEY_OTHER, "label": OTHER, "other": True})
    return {"name": column, "type": "single", "label": label, "options": options}


def of_scale(column: str, answers: Sequence[str], label: str) -> dict[str, Any]:
    """A single question whose answers have an order in words."""
    options = [{"name": answer, "label": answer} for answer in answers]
    return {"name": column, "type": "single", "label": label, "options": options}


def _code(text: str) -> int | str:
    """A code as it stands in the table: a number where it is one."""
    return int(text) if text.removeprefix("-").isdecimal() else text


def _one_or_list(words: Sequence[str]) -> str | list[str]:
    return words[0] if len(words) == 1 else list(words)
