"""The published JSON Schemas accept what docs/formats.md describes and refuse the rest."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from enkat.errors import CodebookError, DataError, EnkatError, IndicatorError, ReportError
from enkat.files.schema import read_checked

ROOT = Path(__file__).parents[3]
SCHEMAS = ROOT / "python" / "enkat" / "schemas"

GOOD: dict[str, dict[str, Any]] = {
    "study": {
        "schema_version": 1,
        "name": "exempel",
        "language": "sv",
        "title": {"sv": "Exempel", "en": "Example"},
        "year": 2023,
        "dates": {"start": "2023-03-31", "end": "2023-05-09"},
        "sampling": "attempted_census",
        "dispositions": {
            "column": "status",
            "complete": ["complete", 1],
            "invited": 9820,
            "invited_note": "härlett",
        },
        "id": "id",
        "design": {"weight": "w", "strata": "region", "cluster": ["workplace"], "population": 9820},
        "answers": {
            "file": "answers.csv",
            "origin": "synthetic",
            "sha256": "0" * 64,
            "assumed": [{"question": "occupation", "by": False, "value": "70 procent", "why": "ej publicerad"}],
        },
        "limitations": ["Bortfallet är stort."],
        "csv": {"delimiter": ";", "decimal": ",", "encoding": "utf-8"},
    },
    "codebook": {
        "schema_version": 1,
        "language": "sv",
        "questions": [
            {
                "name": "heard",
                "type": "single",
                "label": {"sv": "Hört"},
                "wording": "ours",
                "options": [{"name": "yes", "code": 1}, {"name": "no", "code": 2, "label": "Nej"}],
                "missing": [{"code": 98, "reason": "dont_know"}],
                "asked_if": {"question": "occupation", "in": ["a"]},
            },
            {
                "name": "t",
                "type": "top_k",
                "k": 3,
                "storage": "codes",
                "columns": ["t1"],
                "options": [{"name": "x"}],
            },
            {
                "name": "m",
                "type": "multiple",
                "storage": "columns",
                "options": [{"name": "x", "column": "m_x"}],
            },
            {
                "name": "s",
                "type": "scale",
                "options": [{"name": "bad", "code": 1}, {"name": "good", "code": 2}],
            },
            {"name": "age", "type": "number", "range": [16, 99], "unit": "år"},
            {"name": "open", "type": "text", "sensitive": True},
            {"name": "hours", "type": "number", "asked_if": "age >= 18"},
            {"name": "young", "derived": {"where": "age < 30"}, "options": [{"name": "yes", "label": "Ung"}]},
            {"name": "ages", "label": "Ålder", "derived": {"of": "age", "bands": {"-30": [None, 30]}}},
        ],
    },
    "indicators": {
        "schema_version": 1,
        "indicators": [
            {
                "name": "experience",
                "estimator": "proportion",
                "question": "heard",
                "by": ["occupation"],
                "where": {"area": ["children"]},
                "interval": "wilson",
                "level": 0.9,
            },
            {"name": "r", "estimator": "ratio", "question": "a", "denominator": "b", "where": "age >= 18"},
        ],
    },
    "claims": {
        "schema_version": 1,
        "claims": [
            {"id": "C3", "kind": "share", "question": "heard", "answers": ["yes"], "scope": "respondents"},
            {"id": "C7", "kind": "rank", "question": "w", "answers": ["contact"], "top": 1},
            {"id": "C15", "kind": "respondents"},
            {"id": "C4", "kind": "vague", "text": {"sv": "i stor utsträckning"}, "why": "ingen gräns"},
            {"id": "C1", "question": "heard", "answers": ["yes"]},
        ],
    },
}
ERRORS: dict[str, type[EnkatError]] = {
    "study": DataError,
    "codebook": CodebookError,
    "indicators": IndicatorError,
    "claims": ReportError,
}


def written(folder: Path, kind: str, content: Any) -> Path:
    path = folder / f"{kind}.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def changed(kind: str, at: str, value: Any) -> dict[str, Any]:
    content = copy.deepcopy(GOOD[kind])
    *path, last = at.split("/")
    place: Any = content
    for step in path:
        place = place[int(step)] if step.isdigit() else place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return content


@pytest.mark.parametrize("kind", GOOD)
def test_the_schema_itself_is_valid_and_closed(kind: str) -> None:
    schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize("kind", GOOD)
def test_what_the_formats_allow_is_accepted(tmp_path: Path, kind: str) -> None:
    assert read_checked(written(tmp_path, kind, GOOD[kind])) == GOOD[kind]


@pytest.mark.parametrize(
    ("kind", "at", "value", "code"),
    [
        ("study", "titel", "x", "study.unknown_key"),
        ("study", "schema_version", 2, "study.schema_version"),
        ("study", "answers/origin", "made up", "study.unknown_value"),
        ("study", "answers/origin", None, "study.missing_key"),
        ("study", "dates/start", "31 mars 2023", "study.wrong_value"),
        ("study", "title", 5, "study.wrong_type"),
        ("study", "design/wieght", "w", "study.unknown_key"),
        ("study", "dispositions/complete", None, "study.missing_key"),
        ("codebook", "questions/0/type", "singel", "codebook.unknown_value"),
        ("codebook", "questions/0/options", None, "codebook.missing_key"),
        ("codebook", "questions/0/k", 3, "codebook.key_does_not_apply"),
        ("codebook", "questions/1/k", None, "codebook.missing_key"),
        ("codebook", "questions/1/columns", None, "codebook.missing_key"),
        ("codebook", "questions/3/options/0/code", "ett", "codebook.wrong_type"),
        ("codebook", "questions/4/range", [1], "codebook.wrong_value"),
        ("codebook", "questions/5/unit", "år", "codebook.key_does_not_apply"),
        ("codebook", "questions/0/missing/0/reason", "vet ej", "codebook.unknown_value"),
        ("indicators", "indicators/0/estimator", "median", "indicator.unknown_value"),
        ("indicators", "indicators/0/level", 95, "indicator.wrong_value"),
        ("indicators", "indicators/0/denominator", "b", "indicator.key_does_not_apply"),
        ("indicators", "indicators/1/denominator", None, "indicator.missing_key"),
        ("indicators", "indicators/0/name", "two words", "indicator.wrong_value"),
        ("claims", "claims/0/answers", None, "claim.missing_key"),
        ("claims", "claims/3/why", None, "claim.missing_key"),
        ("claims", "claims/0/kind", "shares", "claim.unknown_value"),
        ("claims", "claims/1/top", 0, "claim.wrong_value"),
    ],
)
def test_what_they_do_not_allow_is_refused_with_its_place(
    tmp_path: Path, kind: str, at: str, value: Any, code: str
) -> None:
    with pytest.raises(ERRORS[kind]) as caught:
        read_checked(written(tmp_path, kind, changed(kind, at, value)))
    assert code in [issue.code for issue in caught.value.issues]
    assert f"{kind}.json" in str(caught.value)


def test_all_problems_come_at_once_and_a_misspelt_key_gets_a_suggestion(tmp_path: Path) -> None:
    content = changed("study", "answers/orgin", "collected") | {"sampling": "random", "yaer": 2023}
    with pytest.raises(DataError) as caught:
        read_checked(written(tmp_path, "study", content))
    assert len(caught.value.issues) == 3
    assert "did you mean 'origin'?" in str(caught.value)
    assert "did you mean 'year'?" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"schema_version": 1,}', "study.syntax"),
        ('{"a": 1, "a": 2}', "study.duplicate_key"),
        ('{"year": NaN}', "study.syntax"),
        ("[]", "study.wrong_type"),
    ],
)
def test_what_is_not_plain_json_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(DataError) as caught:
        read_checked(written(tmp_path, "study", text))
    assert caught.value.code == code


def test_a_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="enkat new"):
        read_checked(tmp_path / "study.json")


def test_the_examples_of_the_format_description_are_valid() -> None:
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## (\w+)\.json\n+```json\n(.*?)```", text, re.MULTILINE | re.DOTALL)
    assert {name for name, _ in sections} == set(GOOD)
    for name, example in sections:
        content = json.loads(example.replace('"options": ["…"]', '"options": [{"name": "…"}]'))
        schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
        problems = [error.message for error in Draft202012Validator(schema).iter_errors(content)]
        assert [p for p in problems if "does not match '^[0-9a-f]{64}$'" not in p] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 100_000 + "]" * 100_000, "study.syntax"),
        ('{"year": ' + "1" * 5000 + "}", "study.syntax"),
        ('{"year": 1e999}', "study.syntax"),
        ('{"name": "\\ud83d"}', "study.encoding"),
    ],
    ids=["deep", "long number", "infinite number", "half a character"],
)
def test_json_that_no_program_can_hold_is_refused_by_code(tmp_path: Path, text: str, code: str) -> None:
    file = tmp_path / "study.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(EnkatError) as error:
        read_checked(file)
    assert error.value.code == code


@pytest.mark.parametrize("name", ["/tmp/x", "../x", "a/b", "a\\b", ".hidden", "a:b", "x" * 81])
def test_an_indicator_is_no_path(name: str) -> None:
    schema = json.loads((SCHEMAS / "indicators.schema.json").read_text(encoding="utf-8"))
    indicators = copy.deepcopy(GOOD["indicators"])
    assert Draft202012Validator(schema).is_valid(indicators)
    indicators["indicators"][0]["name"] = name
    assert not Draft202012Validator(schema).is_valid(indicators)
