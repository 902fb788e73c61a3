"""enkat beside its peers: the same answers first, then the same tasks in turns.

Run: python -m benchmarks.compare [--rows 1473 100000 1000000] [--tasks mean rake] [--r] [--memory] [--to FILE]
It prints every result and writes them as JSON for benchmarks.page.
"""

import argparse
import shlex
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from benchmarks import imports, machine
from benchmarks.bandwidth import read_bandwidth
from benchmarks.calls import Answer, Call, disagreement
from benchmarks.data import Shape
from benchmarks.forecast import Cost, Limit
from benchmarks.memory import Peak, Watch, peak_in_own_process
from benchmarks.ours import NAME as OURS
from benchmarks.prepared import Prepared
from benchmarks.r_peer import NAME as R
from benchmarks.r_peer import RCall, RError, RSurvey
from benchmarks.results import Machine, Ratio, Result, Run, Spread
from benchmarks.rounds import LEAST, seconds_in_turns
from benchmarks.tasks import TASKS, Task, named
from benchmarks.threads import NOTE, THREADS, bind_to_one_cpu

ROWS = (1_473, 100_000, 1_000_000)
PROBE = 100_000  # rows from which a larger data set is forecast, when none was timed
RESULTS = Path("out/benchmarks/results.json")


@dataclass(frozen=True)
class Ready:
    """A call whose answer has been checked, with what its first run took."""

    call: Call
    answer: Answer
    first: Cost


@dataclass(frozen=True)
class Settings:
    limit: Limit
    rounds: int
    memory: bool  # the peak of each call in a process of its own
    bandwidth: float


class Comparison:
    """All tasks on one shape of data, from few rows to many."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.costs: dict[tuple[str, str], Cost] = {}  # by task and engine, of the most rows so far

    def results(self, tasks: Sequence[Task], shape: Shape, with_r: bool) -> Iterator[Result]:
        data, wide = Prepared(shape), Prepared(replace(shape, replicates=True))
        survey = RSurvey(data) if with_r else None
        try:
            for task in tasks:
                yield from self.of_task(task, wide if task.replicates else data, survey)
        finally:
            if survey:
                survey.close()

    def of_task(self, task: Task, data: Prepared, survey: RSurvey | None) -> Iterator[Result]:
        ready: list[Ready] = []
        for engine in engines_of(task, survey):
            checked = self.check(task, engine, data, survey, ready[0].answer if ready else None)
            if isinstance(checked, Ready):
                ready.append(checked)
                continue
            yield checked
            if engine == OURS:  # nothing to compare the others with
                return
        times = seconds_in_turns([each.call for each in ready], self.settings.rounds)
        ours = times[OURS]
        for each in ready:
            engine, theirs = each.call.engine, times[each.call.engine]
            median = Spread.of(theirs).median
            self.costs[task.name, engine] = Cost(data.shape.rows, median, each.first.extra_bytes)
            peak = self.peak(task, engine, data.shape)
            limit = task.bytes_per_row * data.shape.rows / self.settings.bandwidth
            yield Result(
                task.name,
                data.shape.rows,
                engine,
                "timed",
                milliseconds=Spread.of_seconds(theirs),
                rounds=len(theirs),
                ratio=Ratio.of(ours, theirs) if engine != OURS else None,
                bandwidth_share=limit / median if engine == OURS else None,
                extra_bytes=peak.extra if peak else None,
                whole_bytes=peak.whole if peak else None,
            )

    def check(
        self, task: Task, engine: str, data: Prepared, survey: RSurvey | None, ours: Answer | None
    ) -> Ready | Result:
        """The call with its answer, or why there is none to be timed."""
        rows = data.shape.rows
        try:
            if refused := self.settings.limit.refusal(self.forecast(task, engine, data.shape, survey)):
                return Result(task.name, rows, engine, "skipped", why=refused)
            call = call_of(task, engine, data, survey)
            watch = Watch.start()
            timed = call.timed()
            cost = Cost(rows, timed.seconds, watch.peak().extra)
            answer = call.read(timed.result)
        except Exception as wrong:  # a peer's failure is a result, whatever it is
            return Result(task.name, rows, engine, "failed", why=f"{type(wrong).__name__}: {wrong}")
        differs = disagreement(ours, answer, task.tolerance) if ours else None
        return Result(task.name, rows, engine, "failed", why=differs) if differs else Ready(call, answer, cost)

    def forecast(self, task: Task, engine: str, shape: Shape, survey: RSurvey | None) -> Cost:
        """Nothing is forecast for few rows, and nothing from few: what a call costs at all would be scaled too."""
        if shape.rows <= PROBE:
            return Cost(shape.rows, 0.0, 0)
        known = self.costs.get((task.name, engine))
        if (known is None or known.rows < PROBE) and engine != R:
            call = call_of(task, engine, Prepared(replace(shape, rows=PROBE)), survey)
            watch = Watch.start()
            call.run()
            extra = watch.peak().extra
            # The second run is the one that counts: the first may load libraries.
            known = self.costs[task.name, engine] = Cost(PROBE, call.timed().seconds, extra)
        return known.at(shape.rows) if known and known.rows >= PROBE else Cost(shape.rows, 0.0, 0)

    def peak(self, task: Task, engine: str, shape: Shape) -> Peak | None:
        return peak_in_own_process(task.name, engine, shape) if self.settings.memory and engine != R else None


def engines_of(task: Task, survey: RSurvey | None) -> list[str]:
    return [OURS, *task.peers, *([R] if survey and task.in_r else [])]


def call_of(task: Task, engine: str, data: Prepared, survey: RSurvey | None) -> Call:
    if engine == OURS:
        return task.ours(data)
    if engine != R:
        return task.peers[engine](data)
    if survey is None:
        raise RError("R was not started")
    return RCall(survey, task.name)


def import_results(rounds: int) -> Iterator[Result]:
    """Of whole processes that import a package and end."""
    calls = [imports.call_of(package) for package in imports.PACKAGES]
    for call in calls:
        call.run()
    times = seconds_in_turns(calls, rounds)
    for package, each in times.items():
        yield Result(
            "import",
            0,
            package,
            "timed",
            milliseconds=Spread.of_seconds(each),
            rounds=len(each),
            ratio=Ratio.of(times[OURS], each) if package != OURS else None,
            whole_bytes=imports.peak_bytes(package),
        )


def line(result: Result) -> str:
    start = f"{result.rows:>9,} {result.task:22} {result.engine:10}"
    if result.milliseconds is None:
        return f"{start} {result.outcome}: {result.why}"
    parts = [f"{result.milliseconds.median:10.2f} ms"]
    if result.ratio:
        pairs = result.ratio.pairs
        parts.append(f"{result.ratio.of_medians:8.2f} × ({pairs.low:.2f} – {pairs.median:.2f} – {pairs.high:.2f})")
    if result.bandwidth_share is not None:
        parts.append(f"{result.bandwidth_share:8.1%} of the read bandwidth")
    if result.extra_bytes is not None:
        parts.append(f"+{result.extra_bytes / 1e6:.0f} MB")
    if result.whole_bytes is not None:
        parts.append(f"peak {result.whole_bytes / 1e6:.0f} MB")
    return "  ".join([start, *parts])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=ROWS)
    parser.add_argument("--tasks", nargs="+", choices=[*(task.name for task in TASKS), "import"], default=None)
    parser.add_argument("--rounds", type=int, default=LEAST, help="at least; quick tasks get more")
    parser.add_argument("--limit", type=float, default=Limit.seconds, help="forecast seconds of one call")
    parser.add_argument("--limit-gib", type=float, default=Limit.gib, help="forecast memory of one call")
    parser.add_argument("--r", action="store_true", help="R survey too, if Rscript and the package are installed")
    parser.add_argument("--memory", action="store_true", help="the peak of each call in a process of its own")
    parser.add_argument("--to", type=Path, default=RESULTS)
    parser.add_argument("--seed", type=int, default=Shape.seed)
    parser.add_argument("--strata", type=int, default=Shape.strata)
    parser.add_argument("--psus", type=int, default=Shape.psus, help="of each stratum")
    parser.add_argument("--missing", type=float, default=Shape.missing, help="share of y and of the items")
    parser.add_argument("--order", choices=["drawn", "sorted", "shuffled"], default=Shape.order)
    parser.add_argument("--texts", action="store_true", help="domains are strings")
    return parser.parse_args()


def without_path(words: Sequence[str]) -> list[str]:
    """The command without where its results went: that is of no use to whoever repeats it."""
    at = words.index("--to") if "--to" in words else len(words)
    return [*words[:at], *words[at + 2 :]]


def main() -> None:
    given = arguments()
    bind_to_one_cpu()
    names = given.tasks or [*(task.name for task in TASKS), "import"]
    shape = Shape(
        0, given.seed, given.strata, given.psus, given.missing, given.order, given.texts
    )  # rows are set for each size
    versions = machine.versions()
    bandwidth = {"before": read_bandwidth()}
    print(f"{machine.processor()}; {machine.system()}; {THREADS} thread; read {bandwidth['before'] / 1e9:.1f} GB/s")
    print(NOTE)
    comparison = Comparison(
        Settings(Limit(given.limit, given.limit_gib), given.rounds, given.memory, bandwidth["before"])
    )
    results: list[Result] = []

    def show(found: Iterator[Result]) -> None:
        for result in found:
            results.append(result)
            print(line(result), flush=True)

    if "import" in names:
        show(import_results(given.rounds))
    tasks = [named(name) for name in names if name != "import"]
    for rows in sorted(given.rows) if tasks else []:
        show(comparison.results(tasks, replace(shape, rows=rows), given.r and RSurvey.there_is() and not given.texts))
    bandwidth["after"] = read_bandwidth()
    print(f"read {bandwidth['after'] / 1e9:.1f} GB/s")
    where = Machine(machine.processor(), machine.system(), THREADS, versions, bandwidth)
    command = shlex.join(["python", "-m", "benchmarks.compare", *without_path(sys.argv[1:])])
    Run(command, asdict(shape), where, results).write(given.to)
    print(f"written to {given.to}")


if __name__ == "__main__":
    main()
