"""The report's text tree as HTML."""

from __future__ import annotations

from markupsafe import Markup

from enkat.rendering.hyphens import divisible
from enkat.rendering.prose import (
    Block,
    Bound,
    Bullets,
    Emphasis,
    Inline,
    Inlines,
    Link,
    NoteMark,
    Paragraph,
    Quotation,
    Strong,
    Subheading,
    Words,
)
from enkat.rendering.typography import polish


class HtmlText:
    """Sets inline text and blocks; `note_label` is what is read aloud at a footnote: "Not {number}"."""

    def __init__(self, note_label: str, source_label: str, language: str) -> None:
        self._language = language
        self._note_label = note_label
        self._source_label = source_label

    def inline(self, parts: Inlines) -> Markup:
        """Words, emphasis, links, bound claims and footnote marks."""
        return Markup("").join(self._inline(part) for part in parts)

    def block(self, block: Block) -> Markup:
        """A paragraph, heading, list or quotation."""
        if isinstance(block, Paragraph):
            return Markup("<p>{}</p>").format(self.inline(block.parts))
        if isinstance(block, Subheading):
            return Markup("<h3>{}</h3>").format(self.inline(block.parts))
        if isinstance(block, Quotation):
            return self._quotation(block)
        return self._list(block)

    def _list(self, block: Bullets) -> Markup:
        items = Markup("").join(Markup("<li>{}</li>").format(self.inline(item.parts)) for item in block.items)
        tag = Markup("ol") if block.numbered else Markup("ul")
        return Markup("<{0}>{1}</{0}>").format(tag, items)

    def _quotation(self, block: Quotation) -> Markup:
        paragraphs = Markup("").join(
            Markup("<p>{}</p>").format(self.inline(paragraph.parts)) for paragraph in block.paragraphs
        )
        source = self._source_label.format(source=polish(block.source))
        return Markup("<figure class=quote><blockquote>{}</blockquote><figcaption>{}</figcaption></figure>").format(
            paragraphs, source
        )

    def _inline(self, part: Inline) -> Markup:
        if isinstance(part, Words):
            return Markup("{}").format(divisible(polish(part.text), self._language))
        if isinstance(part, Emphasis):
            return Markup("<em>{}</em>").format(self.inline(part.parts))
        if isinstance(part, Strong):
            return Markup("<strong>{}</strong>").format(self.inline(part.parts))
        if isinstance(part, Link):
            return Markup('<a href="{}">{}</a>').format(part.href, self.inline(part.parts))
        if isinstance(part, Bound):
            return Markup('<a class="bound" href="#claim-{}">{}</a>').format(part.claim, self.inline(part.parts))
        return self._note_mark(part)

    def _note_mark(self, mark: NoteMark) -> Markup:
        anchor = Markup("") if mark.again else Markup(' id="mark-{}"').format(mark.number)
        label = self._note_label.format(number=mark.number)
        return Markup(
            '<sup class="mark"><a href="#note-{0}" aria-label="{2}" role="doc-noteref"{1}>{0}</a></sup>'
        ).format(mark.number, anchor, label)
