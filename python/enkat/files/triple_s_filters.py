"""Who was asked a question of a Triple-S survey: those of whom its filter, an earlier variable, is true."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from enkat.files.reading import Content, few
from enkat.files.triple_s_record import TripleS

if TYPE_CHECKING:
    import pyarrow as pa

_TRUE = "Yes"  # what 1 of a logical variable is called


def with_filters(codebook: dict[str, Any], survey: TripleS, table: pa.Table, content: Content) -> dict[str, Any]:
    """The codebook in which filtered questions are asked of those whom the filter lets through.

    A filter that answers contradict, or that is no earlier question of yes and no, is not used, which a note says.
    """
    named = {key: variable.name for variable in survey.variables for key in (variable.ident, variable.name) if key}
    wanted = {v.name: named.get(v.filtered_by, v.filtered_by) for v in survey.variables if v.filtered_by}
    if not wanted:
        return codebook
    before: set[str] = set()  # questions of yes and no
    routed: dict[str, str] = {}
    questions: list[dict[str, Any]] = []
    place = {variable.name: number for number, variable in enumerate(survey.variables)}
    for question in sorted(codebook["questions"], key=lambda known: place.get(str(known["name"]), -1)):
        by = wanted.get(str(question["name"]), "")
        if by in before:
            routed[question["name"]] = by
            question = {**question, "asked_if": {"question": by, "in": [_TRUE]}}
        questions.append(question)
        if any(option["name"] == _TRUE for option in question.get("options", [])):
            before.add(str(question["name"]))
    contradicted = _contradicted(questions, routed, table)
    kept = [_without(question, contradicted) for question in questions]
    used = [f"{name!r} (by {by!r})" for name, by in routed.items() if name not in contradicted]
    unused = [f"{name!r} (by {by!r})" for name, by in wanted.items() if name not in routed or name in contradicted]
    if used:
        content.notes.append(f"asked of those only whom a filter lets through: {few(used)}")
    if unused:
        content.notes.append(
            "filters that are not used, because answers contradict them or they are no earlier question of yes and "
            f"no: {few(unused)}; blank cells are missing there"
        )
    return {**codebook, "questions": kept}


def _contradicted(questions: list[dict[str, Any]], routed: Iterable[str], table: pa.Table) -> set[str]:
    """The questions that somebody answered whom the filter does not let through."""
    from enkat import _core

    codebook = _core.Codebook.parse(json.dumps({"schema_version": 1, "questions": questions}))
    problems = _core.check_answers(_core.Table.from_stream(table.__arrow_c_stream__()), codebook)
    return {str(issue.context.get("question")) for issue in problems} & {*routed}


def _without(question: Mapping[str, Any], contradicted: set[str]) -> dict[str, Any]:
    return {key: value for key, value in question.items() if key != "asked_if" or question["name"] not in contradicted}
