"""The rows of a survey taken out again, and its questions as a table."""

import pandas as pd
import pyarrow as pa
import pytest

import enkat
from design.people_of_six import CODEBOOK, ROWS


@pytest.fixture(scope="module")
def survey() -> enkat.Survey:
    return enkat.Survey(pa.table(ROWS), CODEBOOK)


def test_columns_come_back_as_they_are_and_answers_as_they_are_understood(survey: enkat.Survey) -> None:
    table = survey.derive("old", where="age >= 65").to_arrow()
    assert table.column_names == [
        "age", "region", "job", "trust", "areas_home", "areas_school", "hours", "words", "member", "day", "moment",
        "years at work", "row", "old",
    ]  # fmt: skip
    for unchanged in ("age", "region", "words", "member", "day", "moment", "years at work", "row"):
        assert table[unchanged].to_pylist() == ROWS[unchanged]
    assert table["job"].to_pylist() == ["nurse", "nurse", "doctor", None, "doctor", None]
    assert table["trust"].to_pylist() == [1, 2, 3, 4, None, 3]
    assert table["areas_home"].to_pylist() == [True, False, True, False, None, True]
    assert table["hours"].to_pylist() == [38, 40, None, 20, 10, 38]
    assert table["old"].to_pylist() == ["no", "yes", "yes", None, "yes", "no"]


def test_labels_take_the_place_of_names_in_the_language_of_the_codebook(survey: enkat.Survey) -> None:
    frame = survey.to_pandas(labels=True)
    assert frame["job"].tolist()[:3] == ["Nurse", "Nurse", "doctor"]
    assert frame["trust"].cat.categories.tolist() == ["1 of 4", "2 of 4", "3 of 4", "4 of 4"]
    assert frame["trust"].cat.ordered
    assert not frame["job"].cat.ordered
    swedish = {**CODEBOOK, "language": "sv"}
    swedish["questions"][0]["options"][1] = {"name": "doctor", "code": 2, "label": {"en": "Doctor", "sv": "Läkare"}}
    assert enkat.Survey(pa.table(ROWS), swedish).to_pandas(labels=True)["job"][2] == "Läkare"


def test_only_rows_of_the_domain_come_out_with_weights_where_they_are_asked_for() -> None:
    data = pd.DataFrame({"x": [1, 2, 3], "w": [0.5, 2.0, 3.0]})
    survey = enkat.Survey(data, design=enkat.Design(weight="w")).where("x > 1")
    assert survey.to_polars().columns == ["x", "w"]
    frame = survey.to_polars(weights="weight")
    assert frame["x"].to_list() == [2, 3]
    assert frame["weight"].to_list() == [2.0, 3.0]
    with pytest.raises(enkat.UsageError, match="already"):
        survey.to_arrow(weights="x")


def test_a_mean_of_what_was_taken_out_is_that_of_the_survey(survey: enkat.Survey) -> None:
    domain = survey.where("region != 'väst'")
    assert domain.to_pandas()["hours"].mean() == domain.mean("hours").estimate
    again = enkat.Survey(survey.to_arrow())
    assert again.mean("trust").estimate == survey.mean("trust").estimate
    assert again.proportion("job")[("nurse",)].estimate == survey.proportion("job")[("nurse",)].estimate


def test_a_column_compares_and_is_a_mask(survey: enkat.Survey) -> None:
    assert survey["age"].to_list() == ROWS["age"]
    assert survey["job"].to_list()[0] == "nurse"
    assert survey["areas_home"].to_list()[:2] == [True, False]
    assert survey.where("age > 65")["row"].to_list() == [2, 3, 5]
    assert len(survey.where(survey["age"] > 65)) == 3
    assert survey["hours"].to_pandas().mean() == survey.mean("hours").estimate


def test_columns_that_are_not_there_and_several_answers_are_refused(survey: enkat.Survey) -> None:
    with pytest.raises(KeyError, match="'age'"):
        survey["agee"]
    with pytest.raises(enkat.UsageError, match="'areas_home', 'areas_school'"):
        survey["areas"]
    with pytest.raises(enkat.UsageError, match="by its name"):
        survey[0]  # type: ignore[index]
    with pytest.raises(enkat.EstimateError, match="memory"):
        enkat.scan(lambda: iter([pa.table(ROWS)]), CODEBOOK).to_arrow()


def test_the_questions_with_their_bases_and_why_others_are_not_in_them(survey: enkat.Survey) -> None:
    table = survey.where("row <= 4").derive("old", where="age >= 65", label="Older").questions
    found = {row["name"]: row for row in table}
    assert found["job"] == {
        "name": "job", "label": "Job", "type": "single", "options": ["Nurse", "doctor"], "base": 3,
        "missing": "1 refused", "made": "",
    }  # fmt: skip
    assert (found["areas"]["base"], found["areas"]["options"]) == (4, ["At home", "school"])
    assert (found["hours"]["base"], found["hours"]["missing"]) == (3, "1 refused")
    assert (found["old"]["base"], found["old"]["label"], found["old"]["made"]) == (3, "Older", "where: age >= 65")
    assert "At home, school" in repr(table)
    assert "<table>" in table._repr_html_()
    assert enkat.Survey(pa.table({"x": [1]})).questions.to_pandas().empty


def test_rows_of_weight_zero_are_in_no_base() -> None:
    codebook = {"schema_version": 1, "questions": [{"name": "x", "type": "number"}]}
    survey = enkat.Survey(pa.table({"x": [1, 2, None], "w": [0, 1, 1]}), codebook, enkat.Design(weight="w"))
    assert [(row["base"], row["missing"]) for row in survey.questions] == [(1, "1 skipped")]
