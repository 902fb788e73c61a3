"""Instructions of the hot kernels, counted by valgrind: a regression shows whatever else the machine does.

Run: python -m benchmarks.instructions [--build build/release] [--update]
It builds kernels.cpp in a folder that CMake has been run for, counts, and compares with instructions.json; more than
2 % above fails. Another compiler or valgrind gives other counts, so then nothing is compared. --update writes them.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
STORED = Path(__file__).with_suffix(".json")
GROWTH = 0.02
TARGET = "enkat_kernels"
MEASURED = "enkat_measured"  # the function of kernels.cpp around the call that counts


@dataclass(frozen=True)
class Tools:
    """What counts depend on, beside the code."""

    compiler: str
    valgrind: str


@dataclass(frozen=True)
class Counts:
    """Instructions a row of every kernel, with one thread."""

    tools: Tools
    rows: int
    per_row: dict[str, float]

    @classmethod
    def read(cls, path: Path) -> "Counts":
        stored = json.loads(path.read_text(encoding="utf-8"))
        return cls(Tools(**stored["tools"]), stored["rows"], stored["per_row"])

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def output_of(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def built(folder: Path) -> Path:
    subprocess.run(["cmake", "-S", ROOT, "-B", folder, "-DENKAT_BENCHMARKS=ON"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", folder, "--target", TARGET], check=True, stdout=subprocess.DEVNULL)
    return folder / TARGET


def instructions(program: Path, kernel: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "callgrind.out"
        options = ["--tool=callgrind", f"--toggle-collect={MEASURED}", f"--callgrind-out-file={found}"]
        subprocess.run(
            ["valgrind", *options, program, kernel],
            check=True,
            capture_output=True,
            env={**os.environ, "ENKAT_THREADS": "1"},
        )
        total = re.search(r"^(?:totals|summary): (\d+)", found.read_text(encoding="utf-8"), re.MULTILINE)
    assert total
    return int(total[1])


def counted(program: Path) -> Counts:
    about = json.loads(output_of(str(program)))
    rows = about["rows"]
    per_row: dict[str, float] = {}
    for kernel in about["kernels"]:
        per_row[kernel] = round(instructions(program, kernel) / rows, 2)
        print(f"{kernel:16} {per_row[kernel]:10,.1f} instructions a row", flush=True)
    return Counts(Tools(about["compiler"], output_of("valgrind", "--version").strip()), rows, per_row)


def grown(before: Counts, now: Counts) -> list[str]:
    """A sentence for every kernel that needs more than it did, or that nobody has counted before."""
    complaints: list[str] = []
    for kernel, count in now.per_row.items():
        stored = before.per_row.get(kernel)
        if stored is None:
            complaints.append(f"{kernel} is not in {STORED.name}")
        elif count > stored * (1 + GROWTH):
            complaints.append(f"{kernel} grew by {count / stored - 1:.1%}: {count:,.1f} instructions a row")
    return complaints


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "release")
    parser.add_argument("--update", action="store_true")
    given = parser.parse_args()
    if shutil.which("valgrind") is None:
        sys.exit("instructions cannot be counted: valgrind is not installed")
    now = counted(built(given.build))
    if given.update:
        now.write(STORED)
        return
    before = Counts.read(STORED)
    if before.tools != now.tools:
        print(f"not compared: counted before with {before.tools}, now with {now.tools}")
        return
    if complaints := grown(before, now):
        sys.exit("\n".join([*complaints, "If that is as it should be: python -m benchmarks.instructions --update"]))


if __name__ == "__main__":
    main()
