"""`make quick` tests the stage that a changed file belongs to, and says of which files it tests nothing."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Any:
    spec = importlib.util.spec_from_file_location("quick", ROOT / "tools/quick.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "quick", module)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("changed", "builds", "stages", "tests"),
    [
        ("cpp/enkat/totals/plan.cpp", True, {"totals"}, set()),
        ("bindings/design/survey.cpp", True, {"design"}, set()),
        ("tests/cpp/basics/reduce_test.cpp", True, {"basics"}, set()),
        ("tests/cases/quantile/rules.json", False, {"statistic", "variance", "estimate"}, set()),
        ("tests/python/design/test_pass.py", False, set(), {"tests/python/design/test_pass.py"}),
        ("tests/python/scanning/people.py", False, set(), {"tests/python/scanning"}),
        ("python/enkat/rendering/html.py", False, set(), {"tests/python/rendering", "tests/python/test_doctests.py"}),
        ("python/enkat/cli.py", False, set(), {"tests/python/test_cli.py", "tests/python/test_doctests.py"}),
        ("notebooks/2_data.ipynb", False, set(), {"tests/python/test_notebooks.py"}),
        ("README.md", False, set(), {"tests/python/test_readme.py"}),
    ],
)
def test_a_file_is_tested_by_its_stage(
    quick: Any, changed: str, builds: bool, stages: set[str], tests: set[str]
) -> None:
    plan = quick.Plan()
    plan.add(changed)
    assert (plan.build, plan.stages) == (builds, stages)
    assert {test.relative_to(ROOT).as_posix() for test in plan.python} >= tests
    assert bool(tests) == bool(plan.python)
    assert all(test.exists() for test in plan.python)
    assert not plan.untested


def test_what_python_does_not_bind_is_tested_where_it_is_seen(quick: Any) -> None:
    assert quick.seen_in("totals") == ROOT / "tests/python/estimate"
    assert quick.seen_in("design") == ROOT / "tests/python/design"
    assert all(quick.seen_in(stage).is_dir() for stage in quick.STAGES)


def test_what_no_test_is_about_is_named(quick: Any) -> None:
    plan = quick.Plan()
    plan.add("tools/check_tools.sh")
    assert plan.untested == ["tools/check_tools.sh"]
    assert not (plan.build or plan.stages or plan.python)
