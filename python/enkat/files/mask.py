"""One true or false per row, from whatever library it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from enkat.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def as_mask(mask: Any) -> NDArray[np.uint8]:
    """1 where the mask is true, 0 where it is false or missing.

    Raises UsageError for what is not a list, array or series of true and false.
    """
    import narwhals as nw
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    native = nw.to_native(mask, pass_through=True)
    try:
        if nw.dependencies.is_into_series(native):
            cells = nw.from_native(native, series_only=True).to_arrow()
        else:
            cells = pa.array(native, from_pandas=True)
        cells = pc.fill_null(cells.cast(pa.bool_()) if pa.types.is_null(cells.type) else cells, False)
    except (pa.ArrowException, TypeError, ValueError):
        cells = pa.nulls(0)
    if not pa.types.is_boolean(cells.type):
        raise UsageError(
            "usage.mask",
            "a mask has one true or false per row; make it with a comparison such as df.age > 30",
        )
    return np.asarray(cells.cast(pa.uint8()).to_numpy(zero_copy_only=False), dtype=np.uint8)
