"""report.md as sections: CommonMark with footnotes and attributes, every problem with its line."""

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
    """The author's text: title, what stands before the first section, sections, footnotes, all problems."""

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
    _check_shown_once(sections, reader)
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
            f"a section {section.kind!r} has no attribute {name!r}, only {', '.join(sorted(allowed))}.",
        )
    for name in sorted(allowed - set(section.attributes) - {"section"}):
        reader.problem(
            "report.missing_attribute",
            section.line,
            f"the section '{section.kind}' needs '{name}'.",
        )
    for name in section.attributes.get("indicator", "").split():
        if name not in indicators:
            reader.problem(
                "report.unknown_indicator",
                section.line,
                f"There is no indicator '{name}' in indicators.json.",
            )
    reader.check_blocks(section.kind, section.blocks, section.line)


def _check_shown_once(sections: list[DraftSection], reader: Reader) -> None:
    shown: set[str] = set()
    for section in sections:
        for name in section.attributes.get("indicator", "").split():
            if name in shown:
                reader.problem(
                    "report.indicator_twice",
                    section.line,
                    f"the indicator {name!r} is shown twice; show it once.",
                )
            shown.add(name)
