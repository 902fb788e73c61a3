"""One true or false per row, from whatever library it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from enkat.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def _is_missing(cell: object) -> bool:
    """None, NaN or pandas' NA, which compares with nothing."""
    return cell is None or (isinstance(cell, float) and cell != cell) or type(cell).__name__ == "NAType"


def as_mask(mask: Any) -> NDArray[np.uint8]:
    """1 where the mask is true, 0 where it is false or missing.

    Raises UsageError for what is not a list, array or series of true and false.
    """
    import narwhals as nw
    import numpy as np

    native = nw.to_native(mask, pass_through=True)
    if nw.dependencies.is_into_series(native):
        series = nw.from_native(native, series_only=True)
        cells: NDArray[Any] = (series.fill_null(False) if series.dtype == nw.Boolean else series).to_numpy()
    elif isinstance(native, np.ma.MaskedArray):
        cells = native.filled(False)
    else:
        cells = np.asarray(native if hasattr(native, "__array__") else None if isinstance(native, str) else native)
    if cells.dtype == object and cells.ndim == 1:
        missing = np.frompyfunc(_is_missing, 1, 1)(cells).astype(bool)
        if set(map(type, cells[~missing])) <= {bool, np.bool_}:
            cells = np.where(missing, False, cells).astype(bool)
    if cells.dtype != bool or cells.ndim != 1:
        raise UsageError(
            "usage.mask",
            "a mask has one true or false per row; make it with a comparison such as df.age > 30",
        )
    return cells.astype(np.uint8, copy=True)
