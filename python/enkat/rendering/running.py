"""Texts of a report as drawings, pages and workbooks can hold them."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

from enkat.texts import on_one_line

BREAKS = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]+")


def running(text: str) -> str:
    r"""The text as one that runs on: line breaks are spaces, and other characters that are not seen are escapes.

    >>> running("at home\nor away")
    'at home or away'
    """
    return on_one_line(BREAKS.sub(" ", text))


def with_running_texts(part: Any) -> Any:
    """A part of the report's model with all texts in it running: a label may hold what XML and PDF cannot."""
    if isinstance(part, str):
        return running(part)
    if isinstance(part, (tuple, list)):
        return type(part)(map(with_running_texts, part))
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{f.name: with_running_texts(getattr(part, f.name)) for f in fields(part) if f.init})
    return part
