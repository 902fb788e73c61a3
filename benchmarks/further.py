"""The sections of docs/performance.md that follow the comparison: streaming, threads, instructions."""

from collections.abc import Sequence

from benchmarks import plots
from benchmarks.cells import memory_text, ratio_text, row_of
from benchmarks.instructions import Counts
from benchmarks.results import Result, Run
from benchmarks.scaling import READ
from benchmarks.streamed import STREAM_TASKS
from benchmarks.streaming import FROM_FILES
from benchmarks.tasks import named

STREAMING = [
    "Parquet files of a million rows (zstd), of which ten differ; more rows are the same files again. Every reading is "
    "a process of its own on one CPU, and a time counts only with an answer that agrees. *Again* is a call of a survey "
    "that knows its columns; *from the files* is all from the list of files to the first answer, when enkat reads them "
    "more than once. Decoding is pyarrow reading the same columns and doing nothing with them. Ratios are how many "
    "times as long the other takes.",
    "",
    "Aims at 100 million rows: 0.91× polars and 0.87× decoding or more, and at most 300 MB.",
]

SCALING = [
    "How many times as long one thread takes, in turns with more; the bits of the results are the same. *Read* is "
    "memory alone, read by as many threads just before: what the machine gave further CPUs at that time. Aims: 1.5× at "
    "ten million rows where the machine gives it, never slower.",
]

INSTRUCTIONS = [
    "Of 100,000 rows with one thread, counted by valgrind: a number that the machine's other work does not change. "
    "`python -m benchmarks.instructions` fails when one grows by more than 2 %.",
]


def streaming_section(run: Run, folder: str) -> list[str]:
    lines = ["", "## Streamed from Parquet", "", f"Results of `{run.command}`.", "", *STREAMING]
    for task in STREAM_TASKS:
        found = [result for result in run.results if result.task == task.name]
        if not found:
            continue
        lines += ["", f"### {task.says[0].upper()}{task.says[1:]}", ""]
        lines += ["| rows | engine | a row, again | ratio | from the files | ratio | peak memory |"]
        lines += ["|--:|---|--:|--:|--:|--:|--:|"]
        for result in found:
            first = matching(run.results, result.task + FROM_FILES, result)
            parts = [*cost_cells(result), *(cost_cells(first) if first else ["", ""])]
            lines.append(row_of([f"{result.rows:,}", result.engine, *parts, memory_text(result)]))
    lines += ["", f"![Time of a row against the number of rows]({folder}/{plots.STREAMED})"]
    lines += ["", f"![Peak memory against the number of rows]({folder}/{plots.STREAMED_MEMORY})"]
    return lines


def matching(results: Sequence[Result], task: str, like: Result) -> Result | None:
    found = (each for each in results if (each.task, each.rows, each.engine) == (task, like.rows, like.engine))
    return next(found, None)


def cost_cells(result: Result) -> list[str]:
    """What a row costs, and the ratio, which an engine that did not succeed explains."""
    cost = f"{1e6 * result.milliseconds.median / result.rows:.3g} ns" if result.milliseconds else ""
    return [cost, ratio_text(result) if result.ratio or not result.milliseconds else ""]


def scaling_section(run: Run, folder: str) -> list[str]:
    counts = list(dict.fromkeys(result.engine for result in run.results))
    lines = ["", "## Threads", "", f"Results of `{run.command}`.", "", *SCALING, ""]
    lines += [row_of(["rows", "task", *counts]), f"|--:|---|{'--:|' * len(counts)}"]
    for rows in sorted({result.rows for result in run.results}):
        found = [result for result in run.results if result.rows == rows]
        for task in dict.fromkeys(result.task for result in found):
            says = "read" if task == READ else named(task).says
            lines.append(row_of([f"{rows:,}", says, *(thread_text(result) for result in found if result.task == task)]))
    return [*lines, "", f"![What further threads are worth]({folder}/{plots.SCALED})"]


def thread_text(result: Result) -> str:
    if result.milliseconds and not result.ratio:
        return f"{result.milliseconds.median:.3g} ms"
    return ratio_text(result)


def instructions_section(counts: Counts) -> list[str]:
    lines = ["", "## Instructions", "", *INSTRUCTIONS, "", f"- {counts.tools.compiler}; {counts.tools.valgrind}."]
    lines += ["", "| task | instructions a row |", "|---|--:|"]
    return [*lines, *(row_of([named(kernel).says, f"{count:,.1f}"]) for kernel, count in counts.per_row.items())]
