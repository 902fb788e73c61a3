"""The plots of docs/performance.md, as SVG."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import altair
from benchmarks.ours import NAME as OURS
from benchmarks.results import Result
from benchmarks.streaming import FROM_FILES
from benchmarks.tasks import TASKS

GROWTH = "per-row.svg"
STREAMED = "streamed.svg"
STREAMED_MEMORY = "streamed-memory.svg"
SCALED = "threads.svg"
WIDTH = 520
TASK_NAMES = [task.name for task in TASKS]


def ratio_file(rows: int) -> str:
    return f"ratios-{rows}.svg"


def can_show_ratios(found: Sequence[Result]) -> bool:
    return any(result.ratio for result in found)


def can_show_growth(found: Sequence[Result]) -> bool:
    """Growth takes two sizes to be seen."""
    return len({result.rows for result in found if result.rows and result.milliseconds}) > 1


def of_comparison(results: Sequence[Result]) -> dict[str, Any]:
    """Every plot that the results allow, by its file."""
    charts: dict[str, Any] = {}
    for rows in sorted({result.rows for result in results if result.rows}):
        found = [result for result in results if result.rows == rows]
        if can_show_ratios(found):
            charts[ratio_file(rows)] = ratios(found, rows)
    if can_show_growth(results):
        charts[GROWTH] = growth(results)
    return charts


def of_streaming(results: Sequence[Result]) -> dict[str, Any]:
    found = [result for result in results if not result.task.endswith(FROM_FILES)]
    return {STREAMED: streamed_cost(found), STREAMED_MEMORY: streamed_memory(found)}


def of_scaling(results: Sequence[Result]) -> dict[str, Any]:
    return {SCALED: scaled(results)}


def save(charts: Mapping[str, Any], folder: Path) -> list[Path]:
    for name, chart in charts.items():
        chart.save(folder / name)
    return [folder / name for name in charts]


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


def streamed_cost(results: Sequence[Result]) -> Any:
    """Nanoseconds a row against rows, of every engine: level once what a call costs at all is spread over enough."""
    values = [
        {
            "task": result.task,
            "engine": result.engine,
            "rows": result.rows,
            "cost": 1e6 * result.milliseconds.median / result.rows,
        }
        for result in results
        if result.milliseconds
    ]
    return by_engine(values, altair.Y("cost:Q", scale=altair.Scale(type="log"), title="ns a row"))


def streamed_memory(results: Sequence[Result]) -> Any:
    """The most that a process held against rows: level when memory does not grow with the data."""
    values = [
        {
            "task": result.task,
            "engine": result.engine,
            "rows": result.rows,
            "megabytes": result.whole_bytes / 1e6,
        }
        for result in results
        if result.whole_bytes
    ]
    return by_engine(values, altair.Y("megabytes:Q", title="peak memory of the process, MB"))


def by_engine(values: Sequence[Mapping[str, object]], y: Any) -> Any:
    return (
        altair.Chart(altair.InlineData(values=values))
        .mark_line(point=True)
        .encode(
            x=altair.X("rows:Q", scale=altair.Scale(type="log"), title="rows"),
            y=y,
            color=altair.Color("engine:N", title=None),
            column=altair.Column("task:N", title=None),
        )
        .properties(width=WIDTH // 2, height=240)
    )


def scaled(results: Sequence[Result]) -> Any:
    """How many times as long one thread takes against rows; "read" is memory alone."""
    values = [
        {
            "task": result.task,
            "threads": result.engine,
            "rows": result.rows,
            "ratio": result.ratio.of_medians,
        }
        for result in results
        if result.ratio
    ]
    return (
        altair.Chart(altair.InlineData(values=values))
        .mark_line(point=True)
        .encode(
            x=altair.X("rows:Q", scale=altair.Scale(type="log"), title="rows"),
            y=altair.Y("ratio:Q", title="one thread takes, times as long"),
            color=altair.Color("task:N", sort=TASK_NAMES, title=None),
            column=altair.Column("threads:N", title=None),
        )
        .properties(width=WIDTH // 2, height=240)
    )
