"""R survey beside the others: one R process for each data set, which times itself, so that its start never counts."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy
from benchmarks.calls import Answer, Call, Row, Timed
from benchmarks.data import DOMAINS, ITEMS
from benchmarks.prepared import Prepared

NAME = "R survey"
SCRIPT = Path(__file__).with_name("r_peer.R")
COLUMNS = ("stratum", "psu", "w", "y", "x", *DOMAINS, *ITEMS)


class RError(Exception):
    """R said why in one sentence."""


@dataclass(frozen=True)
class Reply:
    """The lines of one task: its seconds, then its rows or the file of its weights."""

    seconds: float
    lines: Sequence[str]


class RSurvey:
    """A resident R process that holds one data set."""

    def __init__(self, data: Prepared) -> None:
        if data.shape.texts:
            raise RError("domains are handed to R as numbers")
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        write(data, folder)
        command = ["Rscript", "--vanilla", str(SCRIPT), str(folder), str(data.shape.rows)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.version = self._line().removeprefix("ready").strip()

    @staticmethod
    def there_is() -> bool:
        return shutil.which("Rscript") is not None

    def ask(self, task: str) -> Reply:
        assert self._process.stdin is not None
        print(task, file=self._process.stdin, flush=True)
        first = self._line()
        if not first.startswith("seconds"):
            raise RError(first.removeprefix("failed").strip() or "R ended")
        lines: list[str] = []
        while (line := self._line()) != "done":
            if not line or line.startswith("failed"):
                raise RError(line.removeprefix("failed").strip() or "R ended")
            lines.append(line)
        return Reply(float(first.split()[1]), lines)

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()
        self._folder.cleanup()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


class RCall(Call):
    """The same task in R; the time is R's own."""

    def __init__(self, survey: RSurvey, task: str) -> None:
        super().__init__(NAME, lambda: survey.ask(task), read)

    def timed(self) -> Timed:
        reply = self.run()
        return Timed(reply.seconds, reply)


def write(data: Prepared, folder: Path) -> None:
    """Doubles as R reads them fastest; margins as a small table."""
    for name in COLUMNS:
        doubles = data.arrow[name].combine_chunks().cast("float64").to_numpy(zero_copy_only=False)
        doubles.tofile(folder / f"{name}.f64")
    sizes = [f"{name},{of[key]!r}" for name, of in data.margins.items() for key in sorted(of, key=int)]
    (folder / "margins.csv").write_text("\n".join(["name,size", *sizes, f"x,{data.x_total!r}"]), encoding="ascii")


def read(reply: Reply) -> Answer:
    if reply.lines[0].startswith("weights"):
        return Answer.of_weights(numpy.fromfile(reply.lines[0].split(maxsplit=1)[1]))
    rows = [line.split() for line in reply.lines]
    return Answer.of(Row(key, float(value), float(se)) for _, key, value, se in rows)
