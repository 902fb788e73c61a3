"""Columns that a codebook declares as text, so that no cell of them is taken for a number or a date."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from enkat.texts import one_form

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def text_columns(codebook: str) -> frozenset[str]:
    """Columns of texts, of delimited choices, and of answers whose codes are words, from the JSON text of a codebook.

    What is wrong with the codebook is said where it is read for good; here it declares nothing.
    """
    try:
        questions = json.loads(codebook)["questions"]
        return frozenset(name for question in questions for name in _texts_of(question))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return frozenset()


def _texts_of(question: Mapping[str, Any]) -> Iterator[str]:
    if "derived" in question:
        return
    kind = question["type"]
    column = one_form(str(question.get("column", question["name"])))
    if (
        kind == "text"
        or (kind in ("multiple", "top_k") and question.get("storage") == "delimited")
        or (kind in ("single", "scale") and not all(map(_is_number, _codes(question))))
    ):
        yield column
    elif question.get("storage") == "codes" and not all(map(_is_number, _codes(question))):
        yield from map(one_form, question.get("columns", []))


def _codes(question: Mapping[str, Any]) -> Iterator[Any]:
    """The codes of options and of missing answers; an option without one has its name for a code."""
    for option in question.get("options", []):
        yield option.get("code", option.get("name")) if isinstance(option, Mapping) else option
    for missing in question.get("missing", []):
        yield missing["code"]


def _is_number(code: object) -> bool:
    return isinstance(code, (int, float)) or bool(_NUMBER.fullmatch(str(code)))
