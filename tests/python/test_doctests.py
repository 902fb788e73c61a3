"""Every example of a docstring runs and gives what it shows."""

import doctest
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import enkat
from enkat.estimating import ESTIMATORS
from example_names import names

MODULES = ["enkat", *(found.name for found in pkgutil.walk_packages(enkat.__path__, "enkat."))]
COMPILED = "enkat._core"  # its docstrings are signatures
pytestmark = pytest.mark.xdist_group("examples")  # charts are drawn once


def examples() -> Iterator[doctest.DocTest]:
    """The docstrings that have examples, each with the names of its module."""
    for name in MODULES:
        if name != COMPILED:
            yield from (
                found for found in doctest.DocTestFinder().find(importlib.import_module(name)) if found.examples
            )


EXAMPLES = {found.name: found for found in examples()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("examples")


@pytest.fixture(scope="module")
def known(folder: Path) -> dict[str, Any]:
    return names(folder)


@pytest.mark.parametrize("docstring", EXAMPLES)
def test_an_example_gives_what_it_shows(
    docstring: str, known: dict[str, Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    found = EXAMPLES[docstring]
    found.globs |= known
    report: list[str] = []
    outcome = doctest.DocTestRunner().run(found, out=report.append)
    assert outcome.attempted == len(found.examples) and outcome.failed == 0, "".join(report)


def test_no_example_is_left_out() -> None:
    assert not [name for name, found in EXAMPLES.items() if any(doctest.SKIP in e.options for e in found.examples)]


def test_every_estimator_has_an_example() -> None:
    assert {f"enkat.estimating.Estimating.{name}" for name in ESTIMATORS} <= set(EXAMPLES)
