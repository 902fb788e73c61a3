"""A codebook reads back as it was written, and a syntax error says where it is."""

import json
from pathlib import Path

import pyarrow as pa
import pytest

import enkat
from enkat import _core
from enkat.errors import CodebookError
from enkat.row_expressions import codebook_with_trees
from enkat.study import BUNDLED


def test_the_bundled_codebook_survives_a_round_trip() -> None:
    text = (BUNDLED / "ryktet-gar" / "codebook.json").read_text(encoding="utf-8")
    once = _core.Codebook.parse(codebook_with_trees(text)).to_json()
    assert _core.Codebook.parse(codebook_with_trees(json.dumps(once))).to_json() == once
    assert [q["name"] for q in once["questions"]] == [q["name"] for q in json.loads(text)["questions"]]


def test_a_syntax_error_is_reported_by_line() -> None:
    with pytest.raises(enkat.CodebookError, match="line 2"):
        _core.Codebook.parse('{"schema_version": 1,\n "questions": [}')


def test_an_unknown_key_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(enkat.CodebookError, match="did you mean"):
        _core.Codebook.parse('{"schema_version": 1, "questions": [{"name": "a", "type": "number", "rang": [0, 1]}]}')


def test_an_empty_codebook_knows_no_questions() -> None:
    assert _core.Codebook().to_json()["questions"] == []


def test_a_mapping_that_no_file_can_hold_is_refused() -> None:
    deep: dict[str, object] = {}
    for _ in range(10_000):
        deep = {"a": deep}
    for question in (deep, {"name": b"q"}, {"name": "q", "type": "number", "range": [10**5000, 1]}):
        with pytest.raises(CodebookError) as error:
            enkat.Survey(pa.table({"q": [1, 2]}), {"schema_version": 1, "questions": [question]})
        assert error.value.code == "codebook.syntax"


@pytest.mark.parametrize(
    "damaged",
    [
        '{"schema_version": 1, "questions": [',
        '{"schema_version": 1, "questions": 3}',
        '{"schema_version": 1, "questions": [{"type": "single"}]}',
        '{"schema_version": 1, "questions": [{"name": "q", "type": "number", "missing": [{"reason": "refused"}]}]}',
        '{"schema_version": 1, "questions": [{"name": "q", "type": "number", "missing": [{"code": [1]}]}]}',
        "{" * 10_000,
    ],
)
def test_a_damaged_codebook_is_an_error_of_the_codebook_wherever_it_is_used(damaged: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("q\n1\n2\n", encoding="utf-8")
    (tmp_path / "codebook.json").write_text(damaged, encoding="utf-8")
    with pytest.raises(CodebookError):
        enkat.read(tmp_path / "a.csv", codebook=tmp_path / "codebook.json")
    with pytest.raises(CodebookError):
        enkat.Survey(pa.table({"q": [1, 2]}), tmp_path / "codebook.json")
    assert enkat.inspect(tmp_path / "a.csv", codebook=tmp_path / "codebook.json").issues
