"""Charts of estimates for a notebook (altair); the report's own charts are in enkat.rendering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enkat.texts import on_one_line

if TYPE_CHECKING:
    import altair

    from enkat.estimates import Estimates

ACCENT = "#1f5f7a"


def plot_estimates(estimates: Estimates) -> altair.LayerChart:
    """Points with their intervals, one row an estimate, in the order of the table; groups side by side.

    Args:
        estimates: What to show. Shares are drawn on a scale from 0 to 1.

    Returns:
        An altair chart; its description is the alternative text.
    """
    import altair
    import pyarrow

    shares = all(row.answer is not None for row in estimates)
    groups = [" · ".join(map(part_of_group, row.by)) for row in estimates]
    shown = {
        "variable": [on_one_line(row.variable) for row in estimates],
        "answer": [None if row.answer is None else on_one_line(row.answer) for row in estimates],
        "group": groups,
    }
    frame = estimates.to_arrow().select(["estimate", "ci_low", "ci_high"])
    for name, texts in shown.items():
        frame = frame.append_column(name, pyarrow.array(texts, pyarrow.string()))
    row = "answer" if shares else ("group" if any(groups) else "variable")
    scale = altair.Scale(domain=[0, 1]) if shares else altair.Scale(zero=False)
    axis = altair.Axis(format="%" if shares else "", grid=False, title=None)
    base = altair.Chart(frame).encode(y=altair.Y(f"{row}:N", sort=None, title=None, axis=altair.Axis(labelLimit=320)))
    if shares and any(groups):
        base = base.encode(
            yOffset=altair.YOffset("group:N", sort=None), color=altair.Color("group:N", sort=None, title=None)
        )
    colour = altair.Undefined if shares and any(groups) else altair.value(ACCENT)
    rule = base.mark_rule(strokeWidth=2).encode(
        x=altair.X("ci_low:Q", scale=scale, axis=axis), x2="ci_high:Q", color=colour
    )
    point = base.mark_point(filled=True, size=70).encode(
        x=altair.X("estimate:Q", scale=scale, axis=axis),
        color=colour,
        tooltip=["group:N", "answer:N", "estimate:Q"],
    )
    described = f"{len(estimates)} estimates with {estimates._core.level:.0%} intervals. {estimates.note}".strip()
    return altair.LayerChart(
        layer=[rule, point], description=on_one_line(described), title=on_one_line(estimates.note or "")
    )


def part_of_group(value: str) -> str:
    """A value in the name of a group, in quotation marks where its own text looks like several."""
    return on_one_line(f"“{value}”" if " · " in value else value)
