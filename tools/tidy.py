"""Runs clang-tidy on every file of the core and the bindings that has changed since it was clean."""

import hashlib
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)


@cache
def sources_of(path: Path) -> frozenset[Path]:
    """Return the file with all of the repository's headers that it includes, directly or not."""
    found = {path}
    for name in INCLUDE.findall(path.read_text(encoding="utf-8")):
        header = next((h for folder in ("cpp", ".") if (h := ROOT / folder / name).exists()), None)
        if header is not None:
            found |= sources_of(header)
    return frozenset(found)


def fingerprint(path: Path) -> str:
    """Return a hash of everything that decides what clang-tidy says about the file."""
    settings = [ROOT / name for name in (".clang-tidy", "pyproject.toml", "CMakeLists.txt")]
    inputs = [*settings, *sorted(sources_of(path))]
    return hashlib.sha256(b"\0".join(i.read_bytes() for i in inputs)).hexdigest()


def check(path: Path, build: Path) -> str:
    """Return clang-tidy's complaints about one file, nothing when it is clean."""
    stamp = build / "clean" / fingerprint(path)
    if stamp.exists():
        return ""
    run = subprocess.run(
        ["clang-tidy", "--quiet", "-p", build, path], capture_output=True, text=True, check=False, cwd=ROOT
    )
    if run.returncode == 0:
        stamp.touch()
        return ""
    return run.stdout + run.stderr


def main() -> int:
    """Check the files in parallel; the exit code is 1 when any of them has a complaint."""
    build = Path(sys.argv[1])
    (build / "clean").mkdir(exist_ok=True)
    commands = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    paths = sorted({Path(c["file"]) for c in commands})
    complaints = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for complaint in filter(None, pool.map(lambda path: check(path, build), paths)):
            complaints += 1
            print(complaint, flush=True)
    print(f"clang-tidy: {len(paths)} files, {complaints} with complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
