"""What a plain install leaves out is asked for by the name of its extra, and by a coded error."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

import enkat
from enkat.extras import EXTRAS, needs

ROOT = Path(__file__).parents[2]

# Calls that use an extra; each ends in a coded error where its packages are not there.
CALLS = {
    "files": {
        "read": "enkat.read(file)",
        "inspect": "enkat.inspect(file)",
        "scan": "enkat.scan(file)",
        "a dictionary of REDCap": "enkat.read(file, codebook=file)",
        "load_study": "enkat.load_study('ryktet-gar')",
        "rows": "survey().to_arrow()",
        "a column": "survey()['age']",
        "estimates": "survey().mean('age').to_arrow()",
        "records": "survey().questions.to_arrow()",
    },
    "formulas": {"calibrate": "survey().calibrate('~ sex', {'sex': {'f': 10, 'm': 10}})"},
    "report": {
        "plot": "survey().mean('age').plot()",
        "report": "enkat.load_study('ryktet-gar').report('out')",
        "published tables": "enkat.load_study('ryktet-gar').computed",
    },
    "dask": {"scan": "enkat.scan(file, client=object())"},
    "pandas": {
        "rows": "survey().to_pandas()",
        "estimates": "survey().mean('age').to_pandas()",
        "records": "survey().questions.to_pandas()",
    },
    "polars": {
        "rows": "survey().to_polars()",
        "estimates": "survey().mean('age').to_polars()",
        "records": "survey().questions.to_polars()",
    },
}

WITHOUT = """
import json, sys
hidden, calls, file = json.loads(sys.argv[1])

class Hiding:
    def __init__(self, finder):
        self.finder = finder

    def find_spec(self, name, *where):
        return None if name.split(".")[0] in hidden else self.finder.find_spec(name, *where)

sys.meta_path[:] = map(Hiding, sys.meta_path)
import enkat

def survey():
    if "polars" in hidden:
        from pandas import DataFrame
    else:
        from polars import DataFrame
    return enkat.Survey(DataFrame({"age": [30, 40, 50], "sex": ["f", "m", "f"]}))

found = {}
for name, call in calls.items():
    try:
        eval(call)
        found[name] = "nothing was missing"
    except enkat.InstallError as error:
        found[name] = [error.code, error.context["extras"], str(error)]
print(json.dumps(found))
"""


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("extra", CALLS)
def test_a_call_that_lacks_its_extra_says_which_and_how_to_get_it(extra: str, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("age;sex\n30;f\n40;m\n", encoding="utf-8")
    ended = run(WITHOUT, json.dumps([EXTRAS[extra], CALLS[extra], str(file)]))
    assert ended.stderr == ""
    found = json.loads(ended.stdout)
    assert found.keys() == CALLS[extra].keys()
    for code, extras, sentence in found.values():
        assert code == "install.extra_missing"
        assert extras == [extra]
        assert sentence.endswith(f'pip install "enkat[{extra}]"')


@pytest.mark.parametrize(
    ("package", "file", "sentence"),
    [
        ("python_calamine", "answers.xlsx", "to read Excel files"),
        ("pyreadstat", "answers.sav", "to read SPSS files"),
        ("jsonschema", "", "to check the files of a study"),
    ],
)
def test_one_package_that_is_missing_is_named(package: str, file: str, sentence: str, tmp_path: Path) -> None:
    answers = tmp_path / file
    frame = pd.DataFrame({"age": [30.0, 40.0]})
    if file.endswith("xlsx"):
        frame.to_excel(answers, index=False)
    elif file:
        pyreadstat.write_sav(frame, answers)
    call = {"": "enkat.load_study('ryktet-gar')"}.get(file, "enkat.read(file)")
    found = json.loads(run(WITHOUT, json.dumps([[package], {"it": call}, str(answers)])).stdout)["it"]
    assert found[:2] == ["install.extra_missing", ["files"]]
    assert found[2].startswith(sentence) and f"needs {package}, which is not installed" in found[2]


@pytest.mark.parametrize("arguments", [[], ["--version"], ["report", "ryktet-gar", "-o", "out"]])
def test_the_bare_command_says_what_to_install(arguments: list[str]) -> None:
    code = "import sys; sys.modules.update(typer=None, rich=None); from enkat.command import main; main()"
    ended = run(code, *arguments)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.splitlines() == [
        'for its command line, enkat needs typer, rich, which are not installed: pip install "enkat[report]"'
    ]


def test_several_extras_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("pyarrow", "typer", "formulaic"):
        monkeypatch.setitem(sys.modules, package, None)
    needs("numpy", to="to count")
    with pytest.raises(ImportError, match=r'pip install "enkat\[files,report\]"') as caught:
        needs("pyarrow", "typer", "numpy", to="to count")
    assert isinstance(caught.value, enkat.InstallError)
    assert caught.value.context == {"extras": ["files", "report"], "packages": ["pyarrow", "typer"]}


def test_the_packages_of_an_extra_are_those_that_pyproject_states() -> None:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    known = packages_distributions()
    for extra, packages in EXTRAS.items():
        names = {re.split(r"[\[><=]", one)[0] for one in stated[extra] if not one.startswith("enkat[")}
        of_dask = {"distributed"} if extra == "dask" else set()
        woff = {"brotli"} if any("[woff]" in one for one in stated[extra]) else set()
        found = {known[package][0] for package in packages}
        assert {folded(name) for name in found} == {folded(name) for name in names} | of_dask | woff, extra


def versions(name: str) -> dict[str, str]:
    """The versions of a file of constraints."""
    lines = (ROOT / "tests/constraints" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if not line.startswith("#"))


def test_the_oldest_versions_that_are_tested_are_those_that_pyproject_allows() -> None:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = (
        stated["dependencies"],
        *(each for extra, each in stated["optional-dependencies"].items() if extra != "dev"),
    )
    lowest = {
        folded(re.split(r"[\[><=]", one)[0]): one.split(">=")[1] for group in groups for one in group if ">=" in one
    }
    tested = versions("oldest")
    assert {name: re.sub(r"(\.0)+$", "", tested[name]) for name in lowest} == {
        name: re.sub(r"(\.0)+$", "", version) for name, version in lowest.items()
    }
    assert lowest.keys() == versions("newest").keys()


def folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
