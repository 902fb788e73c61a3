"""The report as a tagged PDF (PDF/UA-1) set by Typst: the same bytes every time, the mark on every page."""

from __future__ import annotations

import json
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enkat.errors import ReportError
from enkat.rendering.fonts import collect
from enkat.rendering.lacking import Lacking
from enkat.rendering.pdf_data import pdf_data

if TYPE_CHECKING:
    from collections.abc import Mapping

    import typst

    from enkat.rendering.model import Report

# A fixed moment instead of now: two runs on the same answers give the same file.
_TIMESTAMP = 1_577_836_800


def render_pdf(report: Report, charts: Mapping[str, str]) -> bytes:
    """The pages as PDF; `charts` holds the SVG of every chart by its name.

    The text reaches Typst as data, never as markup, so no character of a report needs escaping. Characters that no
    typeface at hand has (emoji, Chinese) are boxes, and the last page says so: report.html shows them.

    Raises:
        ReportError: `report.pdf` where the pages cannot be set for another reason.

    >>> render_pdf(report, charts)[:5]
    b'%PDF-'
    """
    import typst

    data = pdf_data(report, charts)
    with tempfile.TemporaryDirectory() as folder:
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[collect(Path(folder))])
        lacking = Lacking()
        while True:
            try:
                return _set(lacking.boxed(data), fonts)
            except typst.TypstError as error:
                more = lacking.with_those_of(error.diagnostic)
                if more == lacking:
                    more = lacking.with_unusual_ones_of(data)
                if more == lacking:
                    raise ReportError("report.pdf", f"the PDF cannot be set: {error.message}") from None
                lacking = more


def _set(data: Mapping[str, Any], fonts: typst.Fonts) -> bytes:
    import typst

    pdf = typst.compile(
        files("enkat.rendering").joinpath("templates/report.typ").read_bytes(),
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        pdf_standards=["ua-1"],
        timestamp=_TIMESTAMP,
        format="pdf",
    )
    assert isinstance(pdf, bytes)
    return pdf
