"""Blanks that nobody sees: at the ends of names and answers, and those that do not break a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from enkat.files.reading import few_names

if TYPE_CHECKING:
    import pyarrow as pa

_NO_BREAK = "[\u00a0\u2007\u202f]"


def plain(text: str) -> str:
    """A heading as it reads: without blanks at its ends, and with plain ones inside."""
    return re.sub(_NO_BREAK, " ", text).strip()


def as_read(texts: pa.Array) -> pa.Array:
    """Different answers as they read.

    Blanks at the ends are no part of an answer. One inside that does not break is made plain where this makes an
    answer the same as another.
    """
    import pyarrow.compute as pc

    trimmed = pc.utf8_trim_whitespace(texts)
    if pc.all(pc.string_is_ascii(trimmed), min_count=0).as_py():
        return trimmed
    if not pc.any(pc.match_substring_regex(trimmed, _NO_BREAK)).as_py():
        return trimmed
    plain_inside = pc.replace_substring_regex(trimmed, _NO_BREAK, " ")
    merges = pc.count_distinct(plain_inside).as_py() < pc.count_distinct(trimmed).as_py()
    return plain_inside if merges else trimmed


def blanks_note(headings: int, answers: Mapping[str, int]) -> list[str]:
    """A sentence that counts what was trimmed; nothing where nothing was."""
    parts = []
    if headings:
        parts.append(f"{headings} column name{'s' if headings > 1 else ''}")
    if answers:
        cells = sum(answers.values())
        parts.append(f"{cells} answer{'s' if cells > 1 else ''} of {few_names(list(answers))}")
    return (
        [f"blanks at the ends, or that do not break a line, were taken out of {' and '.join(parts)}"] if parts else []
    )
