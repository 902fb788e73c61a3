"""Alternative text for charts, written from the data: what a reader who sees the chart would say of it."""

from __future__ import annotations

from enkat.language import Catalogue, catalogue
from enkat.rendering.model import Bar, Chart
from enkat.rendering.order import answers, groups, in_group
from enkat.rendering.typography import count, percent


def describe(chart: Chart, language: str, mark: str = "") -> str:
    """The alternative text of a chart, ending with the mark of synthetic answers where there is one.

    >>> rows = (Bar("Yes", "", 75, 1473), Bar("No", "", 25, 1473))
    >>> describe(Chart("heard", "Heard rumours", rows), "en")
    'Horizontal bar chart, Heard rumours, 2 answers, base 1,473. Yes, 75%. No, 25%.'
    """
    words = catalogue(language)
    parts = _one_group(chart, words) if len(groups(chart)) < 2 else _several_groups(chart, words)
    if chart.whiskers:
        parts.append(words.say("alt.whiskers"))
    parts += _counted("alt.withheld", sum(bar.withheld for bar in chart.rows), words)
    parts += _counted("alt.assumed", sum(bar.assumed for bar in chart.rows), words)
    return " ".join([*parts, f"{mark}."] if mark else parts)


def _one_group(chart: Chart, words: Catalogue) -> list[str]:
    base = next((bar.base for bar in chart.rows if bar.base is not None), None)
    number = count(base, words.language) if base is not None else ".."
    return [
        words.say("alt.bars", title=chart.title, answers=len(chart.rows), base=number),
        *_extremes(chart.rows, words),
    ]


def _several_groups(chart: Chart, words: Catalogue) -> list[str]:
    names, labels = groups(chart), answers(chart)
    if len(labels) == 1:
        firsts = [in_group(chart, name)[0] for name in names]
        values = [words.say("alt.group_value", group=bar.group, percent=_share(bar, words)) for bar in firsts]
        return [
            words.say("alt.group_values", title=f"{chart.title}, {labels[0]}", groups=len(names)),
            *values,
        ]
    parts = [words.say("alt.groups", title=chart.title, answers=len(labels), groups=len(names))]
    for name in names:
        bars = in_group(chart, name)
        base = next((bar.base for bar in bars if bar.base is not None), None)
        shown = count(base, words.language) if base is not None else ".."
        parts += [words.say("alt.group", group=name, base=shown), *_extremes(bars, words)]
    return parts


def _extremes(bars: tuple[Bar, ...], words: Catalogue) -> list[str]:
    """Highest and lowest; with up to three answers simply all of them."""
    shown = [bar for bar in bars if bar.percent is not None and not bar.withheld]
    if len(shown) <= 3:
        return [words.say("alt.each", label=bar.label, percent=_share(bar, words)) for bar in shown]
    ranked = sorted((bar for bar in shown if not bar.residual and not bar.net), key=lambda bar: bar.percent or 0)
    ends = (("alt.highest", ranked[-1]), ("alt.lowest", ranked[0]))
    said = [*ends, *(("alt.each", bar) for bar in shown if bar.net)]
    return [words.say(key, label=bar.label, percent=_share(bar, words)) for key, bar in said]


def _share(bar: Bar, words: Catalogue) -> str:
    return ".." if bar.percent is None or bar.withheld else percent(bar.percent, words.language)


def _counted(key: str, number: int, words: Catalogue) -> list[str]:
    if number == 0:
        return []
    return [words.say(f"{key}_one")] if number == 1 else [words.say(key, n=number)]
