"""Labels where people look – tables, charts, indexes – and names in frames."""

import json
from typing import Any

import pandas
import pytest

import enkat
from example_names import DATA

CODEBOOK: dict[str, Any] = {
    "schema_version": 1,
    "language": "en",
    "questions": [
        {
            "name": "heard_rumours",
            "type": "single",
            "label": {"en": "Rumours", "sv": "Rykten"},
            "text": {"en": "Have you heard rumours?", "sv": "Har du hört rykten?"},
            "options": [
                {"name": "yes", "label": {"en": "Yes, I have", "sv": "Ja"}},
                {"name": "no", "label": {"en": "No", "sv": "Nej"}},
            ],
        },
        {
            "name": "region",
            "type": "single",
            "label": "Part of the country",
            "options": [{"name": "north", "label": "The north"}, {"name": "south", "label": "The south"}],
        },
        {"name": "hours", "type": "number", "label": "Hours a week"},
        {
            "name": "area",
            "type": "multiple",
            "label": "Area",
            "options": [{"name": "children", "label": "The young"}, {"name": "youth", "label": "Those at school"}],
        },
    ],
}
SURVEY = enkat.Survey(DATA, CODEBOOK)
SHARES = SURVEY.proportion("heard_rumours", by="region")


def panels(chart: Any) -> list[dict[str, Any]]:
    """The panels of a chart, each with its rows."""
    content = chart.to_dict()
    datasets = content["datasets"]
    return [
        panel | {"rows": datasets[(panel.get("data") or panel["layer"][0]["data"])["name"]]}
        for panel in content.get("vconcat", [content])
    ]


def test_tables_show_labels_and_frames_keep_names() -> None:
    for shown in (repr(SHARES), SHARES._repr_html_()):
        assert "Yes, I have" in shown and "The north" in shown and "Rumours" in shown
        assert "yes" not in shown and "heard_rumours" not in shown
    frame = SHARES.to_pandas()
    assert list(frame["answer"]) == ["yes", "no"] * 2 and set(frame["variable"]) == {"heard_rumours"}
    labelled = SHARES.to_pandas(labels=True)
    assert list(labelled.columns) == list(frame.columns)
    assert list(labelled["answer"]) == ["Yes, I have", "No"] * 2
    assert list(labelled["region"]) == ["The north", "The north", "The south", "The south"]
    assert list(labelled["estimate"]) == list(frame["estimate"])
    assert SHARES.to_polars(labels=True)["variable"].unique().to_list() == ["Rumours"]


def test_a_row_is_named_by_what_the_table_shows() -> None:
    assert SHARES["The north", "Yes, I have"] == SHARES["north", "yes"]
    both = SURVEY.mean(["hours", "age"])
    assert both["Hours a week"] == both["hours"]
    by_label = SHARES.contrast("`The north:Yes, I have` - `The south:Yes, I have`")
    assert by_label.estimate == SHARES.contrast("`north:yes` - `south:yes`").estimate


def test_a_name_goes_before_a_label_that_is_the_same() -> None:
    crossed = json.loads(json.dumps(CODEBOOK))
    crossed["questions"][1]["options"] = [{"name": "north", "label": "south"}, {"name": "south", "label": "north"}]
    shares = enkat.Survey(DATA, crossed).mean("hours", by="region")
    names = SURVEY.mean("hours", by="region")
    assert shares["north"].estimate == names["north"].estimate
    assert shares.contrast("north - south").estimate == names.contrast("north - south").estimate


def test_labels_are_in_the_language_of_the_study() -> None:
    study = enkat.load_study("ryktet-gar").survey
    assert "Socialsekreterare" in repr(study.proportion("heard_rumours", by="occupation"))
    assert "The north" in repr(SURVEY.where(region="north").mean("hours", by="region"))
    assert "Rykten" in repr(SURVEY._in_language("sv").proportion("heard_rumours"))
    assert "Hours a week" in repr(SURVEY._in_language("sv").mean("hours"))  # not translated


def test_a_chart_says_the_question_and_its_base() -> None:
    (panel,) = panels(SURVEY.proportion("heard_rumours").plot())
    assert panel["title"]["text"] == ["Rumours"]
    assert panel["title"]["subtitle"] == ["Have you heard rumours?", "Base: 40 answers"]
    assert [row["answer"] for row in panel["rows"]] == ["Yes, I have", "No"]
    (swedish,) = panels(SURVEY._in_language("sv").proportion("heard_rumours", by="region").plot())
    assert swedish["title"]["subtitle"] == ["Har du hört rykten?", "Bas: 14–26 svar"]


def test_several_questions_have_a_panel_each() -> None:
    first, second = panels(SURVEY.proportion(["heard_rumours", "area"], by="region").plot())
    assert (first["title"]["text"], second["title"]["text"]) == (["Rumours"], ["Area"])
    assert {row["answer"] for row in second["rows"]} == {"The young", "Those at school"}
    assert len(first["rows"]) == 4 and {row["group"] for row in first["rows"]} == {"The north", "The south"}


def test_questions_of_one_row_each_are_the_rows_of_one_panel() -> None:
    (panel,) = panels(SURVEY.mean(["hours", "age"]).plot())
    assert [row["variable"] for row in panel["rows"]] == ["Hours a week", "age"]
    assert panel["layer"][0]["encoding"]["y"]["field"] == "variable"
    boxes = enkat.Survey(pandas.DataFrame({"mail": [1, 0, 1], "phone": [0, 0, 1]}))
    (ticked,) = panels(boxes.proportion(["mail", "phone"], answer=1).plot())
    assert [row["variable"] for row in ticked["rows"]] == ["mail", "phone"]


def test_quantiles_are_not_drawn_as_shares() -> None:
    (panel,) = panels(SURVEY.quantile("hours", [0.25, 0.5]).plot())
    assert "domain" not in panel["layer"][0]["encoding"]["x"].get("scale", {})


def test_a_chart_without_a_title_still_says_its_notes() -> None:
    study = enkat.load_study("ryktet-gar").survey
    for estimates in (
        study.proportion(["heard_rumours", "trust_factors"]),
        study.proportion("heard_rumours", by="occupation").contrast("`Socialsekreterare:Ja` - `Fältassistent:Ja`"),
    ):
        assert "syntetiska" in json.dumps(estimates.plot().to_dict()["title"], ensure_ascii=False)


def test_studies_verdicts_and_codebooks_are_short() -> None:
    study = enkat.load_study("ryktet-gar")
    verdict = study.survey.check("9 av 10", question="heard_rumours", answer="yes")
    for shown, says in ((study, "1473 rows"), (study.survey.codebook, "Socialsekreterare"), (verdict, "9 av 10")):
        assert len(repr(shown)) < 2000 and says in repr(shown)
        assert says in shown._repr_html_() and "<" in shown._repr_html_()
    assert study.survey.codebook == json.loads(json.dumps(study.survey.codebook))


@pytest.mark.parametrize("label", ["x" * 200, "A question\nof two lines"])
def test_a_label_that_is_a_whole_question_takes_one_short_line(label: str) -> None:
    codebook = {"schema_version": 1, "questions": [{"name": "hours", "type": "number", "label": label}]}
    mean = enkat.Survey(DATA, codebook).mean("hours")
    assert max(map(len, str(mean).splitlines())) < 150
    assert len(str(mean).splitlines()) == 2
    assert mean.to_pandas(labels=True)["variable"][0] == label
