"""The repository is laid out as ARCHITECTURE.md says, and compiled as the numerical contract needs."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STAGES = ("basics", "codebook", "data", "design", "statistic", "totals", "variance", "estimate", "indicator", "report")
SOURCES = sorted(p for p in (ROOT / "cpp/enkat").rglob("*") if p.suffix in {".hpp", ".cpp"})
BINDERS = sorted((ROOT / "bindings").glob("*/*.cpp"))
FORBIDDEN = ("-ffast-math", "-Ofast", "-march", "-mavx", "-mfma")
COMMANDS = sorted((ROOT / "build").glob("*/compile_commands.json"))


def inside(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_core_has_the_ten_stages_and_nothing_else() -> None:
    assert {p.relative_to(ROOT / "cpp/enkat").parts[0] for p in SOURCES} <= set(STAGES)


@pytest.mark.parametrize("source", SOURCES, ids=inside)
def test_source_includes_only_its_own_and_earlier_stages(source: Path) -> None:
    own = STAGES.index(source.parent.name)
    included = re.findall(r'^#include "(.+)"', source.read_text(encoding="utf-8"), re.MULTILINE)
    for header in included:
        assert header.startswith("enkat/"), f"{header} is not a header of the core"
        assert STAGES.index(header.split("/")[1]) <= own, f"{header} comes later in the flow"


@pytest.mark.parametrize("binder", BINDERS, ids=inside)
def test_what_is_bound_has_its_four_places(binder: Path) -> None:
    stage, name = binder.parent.name, binder.stem
    places = (
        f"cpp/enkat/{stage}/{name}.hpp",
        f"tests/cpp/{stage}/{name}_test.cpp",
        f"tests/python/{stage}/test_{name}.py",
    )
    assert not [place for place in places if not (ROOT / place).exists()]


@pytest.mark.parametrize("test", sorted((ROOT / "tests/cpp").glob("*/*_test.cpp")), ids=inside)
def test_cpp_test_stands_at_its_header_path(test: Path) -> None:
    of_a_stage = test.name in ("hostile_test.cpp", "two_threads_test.cpp")
    assert of_a_stage or (ROOT / "cpp/enkat" / test.parent.name / f"{test.stem.removesuffix('_test')}.hpp").exists()


def test_only_reduce_starts_threads() -> None:
    starts = re.compile(r"std::(jthread|thread\b(?!::hardware_concurrency)|async)")
    found = [inside(p) for p in SOURCES if starts.search(p.read_text(encoding="utf-8"))]
    assert found == ["cpp/enkat/basics/reduce.hpp"]


def test_every_translation_unit_forbids_contraction_and_fast_math() -> None:
    assert COMMANDS, "there is no build to look at: run `make report` or `make test` first"
    ours = (ROOT / "cpp", ROOT / "bindings", ROOT / "tests")
    compiled = set()
    for listing in COMMANDS:
        for unit in json.loads(listing.read_text(encoding="utf-8")):
            path = Path(unit["file"])
            if not any(path.is_relative_to(folder) for folder in ours) and "Unity" not in path.parts:
                continue
            compiled.add(path)
            words = unit["command"].split()
            assert "-ffp-contract=off" in words, path
            assert not [w for w in words if w.startswith(("-ffast-math", "-Ofast", "-march", "-mavx", "-mfma"))]
    assert {p for p in SOURCES if p.suffix == ".cpp"} <= compiled


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    path_of_a_machine = re.compile(r"(^|[^.\w/])/(root|home|work|Users|mnt)/\w", re.MULTILINE)
    folders = ("bindings", "cpp", "docs", "notebooks", "python", "tests", "tools")
    kinds = set(".cpp .hpp .ipynb .j2 .json .md .py .pyi .sh .toml .txt .typ".split())
    files = [*ROOT.glob("*"), *(p for folder in folders for p in (ROOT / folder).rglob("*"))]
    texts = sorted(p for p in files if p.is_file() and p.suffix in kinds)
    assert not [inside(p) for p in texts if path_of_a_machine.search(p.read_text(encoding="utf-8"))]
