"""The sentences of the author's text with the claims bound in them: what is checked, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from enkat.rendering.markdown import Draft
from enkat.rendering.prose import Bound, Bullets, Inlines, NoteMark, Paragraph, Quotation, Subheading, Words

_END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÅÄÖ0-9”“\"])")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words bound to a claim: characters `start` to `end` of the passage they stand in."""

    claim: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading, paragraph or list item as plain text with its bound words."""

    text: str
    phrases: tuple[Phrase, ...]
    line: int

    def words(self, phrase: Phrase) -> str:
        """The bound words."""
        return self.text[phrase.start : phrase.end]

    def sentence(self, phrase: Phrase) -> str:
        """The sentence around the bound words."""
        starts = [0, *(match.end() for match in _END.finditer(self.text))]
        ends = [*(match.start() for match in _END.finditer(self.text)), len(self.text)]
        first = max(start for start in starts if start <= phrase.start)
        last = min(end for end in ends if end >= phrase.end)
        return self.text[first:last].strip()


def passages(draft: Draft) -> Iterator[Passage]:
    """All passages that can say something about the survey, in the order of the text; voices are left out."""
    for block in draft.preamble:
        yield from _passages_of(block)
    for section in draft.sections:
        if section.kind == "voices":
            continue
        yield _passage(section.heading, section.line)
        for block in section.blocks:
            yield from _passages_of(block)


def _passages_of(block: object) -> Iterator[Passage]:
    if isinstance(block, Paragraph | Subheading):
        yield _passage(block.parts, block.line)
    elif isinstance(block, Bullets):
        for item in block.items:
            yield _passage(item.parts, item.line)
    else:
        assert isinstance(block, Quotation)  # somebody else's words are not ours to check


def _passage(parts: Inlines, line: int) -> Passage:
    text, phrases = "", list[Phrase]()

    def add(inner: Inlines) -> None:
        nonlocal text
        for part in inner:
            if isinstance(part, Words):
                text += part.text
            elif not isinstance(part, NoteMark):
                start = len(text)
                add(part.parts)
                if isinstance(part, Bound):
                    phrases.append(Phrase(part.claim, start, len(text)))

    add(parts)
    return Passage(text, tuple(phrases), line)
