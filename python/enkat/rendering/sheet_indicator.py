"""The sheet of one indicator: what was asked of whom, then one row per answer and group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enkat.rendering.order import arranged, groups
from enkat.rendering.typography import quoted

if TYPE_CHECKING:
    from enkat.language import Catalogue
    from enkat.rendering.model import Bar, Chart, Exhibit
    from enkat.rendering.sheet import Sheet


def indicator_rows(sheet: Sheet, exhibit: Exhibit, words: Catalogue) -> None:
    """Fill the sheet: wording and caption, then whole percents and bases, ".." where a share is withheld."""
    asked = exhibit.wording
    if asked.published:
        sheet.line(f"{words.say('question.published')}: {quoted(asked.text, words.language)}")
    elif asked.text:
        sheet.line(f"{words.say('question.ours')}: {asked.text} ({words.say('question.ours_note')})")
    slots = exhibit.caption
    for key, text in (
        ("base", f"{slots.base} {slots.asked}".strip()),
        ("answers", slots.answers),
        ("method", slots.method),
    ):
        sheet.line(f"{words.say(f'caption.{key}')}: {text}")
    if slots.source:
        sheet.line(f"{words.say('caption.source')}: {slots.source}")
    for remark in slots.remarks:
        sheet.line(remark)
    if exhibit.chart is not None:
        _shares(sheet, exhibit.chart, words)
    else:
        _figures(sheet, exhibit, words)


def _shares(sheet: Sheet, chart: Chart, words: Catalogue) -> None:
    ranked, grouped = any(bar.rank for bar in chart.rows), len(groups(chart)) > 1
    keys = [*(["group"] if grouped else []), "answer", "percent", "base"]
    keys += ["low", "high"] if chart.whiskers else []
    keys += ["rank"] if ranked else []
    widths = {"group": 34, "answer": 64}
    header = tuple(words.say(f"table.{key}") for key in (*keys, "mark"))
    sheet.table(header, (*(widths.get(key, 10) for key in keys), 16))
    for bar in arranged(chart):
        cells = {"group": bar.group, "answer": bar.label, "rank": bar.rank}
        numbers = {"percent": bar.percent, "base": bar.base, "low": bar.low, "high": bar.high}
        shown = {key: ".." if number is None else number for key, number in numbers.items()}
        if bar.withheld:
            shown |= {"percent": "..", "low": "..", "high": ".."}
        sheet.row((*((cells | shown)[key] for key in keys), _mark(bar, words)))


def _figures(sheet: Sheet, exhibit: Exhibit, words: Catalogue) -> None:
    header = tuple(words.say(f"table.{key}") for key in ("answer", "group", "value", "base", "mark"))
    sheet.table(header, (64, 34, 14, 10, 16))
    for figure in exhibit.figures:
        value = ".." if figure.withheld else figure.value
        mark = "table.withheld" if figure.withheld else "table.assumed" if figure.assumed else ""
        base = ".." if figure.base is None else figure.base
        sheet.row((figure.label, figure.group, value, base, words.say(mark) if mark else ""))


def _mark(bar: Bar, words: Catalogue) -> str:
    if bar.withheld:
        return words.say("table.withheld")
    if bar.coarse or bar.rounded:
        return words.say("table.about_percent" if bar.coarse else "table.about_base")
    return words.say("table.assumed") if bar.assumed else ""
