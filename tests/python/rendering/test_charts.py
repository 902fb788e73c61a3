"""Charts: what is drawn, in which order, and that nothing is clipped."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from enkat.rendering import palette, textfit
from enkat.rendering.alttext import describe
from enkat.rendering.chart_layout import NARROW, SMALL, WIDTH, Drawing, Rect, lay_out, subtitle
from enkat.rendering.charts import draw
from enkat.rendering.data_table import tabulate
from enkat.rendering.model import Bar, Chart, exhibits
from enkat.rendering.order import answers
from rendering.fixture import report

CHARTS = [exhibit.chart for exhibit in exhibits(report()) if exhibit.chart is not None]
SVG = "{http://www.w3.org/2000/svg}"


def bars(*percents: int | None) -> Chart:
    rows = tuple(Bar(f"Svar {i}", "", percent, 1473, withheld=percent is None) for i, percent in enumerate(percents))
    return Chart("c", "Diagram", rows)


def test_answers_stand_by_size_with_withheld_after_and_residual_ones_last() -> None:
    rows = (
        Bar("Annat", "", 90, 100, residual=True),
        Bar("B", "", 20, 100),
        Bar("Dold", "", None, None, withheld=True),
        Bar("A", "", 70, 100),
    )
    assert answers(Chart("c", "D", rows)) == ("A", "B", "Dold", "Annat")
    assert answers(Chart("c", "D", rows, ordered=True)) == ("Annat", "B", "Dold", "A")


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("width", [WIDTH, NARROW])
def test_no_text_leaves_the_drawing(chart: Chart, language: str, width: int) -> None:
    drawing = lay_out(chart, language, "Källa: Vision, Ryktet går, 2023. " * 3, width)
    for text in drawing.texts:
        assert text.x + textfit.width(text.text, text.size, text.bold) <= width + 1, text.text
        assert 0 <= text.y <= drawing.height


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
@pytest.mark.parametrize("width", [WIDTH, NARROW])
def test_no_text_stands_on_a_track(chart: Chart, width: int) -> None:
    drawing = lay_out(chart, "sv", "Källa: X.", width)
    tracks = _tracks(drawing)
    assert tracks
    for text in drawing.texts:
        right = text.x + textfit.width(text.text, text.size, text.bold)
        half = text.size / 2
        for track in tracks:
            beside = right <= track.x or text.x >= track.x2
            assert beside or text.y + half <= track.y or text.y - half >= track.y2, text.text


@pytest.mark.parametrize("groups", [2, 3, 4, 5, 7])
def test_tracks_of_groups_beside_each_other_are_at_least_180_pixels_long(groups: int) -> None:
    rows = tuple(Bar(f"Svar {i}", f"Grupp {g}", 100, 1473, assumed=True) for g in range(groups) for i in range(3))
    assert min(track.x2 - track.x for track in _tracks(lay_out(Chart("c", "D", rows), "sv", "K."))) >= 180


def test_in_a_narrow_drawing_labels_stand_above_their_bars_and_groups_below_each_other() -> None:
    rows = tuple(Bar(f"Svar {i}", name, 10 + i, 100) for name in ("Kvinnor", "Män") for i in range(2))
    drawing = lay_out(Chart("c", "D", rows), "sv", "K.", NARROW)
    assert {track.x for track in _tracks(drawing)} == {0}
    heights = {text.text: text.y for text in drawing.texts}
    shown = [text.text for text in sorted(drawing.texts, key=lambda text: text.y)]
    assert shown.index("Kvinnor") < shown.index("Svar 0") < shown.index("Män")
    assert heights["Kvinnor"] < heights["bas 100"]


def test_on_a_phone_of_360_pixels_no_letter_is_smaller_than_12() -> None:
    # The page leaves 293 pixels to a drawing there; in wide drawings at least 640.
    smallest = {
        width: min(t.size for c in CHARTS for t in lay_out(c, "sv", "K.", width).texts) for width in (NARROW, WIDTH)
    }
    assert smallest[NARROW] * 293 / NARROW >= 12
    assert smallest[WIDTH] * 640 / WIDTH >= 12
    assert SMALL in smallest.values()


def test_a_chart_of_one_answer_by_group_says_which_answer_below_its_title() -> None:
    chart = Chart("c", "Egen erfarenhet efter yrke", (Bar("Ja", "A", 50, 10), Bar("Ja", "B", 40, 10)))
    assert subtitle(chart, "sv") == "Andel som svarat ”Ja”, procent."
    assert lay_out(chart, "sv", "K.").texts[0].text == "Egen erfarenhet efter yrke"


def _tracks(drawing: Drawing) -> list[Rect]:
    return [rect for rect in drawing.rects if rect.fill == palette.TRACK]


def test_the_longest_bar_leaves_room_for_its_label() -> None:
    drawing = lay_out(Chart("c", "D", (Bar("Ja", "", 100, 10, assumed=True),)), "sv", "Källa: X.")
    label = next(text for text in drawing.texts if text.text.startswith("100"))
    assert label.x + textfit.width(label.text, label.size, label.bold) <= WIDTH


def test_labels_in_one_column_do_not_run_into_the_bars() -> None:
    label = "Offentliganställdasutsatthetsutredningsförslagssammanställning"
    lines = textfit.wrap(label, 200, 15)
    assert "".join(line.removesuffix("-") for line in lines) == label
    assert all(textfit.width(line, 15) <= 200 for line in lines)


def test_a_word_of_any_length_is_divided() -> None:
    # A second search through the word for every line would take an hour.
    lines = textfit.wrap("x" * 100_000, 200, 15)
    assert "".join(line.removesuffix("-") for line in lines) == "x" * 100_000
    assert {textfit.width(line, 15) for line in lines[:-1]} == {textfit.width(lines[0], 15)}
    assert 200 - textfit.width("x", 15) < textfit.width(lines[0], 15) <= 200


def test_a_bar_is_as_long_as_its_percent_of_a_fixed_scale() -> None:
    drawing = lay_out(bars(50, 25), "sv", "Källa: X.")
    half, quarter = (r.x2 - r.x for r in drawing.rects if r.fill == palette.ACCENT)
    track = next(r.x2 - r.x for r in drawing.rects if r.fill == palette.TRACK)
    assert half == pytest.approx(track / 2)
    assert quarter == pytest.approx(track / 4)


def test_whiskers_are_drawn_only_where_the_chart_has_them() -> None:
    assert len({r.stroke for r in lay_out(bars(50), "sv", "K.").rules}) == 1
    with_whiskers = Chart("c", "D", (Bar("Ja", "", 50, 10, 45, 55),), whiskers=True)
    assert palette.PAPER in {r.stroke for r in lay_out(with_whiskers, "sv", "K.").rules}


def test_a_withheld_share_is_hatched_and_marked_with_two_dots() -> None:
    svg = draw(bars(50, None), "sv", source="Källa: X.")
    assert ">..<" in svg
    assert 'fill="url(#c-hatch)"' in svg
    assert "None" not in svg


def test_the_drawing_names_and_describes_itself_and_carries_its_source_and_mark() -> None:
    source = "Källa: X. Räknat på syntetiska svar."
    root = ET.fromstring(draw(bars(50, 25), "sv", source=source, mark="Syntetiska svar"))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "c-title c-desc"
    assert root.findtext(f"{SVG}title") == "Diagram"
    assert (root.findtext(f"{SVG}desc") or "").endswith("Syntetiska svar.")
    assert source in "".join(root.find(f"{SVG}metadata").itertext())  # type: ignore[union-attr]
    assert "syntetiska svar" in "".join(text.text or "" for text in root.iter(f"{SVG}text"))


def test_the_same_data_give_the_same_bytes() -> None:
    assert draw(CHARTS[0], "sv", source="K.") == draw(CHARTS[0], "sv", source="K.")


def test_alternative_text_says_what_the_bars_say() -> None:
    text = describe(bars(62, 30, 20, 8), "sv").replace("\N{NO-BREAK SPACE}", " ")
    assert text == "Liggande stapeldiagram, Diagram, 4 svar, bas 1 473. Högst: Svar 0, 62 %. Lägst: Svar 3, 8 %."


def test_alternative_text_neither_tells_nor_ranks_a_withheld_or_residual_share() -> None:
    chart = bars(62, 30, 20, None)
    chart = replace(chart, rows=(*chart.rows, Bar("Annat", "", 1, 1473, residual=True)))
    text = describe(chart, "en")
    assert "Lowest: Svar 2, 20%." in text
    assert text.endswith("One figure is not shown.")


def test_the_table_behind_a_grouped_chart_has_a_column_per_group() -> None:
    chart = next(chart for chart in CHARTS if chart.name == "work_by_occupation")
    table = tabulate(chart, "sv")
    assert table.header == ("Svar", "Socialsekreterare", "Behandlingspersonal", "Fältassistenter")
    assert all(len(row) == 4 for row in table.rows)
    assert ".." in {cell for row in table.rows for cell in row}


@pytest.mark.parametrize(
    ("front", "ground", "least"),
    [
        (palette.INK, palette.PAPER, 4.5),
        (palette.INK, palette.TRACK, 4.5),
        (palette.MUTED, palette.PAPER, 4.5),
        (palette.MUTED, palette.PANEL, 4.5),
        (palette.ACCENT, palette.PAPER, 4.5),
        (palette.WARNING, palette.WARNING_PANEL, 4.5),
        (palette.ACCENT, palette.TRACK, 3),
        (palette.ACCENT, palette.ACCENT_LIGHT, 3),
        (palette.RESIDUAL, palette.TRACK, 3),
    ],
)
def test_colours_have_enough_contrast(front: str, ground: str, least: float) -> None:
    assert palette.contrast(front, ground) >= least
