"""Surveys whose rows are read in parts give what they give in memory, to the bit."""

from collections.abc import Callable
from typing import Any

import pytest

import enkat
from enkat import _core
from scanning.people import CALLS, CODEBOOK, DESIGNS, cut, people, same


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
@pytest.mark.parametrize("design", DESIGNS.values(), ids=DESIGNS.keys())
def test_estimates_are_those_of_memory_for_any_order_and_any_parts(
    design: enkat.Design, call: Callable[[enkat.Survey], Any]
) -> None:
    rows = people()
    expected = call(enkat.Survey(rows, CODEBOOK, design))
    for seed in range(3):
        scanned = enkat.scan(lambda seed=seed: cut(rows, seed), CODEBOOK, design)
        assert same(call(scanned), expected)


def test_the_rows_of_a_domain_are_counted() -> None:
    rows = people()
    scanned, whole = enkat.scan(lambda: cut(rows, 1), CODEBOOK), enkat.Survey(rows, CODEBOOK)
    assert len(scanned) == len(whole)
    assert len(scanned.where(works="yes", area="a")) == len(whole.where(works="yes", area="a"))
    assert "a domain" in repr(scanned.where(works="yes"))


@pytest.mark.parametrize(
    "call",
    [
        lambda s: s.weights,
        lambda s: s.rake(region={"north": 1, "south": 1}),
        lambda s: s.replicate("bootstrap", replicates=5, seed=1).mean("age"),
        lambda s: s.ranking("area"),
        lambda s: s.where([True]),
        lambda s: s.quantile("age", rule="hf7"),
        lambda s: s.quantile("age", interval="score"),
    ],
    ids=["weights", "rake", "replicate", "ranking", "mask", "rule of ranks", "score interval"],
)
def test_what_needs_all_rows_at_once_is_refused(call: Callable[[enkat.Survey], Any]) -> None:
    rows = people()
    with pytest.raises(enkat.EnkatError) as error:
        call(enkat.scan(lambda: [rows], CODEBOOK))
    assert error.value.code == "estimate.in_memory_only"


@pytest.mark.parametrize("design", [enkat.Design(id="age"), enkat.Design(weight="w", pps="brewer", fpc="psus")])
def test_designs_that_need_all_rows_at_once_are_refused(design: enkat.Design) -> None:
    rows = people()
    with pytest.raises(enkat.DesignError) as error:
        enkat.scan(lambda: [rows], design=design)
    assert error.value.code == "design.in_memory_only"


def test_rows_that_come_and_go_are_refused() -> None:
    rows, opened = people(), 0

    def open_anew() -> list[Any]:
        nonlocal opened
        opened += 1
        return [rows if opened < 5 else rows.slice(1)]

    scanned = enkat.scan(open_anew)
    scanned.mean("age")
    with pytest.raises(enkat.DataError) as error:
        scanned.mean("age")
    assert error.value.code == "data.changed"


def test_answers_that_the_codebook_does_not_know_are_refused_and_not_told() -> None:
    rows = people().set_column(7, "works", [[1] * 2999 + [77]])
    with pytest.raises(enkat.DataError) as error:
        enkat.scan(lambda: cut(rows, 2), CODEBOOK).proportion("works")
    assert error.value.code == "data.unknown_code"


def test_bad_weights_are_refused_when_the_survey_is_made() -> None:
    rows = people()
    negative = rows.set_column(3, "w", [[-1.0] * rows.num_rows])
    with pytest.raises(enkat.DesignError) as error:
        enkat.scan(lambda: [rows, negative], design=enkat.Design(weight="w"))
    assert error.value.code == "design.weight_negative"


def test_bytes_of_another_pass_are_refused() -> None:
    columns = _core.Table.from_stream(people().slice(0, 0).__arrow_c_stream__())
    for foreign in (b"", b"something else", b"enkat part 1" * 9):
        parts = _core.Parts(lambda name, columns, foreign=foreign: [foreign])
        with pytest.raises(enkat.EstimateError) as error:
            _core.Survey.in_parts(columns, _core.Codebook(), enkat.Design(weight="w").as_dict(), parts)
        assert error.value.code == "estimate.foreign_state"


def test_an_error_of_who_gives_the_rows_is_theirs() -> None:
    def broken() -> Any:
        yield people()
        raise ConnectionError("the database is gone")

    with pytest.raises(ConnectionError):
        enkat.scan(broken)
