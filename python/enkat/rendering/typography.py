"""How numbers and spaces are set in each language: "62 %", "1 473", "9 av 10" never broken over two lines."""

from __future__ import annotations

import re

NBSP = "\N{NO-BREAK SPACE}"

_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_UNIT = re.compile(r"(?<=\d) (?=(?:%|procent\b|per cent\b|percent\b|kap\.|§))")
_OUT_OF = re.compile(r"(?<=\d) (av|of|out of|in) (?=\d)")
_DAY = re.compile(
    r"(?<=\d) (?=(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)


def count(number: int, language: str) -> str:
    """A whole number with the language's thousands separator: 1473 → "1 473" or "1,473"."""
    from babel.numbers import format_decimal

    return format_decimal(number, locale=language)


def percent(value: int, language: str) -> str:
    """A whole percentage as set in charts and tables: 62 → "62 %" or "62%"."""
    return f"{count(value, language)}{NBSP if language == 'sv' else ''}%"


def polish(text: str) -> str:
    """Text with no-break spaces where a line must not end: in numbers, "9 av 10" and dates, before units.

    >>> polish("9 av 10, 1 473") == f"9{NBSP}av{NBSP}10, 1{NBSP}473"
    True
    """
    text = _THOUSANDS.sub(NBSP, text)
    text = _OUT_OF.sub(lambda match: NBSP + match.group(1).replace(" ", NBSP) + NBSP, text)
    return _DAY.sub(NBSP, _UNIT.sub(NBSP, text))


def quoted(text: str, language: str) -> str:
    """Text in the language's quotation marks, for words that are somebody's own; a remark after them stands outside.

    >>> quoted("How old are you? (our translation)", "en")
    '“How old are you?” (our translation)'
    """
    opening, closing = ("”", "”") if language == "sv" else ("“", "”")
    said = re.fullmatch(r"(.*[.?!])( \([^()]*\))", text, re.DOTALL)
    words, remark = said.groups() if said else (text, "")
    return f"{opening}{words}{closing}{remark}"
