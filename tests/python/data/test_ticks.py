"""Several answers as survey tools store them: the shares and their base, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import enkat
from enkat.errors import DataError
from enkat.files.schema import read_checked


def codebook(**question: Any) -> dict[str, Any]:
    return {"schema_version": 1, "questions": [{"name": "q", "type": "multiple", **question}]}


def shares(survey: enkat.Survey) -> dict[str, tuple[float, int]]:
    """The share of each answer and its base."""
    return {str(row.answer): (round(row.estimate or 0, 6), row.n) for row in survey.proportion("q")}


TWO = [{"name": "mail", "column": "a"}, {"name": "phone", "column": "b"}]


@pytest.mark.parametrize(
    ("marks", "ticked", "not_ticked"),
    [
        ({"ticked": "Y"}, "Y", None),
        ({"ticked": "x"}, "x", None),
        ({"ticked": "Yes", "not_ticked": "No"}, "Yes", "No"),
        ({"ticked": "Checked", "not_ticked": "Unchecked"}, "Checked", "Unchecked"),
        ({"ticked": 1, "not_ticked": 2}, 1, 2),
        ({"ticked": "TRUE", "not_ticked": "FALSE"}, True, False),
        ({}, 1, 0),
        ({}, 1, None),
    ],
)
def test_ticks_are_read_as_they_are_written(marks: dict[str, Any], ticked: Any, not_ticked: Any) -> None:
    on, off = ticked, not_ticked
    frame = pd.DataFrame({"a": [on, on, off, on, None], "b": [off, on, on, off, None]})
    survey = enkat.Survey(frame, codebook(storage="columns", options=TWO, **marks))
    assert shares(survey) == {"mail": (0.75, 4), "phone": (0.5, 4)}


def test_a_row_without_a_tick_is_in_the_base_only_where_the_codebook_says_so() -> None:
    frame = pd.DataFrame({"a": ["Y", "Y", None, "Y", None], "b": [None, "Y", "Y", None, None]})
    asked = codebook(storage="columns", ticked="Y", blank="none chosen", options=TWO)
    assert shares(enkat.Survey(frame, asked)) == {"mail": (0.6, 5), "phone": (0.4, 5)}


def test_an_option_that_the_export_left_out_is_not_ticked() -> None:
    options = [*TWO, {"name": "letter", "column": "c", "absent": True}]
    survey = enkat.Survey(pd.DataFrame({"a": [1, 1], "b": [0, 1]}), codebook(storage="columns", options=options))
    assert shares(survey) == {"mail": (1, 2), "phone": (0.5, 2), "letter": (0, 2)}


def test_what_is_no_tick_is_refused_without_being_quoted() -> None:
    frame = pd.DataFrame({"a": ["Y", "my own words"], "b": ["Y", None]})
    with pytest.raises(DataError) as caught:
        enkat.Survey(frame, codebook(storage="columns", ticked="Y", options=TWO)).proportion("q")
    assert caught.value.code == "data.unknown_tick"
    assert caught.value.issues[0].context["row"] == 2
    assert caught.value.issues[0].context["column"] == "a"
    assert "my own words" not in str(caught.value.issues)


def test_a_blank_separates_choices() -> None:
    frame = pd.DataFrame({"q": ["river well", "tap", None, "river tap well"]})
    options = [{"name": "river"}, {"name": "well"}, {"name": "tap"}]
    survey = enkat.Survey(frame, codebook(storage="delimited", delimiter=" ", options=options))
    assert shares(survey) == dict.fromkeys(("river", "well", "tap"), (round(2 / 3, 6), 3))


def test_an_option_may_contain_the_delimiter() -> None:
    frame = pd.DataFrame({"q": ["Lön, förmåner och pension, Arbetstid", "Arbetstid", "Lön, förmåner och pension"]})
    options = [{"name": "Lön, förmåner och pension"}, {"name": "Arbetstid"}]
    survey = enkat.Survey(frame, codebook(storage="delimited", delimiter=", ", options=options))
    assert shares(survey) == dict.fromkeys(("Lön, förmåner och pension", "Arbetstid"), (round(2 / 3, 6), 3))


def test_words_of_ones_own_are_the_other_option_and_a_question_of_their_own() -> None:
    source = {
        "name": "q",
        "type": "single",
        "options": [{"name": "TV"}, {"name": "Radio"}, {"name": "Else", "other": True}],
    }
    frame = pd.DataFrame({"q": ["TV", "Radio", "my neighbour told me", "TV"]})
    survey = enkat.Survey(frame, {"schema_version": 1, "questions": [source]})
    assert shares(survey) == {"TV": (0.5, 4), "Radio": (0.25, 4), "Else": (0.25, 4)}
    words = survey.codebook["questions"][1]
    assert words == {"name": "q_other", "type": "text", "column": "q", "other_of": "q"}
    assert shares(enkat.Survey(frame, survey.codebook)) == shares(survey)


def test_the_schema_knows_the_keys(tmp_path: Path) -> None:
    path = tmp_path / "codebook.json"
    path.write_text(
        """{"schema_version": 1, "questions": [
          {"name": "q", "type": "multiple", "storage": "columns", "ticked": ["Y", 1], "not_ticked": "N",
           "blank": "none chosen",
           "options": [{"name": "a", "ticked": "A"}, {"name": "b", "absent": true}, {"name": "c", "other": true}]},
          {"name": "words", "type": "text", "column": "q_c", "other_of": "q"}]}"""
    )
    assert len(read_checked(path)["questions"]) == 2
