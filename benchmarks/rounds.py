"""Timing in turns: A B C, A B C …, so that whatever else the machine does meets all engines alike."""

import gc
from collections.abc import Mapping, Sequence

from benchmarks.calls import Call

LEAST = 5
MOST = 51
ENOUGH = 2.0  # seconds of timing that make more rounds than LEAST unnecessary


def seconds_in_turns(calls: Sequence[Call], least: int = LEAST) -> Mapping[str, list[float]]:
    """Of each engine, the time of every round; all calls have run before, so nothing is loaded or built now."""
    times: dict[str, list[float]] = {call.engine: [] for call in calls}
    spent, done = 0.0, 0
    gc.collect()
    gc.disable()
    try:
        while done < least or (spent < ENOUGH and done < MOST):
            for call in calls:
                seconds = call.timed().seconds
                times[call.engine].append(seconds)
                spent += seconds
            done += 1
    finally:
        gc.enable()
    return times
