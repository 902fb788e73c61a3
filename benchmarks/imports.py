"""What it costs to import a package: a whole Python process, from its start to its end."""

import subprocess
import sys
import time
from collections.abc import Callable

from benchmarks.calls import Answer, Call

PACKAGES = ("enkat", "svy", "polars")
PEAK = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"


def call_of(package: str) -> Call:
    return Call(package, importing(f"import {package}"), nothing)


def nothing(_: object) -> Answer:
    return Answer.of([])


def importing(statement: str) -> Callable[[], None]:
    command = [sys.executable, "-c", statement]

    def run() -> None:
        subprocess.run(command, check=True)

    return run


def peak_bytes(package: str) -> int:
    """The most memory that a process held which imports the package and does nothing else."""
    command = [sys.executable, "-c", f"import {package}\n{PEAK}"]
    return 1024 * int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    for package in PACKAGES:
        start = time.perf_counter()
        call_of(package).run()
        print(f"{package}: {time.perf_counter() - start:.3f} s, {peak_bytes(package) / 1e6:.0f} MB")
