"""The text of a report as a small tree: what an author can say, and nothing a renderer cannot draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Text that is stressed."""

    parts: Inlines


@dataclass(frozen=True, slots=True)
class Strong:
    """Text that matters most in its paragraph."""

    parts: Inlines


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to an address."""

    href: str
    parts: Inlines


@dataclass(frozen=True, slots=True)
class Bound:
    """Words bound to a claim, so that they can be checked against the answers."""

    claim: str
    parts: Inlines


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The place in the text that a footnote belongs to; `again` where the note was marked before."""

    number: int
    again: bool = False


Inline: TypeAlias = Words | Emphasis | Strong | Link | Bound | NoteMark
Inlines: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `line` is where it stands in report.md."""

    parts: Inlines
    line: int = 0


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading within a section."""

    parts: Inlines
    line: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: the claims that support it, or that it is a position."""

    parts: Inlines
    claims: tuple[str, ...] = ()
    position: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[Item, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody else wrote or said, with its source."""

    paragraphs: tuple[Paragraph, ...]
    source: str
    publish: bool = False  # whether the respondent who wrote it agrees to be quoted


Block: TypeAlias = Paragraph | Subheading | Bullets | Quotation


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote."""

    number: int
    paragraphs: tuple[Paragraph, ...]


def plain(parts: Inlines) -> str:
    """The words alone, as a heading in a table of contents needs them; footnote marks are left out.

    >>> plain((Bound("C3", (Words("9 av 10"),)), Words(" uppger det.")))
    '9 av 10 uppger det.'
    """
    return "".join(_plain(part) for part in parts)


def bound_claims(parts: Inlines) -> tuple[str, ...]:
    """The claims bound in the text, in order of appearance, each once."""
    found: dict[str, None] = {}
    for part in parts:
        if isinstance(part, Bound):
            found[part.claim] = None
        if not isinstance(part, Words | NoteMark):
            found.update(dict.fromkeys(bound_claims(part.parts)))
    return tuple(found)


def _plain(part: Inline) -> str:
    if isinstance(part, Words):
        return part.text
    return "" if isinstance(part, NoteMark) else plain(part.parts)
