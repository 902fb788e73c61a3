"""From the tokens of one paragraph to words, emphasis, links, bound claims and footnote marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from enkat.rendering.prose import Bound, Emphasis, Inline, Inlines, Link, NoteMark, Strong, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

_BROKEN = re.compile(r"\{[^{}]*=[^{}]*\}?")
_SAFE_LINK = re.compile("https?://[^/]|mailto:.", re.IGNORECASE)
_NEAR_LINK = re.compile(r"[^/\\]")
_OPENING = {"em_open", "strong_open", "link_open", "span_open"}
_CLOSING = {"em_close", "strong_close", "link_close", "span_close"}
_DEEPEST = 20  # emphasis in emphasis; beyond, it is no text that somebody wrote


class Problems(Protocol):
    """Where problems are remembered."""

    def problem(self, code: str, line: int, message: str) -> None: ...

    def check_claim(self, claim: str, line: int) -> None: ...


class InlineReader:
    """Reads the inside of paragraphs; problems go to the reader of the whole text."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def read(self, inline: Token, line: int) -> Inlines:
        """The paragraph's tree."""
        tokens = iter(inline.children or [])
        return _joined(self._until_closed(tokens, line, 0))

    def _until_closed(self, tokens: Iterator[Token], line: int, depth: int) -> list[Inline]:
        parts: list[Inline] = []
        for token in tokens:
            if token.type in _CLOSING:
                break
            part = self._part(token, tokens, line, depth)
            if part is not None:
                parts.append(part)
        return parts

    def _part(self, token: Token, tokens: Iterator[Token], line: int, depth: int) -> Inline | None:
        if token.type in ("text", "code_inline", "text_special"):
            if _BROKEN.search(token.content):
                self._problems.problem(
                    "report.broken_attribute",
                    line,
                    'this attribute cannot be read; write [words]{claim="C1"}, '
                    'or {claims="C1 C2"} at the end of a list item.',
                )
            return Words(token.content)
        if token.type in ("softbreak", "hardbreak"):
            return Words(" ")
        if token.type == "footnote_ref":
            return NoteMark(int(token.meta["id"]) + 1, again=int(token.meta["subId"]) > 0)
        if token.type == "footnote_anchor":
            return None
        if token.type in _OPENING and depth == _DEEPEST:
            self._problems.problem(
                "report.unsupported", line, f"emphasis in emphasis, more than {_DEEPEST} deep: write it plainly."
            )
            _skip(tokens)
            return None
        if token.type in _OPENING:
            return self._wrapped(token, _joined(self._until_closed(tokens, line, depth + 1)), line)
        self._problems.problem(
            "report.unsupported",
            line,
            "this kind of Markdown is not used in reports; write text, emphasis or links.",
        )
        return None

    def _wrapped(self, token: Token, parts: Inlines, line: int) -> Inline:
        if token.type == "em_open":
            return Emphasis(parts)
        if token.type == "strong_open":
            return Strong(parts)
        if token.type == "link_open":
            return self._link(str(token.attrs["href"]), parts, line)
        for name in sorted(set(token.attrs) - {"claim"}):
            self._problems.problem("report.unknown_attribute", line, f"words have no attribute '{name}', only 'claim'.")
        claim = str(token.attrs.get("claim", ""))
        if claim:
            self._problems.check_claim(claim, line)
        return Bound(claim, parts)

    def _link(self, href: str, parts: Inlines, line: int) -> Link:
        if not (_SAFE_LINK if ":" in re.split("[/?#]", href, maxsplit=1)[0] else _NEAR_LINK).match(href):
            self._problems.problem(
                "report.link",
                line,
                "a link leads to a page (https://…), an address (mailto:…) or a file beside the report.",
            )
        return Link(href, parts)


def _skip(tokens: Iterator[Token]) -> None:
    """Leaves out what was opened just now."""
    depth = 1
    while depth > 0:
        depth += next(tokens).nesting


def _joined(parts: list[Inline]) -> Inlines:
    """Neighbouring words as one."""
    joined: list[Inline] = []
    for part in parts:
        if isinstance(part, Words) and joined and isinstance(joined[-1], Words):
            joined[-1] = Words(joined[-1].text + part.text)
        else:
            joined.append(part)
    return tuple(joined)
