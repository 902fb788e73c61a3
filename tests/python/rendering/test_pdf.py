"""The PDF: tagged, marked on every page, the same bytes each time."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest

import enkat
from enkat.rendering import marks
from enkat.rendering.build import build_report
from enkat.rendering.charts import draw
from enkat.rendering.lacking import Lacking
from enkat.rendering.ledger import ledger
from enkat.rendering.model import RecommendationSection, Report, TextSection, assumptions_by_question, exhibits
from enkat.rendering.pdf import render_pdf
from rendering.fixture import report

pypdf = pytest.importorskip("pypdf")


def render(made: Report) -> bytes:
    charts = {
        e.chart.name: draw(e.chart, made.language, source=marks.source(made, e.chart))
        for e in exhibits(made)
        if e.chart
    }
    return render_pdf(made, charts)


PDF = render(report())


def test_the_document_is_tagged_and_knows_its_language_and_title() -> None:
    reader = pypdf.PdfReader(io.BytesIO(PDF))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv"
    assert reader.metadata.title == "Ryktet går – räknad på syntetiska svar"
    assert reader.xmp_metadata.stream is not None


def test_the_title_is_the_one_heading_of_the_first_level_and_sections_are_of_the_second() -> None:
    headings = [(tag, text) for tag, text in _tags(PDF) if tag in ("H1", "H2", "H3")]
    assert [text for tag, text in headings if tag == "H1"] == ["Ryktet går – räknad på syntetiska svar"]
    assert headings[0][0] == "H1"
    sections = [text for tag, text in headings if tag == "H2"]
    assert sections[:2] == ["Kort sagt", "Bakgrund: rykten om socialtjänsten"]
    assert sections[-1] == "Bilaga: underlag och prövning"


def test_figures_and_tables_have_captions_and_lists_are_lists() -> None:
    tags = [tag for tag, _ in _tags(PDF)]
    charts = sum(e.chart is not None for e in exhibits(report()))
    # A caption for each chart, its data, the claims of each verdict and the assumptions of each question.
    tables = charts + len(ledger(report())) + len(assumptions_by_question(report()))
    assert tags.count("Table") == tables
    assert tags.count("Caption") == charts + tables
    items = sum(len(s.items) for s in report().sections if isinstance(s, RecommendationSection))
    assert tags.count("LI") >= items


def test_the_appendix_begins_on_a_page_of_its_own() -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(PDF)).pages]
    first = next(number for number, text in enumerate(pages) if "Bilaga: underlag och prövning" in text)
    assert pages[first].startswith("Bilaga: underlag och prövning")
    assert not any("Siffrorna bakom diagrammen" in text for text in pages[:first])


def test_the_bundled_report_is_read_in_twelve_pages_none_of_them_a_quarter_blank_before_a_heading() -> None:
    made = build_report(enkat.load_study("ryktet-gar"), "sv")
    reader = pypdf.PdfReader(io.BytesIO(render(made)))
    texts = [page.extract_text() for page in reader.pages]
    read = next(number for number, text in enumerate(texts) if text.startswith("Bilaga"))
    assert read <= 12
    headings = [text for tag, text in _tags(render(made)) if tag in ("H2", "H3")]
    for number in range(read - 1):
        if texts[number + 1].replace("\n", " ").startswith(tuple(headings)):
            assert _lowest(reader.pages[number]) < 57 + 0.25 * 737  # points: the foot, and the room above it


def test_figures_of_synthetic_answers_are_not_the_publishers() -> None:
    assert pypdf.PdfReader(io.BytesIO(PDF)).metadata.author == "enkat 0.1"
    collected = pypdf.PdfReader(io.BytesIO(render(replace(report(), synthetic=False, assumptions=()))))
    assert collected.metadata.author == "Vision"


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


def _lowest(page: pypdf.PageObject) -> float:
    """How far above the edge the last of text and drawings ends, the foot left out."""
    found: list[float] = []

    def text(words: str, page: list[float], line: list[float], *rest: object) -> None:
        height = page[1] * line[4] + page[3] * line[5] + page[5]
        if words.strip() and height > 57:
            found.append(height)

    page.extract_text(visitor_text=text)
    return min(found)


def _tags(pdf: bytes) -> list[tuple[str, str]]:
    """The tags in reading order, headings with their words as the outline has them."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    found: list[tuple[str, str]] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((str(node["/S"]).removeprefix("/"), str(node.get("/T", ""))))
            walk(node.get("/K"))

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def _alternatives(node: object) -> list[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [text for child in node for text in _alternatives(child)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/Alt"])] if "/Alt" in node else []
    return own + (_alternatives(node["/K"]) if "/K" in node else [])
