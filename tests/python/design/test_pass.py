"""Surveys whose rows are read in parts give what they give in memory, to the bit."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy
import pyarrow as pa
import pytest

import enkat
from enkat import _core
from scanning.people import (
    AFTER_STEPS,
    CALLS,
    CODEBOOK,
    DESIGNS,
    REPLICATES,
    SEX,
    STEPS,
    SUPPLIED_DESIGNS,
    alike,
    cut,
    people,
    same,
)


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


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
@pytest.mark.parametrize("design", DESIGNS.values(), ids=DESIGNS.keys())
def test_calibrated_estimates_are_those_of_memory(
    design: enkat.Design, step: Callable[[enkat.Survey], enkat.Survey]
) -> None:
    rows = people()
    whole = step(enkat.Survey(rows, CODEBOOK, design))
    scanned = step(enkat.scan(lambda: cut(rows, 3), CODEBOOK, design))
    assert scanned.notes == whole.notes
    for call in AFTER_STEPS.values():
        assert same(call(scanned), call(whole))
    mean = scanned.mean(["income", "visits"], by="sex")
    assert numpy.array_equal(mean.covariance, whole.mean(["income", "visits"], by="sex").covariance)


@pytest.mark.parametrize("step", REPLICATES.values(), ids=REPLICATES.keys())
def test_replicates_are_those_of_memory(step: Callable[[enkat.Survey], enkat.Survey]) -> None:
    rows = people()
    whole = step(enkat.Survey(rows, CODEBOOK, DESIGNS["clusters"]))
    in_order = step(enkat.scan(lambda: rows.to_batches(max_chunksize=700), CODEBOOK, DESIGNS["clusters"]))
    for call in AFTER_STEPS.values():
        assert same(call(in_order), call(whole))


@pytest.mark.parametrize("design", SUPPLIED_DESIGNS.values(), ids=SUPPLIED_DESIGNS.keys())
def test_supplied_replicate_weights_are_those_of_memory(design: enkat.Design) -> None:
    rows = people()
    whole, scanned = enkat.Survey(rows, CODEBOOK, design), enkat.scan(lambda: cut(rows, 4), CODEBOOK, design)
    assert [note[:60] for note in scanned.notes] == [note[:60] for note in whole.notes]
    for call in AFTER_STEPS.values():
        assert alike(call(scanned), call(whole))


def test_what_is_wrong_with_replicate_weights_is_said_of_all_parts() -> None:
    rows = people()
    bad = rows.set_column(
        rows.column_names.index("r3"), "r3", pa.array(numpy.where(numpy.arange(len(rows)) % 500, 1.0, numpy.inf))
    )
    with pytest.raises(enkat.DesignError) as error:
        enkat.scan(lambda: cut(bad, 2), CODEBOOK, SUPPLIED_DESIGNS["combined"])
    assert error.value.code == "design.replicate_not_finite"
    assert error.value.context == {"column": "r3", "rows": 6}


def test_what_calibration_refuses_is_refused_of_parts() -> None:
    rows = people()
    scanned = enkat.scan(lambda: cut(rows, 1), CODEBOOK)
    for variable, code in [("region", "calibrate.missing"), ("income", "calibrate.missing")]:
        with pytest.raises(enkat.DesignError) as error:
            scanned.calibrate(f"~ {variable}", {"(Intercept)": 6000, variable: 1e6})
        with pytest.raises(enkat.DesignError) as in_memory:
            enkat.Survey(rows, CODEBOOK).calibrate(f"~ {variable}", {"(Intercept)": 6000, variable: 1e6})
        assert error.value.code == in_memory.value.code == code
        assert str(error.value) == str(in_memory.value)


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
        lambda s: s.calibrate("~ sex", {"sex": SEX}, household="psu"),
        lambda s: s.replicate("bootstrap", replicates=5, seed=1),
        lambda s: s.balance("region"),
        lambda s: s.where([True]),
        lambda s: s.quantile("age", interval="score"),
    ],
    ids=[
        "weights",
        "households",
        "replicates of rows",
        "balance",
        "mask",
        "score interval",
    ],
)
def test_what_needs_all_rows_at_once_is_refused(call: Callable[[enkat.Survey], Any]) -> None:
    rows = people()
    with pytest.raises(enkat.EnkatError) as error:
        call(enkat.scan(lambda: [rows], CODEBOOK))
    assert error.value.code == "estimate.in_memory_only"


def test_what_was_refused_leaves_nothing_behind() -> None:
    rows = people()
    scanned, whole = (make(CODEBOOK) for make in (partial(enkat.scan, lambda: [rows]), partial(enkat.Survey, rows)))
    with pytest.raises(enkat.EnkatError):
        scanned.balance("region")
    assert same(scanned.proportion("region", by="sex"), whole.proportion("region", by="sex"))
    crossed = [survey.derive("x", cross=["region", "works"]) for survey in (scanned, whole)]
    assert same(crossed[0].proportion("x"), crossed[1].proportion("x"))


def test_supplied_replicate_weights_are_not_calibrated_in_parts() -> None:
    rows = people()
    scanned = enkat.scan(lambda: [rows], CODEBOOK, SUPPLIED_DESIGNS["combined"])
    with pytest.raises(enkat.EnkatError, match="supplied replicate weights") as error:
        scanned.rake({"sex": SEX})
    assert error.value.code == "estimate.in_memory_only"


def test_of_requests_that_fail_together_the_first_is_told() -> None:
    rows = people()
    scanned = enkat.scan(lambda: [rows], CODEBOOK)
    requests = [{"estimator": "mean", "y": name} for name in ("age", "nobody", "nothing")]
    for _ in range(5):
        with pytest.raises(enkat.DataError, match="'nobody'"):
            scanned.estimate(requests)
    assert len(scanned.estimate(requests[:1])) == 1


def test_replicates_of_weights_raked_on_numbers_are_refused() -> None:
    rows = people()
    scanned = enkat.scan(lambda: [rows], CODEBOOK, DESIGNS["clusters"])
    with pytest.raises(enkat.EnkatError, match="all rows have to be in memory") as error:
        scanned.calibrate("~ visits", {"(Intercept)": 5900, "visits": 18_000}, method="raking").replicate("JKn")
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
    rows = people().set_column(7, "works", [[1] * 2999 + [990099]])
    with pytest.raises(enkat.DataError) as error:
        enkat.scan(lambda: cut(rows, 2), CODEBOOK).proportion("works")
    assert error.value.code == "data.unknown_code"
    assert "990099" not in str(error.value)


def test_bad_weights_are_refused_when_the_survey_is_made() -> None:
    rows = people()
    negative = rows.set_column(3, "w", [[-1.0] * rows.num_rows])
    with pytest.raises(enkat.DesignError) as error:
        enkat.scan(lambda: [rows, negative], design=enkat.Design(weight="w"))
    assert error.value.code == "design.weight_negative"


def test_bytes_of_another_pass_are_refused() -> None:
    columns = _core.Table.from_stream(people().slice(0, 0).__arrow_c_stream__())
    design = enkat.Design(weight="w").as_dict()
    for foreign in (b"", b"something else", b"enkat part 2" * 9):
        parts = _core.Parts(lambda wanted, columns, foreign=foreign: wanted.add(foreign))
        with pytest.raises(enkat.EstimateError) as error:
            _core.Survey.in_parts(columns, _core.Codebook(), design, parts)
        assert error.value.code == "estimate.foreign_state"
        with pytest.raises(enkat.EstimateError) as error:
            _core.Pass(columns, design, foreign)
        assert error.value.code == "estimate.foreign_state"


def test_a_pass_ends_with_the_call_that_wanted_it() -> None:
    columns = _core.Table.from_stream(people().slice(0, 0).__arrow_c_stream__())
    kept: list[_core.Pass] = []

    def run(wanted: _core.Pass, columns: Any) -> None:
        kept.append(wanted)
        wanted.see(people().select(columns).__arrow_c_stream__(), -1)

    _core.Survey.in_parts(columns, _core.Codebook(), enkat.Design(weight="w").as_dict(), _core.Parts(run))
    with pytest.raises(enkat.UsageError) as error:
        kept[0].found  # noqa: B018 - reading it is what is refused
    assert error.value.code == "usage.pass_ended"


def test_an_error_of_who_gives_the_rows_stands_below_that_of_enkat() -> None:
    def broken() -> Any:
        yield people()
        raise ConnectionError("the database is gone")

    with pytest.raises(enkat.DataError) as failed:
        enkat.scan(broken)
    assert failed.value.code == "data.stream_failed"
    assert isinstance(failed.value.__cause__, ConnectionError)
