"""What further threads of enkat are worth: the same calls with 1, 2 … threads in turns, beside the memory's own gain.

Run: python -m benchmarks.scaling [--rows 1473 100000 1000000 10000000] [--to FILE]
The CPUs that a machine promises are not always there, so the bandwidth of as many threads is measured before the tasks
of every size: no pass over memory can gain more than that.
"""

import argparse
import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks import machine
from benchmarks.bandwidth import read_bandwidth
from benchmarks.calls import Call
from benchmarks.compare import line, without_path
from benchmarks.data import Shape
from benchmarks.prepared import Prepared
from benchmarks.results import Machine, Ratio, Result, Run, Spread
from benchmarks.rounds import seconds_in_turns
from benchmarks.tasks import named
from benchmarks.threads import with_pools_of_one_thread

ROWS = (1_473, 100_000, 1_000_000, 10_000_000)
TASKS = ("mean", "mean_by_20", "items_by_3", "median", "rake")
READ = "read"  # memory alone
RESULTS = Path("out/benchmarks/scaling.json")


def thread_counts() -> list[int]:
    """1, 2, 4 … and all CPUs."""
    cpus = len(os.sched_getaffinity(0))
    return sorted({*(2**i for i in range(cpus.bit_length())), cpus})


def name_of(threads: int) -> str:
    return f"{threads} thread{'s' if threads > 1 else ''}"


def with_threads(call: Call, threads: int) -> Call:
    """The core asks for the number of threads at every pass."""

    def run() -> object:
        os.environ["ENKAT_THREADS"] = str(threads)
        return call.run()

    return Call(name_of(threads), run, call.read)


def results_of(task: str, data: Prepared, counts: Sequence[int]) -> Iterator[Result]:
    """A ratio is how many times as long one thread takes."""
    call = named(task).ours(data)
    calls = [with_threads(call, threads) for threads in counts]
    answers = [each.read(each.run()) for each in calls]
    times = seconds_in_turns(calls)
    one = times[name_of(1)]
    for each, answer in zip(calls, answers, strict=True):
        if answer.value.tobytes() != answers[0].value.tobytes():
            yield Result(task, data.shape.rows, each.engine, "failed", why="other bits than with one thread")
            continue
        seconds = times[each.engine]
        yield Result(
            task,
            data.shape.rows,
            each.engine,
            "timed",
            milliseconds=Spread.of_seconds(seconds),
            rounds=len(seconds),
            ratio=Ratio.of(seconds, one) if each.engine != name_of(1) else None,
        )


def memory_results(rows: int, counts: Sequence[int]) -> Iterator[Result]:
    """Of reading a gigabyte, by threads that share it; `rows` are those of the tasks that follow."""
    gigabyte = 1e9
    times = {threads: [gigabyte / read_bandwidth(threads) for _ in range(3)] for threads in counts}
    for threads, seconds in times.items():
        ratio = Ratio.of(seconds, times[1]) if threads > 1 else None
        yield Result(
            READ, rows, name_of(threads), "timed", milliseconds=Spread.of_seconds(seconds), rounds=3, ratio=ratio
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=ROWS)
    parser.add_argument("--to", type=Path, default=RESULTS)
    given = parser.parse_args()
    with_pools_of_one_thread()
    counts = thread_counts()
    bandwidth = {"before": read_bandwidth()}
    results: list[Result] = []

    def show(found: Iterator[Result]) -> None:
        for result in found:
            results.append(result)
            print(line(result), flush=True)

    for rows in sorted(given.rows):
        show(memory_results(rows, counts))
        data = Prepared(Shape(rows))
        for task in TASKS:
            show(results_of(task, data, counts))
    bandwidth["after"] = read_bandwidth()
    where = Machine(machine.processor(), machine.system(), counts[-1], machine.versions(), bandwidth)
    command = shlex.join(["python", "-m", "benchmarks.scaling", *without_path(sys.argv[1:])])
    Run(command, asdict(Shape(max(given.rows))), where, results).write(given.to)
    print(f"written to {given.to}")


if __name__ == "__main__":
    main()
