"""Frames and scanned data: nothing is recognised in them, which is said, and a file's codebook is for them too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

import enkat
from enkat.recognition.frames import nothing_recognised

FRAME = pd.DataFrame(
    {
        "id": range(8),
        "Q1[SQ001]": ["Y", "Y", "", "", "Y", "", "Y", "Y"],
        "Q1[SQ002]": ["", "Y", "Y", "", "", "", "", "Y"],
        "age": [20, 30, 40, 50, 60, 70, 80, 90],
    }
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "answers.parquet"
    FRAME.to_parquet(path)
    return path


def scanned(codebook: Any = None) -> enkat.Survey:
    table = enkat.Survey(FRAME).to_arrow()
    return enkat.scan(lambda: iter([table.slice(0, 3), table.slice(3)]), codebook)


@pytest.mark.parametrize("make", [lambda codebook=None: enkat.Survey(FRAME, codebook), scanned])
def test_boxes_are_not_recognised_which_is_said_with_a_way_that_works(file: Path, make: Any) -> None:
    (note,) = make().notes
    assert "'Q1[SQ001]', 'Q1[SQ002]' may be the boxes of one question" in note
    assert "codebook=enkat.read(file).codebook" in note
    survey = make(enkat.read(file).codebook)
    assert survey.notes == []
    question = next(q["name"] for q in survey.codebook["questions"] if q["type"] == "multiple")
    shares = {row.answer: (row.estimate, row.n) for row in survey.proportion(question)}
    assert shares == {row.answer: (row.estimate, row.n) for row in enkat.read(file).proportion(question)}
    assert (shares["SQ001"][1], pytest.approx(shares["SQ001"][0] * shares["SQ001"][1])) == (shares["SQ002"][1], 5)


def test_a_file_that_is_scanned_takes_the_codebook_of_a_part(file: Path) -> None:
    codebook = enkat.read(file).codebook
    assert [*enkat.scan(file, codebook).questions] == [*enkat.read(file).questions]
    other = pq.read_table(file).to_pandas().assign(**{"Q1[SQ002]": "what?"})
    with pytest.raises(enkat.DataError):
        enkat.scan(lambda: iter([other]), codebook).proportion("Q1")


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (["income_2020", "income_2021", "repw1", "repw2", "sex"], False),
        (["timestamp", "y"], False),
        (["q1___1", "q1___2"], True),
        (["Q3_1", "Q3_2", "Q3_3"], True),
        (["ResponseId", "StartDate", "EndDate", "Progress", "Finished", "Q1"], True),
    ],
)
def test_it_is_said_where_names_are_those_of_boxes_or_of_a_tool(columns: list[str], said: bool) -> None:
    assert bool(nothing_recognised(columns)) == said
