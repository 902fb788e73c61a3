"""The report as a tagged PDF (PDF/UA-1) set by Typst: the same bytes every time, the mark on every page."""

from __future__ import annotations

import json
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from enkat.rendering.fonts import collect
from enkat.rendering.pdf_data import pdf_data

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enkat.rendering.model import Report

# A fixed moment instead of now: two runs on the same answers give the same file.
_TIMESTAMP = 1_577_836_800


def render_pdf(report: Report, charts: Mapping[str, str]) -> bytes:
    """The pages as PDF; `charts` holds the SVG of every chart by its name.

    The text reaches Typst as data, never as markup, so no character of a report needs escaping.

    >>> render_pdf(report, charts)[:5]
    b'%PDF-'
    """
    import typst

    template = files("enkat.rendering").joinpath("templates/report.typ").read_bytes()
    data = json.dumps(pdf_data(report, charts), ensure_ascii=False, sort_keys=True)
    with tempfile.TemporaryDirectory() as folder:
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[collect(Path(folder))])
        pdf = typst.compile(
            template,
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"report": data},
            pdf_standards=["ua-1"],
            timestamp=_TIMESTAMP,
            format="pdf",
        )
    assert isinstance(pdf, bytes)
    return pdf
