"""The HTML page: accessible, self-contained, and honest about its answers."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont

from enkat.rendering import marks
from enkat.rendering.charts import draw
from enkat.rendering.html import render_html
from enkat.rendering.hyphens import SOFT_HYPHEN
from enkat.rendering.model import Report, exhibits
from rendering.fixture import report


def render(made: Report) -> str:
    charts = {
        e.chart.name: draw(e.chart, made.language, source=marks.source(made, e.chart))
        for e in exhibits(made)
        if e.chart
    }
    return render_html(made, charts)


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data.replace(SOFT_HYPHEN, "")

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


HTML = render(report())
PAGE = Page(HTML)


def test_the_page_needs_nothing_from_elsewhere() -> None:
    assert PAGE.all("script", "link", "iframe", "img", "object") == []
    assert "@import" not in HTML
    assert re.findall(r'url\((?!#|"data:font)', HTML) == []


def test_the_page_carries_its_typeface_cut_down_to_its_letters() -> None:
    faces = re.findall(r'font-weight: (\d+); font-style: (\w+);[^}]*?base64,([^"]+)"', HTML)
    assert [(weight, style) for weight, style, _ in faces] == [
        ("400", "normal"),
        ("400", "italic"),
        ("600", "normal"),
        ("700", "normal"),
    ]
    for _, _, content in faces:
        assert len(content) < 25_000
        letters = TTFont(io.BytesIO(base64.b64decode(content))).getBestCmap()
        assert set(map(ord, "Ryktetgår–”")) <= set(letters)
        assert ord("Ж") not in letters


def test_long_words_may_be_divided_but_never_in_addresses_or_names_of_elements() -> None:
    assert f"soci{SOFT_HYPHEN}al{SOFT_HYPHEN}tjäns{SOFT_HYPHEN}ten" in HTML
    attributes = " ".join(str(value) for _, element in PAGE.elements for value in element.values())
    assert SOFT_HYPHEN not in attributes
    assert SOFT_HYPHEN not in "".join(re.findall("<title>.*?</title>", HTML))


def test_headings_begin_at_one_and_never_skip_a_level() -> None:
    levels = [int(tag[1]) for tag, _ in PAGE.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_has_its_language_a_skip_link_and_one_main() -> None:
    assert PAGE.all("html")[0]["lang"] == "sv"
    assert PAGE.all("a")[0]["href"] == "#content"
    assert [main["id"] for main in PAGE.all("main")] == ["content"]


def test_every_link_inside_the_page_leads_somewhere_and_no_id_is_used_twice() -> None:
    ids = [attributes["id"] for _, attributes in PAGE.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {str(a["href"])[1:] for a in PAGE.all("a") if str(a["href"]).startswith("#")}
    assert targets <= set(ids)


def test_every_chart_has_a_name_a_description_and_a_table() -> None:
    charts = [svg for svg in PAGE.all("svg") if svg.get("class") == "chart"]
    drawn = sum(exhibit.chart is not None for exhibit in exhibits(report()))
    assert len(charts) == 2 * drawn  # wide and narrow, of which one is shown
    assert all(svg["role"] == "img" and svg["aria-labelledby"] for svg in charts)
    assert len([details for details in PAGE.all("details") if details.get("class") == "data"]) == drawn
    assert all("scope" in head for head in PAGE.all("th"))


def test_ten_people_are_drawn_only_for_claims_in_tenths_that_hold() -> None:
    people = [svg["aria-label"] for svg in PAGE.all("svg") if svg.get("class") == "people"]
    assert people == ["9 av 10 personer", "9 av 10 personer"]
    failing = tuple(replace(claim, verdict="fails") for claim in report().claims)
    sections = report().sections
    summary = replace(sections[0], items=tuple(replace(i, claims=failing[1:2]) for i in sections[0].items))  # type: ignore[call-arg, union-attr]
    changed = Page(render(replace(report(), claims=failing, sections=(summary, *sections[1:]))))
    assert [svg for svg in changed.all("svg") if svg.get("class") == "people"] == []


def test_only_published_wordings_stand_in_quotation_marks() -> None:
    assert "”Vilka konsekvenser bedömer du" in PAGE.text
    assert "”Hur väl det förebyggande" not in PAGE.text
    assert PAGE.text.count("återgiven med våra ord") == 3


def test_synthetic_answers_are_said_in_title_first_screen_chips_claim_list_and_foot() -> None:
    assert "Ryktet går – räknad på syntetiska svar" in HTML
    assert PAGE.text.index("kommer från ett program, inte från människor") < PAGE.text.index("Kort sagt")
    assert "prövat mot syntetiska svar" in PAGE.text
    assert "De säger inget om Visions undersökning" in PAGE.text
    assert PAGE.text.rindex(marks.mark(report())) > PAGE.text.index("Noter")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_collected_answers_carry_no_mark(language: str) -> None:
    made = replace(report(), synthetic=False, assumptions=(), language=language)  # type: ignore[arg-type]
    text = Page(render(made)).text
    assert "räknad på syntetiska" not in text
    assert "synthetic" not in text


def test_what_the_author_writes_is_text_and_never_markup() -> None:
    html = render(replace(report(), subtitle="<script>alert(1)</script> & mer"))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
