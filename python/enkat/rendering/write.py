"""A finished report as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enkat.rendering import marks
from enkat.rendering.charts import draw
from enkat.rendering.claims import render_claims
from enkat.rendering.html import render_html
from enkat.rendering.model import Report, exhibits
from enkat.rendering.pdf import render_pdf
from enkat.rendering.workbook import write_workbook

if TYPE_CHECKING:
    from pathlib import Path


def write_report(report: Report, out: Path) -> list[Path]:
    """Write report.html, report.pdf, tables.xlsx, claims.json and charts/*.svg to a folder.

    The folder is made when it is not there; charts of an earlier run that are not in this report are removed.
    Returns the files written. The same report gives the same bytes.

    >>> write_report(report, Path("out/ryktet-gar"))[0].name
    'report.html'
    """
    folder = out / "charts"
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.glob("*.svg"):
        stale.unlink()
    mark = marks.mark(report)
    drawn = [exhibit.chart for exhibit in exhibits(report) if exhibit.chart is not None]
    charts = {
        chart.name: draw(chart, report.language, source=marks.source(report, chart), mark=mark) for chart in drawn
    }
    paths = [out / name for name in ("report.html", "report.pdf", "tables.xlsx", "claims.json")]
    html, pdf, tables, claims = paths
    html.write_text(render_html(report, charts), encoding="utf-8")
    pdf.write_bytes(render_pdf(report, charts))
    write_workbook(report, tables)
    claims.write_text(render_claims(report), encoding="utf-8")
    for name, svg in charts.items():
        paths.append(folder / f"{name}.svg")
        paths[-1].write_text(svg, encoding="utf-8")
    return paths
