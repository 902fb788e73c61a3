"""Each task as svy does it: a survey package with a Rust core, the peer in the field."""

# mypy: disable-error-code="import-not-found,import-untyped"

from collections.abc import Iterable
from typing import Any

from benchmarks.calls import Answer, Call, Row
from benchmarks.data import ITEMS
from benchmarks.prepared import Prepared

NAME = "svy"
RAKING_TOLERANCE = 1e-9  # its default, 1e-4, would give other weights than enkat's


def answer_of(estimate: Any) -> Answer:
    """Of one variable, by one column or none."""
    return Answer.of(Row("/".join(groups_of(row)) or "all", row["est"], row["se"]) for row in rows_of(estimate))


def items_of(estimates: Iterable[Any]) -> Answer:
    """Of one estimate a variable, in the order they were asked for."""
    return Answer.of(
        Row("/".join([*groups_of(row), item]), row["est"], row["se"])
        for item, estimate in zip(ITEMS, estimates, strict=True)
        for row in rows_of(estimate)
    )


def rows_of(estimate: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = estimate.to_polars().to_dicts()
    return rows


def groups_of(row: dict[str, Any]) -> list[str]:
    return [str(row[name]) for name in ("dom3", "dom20") if name in row]


def weights_of(sample: Any) -> Answer:
    return Answer.of_weights(sample.data[sample.design.wgt].to_numpy())


def mean(data: Prepared) -> Call:
    sample = data.sample
    return Call(NAME, lambda: sample.estimation.mean("y", drop_nulls=True), answer_of)


def mean_by_20(data: Prepared) -> Call:
    sample = data.sample
    return Call(NAME, lambda: sample.estimation.mean("y", by="dom20", drop_nulls=True), answer_of)


def items_by_3(data: Prepared) -> Call:
    sample = data.sample
    return Call(NAME, lambda: sample.estimation.mean(list(ITEMS), by="dom3", drop_nulls=True), items_of)


def ratio(data: Prepared) -> Call:
    sample = data.sample
    return Call(NAME, lambda: sample.estimation.ratio("y", "x", drop_nulls=True), answer_of)


def median(data: Prepared) -> Call:
    sample = data.sample
    return Call(NAME, lambda: sample.estimation.median("y", drop_nulls=True), answer_of)


def rake(data: Prepared) -> Call:
    sample, controls = data.sample, data.levels(data.margins)
    return Call(NAME, lambda: sample.weighting.rake(controls=controls, tol=RAKING_TOLERANCE), weights_of)


def calibrate(data: Prepared) -> Call:
    import svy

    sample, levels = data.sample, data.levels(data.margins)
    controls = {svy.Cat("dom3"): levels["dom3"], svy.Cat("age4"): levels["age4"], "x": data.x_total}
    return Call(NAME, lambda: sample.weighting.calibrate(controls=controls), weights_of)


def bootstrap_200(data: Prepared) -> Call:
    sample = data.sample

    def run() -> Any:
        replicated = sample.weighting.create_bs_wgts(n_reps=200, rstate=1)
        return replicated.estimation.mean(
            list(ITEMS), method="replication", variance_center="estimate", drop_nulls=True
        )

    return Call(NAME, run, items_of)


def bootstrap_200_raked(data: Prepared) -> Call:
    """Replicates come first, so that each is raked; a fifth of the replicates that enkat's task has."""
    sample, controls = data.sample, data.levels(data.margins)

    def run() -> Any:
        replicated = sample.weighting.create_bs_wgts(n_reps=200, rstate=1)
        raked = replicated.weighting.rake(controls=controls, tol=RAKING_TOLERANCE)
        return raked.estimation.mean(list(ITEMS), method="replication", variance_center="estimate", drop_nulls=True)

    return Call(NAME, run, items_of)


def supplied_by_20(data: Prepared) -> Call:
    sample = data.replicated_sample
    return Call(
        NAME,
        lambda: sample.estimation.mean(
            "y", by="dom20", method="replication", variance_center="estimate", drop_nulls=True
        ),
        answer_of,
    )
