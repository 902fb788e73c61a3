"""`enkat.inspect`: what each column was taken for and why, and every problem, without raising."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

import enkat
from enkat.inspection import InspectedColumn, Inspection


def inspected(found: Inspection) -> dict[str, InspectedColumn]:
    return {column.column: column for column in found.columns}


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    lines = ["id,submitdate,lastpage,startlanguage,Q1[SQ001],Q1[SQ002],Q1[other],A1[a],A1[b],q5_1,q5_2,age,mine"]
    for n in range(12):
        ticks = f"{'Y' if n % 2 else ''},{'Y' if n % 3 else ''},{'my own words' if n == 5 else ''}"
        items = f"{'Good' if n % 2 else 'Bad'},{'Bad' if n % 3 else 'Good'}"
        lines.append(f"{n},2024-01-01 10:00:00,2,en,{ticks},{items},{n % 2},{int(n > 4)},{30 + n / 2},secret {n}")
    path.write_text("\n".join(lines) + "\n")
    return path


def test_every_column_has_a_record(export: Path) -> None:
    found = enkat.inspect(export)
    assert [column.column for column in found.columns] == enkat.read(export).columns
    columns = inspected(found)
    assert columns["lastpage"].taken_for == "no question"
    assert "LimeSurvey" in columns["lastpage"].why
    assert columns["Q1[SQ001]"].taken_for == "option 'SQ001' of 'Q1'"
    assert columns["Q1[SQ001]"].answers == "Y: 6, blank: 6"
    assert columns["A1[a]"].taken_for == "item 'a' of 'A1'"
    assert columns["A1[a]"].answers in ("Bad: 6, Good: 6", "Good: 6, Bad: 6")
    assert columns["age"].taken_for == "number"
    assert columns["mine"].taken_for == "text"


def test_what_is_not_sure_is_said_with_both_readings(export: Path) -> None:
    column = inspected(enkat.inspect(export))["q5_1"]
    assert column.taken_for == "single"
    assert "one question 'q5' or questions of their own" in column.unclear
    assert "codebook" in column.unclear


def test_no_words_of_a_person_are_shown(export: Path) -> None:
    found = enkat.inspect(export)
    assert inspected(found)["Q1[other]"].answers == "1 texts, blank: 11"
    for shown in (repr(found), found._repr_html_(), str(found.to_pandas())):
        assert "my own words" not in shown
        assert "secret" not in shown
    codebook = {
        "schema_version": 1,
        "questions": [{"name": "mine", "type": "single", "options": [{"name": "x"}, {"name": "Else", "other": True}]}],
    }
    assert inspected(enkat.inspect(export, codebook=codebook))["mine"].answers == "other words: 12"


def test_it_is_a_sequence_of_the_problems(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("q\nyes\nno\nperhaps\n")
    codebook = {
        "schema_version": 1,
        "questions": [{"name": "q", "type": "single", "options": [{"name": "yes"}, {"name": "no"}]}],
    }
    found = enkat.inspect(path, codebook=codebook)
    assert len(found) == 1
    assert [issue.code for issue in found] == ["data.unknown_code"] == [found[0].code]
    assert found.issues == tuple(found)
    assert "row 3 of column 'q'" in repr(found)
    assert inspected(found)["q"] == InspectedColumn("q", "single", "the codebook", "yes: 1, no: 1, other words: 1")
    path.write_text("q\nyes\nno\n")
    assert enkat.inspect(path, codebook=codebook) == []


def test_a_file_that_cannot_be_read_has_its_problem(tmp_path: Path) -> None:
    found = enkat.inspect(tmp_path / "nowhere.csv")
    assert [issue.code for issue in found] == ["data.file_not_found"]
    assert found.columns == ()
    assert "nowhere.csv" in repr(found)


def test_labels_of_a_file_and_values_that_are_no_answers(tmp_path: Path) -> None:
    path = tmp_path / "a.dta"
    labels = {"trust": {1: "A lot", 2: "Little", -1: "Don't know"}}
    pyreadstat.write_dta(pd.DataFrame({"trust": [1.0, 2.0, 2.0, -1.0]}), path, variable_value_labels=labels)
    found = enkat.inspect(path)
    column = inspected(found)["trust"]
    assert (column.taken_for, column.why) == ("single", "labels of the file")
    assert "-1 (Don't know)" in column.unclear
    assert any('missing="labelled"' in note for note in found.notes)


def test_it_shows_as_a_table(export: Path) -> None:
    found = enkat.inspect(export)
    lines = repr(found).split("\n")
    assert lines[0].split() == ["column", "taken_for", "why", "answers", "unclear"]
    assert lines[1].startswith("id ")
    html = found._repr_html_()
    assert html.startswith("<table>") and '<th scope="col">taken_for</th>' in html
    assert list(found.to_pandas()["column"]) == [column.column for column in found.columns]
