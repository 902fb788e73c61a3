"""What reads the same is one answer, in whatever Unicode form it came."""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest

import enkat
from enkat.errors import DataError
from enkat.files.one_form import Respelt, arrow_in_one_form

C, D = "Åmål", unicodedata.normalize("NFD", "Åmål")
ANSWERS = [C, D, C, "Ljungby", None, D]
NOTE = (
    "column 'town': 1 of its different texts came in another Unicode form and were brought to NFC, so that what reads"
)

FRAMES: dict[str, Callable[[], Any]] = {
    "pandas": lambda: pd.DataFrame({"town": ANSWERS}),
    "pandas objects": lambda: pd.DataFrame({"town": ANSWERS}, dtype=object),
    "pandas categories": lambda: pd.DataFrame({"town": pd.Categorical(ANSWERS)}),
    "polars": lambda: pl.DataFrame({"town": ANSWERS}),
    "polars categories": lambda: pl.DataFrame({"town": pl.Series(ANSWERS, dtype=pl.Categorical)}),
    "Arrow in parts": lambda: pa.table({"town": pa.chunked_array([ANSWERS[:3], ANSWERS[3:]])}),
    "Arrow, cut out": lambda: pa.table({"town": [D, *ANSWERS, "x"]}).slice(1, 6),
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES.keys())
def test_texts_that_read_the_same_are_one_answer(frame: Callable[[], Any]) -> None:
    survey = enkat.Survey(frame())
    shares = survey.proportion("town")
    assert sorted(zip(shares.column("answer"), shares.column("count"), strict=True)) == [("Ljungby", 1), (C, 4)]
    assert survey.notes[-1].startswith(NOTE)
    assert C not in " ".join(survey.notes)


def test_texts_in_one_form_are_left_as_they_are_and_give_no_note() -> None:
    table = pa.table({"a": ["å", "–", "한국", None], "b": [1, 2, 3, 4], "c": [["é"], [], None, ["–"]]})
    respelt = Respelt()
    found = arrow_in_one_form(table, respelt)
    assert found.equals(table)
    assert all(found[name].chunk(0) is not None for name in table.column_names)
    assert found["a"].chunk(0).buffers()[2].address == table["a"].chunk(0).buffers()[2].address
    assert respelt.notes() == []


@pytest.mark.parametrize("kind", [pa.list_(pa.string()), pa.large_list(pa.large_string())])
def test_lists_of_choices_are_brought_to_one_form(kind: pa.DataType) -> None:
    lists = pa.chunked_array([pa.array([["x"], [C, D], None, [], [D]], kind)]).slice(1)
    found = arrow_in_one_form(pa.table({"a": lists}), Respelt())["a"]
    assert found.type == kind
    assert found.to_pylist() == [[C, C], None, [], [C]]


def test_declared_categories_keep_their_order_when_two_become_one() -> None:
    series = pd.Categorical([D, "z", C, "z"], categories=["z", D, "unused", C], ordered=True)
    shares = enkat.Survey(pd.DataFrame({"a": series})).proportion("a")
    assert shares.column("answer") == ["z", C, "unused"]
    assert shares.column("count") == [2, 2, 0]


def test_names_of_columns_are_in_one_form() -> None:
    survey = enkat.Survey(pd.DataFrame({D: [1.0, 2.0], "w": [1, 1]}), design=enkat.Design(weight="w"))
    assert survey.columns == [C, "w"]
    assert survey.mean(D).estimate == survey.mean(C).estimate == 1.5
    with pytest.raises(DataError) as caught:
        enkat.Survey(pd.DataFrame({D: [1], C: [2]}))
    assert caught.value.code == "data.duplicate_column"


def test_files_and_their_codebooks_are_in_one_form(tmp_path: Path) -> None:
    answers = tmp_path / "answers.csv"
    answers.write_text(f"{D};y\n{D};1\n{C};2\nx;3\n", encoding="utf-8")
    codebook = {
        "schema_version": 1,
        "questions": [{"name": D, "type": "single", "options": [{"name": D}, {"name": "x"}]}],
    }
    for written in (codebook, json.dumps(codebook), json.dumps(codebook, ensure_ascii=False)):
        survey = enkat.read(answers, codebook=written)
        assert survey.proportion(D).column("answer") == [C, "x"]
        assert survey.proportion(C)[D].count == 2
        assert any("1 of its different texts" in note for note in survey.notes)
        assert enkat.inspect(answers, codebook=written) == []
    file = tmp_path / "codebook.json"
    file.write_text(json.dumps(codebook, ensure_ascii=False), encoding="utf-8")
    assert enkat.read(answers, codebook=file).where({D: D}).mean("y").estimate == 1.5


ASKED: dict[str, Callable[[enkat.Survey, str], Any]] = {
    "where": lambda s, a: s.where(town=a).mean("y").estimate,
    "a mapping of where": lambda s, a: s.where({"town": [a]}).mean("y").estimate,
    "by": lambda s, a: s.mean("y", by="town")[a].estimate,
    "poststratify": lambda s, a: s.poststratify(town={a: 30, "x": 70}).mean("y").estimate,
    "rake": lambda s, a: s.rake({"town": {(a,): 30, "x": 70}}).mean("y").estimate,
    "calibrate": lambda s, a: s.calibrate("~ town", {"town": {a: 30, "x": 70}}).mean("y").estimate,
    "totals as R names them": lambda s, a: s.calibrate("~ town", {"(Intercept)": 9, f"town{a}": 3}).mean("y").estimate,
    "standardized_mean": lambda s, a: s.standardized_mean("y", {"town": {a: 30, "x": 70}}).estimate,
    "answer": lambda s, a: s.proportion("town", answer=a).estimate,
    "an answer of check": lambda s, a: s.check("hälften", question="town", answer=a).says,
    "where of check": lambda s, a: s.check("hälften", question="y", answer="1", where={"town": a}).says,
    "contrast": lambda s, a: s.mean("y", by="town").contrast(f"{a} - x").estimate,
    "contrast in backticks": lambda s, a: s.mean("y", by="town").contrast(f"`{a}` - x").estimate,
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED.keys())
def test_an_answer_is_named_in_either_form(ask: Callable[[enkat.Survey, str], Any]) -> None:
    survey = enkat.Survey(pd.DataFrame({"town": [C, D, "x", "x"], "y": [1, 2, 3, 5]}))
    assert ask(survey, C) == ask(survey, D) is not None


def no_unicode() -> pa.Table:
    offsets = pa.py_buffer(np.array([0, 1, 3], np.int32).tobytes())
    return pa.table({"a": pa.StringArray.from_buffers(2, offsets, pa.py_buffer(b"a\xc5 "))})


def test_texts_that_are_no_unicode_are_refused_by_their_column() -> None:
    with pytest.raises(DataError) as caught:
        enkat.Survey(no_unicode())
    assert (caught.value.code, caught.value.context) == ("data.encoding", {"column": "a"})


HALF = "x\ud800"
CUT: dict[str, Callable[[], Any]] = {
    "objects of pandas": lambda: enkat.Survey(pd.DataFrame({"a": [HALF, "y"]}, dtype=object)),
    "categories": lambda: enkat.Survey(
        pd.DataFrame({"a": pd.Categorical.from_codes([0, 1], categories=pd.Index([HALF, "y"], dtype=object))})
    ),
    "lists": lambda: enkat.Survey(pd.DataFrame({"a": [[HALF], ["y"]]})),
    "a name of a column": lambda: enkat.Survey(pd.DataFrame([[1]], columns=pd.Index([HALF], dtype=object))),
    "a codebook": lambda: enkat.Survey(
        pd.DataFrame({"a": ["y"]}), {"schema_version": 1, "questions": [{"name": HALF, "type": "text"}]}
    ),
    "a codebook as text": lambda: enkat.Survey(
        pd.DataFrame({"a": ["y"]}), '{"schema_version": 1, "questions": [{"name": "\\ud800", "type": "text"}]}'
    ),
    "a design": lambda: enkat.Design(strata=HALF),
    "a weight": lambda: enkat.Design(weight=HALF),
    **{
        name: lambda ask=ask: ask(enkat.Survey(pd.DataFrame({"town": ["y", "x"], "y": [1, 2]})), HALF)
        for name, ask in ASKED.items()
    },
    "by a column": lambda: enkat.Survey(pd.DataFrame({"y": [1]})).mean("y", by=HALF),
    "a question": lambda: enkat.Survey(pd.DataFrame({"y": [1]})).ranking(HALF),
    "a sentence": lambda: enkat.Survey(pd.DataFrame({"y": [1]})).check(HALF, question="y", answer="1"),
    "a pair": lambda: enkat.Survey(pd.DataFrame({"y": [1]})).covariance("y", HALF),
    "a formula": lambda: enkat.Survey(pd.DataFrame({"y": [1]})).calibrate(f"~ `{HALF}`", {"y": 3}),
    "balance": lambda: enkat.Survey(pd.DataFrame({"y": [1]})).balance(HALF),
    "a row": lambda: enkat.Survey(pd.DataFrame({"y": [1, 2]})).mean("y")[HALF],
}


@pytest.mark.parametrize("call", CUT.values(), ids=CUT.keys())
def test_half_of_a_character_is_refused_with_a_code(call: Callable[[], Any]) -> None:
    with pytest.raises(enkat.EnkatError) as caught:
        call()
    assert caught.value.code in ("data.encoding", "codebook.encoding", "usage.text")
    assert "surrogate" in str(caught.value)
    str(caught.value).encode()  # it can be shown


def test_a_parquet_file_is_read_and_scanned_as_one_form(tmp_path: Path) -> None:
    for number in range(3):
        pa.parquet.write_table(pa.table({D: ANSWERS, "y": range(6)}), tmp_path / f"{number}.parquet")
    whole = enkat.Survey(pa.concat_tables([pa.parquet.read_table(file) for file in sorted(tmp_path.iterdir())]))
    scanned = enkat.scan(tmp_path)
    assert scanned.columns == whole.columns == [C, "y"]
    assert str(scanned.mean("y", by=D)) == str(whole.mean("y", by=C))
    assert scanned.where({D: C}).mean("y").estimate == whole.where({C: D}).mean("y").estimate
    assert scanned.notes[-1] == whole.notes[-1]
    assert f"column {C!r}: 1 of its" in scanned.notes[-1]


def test_a_text_is_counted_once_wherever_it_was_met_and_is_not_kept() -> None:
    here, there = Respelt(), Respelt()
    arrow_in_one_form(pa.table({"a": [D, "e\u0301"]}), here)
    arrow_in_one_form(pa.table({"a": [D, "o\u0308", "x"], "b": [D, "x", None]}), there)
    assert D.encode() not in there.to_bytes()
    here.add_bytes([there.to_bytes(), Respelt().to_bytes(), there.to_bytes()])
    assert [note[:14] for note in here.notes()] == ["column 'a': 3 ", "column 'b': 1 "]
