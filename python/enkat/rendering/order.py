"""The order of answers and groups, the same in chart, table, alternative text and workbook."""

from __future__ import annotations

from enkat.rendering.model import Bar, Chart


def groups(chart: Chart) -> tuple[str, ...]:
    """The groups in the order given; one empty name when nothing is broken down."""
    return tuple(dict.fromkeys(bar.group for bar in chart.rows))


def answers(chart: Chart) -> tuple[str, ...]:
    """The answers as shown: by share (in the first group), residual ones and nets last, a scale in its own order."""
    first = in_group(chart, groups(chart)[0])
    others = [bar for bar in chart.rows if bar.label not in {known.label for known in first}]
    bars = [*first, *others]
    if not chart.ordered:
        # Withheld shares stand after the known ones: their place must not tell their size.
        bars.sort(key=lambda bar: (bar.net, bar.residual, bar.percent is None, -(bar.percent or 0)))
    return tuple(dict.fromkeys(bar.label for bar in bars))


def in_group(chart: Chart, group: str) -> tuple[Bar, ...]:
    """The bars of one group, in the order given."""
    return tuple(bar for bar in chart.rows if bar.group == group)


def arranged(chart: Chart) -> tuple[Bar, ...]:
    """All bars, group by group, each group's answers in the order shown."""
    place = {label: position for position, label in enumerate(answers(chart))}
    ordered = (sorted(in_group(chart, name), key=lambda bar: place[bar.label]) for name in groups(chart))
    return tuple(bar for bars in ordered for bar in bars)
