"""docs/performance.md and its plots from the results of benchmarks.compare, and of streaming and scaling if they ran.

Run: python -m benchmarks.page [out/benchmarks] [--to docs]
"""

import argparse
import shlex
from collections.abc import Sequence
from pathlib import Path

from benchmarks import compare, plots, scaling, streaming
from benchmarks.cells import memory_text, ratio_text, row_of, time_text
from benchmarks.further import instructions_section, scaling_section, streaming_section
from benchmarks.instructions import STORED, Counts
from benchmarks.ours import NAME as OURS
from benchmarks.results import Result, Run
from benchmarks.tasks import TASKS, Task
from benchmarks.threads import NOTE

PAGE_ROWS = 1_000_000  # the number of rows that the aims are stated for

READING = [
    "A ratio is how many times as long the other engine takes: that of the medians, and in brackets the smallest and "
    "the largest ratio of one round, in which the engines had their turn one after the other. Ratios travel from "
    "machine to machine; the milliseconds beside them do not. Every time was taken warm, with the data already held "
    "by the engine, from the call to the finished result.",
    "",
    "Nothing is timed before its answer has been compared with enkat's, estimates and standard errors. Where they "
    "differ, or where time or memory would be out of reach, the table says so instead. polars and duckdb have no "
    "survey statistics: they add up the PSUs, and a few lines of NumPy make standard errors for this one design.",
    "",
    "The last column but one is the least time in which this machine can read the bytes that a task needs, over the "
    "time it took.",
]


def page(run: Run, folder: str) -> list[str]:
    where = run.machine
    bandwidth = " and ".join(f"{value / 1e9:.1f} GB/s {when}" for when, value in where.read_bandwidth.items())
    versions = ", ".join(f"{name} {version}" for name, version in where.versions.items())
    lines = [
        "# Performance",
        "",
        f"Written by `python -m benchmarks.page` from the results of `{run.command}`.",
        "",
        *READING,
        "",
        f"- {where.processor}; {where.system}; {where.threads} thread. {NOTE}",
        f"- Read bandwidth of one thread, measured in the same run: {bandwidth} the tasks.",
        f"- {versions}.",
        f"- Data: {shape_text(run)}",
    ]
    for rows in sorted({result.rows for result in run.results if result.rows}, reverse=True):
        found = [result for result in run.results if result.rows == rows]
        lines += ["", f"## {rows:,} rows", "", *table(found, aims=rows == PAGE_ROWS)]
        if plots.can_show_ratios(found):
            lines += ["", f"![How many times as long peers take]({folder}/{plots.ratio_file(rows)})"]
    if plots.can_show_growth(run.results):
        lines += ["", "## Cost of a row", "", f"![Time of a row against the number of rows]({folder}/{plots.GROWTH})"]
    imported = [result for result in run.results if result.task == "import"]
    if imported:
        lines += ["", "## Import", "", *import_table(imported)]
    return lines


def shape_text(run: Run) -> str:
    shape = run.shape
    domains = "strings" if shape["texts"] else "small integers"
    return (
        f"seed {shape['seed']}, {shape['strata']} strata of {shape['psus']} PSUs, rows {shape['order']}, log-normal "
        f"weights, {100 * float(str(shape['missing'])):g} % missing answers, domains as {domains}."
    )


def table(found: Sequence[Result], aims: bool) -> list[str]:
    """A line for every task and peer; tasks that were not run have none."""
    lines = [
        f"| task | enkat | beside | ratio {'| aim ' if aims else ''}| of read bandwidth | peak memory |",
        f"|---|--:|---|--:{'|--:' if aims else ''}|--:|--:|",
    ]
    for task in TASKS:
        own = next((each for each in found if each.task == task.name and each.engine == OURS), None)
        if own is None:
            continue
        peers = [each for each in found if each.task == task.name and each.engine != OURS]
        share = f"{own.bandwidth_share:.1%}" if own.bandwidth_share is not None else ""
        lines.append(row_of([task.says, time_text(own), "", "", *([""] if aims else []), share, memory_text(own)]))
        for peer in peers:
            aim = [aim_text(task, peer.engine)] if aims else []
            lines.append(row_of(["", "", peer.engine, ratio_text(peer), *aim, "", memory_text(peer)]))
    return lines


def aim_text(task: Task, engine: str) -> str:
    return f"≥ {task.at_least[engine]:g}×" if engine in task.at_least else ""


def import_table(found: Sequence[Result]) -> list[str]:
    lines = ["| a process that only imports | takes | ratio | peak memory |", "|---|--:|--:|--:|"]
    for result in found:
        ratio = ratio_text(result) if result.engine != OURS else ""
        lines.append(row_of([result.engine, time_text(result), ratio, memory_text(result)]))
    return lines


def run_of(folder: Path, name: str) -> Run | None:
    return Run.read(folder / name) if (folder / name).exists() else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=Path, nargs="?", default=compare.RESULTS.parent)
    parser.add_argument("--to", type=Path, default=Path(__file__).parents[1] / "docs")
    given = parser.parse_args()
    run = Run.read(given.results / compare.RESULTS.name)
    streamed = run_of(given.results, streaming.RESULTS.name)
    scaled = run_of(given.results, scaling.RESULTS.name)
    if scaled and not plots.can_show_ratios(scaled.results):  # there was one CPU only
        scaled = None
    folder = given.to / "performance"
    folder.mkdir(parents=True, exist_ok=True)
    lines = page(run, folder.name)
    lines += streaming_section(streamed, folder.name) if streamed else []
    lines += scaling_section(scaled, folder.name) if scaled else []
    lines += instructions_section(Counts.read(STORED)) if STORED.exists() else []
    path = given.to / "performance.md"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    charts = plots.of_comparison(run.results)
    charts |= plots.of_streaming(streamed.results) if streamed else {}
    charts |= plots.of_scaling(scaled.results) if scaled else {}
    for written in [path, *plots.save(charts, folder)]:
        print(shlex.quote(str(written)))


if __name__ == "__main__":
    main()
