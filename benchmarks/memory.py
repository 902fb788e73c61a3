"""Peak memory of one call in a process of its own; run by compare.py.

Run: python -m benchmarks.memory TASK ENGINE --rows 1000000; it prints a JSON object.
Linux only: the kernel keeps the peak (VmHWM) and forgets it when 5 is written to /proc/self/clear_refs.
"""

import argparse
import gc
import json
import subprocess
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from benchmarks.data import Shape

STATUS = Path("/proc/self/status")
CLEAR = Path("/proc/self/clear_refs")


@dataclass(frozen=True)
class Peak:
    """Bytes: what the call added to the process, and the most that the process held."""

    extra: int
    whole: int


def status_bytes(field: str) -> int:
    line = next(line for line in STATUS.read_text(encoding="ascii").splitlines() if line.startswith(field + ":"))
    return 1024 * int(line.split()[1])


@dataclass(frozen=True)
class Watch:
    """A peak that counts from when it was started."""

    before: int

    @classmethod
    def start(cls) -> "Watch":
        gc.collect()
        CLEAR.write_text("5", encoding="ascii")
        return cls(status_bytes("VmRSS"))

    def peak(self) -> Peak:
        whole = status_bytes("VmHWM")
        return Peak(extra=max(0, whole - self.before), whole=whole)


def peak_in_own_process(task: str, engine: str, shape: Shape) -> Peak | None:
    """None when the process failed, as one that ran out of memory does."""
    command = [sys.executable, "-m", "benchmarks.memory", task, engine, "--shape", json.dumps(asdict(shape))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return Peak(**json.loads(done.stdout.splitlines()[-1])) if done.returncode == 0 else None


def main() -> None:
    from benchmarks.prepared import Prepared
    from benchmarks.tasks import named

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task")
    parser.add_argument("engine")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--shape", help="all of the shape as JSON, instead of --rows")
    given = parser.parse_args()
    shape = Shape(**json.loads(given.shape)) if given.shape else Shape(given.rows)
    task = named(given.task)
    makers = {"enkat": task.ours, **task.peers}
    makers[given.engine](Prepared(replace(shape, rows=1473))).run()  # libraries are loaded and warm
    call = makers[given.engine](Prepared(shape))
    watch = Watch.start()
    held = call.run()
    print(json.dumps(asdict(watch.peak())))
    del held


if __name__ == "__main__":
    main()
