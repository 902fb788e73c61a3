"""One engine reading one task's columns from Parquet files, in a process of its own; run by streaming.py.

Run: python -m benchmarks.streamed TASK ENGINE FOLDER --rows 1000000; it prints a JSON object.
"""

# mypy: disable-error-code="import-not-found"

import argparse
import itertools
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow.parquet
from benchmarks import engines, ours
from benchmarks.calls import Answer, Call, Row
from benchmarks.data import FILE_ROWS, ITEMS, codebook
from benchmarks.memory import status_bytes
from benchmarks.threads import THREADS

DECODE = "decoding"
BATCH_ROWS = 1 << 17
WARM_ROWS = 10_000  # read first, so that libraries are loaded and warm


@dataclass(frozen=True)
class StreamTask:
    """What is estimated, by the names that tasks.py has for it."""

    name: str
    says: str
    variables: Sequence[str]
    by: str


STREAM_TASKS = (
    StreamTask("mean_by_20", "mean by 20 domains", ("y",), "dom20"),
    StreamTask("items_by_3", "10 multiple-response items by 3 domains", ITEMS, "dom3"),
)


@dataclass(frozen=True)
class Reading:
    """What one process found and took: from the list of files to the first answer, and once more when all is known."""

    answer: Sequence[Row]
    from_files: float
    again: float
    whole_bytes: int


def scanned(task: StreamTask, files: Sequence[Path]) -> Call:
    import enkat

    design = enkat.Design(weight="w", strata="stratum", cluster="psu")
    if task.variables == ITEMS:
        asked = enkat.scan(files, codebook=codebook(), design=design)
        return Call(ours.NAME, lambda: asked.proportion("items", by=task.by), ours.answer_of)
    survey = enkat.scan(files, design=design)
    return Call(ours.NAME, lambda: survey.mean(task.variables[0], by=task.by), ours.answer_of)


def streamed_by_polars(task: StreamTask, files: Sequence[Path]) -> Call:
    import polars

    query = engines.polars_query(polars.scan_parquet(list(files)), task.variables, task.by, missing=False)

    def run() -> Answer:
        return engines.answer_of_polars(query.collect(engine="streaming"), task.variables, task.by)

    return Call(engines.POLARS, run, engines.as_it_is)


def streamed_by_duckdb(task: StreamTask, files: Sequence[Path]) -> Call:
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"SET threads = {THREADS}")
    source = f"read_parquet([{', '.join(repr(str(file)) for file in files)}])"
    query = engines.duckdb_query(source, task.variables, task.by, missing=False)
    return Call(
        engines.DUCKDB, lambda: engines.run_duckdb(connection, query, task.variables, task.by), engines.as_it_is
    )


def only_decoded(task: StreamTask, files: Sequence[Path]) -> Call:
    """The least that anybody can do who reads these files with pyarrow: the columns in memory, batch by batch."""
    columns = ["stratum", "psu", "w", task.by, *task.variables]

    def run() -> int:
        rows = 0
        for file in files:
            with pyarrow.parquet.ParquetFile(file, pre_buffer=False) as parquet:
                rows += sum(
                    len(batch) for batch in parquet.iter_batches(BATCH_ROWS, columns=columns, use_threads=False)
                )
        return rows

    return Call(DECODE, run, lambda rows: Answer.of([Row("rows", rows)]))


Maker = Callable[[StreamTask, Sequence[Path]], Call]
STREAM_ENGINES: Mapping[str, Maker] = {
    ours.NAME: scanned,
    engines.POLARS: streamed_by_polars,
    engines.DUCKDB: streamed_by_duckdb,
    DECODE: only_decoded,
}


def files_of(folder: Path, rows: int) -> list[Path]:
    """Files that hold so many rows: one of its own below a million, else those of a million rows over and over."""
    if rows < FILE_ROWS:
        return [folder / str(rows) / "part-00000.parquet"]
    return list(itertools.islice(itertools.cycle(sorted(folder.glob("*.parquet"))), rows // FILE_ROWS))


def reading(task: StreamTask, maker: Maker, folder: Path, rows: int) -> Reading:
    maker(task, files_of(folder, WARM_ROWS)).run()
    start = time.perf_counter()
    call = maker(task, files_of(folder, rows))
    call.run()
    from_files = time.perf_counter() - start
    timed = call.timed()
    answer = call.read(timed.result)
    se = answer.se if answer.se is not None else [None] * len(answer.keys)
    found = [
        Row(key, float(value), None if error is None else float(error))
        for key, value, error in zip(answer.keys, answer.value, se, strict=True)
    ]
    return Reading(found, from_files, timed.seconds, status_bytes("VmHWM"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=[task.name for task in STREAM_TASKS])
    parser.add_argument("engine", choices=STREAM_ENGINES)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=FILE_ROWS)
    given = parser.parse_args()
    task = next(task for task in STREAM_TASKS if task.name == given.task)
    print(json.dumps(asdict(reading(task, STREAM_ENGINES[given.engine], given.folder, given.rows))))


if __name__ == "__main__":
    main()
