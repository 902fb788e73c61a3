"""Indicators are computed as the file says; nothing published gives a respondent away."""

from typing import Any

import pandas
import pytest

import enkat
from enkat import _core

CODEBOOK = {
    "schema_version": 1,
    "questions": [
        {"name": "job", "type": "single", "label": "Job", "options": [{"name": "a"}, {"name": "b"}, {"name": "c"}]},
        {"name": "heard", "type": "single", "label": "Heard", "options": [{"name": "yes"}, {"name": "no"}]},
    ],
}
ALL = {"name": "all", "estimator": "proportion", "question": "heard"}
BY_JOB = {"name": "by_job", "estimator": "proportion", "question": "heard", "by": ["job"]}


def published(groups: dict[str, tuple[int, int]], *indicators: dict[str, Any]) -> list[list[dict[str, Any]]]:
    rows = [(job, a) for job, (yes, no) in groups.items() for a in ["yes"] * yes + ["no"] * no]
    survey = enkat.Survey(pandas.DataFrame(rows, columns=["job", "heard"]), CODEBOOK)
    spec = {"schema_version": 1, "indicators": list(indicators)}
    return [table for _, table in _core.compute_indicators(survey._core, spec)]


def test_a_small_base_is_withheld_with_the_next_smallest() -> None:
    _, table = published({"a": (60, 40), "b": (5, 3), "c": (30, 22)}, ALL, BY_JOB)
    withheld = {row["by"][0]: row["withheld"] for row in table}
    assert withheld == {"a": "", "b": "disclosure.small_base", "c": "disclosure.complement"}
    assert all(row["percent"] is None and row["base"] is None for row in table if row["withheld"])


def test_published_shares_are_whole_percents() -> None:
    total, table = published({"a": (60, 40), "b": (50, 30), "c": (41, 22)}, ALL, BY_JOB)
    assert [row["percent"] for row in table if row["answer"] == "yes"] == [60, pytest.approx(62.5, abs=0.5), 65]
    assert all(isinstance(row["percent"], int) for row in [*total, *table])


def test_groups_nobody_is_in_are_rows_without_a_share() -> None:
    (table,) = published({"a": (60, 40), "b": (30, 22)}, BY_JOB)
    assert [row["percent"] for row in table if row["by"] == ["c"]] == [None, None]


def test_every_problem_of_the_file_is_found_at_once() -> None:
    with pytest.raises(enkat.IndicatorError) as error:
        published({"a": (6, 4)}, {**ALL, "estimator": "share"}, {**ALL, "levle": 0.9})
    assert [issue.code for issue in error.value.issues] == [
        "indicator.unknown_estimator",
        "indicator.unknown_key",
        "indicator.duplicate_name",
    ]


def test_means_of_a_column_without_a_codebook_are_published() -> None:
    survey = enkat.Survey(pandas.DataFrame({"y": [index + 0.25 for index in range(40)]}))
    spec = {"schema_version": 1, "indicators": [{"name": "m", "estimator": "mean", "question": "y"}]}
    ((_, table),) = _core.compute_indicators(survey._core, spec)
    assert [row["value"] for row in table] == [19.75]
