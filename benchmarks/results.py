"""What a run found, as records that are stored as JSON and read again for the page."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Spread:
    """Of several rounds."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        return cls(statistics.median(values), min(values), max(values))

    @classmethod
    def of_seconds(cls, seconds: Sequence[float]) -> "Spread":
        """In milliseconds."""
        return cls.of([1e3 * each for each in seconds])


@dataclass(frozen=True)
class Ratio:
    """How many times as long a peer takes: of the medians, and the least, middle and largest of one round's pair."""

    of_medians: float
    pairs: Spread

    @classmethod
    def of(cls, ours: Sequence[float], theirs: Sequence[float]) -> "Ratio":
        pairs = [b / a for a, b in zip(ours, theirs, strict=True)]
        return cls(statistics.median(theirs) / statistics.median(ours), Spread.of(pairs))


@dataclass(frozen=True)
class Result:
    """One engine at one task and one number of rows."""

    task: str
    rows: int
    engine: str
    outcome: Literal["timed", "skipped", "failed"]
    why: str = ""  # of what was skipped or failed; the forecast, or how the answer differs
    milliseconds: Spread | None = None
    rounds: int = 0
    ratio: Ratio | None = None  # of a peer
    bandwidth_share: float | None = None  # of enkat: the least time that reading the bytes takes, over the median
    extra_bytes: int | None = None
    whole_bytes: int | None = None


@dataclass(frozen=True)
class Machine:
    """Where and with what; no table means anything without it."""

    processor: str
    system: str
    threads: int
    versions: dict[str, str]
    read_bandwidth: dict[str, float]  # bytes a second of one thread, before and after the tasks


@dataclass(frozen=True)
class Run:
    """A file of results."""

    command: str
    shape: dict[str, object]
    machine: Machine
    results: list[Result] = field(default_factory=list)

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "Run":
        stored = json.loads(path.read_text(encoding="utf-8"))
        results = [
            Result(**{**each, "milliseconds": spread_of(each["milliseconds"]), "ratio": ratio_of(each["ratio"])})
            for each in stored["results"]
        ]
        return cls(stored["command"], stored["shape"], Machine(**stored["machine"]), results)


def spread_of(stored: dict[str, float] | None) -> Spread | None:
    return None if stored is None else Spread(**stored)


def ratio_of(stored: dict[str, float | dict[str, float]] | None) -> Ratio | None:
    if stored is None:
        return None
    of_medians, pairs = stored["of_medians"], stored["pairs"]
    assert isinstance(of_medians, float) and isinstance(pairs, dict)
    return Ratio(of_medians, Spread(**pairs))
