"""report.md as sections: CommonMark with footnotes and attributes in braces, every problem reported with its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from enkat.errors import Issue
from enkat.rendering.markdown_blocks import Reader
from enkat.rendering.markdown_syntax import parser
from enkat.rendering.prose import Block, Inlines, Note, plain

if TYPE_CHECKING:
    from collections.abc import Collection

KINDS = ("text", "background", "summary", "question", "voices", "quotes", "recommendations", "method")
_ATTRIBUTES = {"question": {"indicator"}, "voices": {"role", "source"}}


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A section as the author wrote it; `line` is where its heading stands."""

    kind: str
    heading: Inlines
    blocks: tuple[Block, ...]
    attributes: dict[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Draft:
    """The author's text: the title, what stands before the first section, the sections, the footnotes and all problems."""

    title: str
    preamble: tuple[Block, ...]
    sections: tuple[DraftSection, ...]
    notes: tuple[Note, ...]
    issues: tuple[Issue, ...]


def read_draft(text: str, language: str, claims: Collection[str], indicators: Collection[str]) -> Draft:
    """Read the text of report.md.

    `claims` and `indicators` are the names the text may refer to. Problems do not stop the reading: they are
    all in `issues`, each with the line, and the caller raises them together.

    >>> read_draft("# Ryktet går", "sv", claims=(), indicators=()).title
    'Ryktet går'
    """
    reader = Reader(language, frozenset(claims))
    reader.read(parser(language).parse(text))
    title, preamble, sections = "", [], list[DraftSection]()
    for part in reader.parts:
        if part.level == 1 and not title:
            title = plain(part.heading)
            preamble = part.blocks
            continue
        kind = part.attributes.get("section", "text")
        sections.append(DraftSection(kind, part.heading, tuple(part.blocks), part.attributes, part.line))
    if not title:
        reader.problem("report.no_title", 1, "The text has no title; begin with a line like '# Ryktet går'.")
    for section in sections:
        _check(section, indicators, reader)
    issues = sorted(reader.issues, key=lambda issue: int(str(issue.context["line"])))
    return Draft(title, tuple(preamble), tuple(sections), tuple(reader.notes), tuple(issues))


def _check(section: DraftSection, indicators: Collection[str], reader: Reader) -> None:
    if section.kind not in KINDS:
        reader.problem(
            "report.unknown_section",
            section.line,
            f"There is no section type '{section.kind}'; choose one of {', '.join(KINDS)}.",
        )
        return
    allowed = {"section"} | _ATTRIBUTES.get(section.kind, set())
    for name in sorted(set(section.attributes) - allowed):
        reader.problem(
            "report.unknown_attribute",
            section.line,
            f"A section '{section.kind}' has no attribute '{name}'; it can have {', '.join(sorted(allowed))}.",
        )
    for name in sorted(allowed - set(section.attributes) - {"section"}):
        reader.problem(
            "report.missing_attribute", section.line, f"The section '{section.kind}' needs the attribute '{name}'."
        )
    for name in section.attributes.get("indicator", "").split():
        if name not in indicators:
            reader.problem(
                "report.unknown_indicator", section.line, f"There is no indicator '{name}' in indicators.json."
            )
    reader.check_blocks(section.kind, section.blocks, section.line)
