"""Published tables: whole percents, and nothing that gives a respondent away."""

import json
from pathlib import Path

import pandas
import pytest

import enkat
from enkat import _core
from enkat.row_expressions import spec_with_tree


def test_the_schema_knows_every_statistic_that_a_report_can_show() -> None:
    schema = json.loads((Path(enkat.__file__).parent / "schemas/indicators.schema.json").read_text(encoding="utf-8"))
    known = schema["properties"]["indicators"]["items"]["properties"]["estimator"]["enum"]
    assert known == sorted([*_core.indicator_estimators(), "ranking"])


def published(
    sizes: dict[str, int], yes: dict[str, int], sensitive: bool = False
) -> dict[str, list[dict[str, object]]]:
    rows = [(group, 1 if i < yes[group] else 0) for group, size in sizes.items() for i in range(size)]
    data = pandas.DataFrame(rows, columns=["g", "q"])
    options = [{"name": "yes", "code": 1}, {"name": "no", "code": 0}]
    question = {"name": "q", "type": "single", "label": "q", "options": options, "sensitive": sensitive}
    survey = enkat.Survey(data, {"schema_version": 1, "questions": [question]})
    indicators = {
        "schema_version": 1,
        "indicators": [
            {"name": "all", "estimator": "proportion", "question": "q"},
            {"name": "groups", "estimator": "proportion", "question": "q", "answers": ["yes"], "by": ["g"]},
        ],
    }
    tables = enkat._core.compute_indicators(survey._core, indicators)
    return {spec["name"]: rows for spec, (_, rows) in zip(indicators["indicators"], tables, strict=True)}


def test_percents_are_whole_and_bases_are_shown() -> None:
    rows = published({"a": 30, "b": 40}, {"a": 10, "b": 13})["groups"]
    assert [(row["percent"], row["base"], row["withheld"]) for row in rows] == [(33, 30, ""), (33, 40, "")]


def test_a_small_base_is_withheld() -> None:
    rows = {row["by"][0]: row for row in published({"a": 8, "b": 20, "c": 60}, {"a": 3, "b": 9, "c": 31})["groups"]}
    assert rows["a"]["withheld"] == "disclosure.small_base"
    assert rows["a"]["percent"] is rows["a"]["base"] is None
    assert rows["c"]["percent"] == 52


def test_small_counts_of_sensitive_questions_are_withheld() -> None:
    assert published({"a": 50, "b": 60}, {"a": 3, "b": 30}, sensitive=True)["groups"][0]["withheld"]
    assert not published({"a": 50, "b": 60}, {"a": 3, "b": 30})["groups"][0]["withheld"]


def test_means_of_a_column_without_a_codebook_are_published() -> None:
    survey = enkat.Survey(pandas.DataFrame({"y": [index + 0.25 for index in range(40)]}))
    spec = {"schema_version": 1, "indicators": [{"name": "m", "estimator": "mean", "question": "y"}]}
    ((_, table),) = _core.compute_indicators(survey._core, spec)
    assert [row["value"] for row in table] == [19.75]


def test_every_problem_of_the_file_is_found_at_once() -> None:
    good = {"name": "i", "estimator": "proportion", "question": "y"}
    spec = {"schema_version": 1, "indicators": [{**good, "estimator": "share"}, {**good, "levle": 0.9}]}
    with pytest.raises(enkat.IndicatorError) as error:
        _core.compute_indicators(enkat.Survey(pandas.DataFrame({"y": [1, 2]}))._core, spec)
    assert [issue.code for issue in error.value.issues] == [
        "indicator.unknown_estimator",
        "indicator.unknown_key",
        "indicator.duplicate_name",
    ]


def test_an_indicator_among_whom_an_expression_holds() -> None:
    data = pandas.DataFrame({"y": [index + 0.25 for index in range(40)], "age": [*range(20, 60)]})
    survey, base = enkat.Survey(data), {"name": "m", "estimator": "mean", "question": "y"}
    read = spec_with_tree({**base, "where": "30 <= age < 50"})
    ((_, table),) = _core.compute_indicators(survey._core, {"schema_version": 1, "indicators": [read]})
    assert [(row["value"], row["base"]) for row in table] == [(pytest.approx(19.75, abs=0.5), 20)]
    specs = [spec_with_tree({**base, "where": "age >"}), {"name": "n"}]
    with pytest.raises(enkat.IndicatorError) as refused:
        _core.compute_indicators(survey._core, {"schema_version": 1, "indicators": specs})
    assert ("usage.expression", "/indicators/0/where") in [
        (issue.code, issue.context["at"]) for issue in refused.value.issues
    ]
    assert len(refused.value.issues) > 1
