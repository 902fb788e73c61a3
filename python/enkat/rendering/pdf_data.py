"""The report as plain data for the Typst template: records become dictionaries that name their kind."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from enkat.language import Catalogue, catalogue
from enkat.rendering import card, ledger, marks
from enkat.rendering.alttext import describe
from enkat.rendering.captions import asks, slots
from enkat.rendering.data_table import tabulate
from enkat.rendering.model import (
    QuestionSection,
    Report,
    SummaryItem,
    SummarySection,
    assumptions_by_question,
    exhibits,
)
from enkat.rendering.prose import plain
from enkat.rendering.typography import polish, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

# Text that is an address or a name, not something to be read.
VERBATIM = {"id", "href", "name", "claim", "answers_sha256", "language", "verdict", "scope", "kind", "is"}


def pdf_data(report: Report, charts: Mapping[str, str]) -> dict[str, Any]:
    """Everything the template needs; no value in it is computed here."""
    words = catalogue(report.language)
    mark = marks.mark(report)
    drawn = [exhibit.chart for exhibit in exhibits(report) if exhibit.chart is not None]
    return {
        "report": encode(report),
        "title": marks.title(report),
        "author": marks.author(report),
        "mark": mark,
        "notices": [encode(notice) for notice in marks.notices(report)],
        "boxes": False,  # whether boxes stand for characters that no typeface has
        "say": _sentences(report, words),
        "outline": [polish(plain(section.heading)) for section in report.sections],
        "claims": sorted({claim.id for claim in report.claims}),
        "ledger": [_group(group) for group in ledger.ledger(report)],
        "assumptions": [
            {"question": question, "items": encode(items)}
            for question, items in assumptions_by_question(report).items()
        ],
        "charts": {
            chart.name: {
                "svg": charts[chart.name],
                "alt": describe(chart, report.language, mark),
                "table": encode(tabulate(chart, report.language)),
            }
            for chart in drawn
        },
        "cards": [
            _card(item, report)
            for section in report.sections
            if isinstance(section, SummarySection)
            for item in section.items
        ],
        "captions": {
            exhibit.name: {"asks": asks(section, exhibit), "slots": slots(section, exhibit, report.language)}
            for section in report.sections
            if isinstance(section, QuestionSection)
            for exhibit in section.exhibits
        },
        "quoted": {exhibit.name: quoted(exhibit.wording.text, report.language) for exhibit in exhibits(report)},
        "quotes": quoted("|", report.language).split("|"),
    }


def encode(value: object, key: str = "") -> Any:
    """A record as a dictionary with its kind, a tuple as a list, text with its no-break spaces."""
    if is_dataclass(value) and not isinstance(value, type):
        content = {field.name: encode(getattr(value, field.name), field.name) for field in fields(value)}
        return {"is": type(value).__name__, **content}
    if isinstance(value, tuple):
        return [encode(part, key) for part in value]
    if isinstance(value, str) and key not in VERBATIM:
        return polish(value)
    return value


def _card(item: SummaryItem, report: Report) -> dict[str, Any]:
    first = item.claims[0] if item.claims else None
    return {
        "headline": card.headline(first) if first else "",
        "people": card.drawn_people(first, report.language) if first else "",
        "alt": card.people_label(first, report.language) if first else "",
        "bases": list(card.bases(item.claims, report.language)),
        "chips": [
            {"verdict": claim.verdict, "label": marks.chip(claim, report)} for claim in card.chips(item.claims, report)
        ],
    }


def _group(group: ledger.Group) -> dict[str, Any]:
    lines = [
        {
            "id": line.id,
            "words": line.words,
            "subject": line.subject,
            "figure": line.figure,
            "base": line.base,
            "sentences": list(ledger.sentences(line)),
            "remarks": list(ledger.remarks(line)),
            "why": list(ledger.reasons(line)) if group.verdict == "unchecked" else [],
        }
        for line in group.lines
    ]
    return {"title": group.title, "lines": lines}


def _sentences(report: Report, words: Catalogue) -> dict[str, str]:
    """All fixed sentences; those about this report are filled in, the others stand as they are."""
    sentences = {key: polish(words.template(key)) for key in sorted(words.names)}
    values = {"publisher": report.publisher, "year": report.year, "generator": report.generator}
    for key in ("page.made", "claims.opening", "recommendation.position"):
        sentences[key] = polish(words.say(key, **values))
    sentences["page.kicker"] = polish(marks.kicker(report))
    return sentences
