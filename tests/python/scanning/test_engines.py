"""Engines as docs/scale.md describes them, with rows in processes that only get what is pickled."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest

import enkat
from scanning.people import CALLS, CODEBOOK, DESIGNS, STEPS, cut, people, same
from scanning.processes import Frame, Processes, documented_spark

pytestmark = pytest.mark.xdist_group("engines")  # processes are started once


@pytest.fixture(scope="module")
def pool() -> Iterator[Executor]:
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("spawn")) as pool:
        yield pool


ENGINES: dict[str, Callable[..., Any]] = {
    "an object with schema and run": Processes,
    "the documented class for Spark": lambda pool, parts: documented_spark()(Frame(pool, parts)),
}


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES.keys())
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_estimates_of_rows_in_other_processes_are_those_of_memory(
    pool: Executor, call: Callable[[enkat.Survey], Any], engine: Callable[..., Any]
) -> None:
    rows = people()
    scanned = enkat.scan(engine(pool, cut(rows, 3)), CODEBOOK, DESIGNS["clusters"])
    assert same(call(scanned), call(enkat.Survey(rows, CODEBOOK, DESIGNS["clusters"])))


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_weights_are_calibrated_in_other_processes(pool: Executor, step: Callable[[enkat.Survey], Any]) -> None:
    rows = people()
    scanned = enkat.scan(Processes(pool, cut(rows, 3)), CODEBOOK, DESIGNS["clusters"])
    whole = enkat.Survey(rows, CODEBOOK, DESIGNS["clusters"])
    assert same(CALLS["mean by"](step(scanned)), CALLS["mean by"](step(whole)))


WRONG: dict[str, tuple[Callable[[enkat.Survey], Any], str]] = {
    "a mean of texts": (lambda s: s.mean("region"), "data.not_a_number"),
    "an answer that the codebook does not know": (lambda s: s.proportion("works"), "data.unknown_code"),
}


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES.keys())
@pytest.mark.parametrize("wrong", WRONG)
def test_an_error_in_another_process_is_the_error_of_the_call(
    pool: Executor, wrong: str, engine: Callable[..., Any]
) -> None:
    call, code = WRONG[wrong]
    rows = people().set_column(7, "works", [[1] * 2999 + [77]])
    with pytest.raises(enkat.DataError) as there:
        call(enkat.scan(engine(pool, cut(rows, 3)), CODEBOOK))
    with pytest.raises(enkat.DataError) as here:
        call(enkat.Survey(rows, CODEBOOK))
    assert there.value.code == here.value.code == code
    assert there.value.context["column"] == here.value.context["column"]
    assert [issue.code for issue in there.value.issues] == [issue.code for issue in here.value.issues]
