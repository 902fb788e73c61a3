"""Breaking labels into lines that fit in any font, so that chart text is never clipped."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

# Widths in em of a fairly wide humanist sans, so that narrower and somewhat wider fonts both fit.
_NARROW, _WIDE, _CAPITAL, _OTHER = 0.32, 0.88, 0.68, 0.55


def width(text: str, size: float, bold: bool = False) -> float:
    """About how many pixels a text takes at a font size; on the generous side."""
    return sum(_em(character) for character in text) * size * (1.06 if bold else 1.0)


def wrap(text: str, available: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """The text in lines of at most `available` pixels; a word that is too long is divided with a hyphen.

    >>> wrap("Svårt att upprätta kontakt", 120, 14)
    ('Svårt att upprätta', 'kontakt')
    """
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold) <= available:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _divide(word, available, size, bold)
        lines += full
    return (*lines, line)


def _divide(word: str, available: float, size: float, bold: bool) -> list[str]:
    """The word in pieces: each but the last as long as fits with a hyphen, at least three letters."""
    pieces: list[str] = []
    em = size * (1.06 if bold else 1.0)
    ends = [0.0, *accumulate(_em(character) * em for character in word)]
    start, hyphen = 0, width("-", size, bold)
    while ends[-1] - ends[start] > available and len(word) - start > 6:
        # The last piece keeps three letters, too.
        fits = bisect_right(ends, ends[start] + available - hyphen, start + 3, len(word) - 2) - 1
        fits = max(fits, start + 3)
        pieces.append(word[start:fits] + "-")
        start = fits
    return [*pieces, word[start:]]


def _em(character: str) -> float:
    if character in "iljtfrI.,:;!'|()[]- \N{NO-BREAK SPACE}":
        return _NARROW
    if character in "mwMW%—":
        return _WIDE
    return _CAPITAL if character.isupper() else _OTHER
