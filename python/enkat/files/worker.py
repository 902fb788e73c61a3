"""Readers of foreign formats run in a process of their own, which a damaged file may end without ending this one.

Their code is not ours and not memory-safe, or gives up by ending the process. A worker has a limit of time and
memory that follows the size of the file; starting one takes a fifth of a second.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.abc import MetaPathFinder
from pathlib import Path

from enkat.errors import DataError, EnkatError
from enkat.files.options import ReadOptions
from enkat.files.packed import most_unpacked
from enkat.files.reading import Content

FOUND = ReadOptions()
_MB = 1 << 20
# A byte of a file is at most a cell, and a cell of Python's takes 32 bytes and a place in a list.
_MEMORY, _MEMORY_A_BYTE = 500 * _MB, 64
_SECONDS, _SECONDS_A_MB = 3, 5
_LONGEST_WAIT = 0.02
_START = "import sys; sys.path[:] = sys.argv[2:]; from enkat.files.worker import main; main(sys.argv[1])"


@dataclass(frozen=True)
class Request:
    """A file to read, by the reader of its format."""

    path: Path
    kind: str
    options: ReadOptions = FOUND
    text_columns: frozenset[str] = frozenset()

    def read(self) -> Content:
        """What is in the file."""
        if self.kind == "excel":
            from enkat.files.excel import read_excel

            return read_excel(self.path, self.options, text_columns=self.text_columns)
        from enkat.files.spss import read_statistics_file

        return read_statistics_file(self.path, self.kind, encoding=self.options.encoding)


def read_in_worker(request: Request) -> Content:
    """The content of a workbook, SPSS, Stata or SAS file; DataError `data.file_damaged` when it ends its reader."""
    if not sys.executable:  # Python is part of another program, and cannot be started
        return request.read()
    with tempfile.TemporaryDirectory(prefix="enkat-") as folder:
        there = Exchange(Path(folder))
        there.request.write_bytes(pickle.dumps(request))
        code = _run([sys.executable, "-c", _START, folder, *sys.path])
        if not there.result.exists():
            raise _ended(code)
        return there.content()


@dataclass(frozen=True)
class Exchange:
    """The folder by which a worker and who started it give each other files."""

    folder: Path

    @property
    def request(self) -> Path:
        """What to read."""
        return self.folder / "request"

    @property
    def result(self) -> Path:
        """What came of it: an error, or the content without its table. It is there once all is."""
        return self.folder / "result"

    @property
    def table(self) -> Path:
        """The table of the content, as Arrow has it: nothing of it is converted."""
        return self.folder / "table"

    def leave(self, result: Content | EnkatError) -> None:
        """Leaves a result."""
        import pyarrow as pa

        if isinstance(result, Content) and result.table is not None:
            with pa.OSFile(str(self.table), "wb") as file, pa.ipc.new_file(file, result.table.schema) as writer:
                writer.write_table(result.table)
            result = replace(result, table=None)
        unfinished = self.folder / "unfinished"
        unfinished.write_bytes(pickle.dumps(result))
        unfinished.rename(self.result)

    def content(self) -> Content:
        """The content that was left; raises the error where one was."""
        import pyarrow as pa

        result = pickle.loads(self.result.read_bytes())
        if isinstance(result, EnkatError):
            raise result
        assert isinstance(result, Content)
        if self.table.exists():
            result.table = pa.ipc.open_file(pa.py_buffer(self.table.read_bytes())).read_all()
        return result


def _run(command: list[str]) -> int:
    """Runs a worker to its end; Ctrl-C ends it at once."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait = 0.001
    try:
        while (code := process.poll()) is None:
            time.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)
    except BaseException:
        process.kill()
        process.wait()
        raise
    return code


def _ended(code: int) -> DataError:
    if code == -getattr(signal, "SIGXCPU", 0):
        what = "its reader took far more time than a file of this size needs"
    else:
        what = "it ended its reader"
    return DataError("data.file_damaged", f"the file is damaged: {what}; export it again", {"ended": code})


def main(folder: str) -> None:
    """What a worker does: reads the request of a folder and leaves the result there."""
    sys.meta_path.insert(0, _WithoutPandas())
    import pyarrow  # noqa: F401 - its own memory is not the file's

    there = Exchange(Path(folder))
    request = pickle.loads(there.request.read_bytes())
    try:
        _limit(request.path)
        there.leave(request.read())
    except EnkatError as error:
        there.leave(error)
    except BaseException as error:  # libraries in Rust panic with a class that is no Exception
        cause = type(error).__name__
        what = "takes far more memory than a file of its size" if isinstance(error, MemoryError) else "cannot be read"
        sentence = f"the file is damaged: it {what} ({cause}); export it again"
        there.leave(DataError("data.file_damaged", sentence, {"cause": cause}))
    os._exit(0)  # nothing that a reader left behind is cleaned up


class _WithoutPandas(MetaPathFinder):
    """Pandas is not there: pyarrow would load it just to ask, which takes as long as all else."""

    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(name=fullname)


def _limit(path: Path) -> None:
    """Limits of memory and time, where the system has them."""
    try:
        import resource
    except ImportError:
        return
    size = _size(path)
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + _SECONDS + _SECONDS_A_MB * size // _MB
    _lower(resource.RLIMIT_CPU, seconds)
    _lower(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        now = next((int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmData")), 0)
        _lower(resource.RLIMIT_DATA, now + _MEMORY + _MEMORY_A_BYTE * size)


def _size(path: Path) -> int:
    """Bytes that may be cells."""
    size = path.stat().st_size
    if zipfile.is_zipfile(path):
        with suppress(zipfile.BadZipFile, OSError, ValueError), zipfile.ZipFile(path) as archive:
            unpacked = min(most_unpacked(path), sum(part.file_size for part in archive.infolist()))
            return max(size, unpacked // 8)  # XML takes more than eight characters a cell
    with path.open("rb") as file:
        return 20 * size if file.read(4) == b"$FL3" else size  # .zsav, which is packed


def _lower(which: int, most: int) -> None:
    import resource

    _, hard = resource.getrlimit(which)
    resource.setrlimit(which, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
