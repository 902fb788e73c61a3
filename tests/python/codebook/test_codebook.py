"""A codebook is read once, completely, and written back as it was meant."""

import json
from typing import Any

import pytest

import enkat
from enkat import _core

OPTIONS = [{"name": "yes", "code": 1, "label": {"sv": "Ja", "en": "Yes"}}, {"name": "no", "code": 0}]
HEARD: dict[str, Any] = {"name": "heard", "type": "single", "label": "Heard", "options": OPTIONS}


def parse(*questions: dict[str, Any]) -> _core.Codebook:
    return _core.Codebook.parse(json.dumps({"schema_version": 1, "language": "sv", "questions": questions}))


def codes(*questions: dict[str, Any]) -> set[str]:
    with pytest.raises(enkat.CodebookError) as error:
        parse(*questions)
    return {issue.code for issue in error.value.issues}


def test_what_is_written_reads_back_as_the_same() -> None:
    area = {"name": "area", "type": "top_k", "k": 2, "label": "Area", "options": [{"name": "a"}, {"name": "b"}]}
    written = parse(HEARD, area).to_json()
    assert _core.Codebook.parse(json.dumps(written)).to_json() == written
    assert [question["name"] for question in written["questions"]] == ["heard", "area"]


def test_two_questions_of_one_name_are_refused() -> None:
    assert any("duplicate" in code for code in codes(HEARD, HEARD))


def test_a_misspelt_key_is_refused_with_a_suggestion() -> None:
    with pytest.raises(enkat.CodebookError, match="did you mean 'options'"):
        parse({**HEARD, "option": OPTIONS})


def test_text_that_is_not_json_is_a_codebook_error() -> None:
    with pytest.raises(enkat.CodebookError):
        _core.Codebook.parse('{"schema_version": 1,')


def test_an_empty_codebook_knows_no_questions() -> None:
    assert _core.Codebook().to_json()["questions"] == []
