"""Ctrl-C stops long work soon, other threads of Python go on meanwhile, and the survey is as it was."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import enkat

ROWS = 1_500_000
_RANDOM = np.random.default_rng(1)
PEOPLE = pa.table(
    {
        "y": _RANDOM.normal(size=ROWS),
        "k": _RANDOM.integers(1, 6, ROWS),
        "w": _RANDOM.uniform(1, 2, ROWS),
        "h": np.arange(ROWS) // 20,
        "id": _RANDOM.permutation(ROWS),
    }
)
DESIGN = enkat.Design(weight="w")

LONG: dict[str, Callable[[enkat.Survey], Any]] = {
    "score": lambda s: s.quantile("y", [0.1, 0.5, 0.9], by="k", interval="score"),
    "hf7": lambda s: s.quantile("y", [0.1, 0.5, 0.9], by="k", rule="hf7"),
    "mean": lambda s: s.mean("y", by="k"),
}


def for_ever(call: Callable[[enkat.Survey], Any], survey: enkat.Survey) -> None:
    while True:
        call(survey)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
@pytest.mark.parametrize("call", LONG.values(), ids=LONG.keys())
def test_ctrl_c_stops_a_call_and_leaves_the_survey_as_it_was(call: Callable[[enkat.Survey], Any]) -> None:
    survey = enkat.Survey(PEOPLE, design=DESIGN)
    before = survey.quantile("y", 0.5).estimate
    began = time.perf_counter()
    whole = call(survey)
    takes = time.perf_counter() - began
    for share in (0.2, 0.5, 0.8):
        # From another process: a timer of this one could only fire when the call lets it.
        wait = f"import os, signal, time; time.sleep({0.3 + takes * share}); print(time.perf_counter(), flush=True); "
        sender = subprocess.Popen(
            [sys.executable, "-S", "-c", f"{wait}os.kill({os.getpid()}, signal.SIGINT)"], stdout=subprocess.PIPE
        )
        time.sleep(0.3)
        with pytest.raises(KeyboardInterrupt):
            for_ever(call, survey)
        answered = time.perf_counter()
        sent = float(sender.communicate()[0])
        assert answered - sent < 0.5, share  # 0.2 on a machine with nothing else to do
    assert survey.quantile("y", 0.5).estimate == before
    assert call(survey).to_arrow().equals(whole.to_arrow())


MADE: dict[str, Callable[[enkat.Survey], Any]] = {
    "Survey": lambda s: enkat.Survey(PEOPLE, design=enkat.Design(weight="w", cluster="h", id="id")),
    "where": lambda s: s.where("y > 0 and k != 3"),
    "weighting": lambda s: s.weighting(),
    "balance": lambda s: s.balance(["y", "k"]),
    "trim": lambda s: s.trim(upper=1.9),
}


@pytest.mark.parametrize("make", MADE.values(), ids=MADE.keys())
def test_other_threads_go_on_meanwhile(make: Callable[[enkat.Survey], Any]) -> None:
    survey = enkat.Survey(PEOPLE, design=DESIGN)
    make(survey)  # what is made on first use is there
    ticks: list[float] = []
    done = threading.Event()

    def tick() -> None:
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    began = time.perf_counter()
    for _ in range(5):
        make(survey)
    takes = time.perf_counter() - began
    done.set()
    thread.join()
    gaps = np.diff([began, *(at for at in ticks if began < at < began + takes), began + takes])
    assert max(gaps) < max(takes / 5 / 2, 0.05)


def test_two_threads_ask_one_survey() -> None:
    survey = enkat.Survey(PEOPLE, design=enkat.Design(weight="w", cluster="h"))
    found: list[Any] = [None, None]

    def ask(number: int) -> None:
        domain = survey.where("k in (1, 2)")
        estimates = domain.mean("y", by="k")
        found[number] = (estimates.to_arrow(), estimates.covariance.tolist(), survey.balance(["k"]).to_arrow())

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[0] == found[1]
    assert found[0][0].num_rows == 2
