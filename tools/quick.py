"""Proves a change in seconds: builds what changed, hardly optimised, and tests the stages it belongs to.

Run: make quick, or python tools/quick.py [COMMIT]: what changed since a commit; by default what is not committed.
"""

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build/quick"
STAGES = ("basics", "codebook", "data", "design", "statistic", "totals", "variance", "estimate", "indicator", "report")
PYTHON_TESTS = ROOT / "tests/python"


@dataclass
class Plan:
    """What is run for some changed files, and which of them no test here is about."""

    build: bool = False
    stages: set[str] = field(default_factory=set)  # C++ and Python tests of these
    python: set[Path] = field(default_factory=set)  # further Python tests
    untested: list[str] = field(default_factory=list)

    def add(self, name: str) -> None:
        """Decide what is run for one file, by where it lies."""
        compiled = name.endswith((".cpp", ".hpp", "CMakeLists.txt", "CMakePresets.json"))
        self.build |= compiled
        stage = re.match(rf"(?:cpp/enkat|bindings|tests/cpp|tests/python)/({'|'.join(STAGES)})/", name)
        if stage and (compiled or not name.startswith("tests/python/")):
            self.stages.add(stage[1])
        elif name.startswith("tests/cases/"):
            self.stages |= {"statistic", "variance", "estimate"}
        elif tests := python_tests(Path(name)):
            self.python |= tests
        elif not compiled:
            self.untested.append(name)


def python_tests(changed: Path) -> set[Path]:
    """Return the Python tests of a file outside the core: itself, those named like it, or those of its folder."""
    if changed.parts[0] == "notebooks":
        return {PYTHON_TESTS / "test_notebooks.py"}
    if changed.suffix == ".md":
        return {test for test in PYTHON_TESTS.rglob("test_*.py") if changed.name in test.read_text(encoding="utf-8")}
    if changed.parts[:2] == ("tests", "python"):
        return {ROOT / changed if changed.name.startswith("test_") else (ROOT / changed).parent}
    if changed.parts[:2] != ("python", "enkat"):
        return set()
    examples = {PYTHON_TESTS / "test_doctests.py"}
    folder = PYTHON_TESTS.joinpath(*changed.parts[2:3])
    if len(changed.parts) > 3 and folder.is_dir():
        return {folder} | examples
    named = set(PYTHON_TESTS.rglob(f"test_{changed.stem}.py"))
    return (named or {seen_in(stage) for stage in STAGES}) | examples


def seen_in(stage: str) -> Path:
    """Return where Python tests what a stage does: its own folder, or that of the next stage which has one."""
    later = STAGES[STAGES.index(stage) :]
    return next(PYTHON_TESTS / each for each in later if (PYTHON_TESTS / each).is_dir())


def changed_files(since: str) -> list[str]:
    """Return the files that differ from a commit, new and removed ones among them."""
    listings = (["git", "diff", "--name-only", since], ["git", "ls-files", "--others", "--exclude-standard"])
    names = [subprocess.check_output(command, cwd=ROOT, text=True).splitlines() for command in listings]
    return sorted({*names[0], *names[1]})


@dataclass
class Outcome:
    """What a command said, and whether it succeeded."""

    what: str
    passed: bool
    output: str
    seconds: float


def run(what: str, *command: str | Path, **environment: str) -> Outcome:
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, text=True, capture_output=True, check=False
    )
    return Outcome(what, done.returncode == 0, done.stdout + done.stderr, time.monotonic() - started)


def build(stages: set[str]) -> Outcome:
    """Compile the extension and the test programs of the stages."""
    if not (BUILD / "build.ninja").exists():
        configured = run("configuring", "cmake", "--preset", "quick", f"-DPython_EXECUTABLE={sys.executable}")
        if not configured.passed:
            return configured
    # What was edited just now is in no cache, and keeping it there takes an eighth of the time.
    edited = {"CCACHE_DISABLE": "1"} if any(BUILD.glob("_core*.so")) else {}
    targets = ["_core", *(f"{stage}_tests" for stage in sorted(stages))]
    return run("build", "cmake", "--build", BUILD, "--target", *targets, **edited)


def checks(plan: Plan, changed: list[str]) -> list[tuple[str | Path, ...]]:
    """Return the commands that are run beside each other, each after what it is."""
    there = [name for name in changed if (ROOT / name).exists()]
    python = [name for name in there if name.endswith((".py", ".ipynb"))]
    cpp = [name for name in there if name.endswith((".cpp", ".hpp"))]
    commands: list[tuple[str | Path, ...]] = []
    folders = {test for test in {seen_in(stage) for stage in plan.stages} | plan.python if test.exists()}
    if folders:
        commands.append(("Python tests", sys.executable, "-m", "pytest", "-q", "-n", "2", *sorted(folders)))
    commands += [
        (f"C++ tests of {stage}", BUILD / f"tests/cpp/{stage}_tests", "--gtest_brief=1") for stage in plan.stages
    ]
    if python:
        commands.append(("ruff", "ruff", "check", "--quiet", *python))
        commands.append(("ruff format", "ruff", "format", "--check", *python))
    if cpp:
        commands.append(("clang-format", "clang-format", "--dry-run", "--Werror", *cpp))
    return commands


def main() -> int:
    """Build and check; the exit code is 1 when something failed."""
    changed = changed_files(sys.argv[1] if len(sys.argv) > 1 else "HEAD")
    plan = Plan()
    for name in changed:
        plan.add(name)
    if not changed:
        print("nothing has changed since the last commit; `make quick SINCE=HEAD~1` looks further back")
        return 0
    outcomes = [build(plan.stages)] if plan.build else []
    if all(outcome.passed for outcome in outcomes):
        core = next(iter(BUILD.glob("_core*.so")), None)
        # Where nothing is compiled, what is installed is the core.
        environment = (
            {"ENKAT_QUICK_CORE": str(core), "PYTHONPATH": str(ROOT / "tools/quick_core")} if plan.build else {}
        )
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            running = [pool.submit(run, *command, **environment) for command in checks(plan, changed)]
            outcomes += [each.result() for each in running]
    for outcome in outcomes:
        lines = outcome.output.strip().splitlines()
        said = (lines[-1] if lines else "clean") if outcome.passed else f"FAILED\n{outcome.output}"
        print(
            f"{outcome.seconds:5.1f} s  {outcome.what}: {said}"
            if outcome.what != "build" or not outcome.passed
            else f"{outcome.seconds:5.1f} s  build"
        )
    others = [stage for stage in STAGES if stage not in plan.stages]
    print(f"not run: tests of {', '.join(others) or 'no other stage'}, sanitizers, optimised code, mypy, clang-tidy")
    if plan.untested:
        print(f"no test here is about {', '.join(plan.untested)}")
    return 0 if all(outcome.passed for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
