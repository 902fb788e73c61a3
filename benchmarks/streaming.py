"""What a row costs that is streamed from Parquet, from few rows to more than fit in memory.

Run: python -m benchmarks.streaming [--rows 10000 100000 1000000 10000000] [--to FILE]; 1e8 rows and more on request.
Every reading is a process of its own, the engines have their turn in rounds, and a time counts only with its answer.
"""

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks import machine
from benchmarks.bandwidth import read_bandwidth
from benchmarks.calls import Answer, Row, Tolerance, disagreement
from benchmarks.compare import line, without_path
from benchmarks.data import FILE_ROWS, Shape, write
from benchmarks.ours import NAME as OURS
from benchmarks.results import Machine, Ratio, Result, Run, Spread
from benchmarks.streamed import DECODE, STREAM_ENGINES, STREAM_TASKS, WARM_ROWS, Reading, StreamTask
from benchmarks.threads import NOTE, THREADS, bind_to_one_cpu

ROWS = (10_000, 100_000, 1_000_000, 10_000_000)
FILES = 10  # of a million rows; more rows are the same files again
ROUNDS = 3
QUICK_ROUNDS = 7  # of what takes less than a second, which a moment's disturbance can double
RESULTS = Path("out/benchmarks/streaming.json")
FROM_FILES = "_from_files"  # ends the name of what is timed from the list of files to the first answer


def write_files(folder: Path, sizes: Sequence[int]) -> None:
    for rows in {WARM_ROWS, *(rows for rows in sizes if rows < FILE_ROWS)}:
        write(Shape(rows), folder / str(rows))
    write(Shape(min(max(sizes) // FILE_ROWS, FILES) * FILE_ROWS), folder)


def read(task: StreamTask, engine: str, folder: Path, rows: int) -> Reading | str:
    """What the process found, or its last words."""
    command = [sys.executable, "-m", "benchmarks.streamed", task.name, engine, str(folder), "--rows", str(rows)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return next(reversed(done.stderr.splitlines()), f"ended with {done.returncode}")
    found = json.loads(done.stdout)
    return Reading(**{**found, "answer": [Row(**row) for row in found["answer"]]})


def expected(engine: str, rows: int, ours: Reading) -> Answer:
    """Whoever only decodes must have seen all rows; all others must agree with enkat."""
    return Answer.of([Row("rows", rows)] if engine == DECODE else ours.answer)


class Streaming:
    """One task at one number of rows."""

    def __init__(self, task: StreamTask, rows: int) -> None:
        self.task, self.rows = task, rows
        self.readings: dict[str, list[Reading]] = {engine: [] for engine in STREAM_ENGINES}
        self.wrong: dict[str, str] = {}

    def round(self, folder: Path) -> None:
        for engine in STREAM_ENGINES:
            if engine in self.wrong or OURS in self.wrong:
                continue
            found = read(self.task, engine, folder, self.rows)
            if isinstance(found, str):
                self.wrong[engine] = found
                continue
            self.readings[engine].append(found)
            wanted = expected(engine, self.rows, self.readings[OURS][-1])
            if differs := disagreement(wanted, Answer.of(found.answer), Tolerance()):
                self.wrong[engine] = differs

    def results(self) -> Iterator[Result]:
        if OURS in self.wrong:
            yield Result(self.task.name, self.rows, OURS, "failed", why=self.wrong[OURS])
            return
        for engine, readings in self.readings.items():
            if engine in self.wrong:
                yield Result(self.task.name, self.rows, engine, "failed", why=self.wrong[engine])
                continue
            ours = self.readings[OURS]
            yield self.result("", engine, [each.again for each in ours], [each.again for each in readings])
            yield self.result(
                FROM_FILES, engine, [each.from_files for each in ours], [each.from_files for each in readings]
            )

    def result(self, what: str, engine: str, ours: Sequence[float], theirs: Sequence[float]) -> Result:
        return Result(
            self.task.name + what,
            self.rows,
            engine,
            "timed",
            milliseconds=Spread.of_seconds(theirs),
            rounds=len(theirs),
            ratio=Ratio.of(ours, theirs) if engine != OURS else None,
            whole_bytes=max(each.whole_bytes for each in self.readings[engine]),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=ROWS, help="from a million on, whole millions")
    parser.add_argument("--to", type=Path, default=RESULTS)
    given = parser.parse_args()
    if any(rows > FILE_ROWS and rows % FILE_ROWS for rows in given.rows):
        parser.error("--rows: from a million on, whole millions")
    bind_to_one_cpu()
    print(NOTE)
    bandwidth = {"before": read_bandwidth()}
    results: list[Result] = []
    given.to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=given.to.parent) as folder:
        write_files(Path(folder), given.rows)
        for rows in sorted(given.rows):
            for task in STREAM_TASKS:
                streaming = Streaming(task, rows)
                for _ in range(ROUNDS if rows > FILE_ROWS else QUICK_ROUNDS):
                    streaming.round(Path(folder))
                for result in streaming.results():
                    results.append(result)
                    print(line(result), flush=True)
    bandwidth["after"] = read_bandwidth()
    where = Machine(machine.processor(), machine.system(), THREADS, machine.versions(), bandwidth)
    command = shlex.join(["python", "-m", "benchmarks.streaming", *without_path(sys.argv[1:])])
    Run(command, asdict(Shape(max(given.rows))), where, results).write(given.to)
    print(f"written to {given.to}")


if __name__ == "__main__":
    main()
