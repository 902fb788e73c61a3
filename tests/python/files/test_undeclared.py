"""Values that their labels call no answer, in files that do not declare them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

import enkat
from enkat.errors import UsageError
from enkat.files.new import draft_study
from enkat.files.reasons import means_no_answer
from enkat.files.schema import read_checked

FRAME = pd.DataFrame(
    {
        "age": [20.0 + row for row in range(16)] + [-2.0] * 4,
        "trust": [1.0, 2.0] * 8 + [-1.0, -2.0] * 2,
        "happy": [0.0, 10.0, 5.0, 6.0] * 4 + [88.0] * 4,
        "clean": [1.0, 2.0] * 10,
    }
)
LABELS = {
    "age": {-2: "No answer", -5: "Missing; not available"},
    "trust": {1: "A lot", 2: "Little", -1: "Don't know", -2: "No answer"},
    "happy": {0: "Not at all", 10: "Completely", 88: "Don't know"},
    "clean": {1: "Yes", 2: "No"},
}


@pytest.fixture(params=["dta", "sav"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    file = tmp_path / f"a.{request.param}"
    if request.param == "dta":
        pyreadstat.write_dta(FRAME, file, variable_value_labels=LABELS)
    else:
        pyreadstat.write_sav(
            FRAME, file, variable_value_labels=LABELS, variable_measure=dict.fromkeys(FRAME, "nominal")
        )
    return file


def test_they_count_and_every_question_says_so(path: Path) -> None:
    survey = enkat.read(path)
    assert [row.n for row in survey.proportion("trust")] == [20] * 4
    said = [note for note in survey.notes if 'missing="labelled"' in note]
    assert [note.split(":")[0] for note in said] == ["'age'", "'trust'", "'happy'"]
    assert "-2 (No answer), -1 (Don't know)" in said[1]
    assert "-5" not in said[0], "nobody has it"


def test_labelled_takes_them_out_with_their_reasons(path: Path) -> None:
    survey = enkat.read(path, missing="labelled")
    shares = {row.answer: (row.estimate, row.n) for row in survey.proportion("trust")}
    assert shares == {"A lot": (0.5, 16), "Little": (0.5, 16)}
    (age,) = survey.mean("age")
    assert (age.estimate, age.n) == (pytest.approx(27.5), 16)
    trust = next(q for q in survey.codebook["questions"] if q["name"] == "trust")
    assert {m["code"]: m["reason"] for m in trust["missing"]} == {-2: "skipped", -1: "dont_know"}
    assert any("because their labels say so" in note and "'happy': 88" in note for note in survey.notes)


def test_a_rating_with_words_at_its_ends_is_a_scale(path: Path) -> None:
    survey = enkat.read(path, missing="labelled")
    assert next(q for q in survey.codebook["questions"] if q["name"] == "happy")["type"] == "scale"
    (happy,) = survey.mean("happy")
    assert (happy.estimate, happy.n) == (pytest.approx(5.25), 16)
    assert [row.answer for row in survey.proportion("happy")] == ["Not at all", "5", "6", "Completely"]


def test_a_drafted_codebook_has_them_as_missing(path: Path, tmp_path: Path) -> None:
    draft_study(path, tmp_path / "study", "en")
    drafted = {q["name"]: q for q in read_checked(tmp_path / "study" / "codebook.json")["questions"]}
    assert [m["label"] for m in drafted["trust"]["missing"]] == ["No answer", "Don't know"]
    assert [m["code"] for m in drafted["age"]["missing"]] == [-2]
    assert "missing" not in drafted["clean"]


def test_a_codebook_says_itself_what_is_missing(path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        enkat.read(path, codebook={"schema_version": 1, "questions": []}, missing="labelled")
    assert caught.value.code == "usage.missing"
    with pytest.raises(UsageError):
        enkat.read(path, missing="all")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "label",
    [
        "No answer", "Missing; not available", "Don't know", "-9 Refused", "(99) No answer", "Vet ej", "DK/NA",
        "Vet inte/vill inte svara", "Don't know (volunteered)", "Not applicable", "Uppgift saknas", "Weiß nicht",
        "Keine Angabe", "Ved ikke", "Vet ikke", "Ubesvart", "Ei osaa sanoa", "INAPPLICABLE", "Prefer not to say",
    ],
)  # fmt: skip
def test_labels_that_say_there_is_no_answer(label: str) -> None:
    assert means_no_answer(label)


@pytest.mark.parametrize(
    "label",
    ["None", "No", "Never", "Not at all", "Missing teeth", "Don't know enough about it", "Nein", "Neutral", "12", ""],
)
def test_labels_that_are_answers(label: str) -> None:
    assert not means_no_answer(label)


WORDS = "id,q1,q2,sex\n" + "".join(
    f"{n},{q1},{q2},{sex}\n"
    for n, (q1, q2, sex) in enumerate(
        [
            ("Instämmer helt", "Vet ej", "m"),
            ("Instämmer delvis", "Instämmer helt", "k"),
            ("Vet ej", "Instämmer delvis", "k"),
            ("Instämmer helt", "Instämmer inte alls", "m"),
        ]
    )
)


def test_answers_in_words_that_say_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(WORDS, encoding="utf-8")
    survey = enkat.read(path)
    assert [(row.answer, row.n) for row in survey.proportion("q1")][-1] == ("Vet ej", 4)
    said = [note for note in survey.notes if 'missing="labelled"' in note]
    assert [note.split(" are ")[0] for note in said] == ["'q1': Vet ej", "'q2': Vet ej"]
    assert "not declared missing: 'q1': Vet ej" in enkat.inspect(path).columns[1].unclear
    labelled = enkat.read(path, missing="labelled")
    shares = {row.answer: (row.count, row.n) for row in labelled.proportion("q1")}
    assert shares == {"Instämmer delvis": (1, 3), "Instämmer helt": (2, 3)}
    assert next(row["missing"] for row in labelled.questions if row["name"] == "q1") == "1 dont_know"
    draft_study(path, tmp_path / "study", "sv")
    drafted = {q["name"]: q.get("missing") for q in read_checked(tmp_path / "study" / "codebook.json")["questions"]}
    assert drafted["q2"] == [{"code": "Vet ej", "reason": "dont_know", "label": "Vet ej"}]


def test_answers_in_words_below_header_lines_that_say_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Respondent ID,Collector ID,Do you trust them?\n,,Response\n1,9,Trust\n2,9,No answer\n3,9,Trust\n"
        "4,9,Distrust\n5,9,No answer\n6,9,Distrust\n",
        encoding="utf-8",
    )
    assert any("No answer are labelled as no answers" in note for note in enkat.read(path).notes)
    labelled = enkat.read(path, missing="labelled")
    assert {row.answer: (row.count, row.n) for row in labelled.proportion("Do you trust them?")} == {
        "Distrust": (2, 4),
        "Trust": (2, 4),
    }


def test_a_box_called_dont_know_is_an_option_of_its_question(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Respondent ID,Collector ID,Which do you use?,,\n,,Mail,Phone,Don't know\n1,9,Mail,,\n2,9,Mail,Phone,\n"
        "3,9,,,Don't know\n4,9,,Phone,\n5,9,,,Don't know\n",
        encoding="utf-8",
    )
    survey = enkat.read(path, missing="labelled")
    shares = {row.answer: (row.count, row.n) for row in survey.proportion("Which do you use?")}
    assert shares == {"Mail": (2, 5), "Phone": (2, 5), "Don't know": (2, 5)}
    assert not any("no answers" in note for note in enkat.read(path).notes)
