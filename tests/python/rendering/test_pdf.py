"""The PDF: tagged, marked on every page, the same bytes each time."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from enkat.rendering import marks
from enkat.rendering.charts import draw
from enkat.rendering.lacking import Lacking
from enkat.rendering.model import Report, TextSection, exhibits
from enkat.rendering.pdf import render_pdf
from rendering.fixture import report

pypdf = pytest.importorskip("pypdf")


def render(made: Report) -> bytes:
    charts = {e.chart.name: draw(e.chart, made.language, source=marks.source(made)) for e in exhibits(made) if e.chart}
    return render_pdf(made, charts)


PDF = render(report())


def test_the_document_is_tagged_and_knows_its_language_and_title() -> None:
    reader = pypdf.PdfReader(io.BytesIO(PDF))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv"
    assert reader.metadata.title == "Ryktet går – räknad på syntetiska svar"
    assert reader.xmp_metadata.stream is not None


def test_every_page_says_that_the_answers_are_synthetic() -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(PDF)).pages]
    assert len(pages) > 3
    assert all(marks.mark(report()) in text for text in pages)


def test_a_report_on_collected_answers_says_nothing_about_synthetic_ones() -> None:
    sections = tuple(section for section in report().sections if isinstance(section, TextSection))
    made = replace(report(), synthetic=False, claims=(), assumptions=(), sections=sections)
    reader = pypdf.PdfReader(io.BytesIO(render(made)))
    assert not any("yntetisk" in page.extract_text() for page in reader.pages)


def test_every_chart_has_its_alternative_text_in_the_tag_tree() -> None:
    alternatives = _alternatives(pypdf.PdfReader(io.BytesIO(PDF)).trailer["/Root"]["/StructTreeRoot"])
    assert sum("stapeldiagram" in text for text in alternatives) == sum(e.chart is not None for e in exhibits(report()))


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(report()) == PDF


def test_what_the_author_writes_is_text_and_never_markup() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(replace(report(), subtitle="#panic() *a* $x$ <b>"))))
    assert "#panic() *a* $x$ <b>" in reader.pages[0].extract_text()


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a 中文 z", "a □□ z"),
        ("👩\u200d👧 😀 z", "□□ □ z"),  # characters that are joined are one box each, and nothing for what joins them
        ("Ω Ж å", "Ω Ж å"),
    ],
)
def test_a_character_that_no_typeface_has_is_a_box_and_the_last_page_says_so(words: str, shown: str) -> None:
    pages = [
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(render(replace(report(), subtitle=words)))).pages
    ]
    assert shown in pages[0]
    assert ("Rutan □ står för tecken" in pages[-1]) is ("□" in shown)


def test_words_that_no_typeface_has_are_boxes_in_charts_and_claims_too() -> None:
    claims = tuple(replace(claim, sentence="中") for claim in report().claims)
    made = replace(report(), claims=claims, title="😀")
    charts = {e.chart.name: draw(e.chart, "sv", source="中") for e in exhibits(made) if e.chart}
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(render_pdf(made, charts))).pages)
    assert "□" in text and "中" not in text and "😀" not in text


def test_where_no_character_is_named_all_but_letters_of_europe_are_boxes() -> None:
    assert Lacking().with_unusual_ones_of({"a": ["e\u0323 å Ж Ω – ☐", {"b": "中"}]}).texts == {"\u0323", "☐", "中"}


def _alternatives(node: object) -> list[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [text for child in node for text in _alternatives(child)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/Alt"])] if "/Alt" in node else []
    return own + (_alternatives(node["/K"]) if "/K" in node else [])
