"""A column of pandas as cells of the core, by way of NumPy: pandas itself gives Arrow only with pyarrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from enkat import _core

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Types of NumPy, as Arrow's C interface writes them.
_NUMBERS = {
    "bool": "b",
    "int8": "c",
    "int16": "s",
    "int32": "i",
    "int64": "l",
    "uint8": "C",
    "uint16": "S",
    "uint32": "I",
    "uint64": "L",
    "float32": "f",
    "float64": "g",
}
_TICKS = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}  # of a second


def cells_of(series: Any) -> _core.Cells | None:
    """A copy of the cells of a Series; None for types that only pyarrow reads, such as lists and its own.

    Raises TypeError, ValueError or OverflowError for cells of several kinds, UnicodeEncodeError for half of a
    character.
    """
    kind = series.dtype
    if hasattr(kind, "categories"):
        return _categories(series)
    if kind.__class__.__name__ == "ArrowDtype" or getattr(kind, "storage", "") == "pyarrow":
        return None
    present = _none_if_all(series.notna().to_numpy())
    if kind.kind in "biuf":
        return _numbers(series, present)
    if kind.kind == "M":
        zone = getattr(kind, "tz", None)
        instants = (series.dt.tz_convert(None) if zone is not None else series).to_numpy()
        unit = _unit(instants)
        return _core.Cells(f"ts{unit[0]}:{zone or ''}", instants.view("int64"), present)
    if kind.kind == "m":
        spans = series.to_numpy()
        return _core.Cells("g", spans.view("int64").astype("float64") / _TICKS[_unit(spans)], present)
    return _objects(series, present) if kind.kind == "O" else None


def _none_if_all(present: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    return None if present.all() else present


def _unit(values: NDArray[Any]) -> str:
    import numpy as np

    return np.datetime_data(values.dtype)[0]


def _categories(series: Any) -> _core.Cells | None:
    """The categories of a pandas column are declared: their order and the unused ones are kept.

    Intervals, as pandas.cut gives them, are called what pandas shows: (10, 20].
    """
    import pandas

    categories = series.dtype.categories
    if hasattr(categories, "overlaps"):
        categories = categories.astype(str)
    if getattr(categories.dtype, "storage", "") == "pyarrow":
        categories = categories.astype(object)  # there are few
    words, codes = cells_of(pandas.Series(categories)), series.cat.codes.to_numpy()
    if words is None:
        return None
    return _core.Cells(_NUMBERS[codes.dtype.name], codes, _none_if_all(codes >= 0), words, ordered=True)


def _numbers(series: Any, present: NDArray[np.bool_] | None) -> _core.Cells | None:
    import numpy as np

    plain = series.dtype if isinstance(series.dtype, np.dtype) else getattr(series.dtype, "numpy_dtype", None)
    if plain is None:
        return None
    values = series.to_numpy() if plain is series.dtype else series.to_numpy(dtype=plain, na_value=0)
    if plain.name == "float16":
        values = values.astype("float32")
    if values.dtype.name not in _NUMBERS:
        return None
    return _core.Cells(_NUMBERS[values.dtype.name], values.astype(values.dtype.newbyteorder("="), copy=False), present)


def _objects(series: Any, present: NDArray[np.bool_] | None) -> _core.Cells | None:
    """Objects of Python, by what pandas finds in them."""
    import datetime

    import numpy as np
    import pandas

    values: NDArray[Any] = series.to_numpy(dtype=object)
    kind = pandas.api.types.infer_dtype(series, skipna=True)

    def filled(empty: Any) -> NDArray[Any]:
        return values if present is None else np.asarray(np.where(present, values, empty))

    match kind:
        case "string":
            return _core.Cells("U", values, present)
        case "empty":
            return _core.Cells("g", np.zeros(len(values)), present)
        case "boolean":
            return _core.Cells("b", filled(False).astype(bool), present)
        case "integer":
            return _core.Cells("l", filled(0).astype("int64"), present)
        case "floating" | "mixed-integer-float" | "decimal":
            return _core.Cells("g", filled(0).astype("float64"), present)
        case "date":
            days = filled(datetime.date(1970, 1, 1)).astype("datetime64[D]")
            return _core.Cells("tdD", days.astype("int64").astype("int32"), present)
        case "datetime" | "datetime64":
            return cells_of(pandas.to_datetime(series))
        case "timedelta" | "timedelta64":
            return cells_of(pandas.to_timedelta(series))
    if kind.startswith("mixed") and not isinstance(series.dropna().iloc[0], (list, tuple, np.ndarray)):
        raise TypeError("values of several kinds")
    return None
