"""Rows on other machines: the same bits for any parts, any order of merging, and any number of tries."""

import os
import pickle
import random
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import dask.dataframe
import distributed
import pyarrow as pa
import pyarrow.parquet
import pytest

import enkat
from scanning.people import (
    AFTER_STEPS,
    CALLS,
    CODEBOOK,
    DESIGNS,
    FITTED,
    REPLICATES,
    SEX,
    STEPS,
    SUPPLIED_DESIGNS,
    alike,
    cut,
    people,
    same,
)

# Dask's own, about pandas and about frames made of local data.
pytestmark = [
    pytest.mark.xdist_group("clusters"),
    pytest.mark.filterwarnings("ignore:The inplace keyword:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Sending large graph:UserWarning"),
]


class Elsewhere:
    """Parts that are observed in any order, some twice, and merged in pairs; all that travels is pickled."""

    def __init__(self, table: pa.Table, seed: int) -> None:
        self.schema = table.schema
        self.parts = cut(table, seed)
        self.random = random.Random(seed)
        self.sent = 0

    def run(
        self, columns: Sequence[str], observe: Callable[..., bytes], merge: Callable[..., bytes]
    ) -> Iterable[bytes]:
        observe, merge = pickle.loads(pickle.dumps((observe, merge)))
        self.random.shuffle(self.parts)
        found = [observe([part.select(list(columns))]) for part in self.parts]
        found[0] = observe([self.parts[0].select(list(columns))])  # somebody tried again
        self.sent = max(map(len, found))
        while len(found) > 2:
            found = [*found[2:], merge(found[:2])]
        return found


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
@pytest.mark.parametrize("design", DESIGNS.values(), ids=DESIGNS.keys())
def test_estimates_are_those_of_memory(design: enkat.Design, call: Callable[[enkat.Survey], Any]) -> None:
    expected = call(enkat.Survey(people(), CODEBOOK, design))
    assert same(call(enkat.scan(Elsewhere(people(), 7), CODEBOOK, design)), expected)


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_calibrated_estimates_are_those_of_memory(step: Callable[[enkat.Survey], enkat.Survey]) -> None:
    elsewhere = enkat.scan(Elsewhere(people(), 5), CODEBOOK, DESIGNS["clusters"])
    before = elsewhere.mean("age")
    there, here = step(elsewhere), step(enkat.Survey(people(), CODEBOOK, DESIGNS["clusters"]))
    for call in AFTER_STEPS.values():
        assert same(call(there), call(here))
    assert same(elsewhere.mean("age"), before)


@pytest.mark.parametrize("step", FITTED.values(), ids=FITTED.keys())
def test_weights_fitted_on_numbers_are_those_of_memory(step: Callable[[enkat.Survey], enkat.Survey]) -> None:
    here = step(enkat.Survey(people(), CODEBOOK, DESIGNS["clusters"])).mean(["income", "visits"], by="sex")
    there = [
        step(enkat.scan(rows, CODEBOOK, DESIGNS["clusters"])).mean(["income", "visits"], by="sex")
        for rows in (Elsewhere(people(), 5), Elsewhere(people(), 6), lambda: cut(people(), 7))
    ]
    assert same(there[0], there[1])  # however the rows are cut
    assert same(there[0], there[2])
    for name in ("estimate", "se", "ci_low", "ci_high"):
        assert there[0].column(name) == pytest.approx(here.column(name), rel=1e-11)
    assert there[0].column("n") == here.column("n")


def test_rankings_are_those_of_memory() -> None:
    elsewhere, whole = enkat.scan(Elsewhere(people(), 3), CODEBOOK), enkat.Survey(people(), CODEBOOK)
    for call in (
        lambda s: s.ranking("area"),
        lambda s: s.where(sex="k").ranking("area", by=["region", "works"]),
        lambda s: s.ranking("works", by="area"),
        lambda s: s.ranking("region"),
    ):
        assert same(call(elsewhere), call(whole))


@pytest.mark.parametrize("step", REPLICATES.values(), ids=REPLICATES.keys())
def test_replicates_are_those_of_memory(step: Callable[[enkat.Survey], enkat.Survey]) -> None:
    there = step(enkat.scan(Elsewhere(people(), 6), CODEBOOK, DESIGNS["clusters"])).mean("income", by="region")
    here = step(enkat.Survey(people(), CODEBOOK, DESIGNS["clusters"])).mean("income", by="region")
    assert alike(there, here)


@pytest.mark.parametrize("design", SUPPLIED_DESIGNS.values(), ids=SUPPLIED_DESIGNS.keys())
def test_supplied_replicate_weights_are_those_of_memory(design: enkat.Design) -> None:
    there = enkat.scan(Elsewhere(people(), 6), CODEBOOK, design).mean("income", by="region")
    here = enkat.Survey(people(), CODEBOOK, design).mean("income", by="region")
    assert alike(there, here)


def test_calls_after_the_first_use_what_it_found() -> None:
    elsewhere = enkat.scan(Elsewhere(people(), 2), CODEBOOK, DESIGNS["clusters"])
    whole = enkat.Survey(people(), CODEBOOK, DESIGNS["clusters"])
    for name in [*CALLS, *reversed(CALLS)]:
        assert same(CALLS[name](elsewhere), CALLS[name](whole))
    assert len(elsewhere.where(works="no")) == len(whole.where(works="no"))


def test_what_is_asked_of_estimates_later_reads_the_rows_again() -> None:
    elsewhere = enkat.scan(Elsewhere(people(), 4), CODEBOOK, DESIGNS["rows"])
    there = elsewhere.rake({"sex": SEX}).mean("income", by="region")
    here = enkat.Survey(people(), CODEBOOK, DESIGNS["rows"]).rake({"sex": SEX}).mean("income", by="region")
    assert (there.covariance == here.covariance).all()
    assert same(there.contrast("north - öst"), here.contrast("north - öst"))


def test_verbs_are_those_of_every_survey() -> None:
    elsewhere = enkat.scan(Elsewhere(people(), 4), CODEBOOK)
    assert type(elsewhere) is enkat.Survey
    assert elsewhere.mean.__doc__ == enkat.Survey.mean.__doc__


def test_requests_together_are_one_run_for_each_pass() -> None:
    engine = Elsewhere(people(), 5)
    runs: list[int] = []
    run = engine.run
    engine.run = lambda *args: (runs.append(1), run(*args))[1]  # type: ignore[method-assign]
    elsewhere = enkat.scan(engine, CODEBOOK, DESIGNS["clusters"])
    requests = [{"estimator": "mean", "y": "income", "by": by} for by in ("region", "works", "area")]
    found = elsewhere.estimate(requests)
    expected = enkat.Survey(people(), CODEBOOK, DESIGNS["clusters"]).estimate(requests)
    assert all(same(a, b) for a, b in zip(found, expected, strict=True))
    assert len(runs) == 3  # how the rows were drawn, what is in the columns, the totals


def test_what_is_sent_does_not_grow_with_the_rows() -> None:
    sizes = []
    for rows in (3000, 30_000):
        engine = Elsewhere(people(rows=rows), 1)
        enkat.scan(engine, CODEBOOK, DESIGNS["clusters"]).mean("age", by="region")
        sizes.append(engine.sent)
    assert sizes[0] == sizes[1]


# ---- Dask


@pytest.fixture(scope="module")
def cluster() -> Iterator[distributed.LocalCluster]:
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster:
        yield cluster


@pytest.fixture
def client(cluster: distributed.LocalCluster) -> Iterator[distributed.Client]:
    with distributed.Client(cluster.scheduler_address) as client:  # as from another machine
        yield client


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number, part in enumerate(cut(people(), 3)):
        pyarrow.parquet.write_table(part, tmp_path / f"{number}.parquet", row_group_size=400)
    return tmp_path


@pytest.mark.parametrize("parts", [1, 3, 20])
def test_a_dask_frame_gives_the_estimates_of_memory(client: distributed.Client, parts: int) -> None:
    frame = dask.dataframe.from_pandas(people().to_pandas(), npartitions=parts, sort=False)
    scanned = enkat.scan(frame, CODEBOOK, DESIGNS["clusters"], client=client)
    whole = enkat.Survey(people().to_pandas(), CODEBOOK, DESIGNS["clusters"])
    for name in ("mean by", "items by items", "domain"):
        assert same(CALLS[name](scanned), CALLS[name](whole))


def test_a_dask_frame_without_a_cluster_is_read_by_dasks_own_scheduler(folder: Path) -> None:
    frame = dask.dataframe.read_parquet(folder)
    scanned = enkat.scan(frame, CODEBOOK, DESIGNS["rows"])
    assert same(CALLS["ratio"](scanned), CALLS["ratio"](enkat.Survey(people(), CODEBOOK, DESIGNS["rows"])))


def test_workers_read_files_and_requests_together(client: distributed.Client, folder: Path) -> None:
    scanned = enkat.scan(str(folder / "*.parquet"), CODEBOOK, DESIGNS["clusters"], client=client)
    whole = enkat.Survey(people(), CODEBOOK, DESIGNS["clusters"])
    requests = [{"estimator": "mean", "y": "income", "by": by} for by in ("region", "works")]
    assert all(same(a, b) for a, b in zip(scanned.estimate(requests), whole.estimate(requests), strict=True))


def test_an_error_on_a_worker_is_the_error_of_the_call(client: distributed.Client, folder: Path) -> None:
    scanned = enkat.scan(str(folder / "*.parquet"), design=DESIGNS["clusters"], client=client)
    with pytest.raises(enkat.DataError) as error:
        scanned.mean("region")
    assert error.value.code == "data.not_a_number"


def mapped(function: Callable[[Any], Any], parts: int) -> Any:
    """A Dask frame whose partitions are made where they are read."""
    rows = [people(seed).to_pandas() for seed in range(parts)]
    return dask.dataframe.from_map(function, rows, meta=rows[0].head(0))


def test_a_worker_killed_in_the_middle_changes_nothing(
    cluster: distributed.LocalCluster, client: distributed.Client
) -> None:
    def slowly(rows: Any) -> Any:  # nested, so that it is sent by value: workers do not have the tests
        time.sleep(0.2)
        return rows

    expected = enkat.Survey(
        pa.concat_tables([people(seed) for seed in range(6)]).to_pandas(), CODEBOOK, DESIGNS["clusters"]
    ).mean("income", by="region")
    scanned = enkat.scan(mapped(slowly, 6), CODEBOOK, DESIGNS["clusters"], client=client)
    victim = next(iter(cluster.workers.values())).pid
    threading.Timer(0.4, os.kill, (victim, signal.SIGKILL)).start()
    assert same(scanned.mean("income", by="region"), expected)
    with pytest.raises(ProcessLookupError):
        os.kill(victim, 0)


def test_workers_that_die_of_a_part_are_an_error_with_a_code(client: distributed.Client) -> None:
    def deadly(_: Any) -> Any:
        os._exit(1)

    with dask.config.set({"distributed.scheduler.allowed-failures": 0}), pytest.raises(enkat.DataError) as error:
        enkat.scan(mapped(deadly, 2), client=client).mean("age")
    assert error.value.code == "data.workers_lost"


def test_only_files_and_frames_have_a_client(client: distributed.Client) -> None:
    with pytest.raises(enkat.UsageError) as error:
        enkat.scan(people(), client=client)
    assert error.value.code == "usage.client"
    with pytest.raises(enkat.UsageError) as error:
        enkat.scan(dask.delayed(people)())
    assert error.value.code == "usage.source"
