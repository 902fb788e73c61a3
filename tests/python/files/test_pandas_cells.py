"""Columns of pandas come to the core as pyarrow would have given them, and without pyarrow."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import enkat
from enkat.errors import DataError
from enkat.files.arrow import normalise
from enkat.files.frames import as_arrow
from enkat.files.pandas_cells import cells_of

DAY = datetime.date(2024, 2, 29)
MOMENT = datetime.datetime(2024, 2, 29, 23, 59, 1, 5)
KINDS: dict[str, Any] = {
    **{kind: pd.Series([1, 0, 3], dtype=kind) for kind in ("int8", "uint16", "int64", "uint64", "float32", "float64")},
    "of the other byte order": pd.Series(np.array([1, -2, 3], ">i4")),
    "every other row": pd.Series(np.arange(6.0)).iloc[::2],
    "half precision": pd.Series(np.array([1.5, np.nan], "float16")),
    "with NaN": pd.Series([1.5, np.nan, -3]),
    "true and false": pd.Series([True, False] * 9),
    "nullable whole numbers": pd.Series([1, None, 3], dtype="Int16"),
    "nullable fractions": pd.Series([1.5, None], dtype="Float64"),
    "nullable truths": pd.Series([True, None, False] * 5, dtype="boolean"),
    "texts": pd.Series(["å", None, "", "x"], dtype=object),
    "texts of pandas itself": pd.Series(["å", None, "x"], dtype=pd.StringDtype("python")),
    "texts of pyarrow": pd.Series(["å", None, "x"], dtype=pd.StringDtype("pyarrow")),
    "pyarrow's own": pd.Series([1, None], dtype="int64[pyarrow]"),
    "moments": pd.Series(pd.to_datetime([MOMENT, None])),
    "moments to the second": pd.Series(np.array(["2024-01-01T10:00:00", "NaT"], "datetime64[s]")),
    "moments with a zone": pd.Series(pd.to_datetime([MOMENT, None])).dt.tz_localize("Europe/Stockholm"),
    "durations": pd.Series(pd.to_timedelta([1.5, None], unit="s")),
    "objects: whole numbers": pd.Series([1, None, 3], dtype=object),
    "objects: numbers": pd.Series([1, 2.5, np.nan], dtype=object),
    "objects: decimals": pd.Series([Decimal("1.25"), None], dtype=object),
    "objects: truths": pd.Series([True, None, False], dtype=object),
    "objects: days": pd.Series([DAY, None], dtype=object),
    "objects: moments": pd.Series([MOMENT, None], dtype=object),
    "objects: times of day": pd.Series([datetime.time(1, 2), None], dtype=object),
    "objects: lists": pd.Series([["a", "b"], None, []], dtype=object),
    "objects: NaN for no text": pd.Series(["x", np.nan, pd.NA], dtype=object),
    "nothing": pd.Series([None, None], dtype=object),
    "categories": pd.Series(pd.Categorical(["v", None, "u"], categories=["z", "v", "u"])),
    "categories that are numbers": pd.Series(pd.Categorical([5, None, 20], categories=[20, 5])),
}


@pytest.mark.parametrize("kind", KINDS)
def test_cells_are_those_that_pyarrow_gives(kind: str) -> None:
    series = KINDS[kind].reset_index(drop=True)
    native = series.astype(series.dtype.newbyteorder("=")) if kind == "of the other byte order" else series
    expected = normalise(pa.table({"a": pa.array(native, from_pandas=True)}))["a"].to_pylist()
    given = as_arrow(pd.DataFrame({"a": series}))["a"]
    assert given.to_pylist() == expected
    assert given.null_count == expected.count(None)


def test_lists_and_times_of_day_are_all_that_needs_pyarrow() -> None:
    needing = {kind for kind, series in KINDS.items() if cells_of(series) is None}
    assert needing == {"objects: times of day", "objects: lists", "texts of pyarrow", "pyarrow's own"}


@pytest.mark.parametrize("cells", [[2**70, 1], [1 + 2j, 0j], [object(), 1], [1, True], [DAY, "x"]])
def test_other_objects_are_refused_by_their_column(cells: list[Any]) -> None:
    with pytest.raises(DataError) as caught:
        as_arrow(pd.DataFrame({"fine": range(2), "odd": pd.Series(cells, dtype=None if 0j in cells else object)}))
    assert caught.value.code == "data.mixed_types"
    assert caught.value.context == {"columns": ["odd"]}


def test_a_frame_without_rows_has_its_columns() -> None:
    frame = pd.DataFrame({kind: series.iloc[:0] for kind, series in KINDS.items() if "pyarrow" not in kind})
    assert as_arrow(frame).column_names == [*frame.columns]
    assert as_arrow(frame).num_rows == 0


def test_answers_of_every_kind_are_taken_out_as_they_came_in() -> None:
    frame = pd.DataFrame({"n": [1, 2, 3], "t": ["a", None, "c"], "d": pd.to_datetime(["2024-01-01"] * 3)})
    out = enkat.Survey(frame).where("n >= 2").to_pandas()
    assert out["n"].tolist() == [2, 3]
    assert out["t"].isna().tolist() == [True, False] and out["t"].iloc[1] == "c"
    assert out["d"].tolist() == frame["d"].tolist()[:2]
