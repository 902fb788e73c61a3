"""From Markdown tokens to the report's own tree of paragraphs, lists, quotations and footnotes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from enkat.errors import Issue
from enkat.rendering.markdown_inline import InlineReader
from enkat.rendering.prose import (
    Block,
    Bullets,
    Inlines,
    Item,
    Note,
    Paragraph,
    Quotation,
    Subheading,
    bound_claims,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

_ITEM_ATTRIBUTES = {"claims", "position"}


@dataclass(slots=True)
class Part:
    """A heading of level 1 or 2 and what follows it."""

    level: int
    heading: Inlines
    attributes: dict[str, str]
    line: int
    blocks: list[Block] = field(default_factory=list)


class Reader:
    """Reads a token stream once, from the top, and remembers every problem."""

    def __init__(self, language: str, claims: frozenset[str]) -> None:
        self.language = language
        self.claims = claims
        self.parts: list[Part] = []
        self.notes: list[Note] = []
        self.issues: list[Issue] = []
        self._inline = InlineReader(self)
        self._tokens: list[Token] = []
        self._at = 0

    def problem(self, code: str, line: int, message: str) -> None:
        """Remember a problem on a line of report.md."""
        self.issues.append(Issue(code, f"report.md, line {line}: {message}", {"line": line}))

    def read(self, tokens: list[Token]) -> None:
        """Read all tokens into `parts` and `notes`."""
        self._tokens, self._at = tokens, 0
        while self._at < len(tokens):
            token = self._tokens[self._at]
            if token.type == "heading_open" and token.tag in ("h1", "h2"):
                self._part(token)
            elif token.type == "footnote_block_open":
                self._footnotes()
            else:
                if not self.parts:
                    self.parts.append(Part(1, (), {}, 1))
                self.parts[-1].blocks += self._block()

    def check_blocks(self, kind: str, blocks: tuple[Block, ...], line: int) -> None:
        """The rules of a section: what its lists and quotations must say, and where no claim may stand."""
        for block in blocks:
            if isinstance(block, Bullets) and kind == "recommendations":
                for item in block.items:
                    if not item.claims and not item.position:
                        self.problem(
                            "report.unsupported_recommendation",
                            item.line,
                            'name the claims that support this recommendation, {claims="C1 C2"}, '
                            "or mark it as a position, {position=true}.",
                        )
            if isinstance(block, Quotation) and not block.source:
                self.problem("report.missing_source", line, 'a quotation needs a line {source="…"} before it.')
            if kind == "voices" and _claims_of(block):
                self.problem(
                    "report.claim_in_voice",
                    line,
                    "what is said outside the survey cannot be bound to claims.",
                )
        if kind in ("summary", "recommendations") and not any(isinstance(block, Bullets) for block in blocks):
            self.problem("report.missing_list", line, f"the section '{kind}' needs a list.")

    def _part(self, token: Token) -> None:
        line = _line(token)
        heading = self._inline.read(self._tokens[self._at + 1], line)
        attributes = {key: str(value) for key, value in token.attrs.items()}
        attributes |= {key: str(value) for key, value in self._tokens[self._at + 1].attrs.items()}
        self.parts.append(Part(int(token.tag[1]), heading, attributes, line))
        self._at += 3

    def _block(self) -> list[Block]:
        token = self._tokens[self._at]
        line = _line(token)
        if token.type == "paragraph_open":
            inline = self._tokens[self._at + 1]
            self._at += 3
            self._refuse_attributes(inline, line)
            return [Paragraph(self._inline.read(inline, line), line)]
        if token.type == "heading_open":
            inline = self._tokens[self._at + 1]
            self._at += 3
            return [Subheading(self._inline.read(inline, line), line)]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            return [self._list(token)]
        if token.type == "blockquote_open":
            return [self._quotation(token)]
        self.problem(
            "report.unsupported",
            line,
            "this kind of Markdown is not used in reports; write text, lists or quotations.",
        )
        self._skip(token)
        return []

    def _list(self, token: Token) -> Bullets:
        items: list[Item] = []
        for child in self._children(token):
            if child.type != "list_item_open":
                continue
            paragraphs = [inner for inner in self._children(child) if inner.type == "inline"]
            line = _line(child)
            if len(paragraphs) != 1:
                self.problem("report.unsupported", line, "a list item is one paragraph, without lists of its own.")
            items.append(self._item(paragraphs[0], line) if paragraphs else Item((), line=line))
        self._skip(token)
        return Bullets(tuple(items), numbered=token.type == "ordered_list_open")

    def _item(self, inline: Token, line: int) -> Item:
        for name in sorted(set(inline.attrs) - _ITEM_ATTRIBUTES):
            self.problem("report.unknown_attribute", line, f"a list item has no attribute '{name}'.")
        claims = tuple(str(inline.attrs.get("claims", "")).split())
        for claim in claims:
            self.check_claim(claim, line)
        position = str(inline.attrs.get("position", "")) == "true"
        return Item(self._inline.read(inline, line), claims, position, line)

    def check_claim(self, claim: str, line: int) -> None:
        """A claim that is referred to must be in claims.json."""
        if claim not in self.claims:
            self.problem("report.unknown_claim", line, f"there is no claim '{claim}' in claims.json.")

    def _quotation(self, token: Token) -> Quotation:
        inlines = [child for child in self._children(token) if child.type == "inline"]
        attributes = dict(token.attrs)
        for inline in inlines:
            attributes |= inline.attrs
        paragraphs = tuple(Paragraph(self._inline.read(inline, _line(token))) for inline in inlines)
        self._skip(token)
        return Quotation(paragraphs, str(attributes.get("source", "")), str(attributes.get("publish", "")) == "true")

    def _footnotes(self) -> None:
        block = self._tokens[self._at]
        note = 0
        paragraphs: dict[int, list[Paragraph]] = {}
        for child in self._children(block):
            if child.type == "footnote_open":
                note = int(child.meta["id"]) + 1
                paragraphs[note] = []
            elif child.type == "inline":
                paragraphs[note].append(Paragraph(self._inline.read(child, _line(child))))
        self.notes = [Note(number, tuple(found)) for number, found in paragraphs.items()]
        self._skip(block)

    def _refuse_attributes(self, inline: Token, line: int) -> None:
        if inline.attrs:
            self.problem(
                "report.unknown_attribute",
                line,
                "a paragraph has no attributes; put them on words, a list item or a heading.",
            )

    def _children(self, opening: Token) -> list[Token]:
        start = self._tokens.index(opening)
        return self._tokens[start + 1 : self._closing(start)]

    def _closing(self, start: int) -> int:
        depth = 0
        for position in range(start, len(self._tokens)):
            depth += self._tokens[position].nesting
            if depth == 0:
                return position
        return len(self._tokens) - 1

    def _skip(self, opening: Token) -> None:
        self._at = self._closing(self._tokens.index(opening)) + 1


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _claims_of(block: Block) -> tuple[str, ...]:
    if isinstance(block, Bullets):
        return tuple(claim for item in block.items for claim in (*bound_claims(item.parts), *item.claims))
    if isinstance(block, Quotation):
        return tuple(claim for paragraph in block.paragraphs for claim in bound_claims(paragraph.parts))
    return bound_claims(block.parts)
