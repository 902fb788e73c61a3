"""The report as one HTML file that needs nothing else: no network, no scripts, its own font inside."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

from enkat.language import catalogue
from enkat.rendering import captions, card, ledger, marks
from enkat.rendering.chart_layout import NARROW
from enkat.rendering.charts import draw
from enkat.rendering.data_table import DataTable, tabulate
from enkat.rendering.fonts import faces
from enkat.rendering.html_text import HtmlText
from enkat.rendering.hyphens import divisible
from enkat.rendering.model import (
    Assumption,
    Chart,
    ClaimResult,
    Exhibit,
    QuestionSection,
    Report,
    Section,
    SummaryItem,
    assumptions_by_question,
    exhibits,
)
from enkat.rendering.prose import plain
from enkat.rendering.typography import count, polish, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

_FONTS = "/* fonts */"
_KINDS = {
    "TextSection": "text",
    "SummarySection": "summary",
    "QuestionSection": "question",
    "VoiceSection": "voices",
    "QuoteSection": "quotes",
    "RecommendationSection": "recommendations",
    "MethodSection": "method",
}


def render_html(report: Report, charts: Mapping[str, str]) -> str:
    """The page; `charts` holds the SVG of every chart by its name. For phones they are drawn once more, narrow.

    >>> render_html(report, charts)[:15]
    '<!doctype html>'
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("enkat.rendering", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    words = catalogue(report.language)
    text = HtmlText(words.template("page.note"), words.template("quote.source"), report.language)
    style = files("enkat.rendering").joinpath("templates/report.css").read_text(encoding="utf-8")
    html = environment.get_template("report.html.j2").render(
        report=report,
        title=marks.title(report),
        mark=marks.mark(report),
        notices=marks.notices(report),
        style=Markup(style),
        charts={name: Markup(svg) for name, svg in charts.items()},
        narrow={name: Markup(svg) for name, svg in _narrow(report).items()},
        text=text,
        view=_View(report),
        say=words.say,
        plain=plain,
        polish=lambda words: divisible(polish(words), report.language),
    )
    # Which characters the fonts must have is known only now.
    return html.replace(_FONTS, faces(html), 1)


def _narrow(report: Report) -> dict[str, str]:
    language, mark = report.language, marks.mark(report)
    drawn = [exhibit.chart for exhibit in exhibits(report) if exhibit.chart is not None]
    return {
        chart.name: draw(chart, language, source=marks.source(report, chart), mark=mark, width=NARROW)
        for chart in drawn
    }


class _View:
    """What the template asks of the report: words for its records, never a computation."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def kind(self, section: Section) -> str:
        return _KINDS[type(section).__name__]

    def kicker(self) -> str:
        return marks.kicker(self._report)

    def chip(self, claim: ClaimResult) -> str:
        return marks.chip(claim, self._report)

    def headline(self, claim: ClaimResult) -> str:
        return card.headline(claim)

    def people(self, claim: ClaimResult) -> Markup:
        return Markup(card.drawn_people(claim, self._report.language))

    def bases(self, item: SummaryItem) -> tuple[str, ...]:
        return card.bases(item.claims, self._report.language)

    def chips(self, item: SummaryItem) -> tuple[ClaimResult, ...]:
        return card.chips(item.claims, self._report)

    def claims(self) -> tuple[ledger.Group, ...]:
        return ledger.ledger(self._report)

    def sentences(self, line: ledger.Line) -> tuple[str, ...]:
        return ledger.sentences(line)

    def reasons(self, line: ledger.Line) -> tuple[str, ...]:
        return ledger.reasons(line)

    def remarks(self, line: ledger.Line) -> tuple[str, ...]:
        return ledger.remarks(line)

    def assumptions(self) -> dict[str, tuple[Assumption, ...]]:
        return assumptions_by_question(self._report)

    def number(self, value: int | None) -> str:
        return ".." if value is None else count(value, self._report.language)

    def asks(self, section: QuestionSection, exhibit: Exhibit) -> bool:
        return captions.asks(section, exhibit)

    def slots(self, section: QuestionSection, exhibit: Exhibit) -> tuple[tuple[str, str], ...]:
        return captions.slots(section, exhibit, self._report.language)

    def table(self, chart: Chart) -> DataTable:
        return tabulate(chart, self._report.language)

    def quoted(self, text: str) -> str:
        return quoted(text, self._report.language)
