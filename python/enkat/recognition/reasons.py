"""Reasons of lettered missing values (Stata, SAS) as missing codes, in the codebook and in the columns it covers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from enkat.files.lettered import Letters
from enkat.files.reading import few
from enkat.recognition.record import columns_of
from enkat.texts import one_form

if TYPE_CHECKING:
    import pyarrow as pa

    from enkat.design import Design


@dataclass(frozen=True)
class WithReasons:
    """A table in which codes stand for the letters that the codebook names, and what is to be known about it."""

    table: pa.Table
    notes: list[str]


def with_letters(codebook: Mapping[str, Any] | None, letters: Sequence[Letters]) -> dict[str, Any] | None:
    """The codebook of the file in which the letters are missing values of their questions, with their labels.

    A variable that the file says nothing else about is a number.
    """
    known = {found.variable: found for found in letters if found.codes}
    if not known:
        return None if codebook is None else dict(codebook)
    questions = [
        {**question, "missing": [*question.get("missing", []), *known[one_form(str(question["name"]))].missing]}
        if _of_one_variable(question, known)
        else question
        for question in (codebook or {}).get("questions", [])
    ]
    used = {one_form(column) for question in questions for column in (*columns_of(question), question["name"])}
    numbers = [
        {"name": name, "type": "number", **({"label": found.label} if found.label else {}), "missing": found.missing}
        for name, found in known.items()
        if name not in used
    ]
    return {"schema_version": 1, **(codebook or {}), "questions": [*questions, *numbers]}


def _declared(codebook: str | Mapping[str, Any] | None) -> dict[str, set[Any]]:
    """The codes that stand for no answer, by the column of their question.

    What is wrong with the codebook is said where it is read for good; here it declares nothing.
    """
    try:
        content = json.loads(codebook) if isinstance(codebook, str) else codebook or {}
        return {
            one_form(str(question.get("column", question["name"]))): {
                entry["code"] for entry in question.get("missing", [])
            }
            for question in content.get("questions", [])
            if question.get("type") in ("single", "scale", "number") and "derived" not in question
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def with_reasons(
    table: pa.Table, codebook: str | Mapping[str, Any] | None, letters: Sequence[Letters], design: Design | None = None
) -> WithReasons:
    """The table with codes for the letters that the codebook names as missing values of the question in the column.

    Columns of the design are used by their numbers, whatever question they hold, and stay as they are.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    apart = _columns_of(design) if design is not None else frozenset()
    declared = _declared(codebook)
    kept: list[Letters] = []
    lost: list[Letters] = []
    for found in letters:
        codes = declared.get(found.variable, set()) & {*found.codes.values()}
        if not codes or found.variable in apart:
            lost.append(found)
            continue
        place = table.column_names.index(found.variable)
        column = table.column(place)
        stands = pc.is_in(found.cells, value_set=pa.array([*codes], pa.float64()))
        coded = pc.if_else(stands, found.cells, pa.scalar(None, pa.float64())).cast(column.type)
        table = table.set_column(place, found.variable, pc.coalesce(column, coded))
        kept.append(found)
    return WithReasons(
        table,
        [
            *_note("their reasons are kept as missing codes: ", kept, ""),
            *_note(
                "missing without these reasons: ",
                lost,
                "; `missing` codes of a single, scale or number question keep them, except in columns of the design",
            ),
        ],
    )


def _note(what: str, letters: Sequence[Letters], and_so: str) -> list[str]:
    found = [letters for letters in letters if letters.counts]
    return [f"{what}{few([_coded(letters) for letters in found])}{and_so}"] if found else []


def _coded(letters: Letters) -> str:
    codes = (f".{letter} {code}" for letter, code in letters.codes.items())
    return f"{letters.variable!r} ({', '.join(codes)})" if letters.codes else repr(letters.variable)


def _of_one_variable(question: Mapping[str, Any], known: Mapping[str, Letters]) -> bool:
    single = question["type"] in ("single", "scale", "number")
    return single and "column" not in question and one_form(str(question["name"])) in known


def _columns_of(design: Design) -> frozenset[str]:
    roles = (design.strata, design.cluster, design.fpc, design.replicate_weights, [design.weight, design.id])
    phases = design.phase2.values() if isinstance(design.phase2, Mapping) else [design.phase2]
    return frozenset(name for names in (*roles, phases) for name in names or [] if isinstance(name, str))
