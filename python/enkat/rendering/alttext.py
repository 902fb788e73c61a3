"""Alternative text for charts, written from the data: what a reader who sees the chart would say of it."""

from __future__ import annotations

from enkat.language import Catalogue, catalogue
from enkat.rendering import shown
from enkat.rendering.model import Bar, Chart
from enkat.rendering.order import answers, groups, in_group


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
    base = shown.base(chart.rows, words.language)
    return [
        words.say("alt.bars", title=chart.title, answers=len(chart.rows), base=base),
        *_extremes(chart.rows, words),
    ]


def _several_groups(chart: Chart, words: Catalogue) -> list[str]:
    names, labels = groups(chart), answers(chart)
    if len(labels) == 1:
        firsts = [in_group(chart, name)[0] for name in names]
        shares = [(bar.group, shown.share(bar, words.language)) for bar in firsts]
        values = [words.say("alt.group_value", group=group, percent=share) for group, share in shares]
        return [
            words.say("alt.group_values", title=f"{chart.title}, {labels[0]}", groups=len(names)),
            *values,
        ]
    parts = [words.say("alt.groups", title=chart.title, answers=len(labels), groups=len(names))]
    for name in names:
        bars = in_group(chart, name)
        base = shown.base(bars, words.language)
        parts += [words.say("alt.group", group=name, base=base), *_extremes(bars, words)]
    return parts


def _extremes(bars: tuple[Bar, ...], words: Catalogue) -> list[str]:
    """Highest and lowest; all of them with up to three answers, or where one is rounded and has no certain place."""
    known = [bar for bar in bars if bar.percent is not None and not bar.withheld]
    if len(known) <= 3 or any(bar.coarse for bar in known):
        return [words.say("alt.each", label=bar.label, percent=shown.share(bar, words.language)) for bar in known]
    ranked = sorted((bar for bar in known if not bar.residual and not bar.net), key=lambda bar: bar.percent or 0)
    ends = (("alt.highest", ranked[-1]), ("alt.lowest", ranked[0]))
    said = [*ends, *(("alt.each", bar) for bar in known if bar.net)]
    return [words.say(key, label=bar.label, percent=shown.share(bar, words.language)) for key, bar in said]


def _counted(key: str, number: int, words: Catalogue) -> list[str]:
    if number == 0:
        return []
    return [words.say(f"{key}_one")] if number == 1 else [words.say(key, n=number)]
