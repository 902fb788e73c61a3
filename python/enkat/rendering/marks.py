"""What says that a report is a draft, or computed from synthetic answers. Every renderer takes its marks from here."""

from __future__ import annotations

from dataclasses import dataclass

from enkat.language import catalogue
from enkat.rendering.model import Chart, ClaimResult, Report


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader must know before anything else."""

    heading: str
    text: str


def title(report: Report) -> str:
    """The title as printed: a draft, and one of synthetic answers, says so."""
    words, text = catalogue(report.language), report.title
    text = words.say("mark.title", title=text) if report.synthetic else text
    return words.say("draft.title", title=text) if report.draft else text


def notices(report: Report) -> list[Notice]:
    """The boxes above the text."""
    words = catalogue(report.language)
    kinds = [kind for kind, holds in (("draft", report.draft), ("mark", report.synthetic)) if holds]
    return [Notice(words.say(f"{kind}.heading"), words.say(f"{kind}.long")) for kind in kinds]


def author(report: Report) -> str:
    """Who answers for the document: the publisher, but not of figures that come from answers a program made."""
    return report.generator if report.synthetic else report.publisher


def kicker(report: Report) -> str:
    """The line above the title, "Kortrapport · Vision 2023"; without a publisher only what it is."""
    words = catalogue(report.language)
    return words.say("page.kicker", publisher=report.publisher, year=report.year).strip(" ·")


def mark(report: Report) -> str:
    """The short mark for footers, sheets, charts and metadata; empty for a finished report of collected answers."""
    words = catalogue(report.language)
    kinds = [kind for kind, holds in (("draft", report.draft), ("mark", report.synthetic)) if holds]
    return " · ".join(words.say(f"{kind}.short") for kind in kinds)


def source(report: Report, chart: Chart) -> str:
    """The source line of a chart: the survey, and who assumed what no source gives, "Källa: Vision, 2023."."""
    words = catalogue(report.language)
    assumed = [bar.assumed for bar in chart.rows if not bar.withheld]
    key = "chart.source" if not any(assumed) else "chart.source_assumed" if all(assumed) else "chart.source_mixed"
    line = words.say(key, source=report.source.rstrip("."), maker=report.generator)
    line = f"{line} {words.say('mark.source')}" if report.synthetic else line
    return f"{line} {words.say('draft.source')}" if report.draft else line


def chip(claim: ClaimResult, report: Report) -> str:
    """The label of a claim: its verdict, or what it was checked against while the answers are synthetic."""
    words = catalogue(report.language)
    if report.synthetic and claim.verdict in ("holds", "supported", "uncertain"):
        return words.say("chip.synthetic")
    return words.say(f"verdict.{claim.verdict}")
