"""Breaking labels into lines that fit in any font, so that chart text is never clipped."""

from __future__ import annotations

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
    pieces: list[str] = []
    while width(word, size, bold) > available and len(word) > 6:
        fits = max(
            (end for end in range(3, len(word) - 2) if width(word[:end] + "-", size, bold) <= available),
            default=3,
        )
        pieces.append(word[:fits] + "-")
        word = word[fits:]
    return [*pieces, word]


def _em(character: str) -> float:
    if character in "iljtfrI.,:;!'|()[]- \N{NO-BREAK SPACE}":
        return _NARROW
    if character in "mwMW%—":
        return _WIDE
    return _CAPITAL if character.isupper() else _OTHER
