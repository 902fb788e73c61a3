"""Bar charts as SVG that any program can show: shares, base, source and, while synthetic, the mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enkat.rendering.alttext import describe
from enkat.rendering.chart_layout import WIDTH, Drawing, lay_out
from enkat.rendering.model import Chart
from enkat.rendering.svg import finish

if TYPE_CHECKING:
    import altair

FONTS = "Source Sans Pro, Segoe UI, Helvetica Neue, Arial, sans-serif"


def draw(chart: Chart, language: str, *, source: str, mark: str = "", width: int = WIDTH) -> str:
    """A chart as SVG, the same bytes for the same data.

    `source` is the line below the bars; `mark` says that the answers are synthetic and goes into
    the alternative text. Withheld shares are hatched and marked "..". `width` is WIDTH, or NARROW for a phone.

    >>> draw(chart, "sv", source="Källa: Vision, 2023.")[:4]
    '<svg'
    """
    import vl_convert

    drawing = lay_out(chart, language, source, width)
    svg: str = vl_convert.vegalite_to_svg(figure(drawing, width).to_dict())
    name = chart.name if width == WIDTH else f"{chart.name}-narrow"
    return finish(svg, name, chart.title, describe(chart, language, mark), source, language)


def figure(drawing: Drawing, width: int) -> altair.LayerChart:
    """The drawing as an Altair figure whose coordinates are pixels, so that no font moves anything."""
    import altair as alt

    x, y = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
    fill, stroke = alt.Fill("fill:N", scale=None), alt.Stroke("stroke:N", scale=None)
    rects = [{"x": r.x, "y": r.y, "x2": r.x2, "y2": r.y2, "fill": r.fill} for r in drawing.rects]
    outlines = [{"x": r.x, "y": r.y, "x2": r.x2, "y2": r.y2, "stroke": r.stroke} for r in drawing.rects if r.stroke]
    rules = [{"x": r.x, "y": r.y, "x2": r.x2, "y2": r.y2, "stroke": r.stroke, "width": r.width} for r in drawing.rules]
    layers: list[alt.Chart] = [
        alt.Chart(alt.InlineData(rects)).mark_rect().encode(x=x, y=y, x2="x2:Q", y2="y2:Q", fill=fill),
        alt.Chart(alt.InlineData(outlines))
        .mark_rect(fillOpacity=0)
        .encode(x=x, y=y, x2="x2:Q", y2="y2:Q", stroke=stroke),
        alt.Chart(alt.InlineData(rules))
        .mark_rule()
        .encode(x=x, y=y, x2="x2:Q", y2="y2:Q", stroke=stroke, strokeWidth=alt.StrokeWidth("width:Q", scale=None)),
    ]
    for size, bold in sorted({(text.size, text.bold) for text in drawing.texts}):
        texts = [
            {"x": t.x, "y": t.y, "text": t.text, "fill": t.fill}
            for t in drawing.texts
            if (t.size, t.bold) == (size, bold)
        ]
        mark = alt.Chart(alt.InlineData(texts)).mark_text(
            align="left", baseline="middle", fontSize=size, fontWeight=600 if bold else 400, limit=0
        )
        layers.append(mark.encode(x=x, y=y, text="text:N", fill=fill))
    layered: altair.LayerChart = (
        alt.layer(*layers)
        .properties(width=width, height=round(drawing.height), padding=0, background="transparent")
        .configure(font=FONTS, aria=False, autosize=alt.AutoSizeParams(type="none", contains="padding"))
        .configure_view(stroke=None, fill=None)
    )
    return layered
