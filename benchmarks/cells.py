"""What stands in the cells of the tables of docs/performance.md."""

from collections.abc import Sequence

from benchmarks.results import Result


def row_of(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def time_text(result: Result) -> str:
    return f"{result.milliseconds.median:.3g} ms" if result.milliseconds else f"{result.outcome}: {result.why}"


def ratio_text(result: Result) -> str:
    if result.ratio is None:
        return f"{result.outcome}: {result.why}"
    pairs = result.ratio.pairs
    return f"{result.ratio.of_medians:.3g}× ({pairs.low:.3g}–{pairs.high:.3g})"


def memory_text(result: Result) -> str:
    if result.whole_bytes is None:
        return ""
    extra = f", {result.extra_bytes / 1e6:.0f} by the call" if result.extra_bytes is not None else ""
    return f"{result.whole_bytes / 1e6:.0f} MB{extra}"
