"""Errors say what to do, keep all problems, and survive being sent between processes."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from enkat import errors
from enkat.errors import DataError, EnkatError, Issue, UnknownColumn, UsageError, suggestion


@pytest.mark.parametrize(
    "kind", [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, EnkatError)]
)
def test_every_error_survives_pickling(kind: type[EnkatError]) -> None:
    error = kind("data.x", "say so", {"row": 3}, [Issue("data.x", "say so", {"row": 3})])
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert (again.code, str(again), again.context, again.issues) == (
        "data.x",
        "say so",
        {"row": 3},
        error.issues,
    )


def test_an_unknown_column_is_a_key_error_without_quotation_marks_around_its_sentence() -> None:
    error = UnknownColumn.named("ocupation", ["occupation", "age"])
    assert isinstance(error, KeyError) and isinstance(error, DataError) and isinstance(error, ValueError)
    assert str(error) == "there is no column 'ocupation'; did you mean 'occupation'?"


def test_a_usage_error_is_a_type_error() -> None:
    assert isinstance(UsageError.unknown("wieght", ["weight"]), TypeError)


def test_twenty_issues_are_shown_and_the_rest_are_counted() -> None:
    error = DataError.of([Issue("data.x", f"row {row} is wrong") for row in range(1, 31)])
    assert str(error).splitlines()[0] == "row 1 is wrong (and 29 more problems)"
    assert str(error).count("  - ") == 20
    assert str(error).endswith("… and 10 more (see .issues)")


def test_one_issue_is_said_once() -> None:
    assert str(DataError.of([Issue("data.x", "row 1 is wrong")])) == "row 1 is wrong"


def test_without_a_near_name_the_known_ones_are_listed() -> None:
    assert suggestion("zzz", ["weight", "strata"]) == "; choose one of 'weight', 'strata'"


def test_errors_need_only_the_standard_library() -> None:
    load = (
        "import importlib.util as u, sys; before = set(sys.modules);"
        f"s = u.spec_from_file_location('errors', {errors.__file__!r}); m = u.module_from_spec(s);"
        "sys.modules['errors'] = m; s.loader.exec_module(m);"
        "new = {n.partition('.')[0] for n in set(sys.modules) - before};"
        "print(sorted(new - set(sys.stdlib_module_names)))"
    )
    assert subprocess.run([sys.executable, "-c", load], capture_output=True, text=True).stdout.strip() == "['errors']"
