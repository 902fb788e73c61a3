"""The Markdown we read: CommonMark, footnotes, attributes on spans, before blocks and after list items."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

QUOTES = {"sv": "””’’", "en": "“”‘’"}


def parser(language: str) -> MarkdownIt:
    """A parser that turns straight quotation marks into those of the language."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    markdown = MarkdownIt("commonmark", {"typographer": True, "quotes": QUOTES[language]})
    markdown.enable("smartquotes")
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # else a refused link stands as its source
    markdown.use(attrs_plugin, spans=True).use(attrs_block_plugin).use(footnote_plugin)
    # Before the quotation marks become typographic, or {claims="C1"} could no longer be read.
    markdown.core.ruler.after("inline", "closing_attributes", _closing_attributes)
    return markdown


def _closing_attributes(state: StateCore) -> None:
    """Move `{claims="C1"}` at the end of a paragraph from its text to its attributes."""
    from mdit_py_plugins.attrs.parse import ParseError, parse

    for token in state.tokens:
        last = token.children[-1] if token.type == "inline" and token.children else None
        if last is None or last.type != "text" or not last.content.rstrip().endswith("}"):
            continue
        text = last.content.rstrip()
        start = text.rfind("{")
        try:
            position, attributes = parse(text[start:])
        except ParseError:
            continue
        if start < 0 or position != len(text) - start - 1:
            continue
        last.content = text[:start].rstrip()
        children = token.children or []
        if not last.content:
            children.pop()
        if not last.content and children and children[-1].type == "softbreak":
            children.pop()  # the attributes had a line of their own
        token.attrs.update(attributes)
