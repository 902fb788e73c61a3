"""The figures behind a chart as a table of text: for readers who cannot or will not read the bars."""

from __future__ import annotations

from dataclasses import dataclass

from enkat.language import Catalogue, catalogue
from enkat.rendering import shown
from enkat.rendering.model import Bar, Chart
from enkat.rendering.order import answers, arranged, groups, in_group


@dataclass(frozen=True, slots=True)
class DataTable:
    """A header and rows; the first cell of a row is its heading."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tabulate(chart: Chart, language: str) -> DataTable:
    """Answers as rows; a column per group, or percent and base where there is only one number per row."""
    words = catalogue(language)
    title = words.say("chart.table", title=chart.title)
    if len(groups(chart)) > 1 and len(answers(chart)) > 1:
        return DataTable(title, *_by_group(chart, words))
    grouped = len(groups(chart)) > 1
    header = ["table.group" if grouped else "table.answer", "table.percent", "table.base"]
    ranked = any(bar.rank for bar in chart.rows)
    header += ["table.rank"] if ranked else []
    rows = []
    for bar in arranged(chart):
        cells = [bar.group if grouped else bar.label, _share(bar, words), shown.base([bar], language)]
        rows.append((*cells, bar.rank) if ranked else tuple(cells))
    if grouped:
        title = f"{title}: {answers(chart)[0]}"
    return DataTable(title, tuple(words.say(key) for key in header), tuple(rows))


def _by_group(chart: Chart, words: Catalogue) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    names = groups(chart)
    columns = {name: {bar.label: bar for bar in in_group(chart, name)} for name in names}
    rows = [
        (label, *(_share(columns[name][label], words) if label in columns[name] else "–" for name in names))
        for label in answers(chart)
    ]
    rows.append((words.say("table.base"), *(shown.base(in_group(chart, name), words.language) for name in names)))
    return (words.say("table.answer"), *names), tuple(rows)


def _share(bar: Bar, words: Catalogue) -> str:
    share = shown.share(bar, words.language)
    share += "*" if bar.assumed and share != shown.WITHHELD else ""
    return share if bar.low is None or bar.high is None else f"{share} ({bar.low}–{bar.high})"
