"""Masks from every library."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from enkat.errors import UsageError
from enkat.files.mask import as_mask


@pytest.mark.parametrize(
    "mask",
    [
        [True, False, None],
        np.array([True, False, False]),
        pd.Series([True, False, None], dtype="boolean", index=[0, 0, 1]),
        pd.array([True, False, None], dtype="boolean"),
        pd.Series([True, False, pd.NA], dtype=object),
        [True, False, pd.NA],
        np.ma.array([True, False, True], mask=[False, False, True]),
        pl.Series([True, False, None]),
        pa.array([True, False, None]),
        pa.chunked_array([[True], [False, None]]),
    ],
)
def test_missing_is_outside_in_every_library(mask: Any) -> None:
    assert as_mask(mask).tolist() == [1, 0, 0]


@pytest.mark.parametrize("mask", [[1, 2], "yes", 3, pl.Series([1, 0]), np.zeros(2), None])
def test_a_mask_of_anything_but_true_and_false_is_refused(mask: Any) -> None:
    with pytest.raises(UsageError) as caught:
        as_mask(mask)
    assert caught.value.code == "usage.mask"
