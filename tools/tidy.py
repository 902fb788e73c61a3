"""Runs clang-tidy on every file of the core and the bindings that has changed since it was clean.

Run: python tools/tidy.py BUILD CACHE. What is clean is remembered in CACHE by content, for every clone.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import time
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


def check(path: Path, build: Path, clean: Path) -> str:
    """Return clang-tidy's complaints about one file, nothing when it is clean."""
    stamp = clean / fingerprint(path)
    if stamp.exists():
        stamp.touch()
        return ""
    run = subprocess.run(
        ["clang-tidy", "--quiet", "-p", build, path], capture_output=True, text=True, check=False, cwd=ROOT
    )
    if run.returncode == 0:
        stamp.touch()
        return ""
    return run.stdout + run.stderr


def forget(clean: Path) -> None:
    """Remove what nobody has asked for in two months."""
    for stamp in clean.iterdir():
        if time.time() - stamp.stat().st_mtime > 60 * 24 * 3600:
            stamp.unlink(missing_ok=True)


def main() -> int:
    """Check the files in parallel; the exit code is 1 when any of them has a complaint."""
    build, clean = Path(sys.argv[1]), Path(sys.argv[2])
    clean.mkdir(parents=True, exist_ok=True)
    forget(clean)
    commands = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    paths = sorted({Path(c["file"]) for c in commands})
    complaints = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for complaint in filter(None, pool.map(lambda path: check(path, build, clean), paths)):
            complaints += 1
            print(complaint, flush=True)
    print(f"clang-tidy: {len(paths)} files, {complaints} with complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
