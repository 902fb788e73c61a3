"""Labels of scanned rows are those of rows in memory: their order, those nobody has, and their Unicode form."""

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import dask.dataframe
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import enkat

pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword:DeprecationWarning")

C, D = "é", unicodedata.normalize("NFD", "é")
ROWS = 60
DECLARED = pd.DataFrame(
    {
        "number": pd.Categorical([(10, 5, 20)[i % 3] for i in range(ROWS)], categories=[20, 99, 5, 10], ordered=True),
        "truth": pd.Categorical([i % 2 == 0 for i in range(ROWS)], categories=[True, False]),
        "text": pd.Categorical(["ba"[i % 2] for i in range(ROWS)], categories=["z", "b", "a"]),
        D: [float(i) for i in range(ROWS)],
        "form": [(C, D, "x")[i % 3] for i in range(ROWS)],
    }
)


class Elsewhere:
    """Two parts, each observed by itself."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.parts = [pa.table(arrow(frame[: ROWS // 2])), pa.table(arrow(frame[ROWS // 2 :]))]
        self.schema = self.parts[0].schema

    def run(self, columns: Any, observe: Callable[..., bytes], merge: Callable[..., bytes]) -> Iterator[bytes]:
        yield merge([observe([part.select(list(columns))]) for part in self.parts])


def arrow(frame: pd.DataFrame) -> pa.Table:
    from enkat.files.frames import as_arrow

    return as_arrow(frame)


SOURCES: dict[str, Callable[[], Any]] = {
    "a frame": lambda: DECLARED,
    "a function": lambda: lambda: iter([DECLARED[:10], DECLARED[10:]]),
    "a stream": lambda: iter([DECLARED[:10], DECLARED[10:]]),
    "a stream of Arrow": lambda: arrow(DECLARED).to_reader(max_chunksize=7),
    "Polars": lambda: polars_frame().lazy(),
    "Dask": lambda: dask.dataframe.from_pandas(DECLARED, npartitions=3),
    "an engine": lambda: Elsewhere(DECLARED),
}


def polars_frame() -> pl.DataFrame:
    plain = DECLARED.astype({"number": int, "truth": bool, "text": str})
    return pl.from_pandas(plain).with_columns(pl.col("text").cast(pl.Enum(["z", "b", "a"])))


@pytest.mark.parametrize("kind", SOURCES)
def test_labels_of_scanned_rows_are_those_of_rows_in_memory(kind: str) -> None:
    whole = enkat.Survey(polars_frame() if kind == "Polars" else DECLARED)
    scanned = enkat.scan(SOURCES[kind]())
    assert scanned.columns == whole.columns
    for column in ("number", "truth", "text", "form"):
        assert str(scanned.proportion(column)) == str(whole.proportion(column))
        assert str(scanned.mean(D, by=column)) == str(whole.mean(C, by=column))
    together = [{"estimator": "mean", "y": D, "by": name} for name in ("number", "form")]
    assert list(map(str, scanned.estimate(together))) == list(map(str, whole.estimate(together)))
    assert scanned.where(form=C).mean(C).estimate == whole.where(form=D).mean(D).estimate
    margins = {"form": {D: 10, "x": 20}}
    assert scanned.rake(margins).mean(D).estimate == whole.rake(margins).mean(D).estimate
    assert scanned.notes == whole.notes
    assert "column 'form': 1 of its different texts" in whole.notes[-1]


def test_declared_numbers_are_in_their_order_and_with_the_unused() -> None:
    for survey in (enkat.Survey(DECLARED), enkat.scan(DECLARED)):
        assert survey.proportion("number").column("answer") == ["20", "99", "5", "10"]
        assert survey.proportion("truth").column("answer") == ["true", "false"]
        assert survey.mean("number").estimate == pytest.approx(35 / 3)


@pytest.mark.parametrize("categories", [([20, 5], [5, 20]), (["b", "a"], ["a", "b"])])
def test_parts_that_declare_other_categories_are_refused_by_the_column(categories: Any) -> None:
    parts = [pd.DataFrame({"g": pd.Categorical(each, categories=each), "y": [1.0, 2.0]}) for each in categories]
    calls: list[Callable[[], Any]] = [
        lambda: enkat.scan(iter(parts)),
        lambda: enkat.scan(lambda: parts).proportion("g"),
        lambda: enkat.Survey(pa.concat_tables(map(arrow, parts))).proportion("g"),
    ]
    for call in calls:
        with pytest.raises(enkat.DataError, match=r"same categories|the same in every part") as error:
            call()
        assert (error.value.code, error.value.context["column"]) == ("data.schema_differs", "g")
