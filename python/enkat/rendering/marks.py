"""What says that a report was computed from synthetic answers. Every renderer takes its mark from here."""

from __future__ import annotations

from enkat.language import catalogue
from enkat.rendering.model import ClaimResult, Report


def title(report: Report) -> str:
    """The title as printed: while synthetic it says so."""
    return catalogue(report.language).say("mark.title", title=report.title) if report.synthetic else report.title


def kicker(report: Report) -> str:
    """The line above the title, "Kortrapport · Vision 2023"; without a publisher only what it is."""
    words = catalogue(report.language)
    return words.say("page.kicker", publisher=report.publisher, year=report.year).strip(" ·")


def mark(report: Report) -> str:
    """The short mark for footers, sheets and metadata; empty for collected answers."""
    return catalogue(report.language).say("mark.short") if report.synthetic else ""


def source(report: Report) -> str:
    """The source line of a chart or table: "Källa: Vision, Ryktet går, 2023. Räknat på syntetiska svar …"."""
    words = catalogue(report.language)
    line = words.say("chart.source", source=report.source.rstrip("."))
    return f"{line} {words.say('mark.source')}" if report.synthetic else line


def chip(claim: ClaimResult, report: Report) -> str:
    """The label of a claim: its verdict, or what it was checked against while the answers are synthetic."""
    words = catalogue(report.language)
    if report.synthetic and claim.verdict in ("holds", "supported", "uncertain"):
        return words.say("chip.synthetic")
    return words.say(f"verdict.{claim.verdict}")
