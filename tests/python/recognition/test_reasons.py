"""Missing values with a letter keep their reason, and no codebook takes one for a number."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

import enkat
from enkat.files.lettered import letters_of
from enkat.files.new import draft_study
from enkat.files.xport import xport_letters

FRAME = pd.DataFrame(
    {
        "trust": pd.Series([1.0, 2.0, 1.0, "a", "b", "a", "r", None], dtype=object),
        "age": pd.Series([20.0, 30.0, 40.0, 50.0, "a", "b", None, 60.0], dtype=object),
        "low": pd.Series([-101.0, -99.0, 0.0, 200.0, "a", 0.0, 0.0, 0.0], dtype=object),
        "w": pd.Series([1.0, 2.0, 1.0, 2.0, 1.0, 1.0, 1.0, 1.0]),
    }
)
USED = {"trust": ["a", "b", "r"], "age": ["a", "b"], "low": ["a"]}
LABELS = {
    "trust": {1.0: "A lot", 2.0: "Little", "a": "Don't know", "b": "Refused"},
    "age": {"a": "Don't know", "b": "Not asked"},
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "a.dta"
    pyreadstat.write_dta(FRAME, file, missing_user_values=USED, variable_value_labels=LABELS)
    return file


def missing(survey: enkat.Survey) -> dict[str, str]:
    return {row["name"]: row["missing"] for row in survey.questions}


def test_estimate_base_and_the_count_of_each_reason(path: Path) -> None:
    survey = enkat.read(path)
    shares = {row.answer: (row.estimate, row.n) for row in survey.proportion("trust")}
    assert shares == {"A lot": (pytest.approx(2 / 3), 3), "Little": (pytest.approx(1 / 3), 3)}
    (age,) = survey.mean("age")
    assert (age.estimate, age.n) == (40, 5)
    assert missing(survey) == {
        "trust": "2 skipped, 1 refused, 2 dont_know",  # .r has no label, and one is blank
        "age": "1 not_asked, 1 skipped, 1 dont_know",
        "low": "1 skipped",
    }
    trust = next(question for question in survey.codebook["questions"] if question["name"] == "trust")
    assert [(entry["code"], entry["reason"], entry["label"]) for entry in trust["missing"]] == [
        (-101, "dont_know", "Don't know"),
        (-102, "refused", "Refused"),
        (-118, "skipped", ".r"),
    ]
    assert any(
        "their reasons are kept as missing codes: 'trust' (.a -101, .b -102, .r -118)" in n for n in survey.notes
    )
    assert not any("missing without these reasons" in note for note in survey.notes)


def test_the_letters_stand_apart_from_the_numbers_of_their_variable(path: Path) -> None:
    survey = enkat.read(path)
    (low,) = survey.mean("low")
    assert (low.estimate, low.n) == (0, 7)
    assert any("'low' (.a -1001)" in note for note in survey.notes)


def test_with_labelled_they_are_missing_as_before(path: Path) -> None:
    labelled = enkat.read(path, missing="labelled")
    assert missing(labelled) == missing(enkat.read(path))
    assert not any("labelled as no answers" in note for note in enkat.read(path).notes)


def test_the_codebook_of_the_file_gives_the_same_survey(path: Path) -> None:
    first = enkat.read(path)
    again = enkat.read(path, codebook=first.codebook)
    assert missing(again) == missing(first)
    assert [(row.estimate, row.n) for row in again.mean("age")] == [(40, 5)]


def test_no_other_codebook_takes_a_letter_for_a_number(path: Path) -> None:
    number = {"name": "age", "type": "number"}
    survey = enkat.read(path, codebook={"schema_version": 1, "questions": [number]})
    assert [(row.estimate, row.n) for row in (*survey.mean("age"), *survey.mean("low"))] == [(40, 5), (0, 7)]
    assert missing(survey) == {"age": "3 skipped"}
    assert any(note.startswith("missing without these reasons: 'trust'") for note in survey.notes)


def test_a_letter_that_the_codebook_does_not_name_is_missing(path: Path) -> None:
    refused = {"name": "age", "type": "number", "missing": [{"code": -102, "reason": "refused"}]}
    survey = enkat.read(path, codebook={"schema_version": 1, "questions": [refused]})
    assert missing(survey) == {"age": "2 skipped, 1 refused"}
    assert survey.mean("age")[("age",)].estimate == 40


def test_a_letter_in_a_column_of_the_design_is_no_number(tmp_path: Path) -> None:
    path = tmp_path / "a.dta"
    frame = FRAME.assign(w=pd.Series([1.0] * 7 + ["a"], dtype=object))
    pyreadstat.write_dta(frame, path, missing_user_values={**USED, "w": ["a"]}, variable_value_labels=LABELS)
    with pytest.raises(enkat.DesignError) as caught:
        enkat.read(path, design=enkat.Design(weight="w"))
    assert caught.value.code == "design.weight_missing"


def test_inspect_says_the_same(path: Path) -> None:
    found = enkat.inspect(path)
    assert len(found) == 0
    assert any("their reasons are kept" in note for note in found.notes)


def test_capital_letters_and_the_underscore_of_sas() -> None:
    cells = np.array([1.0, "A", "_", "Z", "A", None], dtype=object)
    letters = letters_of("q", cells, ["A", "_", "Z"], {"A": "Refused"}, "")
    assert cells.tolist() == [1.0, None, None, None, None, None]
    assert letters.codes == {"A": -101, "Z": -126, "_": -127}
    assert letters.cells.to_pylist() == [None, -101, -127, -126, -101, None]
    assert letters.counts == {"A": 2, "Z": 1, "_": 1}


def test_beside_dates_letters_have_no_codes() -> None:
    cells = np.array(["2026-01-01", "a"], dtype=object)
    assert letters_of("day", cells, ["a"], {}, "").codes == {}


def xport(path: Path, version: int) -> Path:
    """A transport file as SAS writes it, whose missing values were A, B, ._ and a plain one."""
    frame = pd.DataFrame({"name": ["x", "yy", "z", "x", "", "z"], "q": [1.0, None, None, 2.0, None, None]})
    pyreadstat.write_xport(frame, path, column_labels={"q": "Trust"}, file_format_version=version)
    data = path.read_bytes()
    for letter in (b"A", b"B", b"_"):
        data = data.replace(b"." + bytes(7), letter + bytes(7), 1)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("version", [5, 8])
def test_letters_of_a_transport_file_of_sas_are_kept(tmp_path: Path, version: int) -> None:
    survey = enkat.read(xport(tmp_path / "a.xpt", version))
    (row,) = survey.mean("q")
    assert (row.estimate, row.n) == (1.5, 2)
    assert missing(survey)["q"] == "4 skipped"
    assert "'q' has missing values with a reason: .A 1, .B 1, ._ 1" in survey.notes
    question = next(question for question in survey.codebook["questions"] if question["name"] == "q")
    assert [entry["label"] for entry in question["missing"]] == [".A", ".B", "._"]


def test_a_transport_file_whose_bytes_are_not_as_expected_has_no_letters(tmp_path: Path) -> None:
    path = xport(tmp_path / "a.xpt", 5)
    data = path.read_bytes()
    found = pyreadstat.read_xport(path, output_format="dict")[0]
    assert [*xport_letters(data, found, {"name": 2, "q": 8}, ["q"])] == ["q"]
    assert xport_letters(data, found, {"name": 1, "q": 8}, ["q"]) == {}
    assert xport_letters(data[:100], found, {"name": 2, "q": 8}, ["q"]) == {}


def test_a_drafted_study_keeps_them(path: Path, tmp_path: Path) -> None:
    draft_study(path, tmp_path / "study", "en")
    study = enkat.load_study(tmp_path / "study")
    assert missing(study.survey)["trust"] == "2 skipped, 1 refused, 2 dont_know"
    (age,) = study.survey.mean("age")
    assert (age.estimate, age.n) == (40, 5)
