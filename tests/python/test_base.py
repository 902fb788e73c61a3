"""The base – enkat, NumPy and narwhals – estimates from frames of pandas and Polars and from Arrow streams."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest

import enkat

MOST_BYTES = 90e6

# What is asked of every kind of frame. Runs where there is neither pytest nor pyarrow.
ASKED = r"""
import datetime, json, sys
sys.path[:0] = sys.argv[1:]
import enkat

CODEBOOK = {"schema_version": 1, "questions": [
    {"name": "heard", "type": "single", "options": [{"name": "yes", "code": 1}, {"name": "no", "code": 2}]}]}
COLUMNS = {
    "age": [31, 44, 52, 29, 61, 38, 45, None],
    "sex": ["kvinna", "man"] * 4,
    "town": ["\u00c5m\u00e5l", "A\u030ama\u030al", "Lund", "Lund", None, "Lund", "\u00c5m\u00e5l", "Lund"],
    "heard": [1, 1, 2, 1, 1, 2, None, 1],
    "day": [datetime.date(2024, 5, 1 + i) for i in range(8)],
    "w": [1.5, 2.0, 1.0, 1.0, 2.5, 1.0, 1.0, 3.0],
    "s": ["a", "a", "b", "b", "a", "a", "b", "b"],
}

class Stream:
    def __init__(self, frame):
        self.frame = frame
    def __arrow_c_stream__(self, requested_schema=None):
        return self.frame.__arrow_c_stream__(requested_schema)

def frames():
    import pandas, polars
    yield "pandas", pandas.DataFrame(COLUMNS).astype({"sex": "category"})
    yield "polars", polars.DataFrame(COLUMNS).with_columns(polars.col("sex").cast(polars.Categorical))
    yield "an Arrow stream", Stream(polars.DataFrame(COLUMNS))

def answers(frame):
    survey = enkat.Survey(frame, CODEBOOK, enkat.Design(weight="w", strata="s"))
    yield survey.mean("age")
    yield survey.mean("age", by="sex")
    yield survey.mean("age", by="sex").contrast("kvinna - man")
    yield survey.proportion("heard", by="town", missing="drop")
    yield survey.quantile("age", [0.25, 0.5])
    yield survey.total("age")
    yield survey.where("day >= '2024-05-03' and sex == 'man'").mean("age")
    yield survey.where((frame["w"] if hasattr(frame, "columns") else frame.frame["w"]) > 1).mean("age")
    yield survey.poststratify(sex={"kvinna": 600, "man": 400}).proportion("heard")
    yield survey.rake({"sex": {"kvinna": 600, "man": 400}, "s": {"a": 500, "b": 500}}).mean("age")
    yield survey.derive("older", where="age >= 45").proportion("older")
    yield survey.replicate("bootstrap", replicates=20, seed=1).mean("age")

def rows(estimates):
    return [[getattr(row, name) for name in row.__slots__] for row in estimates]

found = {}
for name, frame in frames():
    found[name] = [rows(each) for each in answers(frame)]
    survey = enkat.Survey(frame, CODEBOOK)
    found[name + ", shown"] = [repr(survey), repr(survey.mean("age")), survey.mean("age")._repr_html_()]
    found[name + ", said"] = survey.check("8 av 10", question="heard", answer="yes").respondents
    for to in ("to_pandas", "to_polars"):
        found[name + ", " + to] = getattr(survey.mean("age", by="sex"), to)()["estimate"].to_list()

calls = {
    "rows": lambda: survey.to_arrow(),
    "read": lambda: enkat.read(__import__("polars").__file__),
    "a study": lambda: enkat.load_study("ryktet-gar"),
    "a chart": lambda: survey.mean("age").plot(),
    "a formula": lambda: survey.calibrate("~ sex", {"sex": {"kvinna": 6, "man": 4}}),
    "a scan": lambda: enkat.scan(found),
    "a duration": lambda: enkat.Survey(__import__("polars").DataFrame({"d": [datetime.timedelta(1)]})),
    "lists of pandas": lambda: enkat.Survey(__import__("pandas").DataFrame({"d": [["a"]]})),
}
found["missing"] = {}
for name, call in calls.items() if len(sys.argv) > 1 else ():
    try:
        call()
    except enkat.InstallError as error:
        found["missing"][name] = [error.code, *error.context["extras"]]
found["loaded"] = sorted({module.split(".")[0] for module in sys.modules})
print(json.dumps(found))
"""


def closure(names: Sequence[str]) -> Iterator[str]:
    """These distributions and those that they need."""
    for name in names:
        yield name
        for needed in distribution(name).requires or []:
            if ";" not in needed:
                yield from closure([re.split(r"[^\w.-]", needed)[0]])


def top_of(name: str) -> set[Path]:
    """What a distribution has beside others in site-packages."""
    found = distribution(name)
    tops = {file.parts[0] for file in found.files or [] if file.parts[0] not in ("..", "__pycache__")}
    return {Path(str(found.locate_file(top))) for top in tops}


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to import from that has the base, and the libraries of the frames that it is given."""
    folder = tmp_path_factory.mktemp("base")
    package = Path(enkat.__file__).parent
    (folder / "enkat").mkdir()
    for inside in (*package.iterdir(), Path(enkat._core.__file__)):
        if inside.name != "__pycache__":
            (folder / "enkat" / inside.name).symlink_to(inside)
    for name in {*closure(["numpy", "narwhals", "pandas", "polars"])}:
        for top in top_of(name):
            (folder / top.name).symlink_to(top)
    return folder


def ask(*options: str, folders: Sequence[Path] = ()) -> dict[str, Any]:
    ended = subprocess.run(
        [sys.executable, *options, "-c", ASKED, *map(str, folders)], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@pytest.fixture(scope="session")
def found(base: Path) -> dict[str, Any]:
    """What the base answers; Python knows its own library and the folder, and no site-packages."""
    return ask("-I", "-S", folders=[base])


def test_the_base_estimates_what_a_whole_install_does(found: dict[str, Any]) -> None:
    whole = ask()
    differing = {name for name in whole if found[name] != whole[name]}
    assert differing == {"missing", "loaded"}
    assert found["pandas"] == found["polars"] == found["an Arrow stream"]


@pytest.mark.parametrize("kind", ["pandas", "polars", "an Arrow stream"])
def test_the_base_estimates_what_can_be_counted_by_hand(kind: str, found: dict[str, Any]) -> None:
    mean, of_sexes, difference, heard, *_ = found[kind]
    total, weights = 31 * 1.5 + 44 * 2 + 52 + 29 + 61 * 2.5 + 38 + 45, 1.5 + 2 + 1 + 1 + 2.5 + 1 + 1
    assert mean[0][3] == pytest.approx(total / weights)
    assert mean[0][8] == 7
    women = (31 * 1.5 + 52 + 61 * 2.5 + 45) / (1.5 + 1 + 2.5 + 1)
    men = (44 * 2 + 29 + 38) / 4
    assert [row[3] for row in of_sexes] == pytest.approx([women, men])
    assert difference[0][3] == pytest.approx(women - men)
    assert [[row[0], row[2], row[9]] for row in heard] == [
        [["Lund"], "yes", 2], [["Lund"], "no", 2], [["Åmål"], "yes", 2], [["Åmål"], "no", 0]
    ]  # fmt: skip


def test_what_the_base_lacks_is_said_with_its_extra(found: dict[str, Any]) -> None:
    of_files = ("rows", "read", "a study", "a scan", "a duration", "lists of pandas")
    assert found["missing"] == {
        **{call: ["install.extra_missing", "files"] for call in of_files},
        "a chart": ["install.extra_missing", "files", "report"],
        "a formula": ["install.extra_missing", "formulas"],
    }


def test_the_base_loads_nothing_that_is_left_out(found: dict[str, Any]) -> None:
    from enkat.extras import EXTRAS

    left_out = set().union(*EXTRAS.values()) - {"pandas", "polars"}
    assert left_out.isdisjoint(found["loaded"])


def test_the_base_is_small() -> None:
    package = Path(enkat.__file__).parent
    tops = [package, Path(enkat._core.__file__), *top_of("numpy"), *top_of("narwhals")]
    files = {file for top in tops for file in (top.rglob("*") if top.is_dir() else [top]) if file.is_file()}
    assert sum(file.stat().st_size for file in files) <= MOST_BYTES
