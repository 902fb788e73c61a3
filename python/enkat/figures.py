"""Charts of estimates for a notebook (altair); the report's own charts are in enkat.rendering."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from enkat.extras import needs
from enkat.language import LANGUAGES, catalogue
from enkat.rendering.typography import count
from enkat.texts import on_one_line

if TYPE_CHECKING:
    import altair

    from enkat.estimates import Estimate, Estimates
    from enkat.labels import Labels

ACCENT = "#1f5f7a"
QUIET = "#555555"
LINE = 90  # characters of a line of a title


@dataclass(frozen=True)
class Panel:
    """The rows of a chart that are shown together, by their places in the table, and what stands above them."""

    rows: Sequence[int]
    row_of: str  # what names a row: "answer", "group" or "variable"
    title: str
    subtitle: Sequence[str]


def plot_estimates(estimates: Estimates) -> altair.LayerChart | altair.VConcatChart:
    """Points with their intervals, one row an estimate, in the order of the table; groups side by side.

    Args:
        estimates: What to show. Shares are drawn on a scale from 0 to 1. Of several questions each is a panel; those
            that have one row each are the rows of one.

    Returns:
        An altair chart; its description is the alternative text.
    """
    needs("altair", "babel", "pyarrow", to="to draw charts")
    import altair
    import pyarrow

    panels = panels_of(list(estimates), estimates._labels)
    described = f"{len(estimates)} estimates with {estimates._core.level:.0%} intervals. {estimates.note}".strip()
    frame = estimates.to_arrow().select(["estimate", "ci_low", "ci_high"])
    for name, texts in shown_texts(estimates).items():
        frame = frame.append_column(name, pyarrow.array(texts, pyarrow.string()))
    note = lines_of(estimates.note)
    shares = estimates._core.shares
    charts = [drawn(panel, frame.take(list(panel.rows)), shares=shares) for panel in panels]
    if len(charts) == 1:
        return charts[0].properties(
            description=on_one_line(described), title=above(panels[0].title, [*panels[0].subtitle, *note])
        )
    return altair.VConcatChart(vconcat=charts, description=on_one_line(described), title=above("", note))


def shown_texts(estimates: Estimates) -> dict[str, list[str | None]]:
    """A text a row for its variable, answer and group: labels, with whatever cannot be seen written out."""
    groups = [estimates._shown(name) for name in estimates._groups]
    return {
        "variable": [on_one_line(variable) for variable in estimates._shown("variable")],
        "answer": [None if answer is None else on_one_line(answer) for answer in estimates._shown("answer")],
        "group": [" · ".join(map(part_of_group, by)) for by in zip(*groups, strict=True)] or [""] * len(estimates),
    }


def panels_of(rows: Sequence[Estimate], labels: Labels) -> list[Panel]:
    """The panels of a chart, in the order of the table."""
    variables = list(dict.fromkeys(row.variable for row in rows))
    of = {variable: [i for i, row in enumerate(rows) if row.variable == variable] for variable in variables}
    one_a_group = all(len({rows[i].by for i in places}) == len(places) for places in of.values())
    if len(variables) > 1 and one_a_group:
        answers = {labels.answer(row.variable, row.answer) for row in rows if row.answer is not None}
        title = answers.pop() if len(answers) == 1 else ""
        return [Panel(range(len(rows)), "variable", title or "", base_of(rows, labels))]
    return [panel_of(variable, [rows[i] for i in places], places, labels) for variable, places in of.items()]


def panel_of(variable: str, rows: Sequence[Estimate], places: Sequence[int], labels: Labels) -> Panel:
    """The panel of one question."""
    grouped = any(row.by for row in rows)
    row_of = "answer" if rows[0].answer is not None else "group" if grouped else "variable"
    asked = labels.question(variable)
    title = labels.variable(variable)
    wording = lines_of(asked.wording) if asked.wording != title else []
    return Panel(places, row_of, title, [*wording, *base_of(rows, labels)])


def base_of(rows: Sequence[Estimate], labels: Labels) -> list[str]:
    """How many answered, as a line; the fewest and the most where bases differ."""
    language = labels.language if labels.language in LANGUAGES else "en"
    fewest, most = min(row.n for row in rows), max(row.n for row in rows)
    shown = count(most, language) if fewest == most else f"{count(fewest, language)}–{count(most, language)}"
    return [catalogue(language).say("card.base", n=shown)]


def above(title: str, lines: Sequence[str]) -> Any:
    """What stands above a panel: Vega leaves the lines out where there is no title, so they are it then."""
    import altair

    if title:
        return altair.TitleParams(text=lines_of(title), subtitle=list(lines), anchor="start", subtitleColor=QUIET)
    if lines:
        return altair.TitleParams(text=list(lines), anchor="start", fontWeight="normal", fontSize=11, color=QUIET)
    return altair.Undefined


def drawn(panel: Panel, frame: Any, *, shares: bool) -> altair.LayerChart:
    """One panel: a point with its interval for every row."""
    import altair

    grouped = any(frame["group"].to_pylist()) and panel.row_of != "group"
    scale = altair.Scale(domain=[0, 1]) if shares else altair.Scale(zero=False)
    axis = altair.Axis(format="%" if shares else "", grid=False, title=None)
    base = altair.Chart(frame).encode(
        y=altair.Y(f"{panel.row_of}:N", sort=None, title=None, axis=altair.Axis(labelLimit=320))
    )
    if grouped:
        base = base.encode(
            yOffset=altair.YOffset("group:N", sort=None), color=altair.Color("group:N", sort=None, title=None)
        )
    colour = altair.Undefined if grouped else altair.value(ACCENT)
    rule = base.mark_rule(strokeWidth=2).encode(
        x=altair.X("ci_low:Q", scale=scale, axis=axis), x2="ci_high:Q", color=colour
    )
    point = base.mark_point(filled=True, size=70).encode(
        x=altair.X("estimate:Q", scale=scale, axis=axis),
        color=colour,
        tooltip=["variable:N", "group:N", "answer:N", "estimate:Q"],
    )
    return altair.LayerChart(layer=[rule, point], title=above(panel.title, panel.subtitle))


def lines_of(text: str) -> list[str]:
    """A text as the lines of a title."""
    return [on_one_line(line) for line in textwrap.wrap(text, LINE)]


def part_of_group(value: str) -> str:
    """A value in the name of a group, in quotation marks where its own text looks like several."""
    return on_one_line(f"“{value}”" if " · " in value else value)
