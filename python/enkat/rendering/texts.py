"""Texts of a study in one language: the files write a string, or one per language."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from enkat.language import catalogue


def text_in(text: Any, language: str) -> str:
    """A text in the language; the study's own text where it has not been translated.

    >>> text_in({"sv": "Ja", "en": "Yes"}, "en"), text_in("Ja", "en"), text_in(None, "en")
    ('Yes', 'Ja', '')
    """
    if isinstance(text, Mapping):
        return str(text.get(language) or next(iter(text.values()), ""))
    return "" if text is None else str(text)


def sentence(text: str) -> str:
    """The text with a capital first and a full stop last."""
    text = text.strip()
    if not text:
        return ""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "”")) else ".")


def period(dates: Mapping[str, Any] | None, language: str) -> str:
    """The days of the fieldwork as the language writes them: "31 mars–9 maj 2023"."""
    from babel.dates import format_date

    if not dates or not dates.get("start"):
        return ""
    start = datetime.date.fromisoformat(str(dates["start"]))
    end = datetime.date.fromisoformat(str(dates.get("end") or dates["start"]))
    last = format_date(end, "d MMMM y", locale=language)
    if start == end:
        return last
    form = "d MMMM" if start.year == end.year else "d MMMM y"
    first = format_date(start, form, locale=language)
    return catalogue(language).say("strip.dates", start=first, end=last)
