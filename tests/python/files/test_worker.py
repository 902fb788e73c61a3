"""Readers run in a process of their own: however they end, this one goes on."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

import enkat
from enkat.errors import DataError
from enkat.files.worker import Request, read_in_worker
from files.ending import Ending


@pytest.mark.parametrize("ending", ["signal", "abort", "exit", "panic", "memory", "loop", "sys.exit"])
@pytest.mark.skipif(sys.platform != "linux", reason="limits are those of Linux")
def test_whatever_ends_a_reader_is_a_damaged_file(ending: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"some bytes")
    with pytest.raises(DataError) as error:
        read_in_worker(Ending(tmp_path / "a", ending))
    assert error.value.code == "data.file_damaged"


@pytest.mark.parametrize("suffix", [".sav", ".zsav"])
def test_numbers_declared_to_be_text_end_the_reader_and_nothing_else(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    frame = pd.DataFrame({"a": [1.0, 2.0] * 20, "t": ["some text"] * 40})
    pyreadstat.write_sav(frame, path, compress=suffix == ".zsav", variable_value_labels={"a": {1: "one", 2: "two"}})
    assert enkat.read(path).proportion("a")["one"].count == 20
    content = bytearray(path.read_bytes())
    content[180] = 8  # the width of the first variable: the reader then frees a number (a segmentation fault)
    path.write_bytes(content)
    with pytest.raises(DataError) as error:
        enkat.read(path)
    assert error.value.code == "data.file_damaged"
    assert error.value.context["file"] == path.name


def test_what_a_reader_finds_and_refuses_comes_back_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(pd.DataFrame({"a": [1.0, None], "t": ["x", "y"]}), path, column_labels={"a": "A"})
    here, there = Request(path, "sav").read(), read_in_worker(Request(path, "sav"))
    assert there == here and there.table is not None and there.table.equals(here.table)
    (tmp_path / "b.sav").write_bytes(path.read_bytes()[:300])
    with pytest.raises(DataError) as error:
        read_in_worker(Request(tmp_path / "b.sav", "sav"))
    assert error.value.message == "the .sav file is damaged, was cut off or is of another kind; export it again"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_ctrl_c_ends_the_reader_at_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"some bytes")
    sent: list[float] = []

    def interrupt() -> None:
        sent.append(time.perf_counter())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(0.5, interrupt)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        read_in_worker(Ending(tmp_path / "a", "sleep"))
    assert time.perf_counter() - sent[0] < 5  # the reader sleeps for a minute
    timer.join()
