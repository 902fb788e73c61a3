"""The plots of docs/performance.md, as SVG."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import altair
from benchmarks.ours import NAME as OURS
from benchmarks.results import Result
from benchmarks.tasks import TASKS

GROWTH = "per-row.svg"
WIDTH = 520
TASK_NAMES = [task.name for task in TASKS]


def ratio_file(rows: int) -> str:
    return f"ratios-{rows}.svg"


def can_show_ratios(found: Sequence[Result]) -> bool:
    return any(result.ratio for result in found)


def can_show_growth(found: Sequence[Result]) -> bool:
    """Growth takes two sizes to be seen."""
    return len({result.rows for result in found if result.rows and result.milliseconds}) > 1


def save(results: Sequence[Result], folder: Path) -> list[Path]:
    """Writes every plot that the results allow."""
    charts: dict[str, Any] = {}
    for rows in sorted({result.rows for result in results if result.rows}):
        found = [result for result in results if result.rows == rows]
        if can_show_ratios(found):
            charts[ratio_file(rows)] = ratios(found, rows)
    if can_show_growth(results):
        charts[GROWTH] = growth(results)
    paths: list[Path] = []
    for name, chart in charts.items():
        paths.append(folder / name)
        chart.save(paths[-1])
    return paths


def ratios(found: Sequence[Result], rows: int) -> Any:
    """A point for each peer on a logarithmic axis, with the range of the rounds; the line is enkat."""
    values = [
        {
            "task": result.task,
            "engine": result.engine,
            "ratio": result.ratio.of_medians,
            "low": result.ratio.pairs.low,
            "high": result.ratio.pairs.high,
        }
        for result in found
        if result.ratio
    ]
    scale = altair.Scale(type="log", nice=False, padding=20)
    base = altair.Chart(altair.InlineData(values=values)).encode(
        y=altair.Y("task:N", sort=TASK_NAMES, title=None, axis=altair.Axis(labelLimit=200)),
        yOffset="engine:N",
        color=altair.Color("engine:N", title=None),
    )
    ends = base.mark_rule().encode(x=altair.X("low:Q", scale=scale), x2="high:Q")
    points = base.mark_point(filled=True, size=45, opacity=1).encode(
        x=altair.X("ratio:Q", scale=scale, title="times as long as enkat")
    )
    even = altair.Chart(altair.InlineData(values=[{"one": 1}])).mark_rule(strokeDash=[4, 3]).encode(x="one:Q")
    return (even + ends + points).properties(width=WIDTH, height=altair.Step(14), title=f"{rows:,} rows")


def growth(results: Sequence[Result]) -> Any:
    """Nanoseconds a row against rows, of enkat alone: a level line is a cost in proportion to the data."""
    values = [
        {
            "task": result.task,
            "rows": result.rows,
            "cost": 1e6 * result.milliseconds.median / result.rows,
        }
        for result in results
        if result.engine == OURS and result.rows and result.milliseconds
    ]
    return (
        altair.Chart(altair.InlineData(values=values))
        .mark_line(point=True)
        .encode(
            x=altair.X("rows:Q", scale=altair.Scale(type="log"), title="rows"),
            y=altair.Y("cost:Q", scale=altair.Scale(type="log"), title="ns a row"),
            color=altair.Color("task:N", sort=TASK_NAMES, title=None),
        )
        .properties(width=WIDTH, height=320)
    )
