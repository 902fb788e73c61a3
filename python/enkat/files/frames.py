"""A data frame of any library as an Arrow table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from enkat.errors import DataError, UsageError
from enkat.files.arrow import normalise
from enkat.files.mask import as_mask

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["as_arrow", "as_mask"]


def as_arrow(frame: Any) -> pa.Table:
    """The rows of a pandas, polars or pyarrow table, or of anything that offers an Arrow stream.

    Buffers are shared when the frame is immutable (pyarrow, polars) and copied once when it is not (pandas).
    The order of categories is kept, and so are categories nobody chose. A pandas index is not an answer.

    Raises UsageError for what is not a table, DataError for columns that cannot be answers.

    >>> as_arrow(pandas.DataFrame({"age": [34, 51]})).column_names
    ['age']
    """
    import narwhals as nw
    import pyarrow as pa

    native = nw.to_native(frame, pass_through=True)
    if nw.dependencies.is_polars_lazyframe(native):
        raise UsageError("usage.lazy_frame", "a LazyFrame has no rows yet; call .collect() first")
    if nw.dependencies.is_pandas_like_dataframe(native):
        return normalise(_from_pandas(native))
    if isinstance(native, pa.RecordBatch):
        native = pa.table(native)
    if isinstance(native, pa.Table):
        _check_names(native.column_names)
        return normalise(native)
    if not hasattr(native, "__arrow_c_stream__") or _is_series(native):
        kind = type(frame).__name__
        raise UsageError(
            "usage.not_a_table",
            f"a table is needed (pandas, polars, pyarrow), not {kind}; make a data frame of it first",
            {"type": kind},
        )
    try:
        table = pa.table(native)
    except (pa.ArrowException, TypeError, ValueError):
        raise DataError(
            "data.type_not_supported",
            "this table cannot be read as Arrow; convert it to pandas or polars first",
        ) from None
    _check_names(table.column_names)
    return normalise(table)


def _is_series(native: Any) -> bool:
    import narwhals as nw

    return bool(nw.dependencies.is_into_series(native))


def _from_pandas(frame: Any) -> pa.Table:
    import pyarrow as pa

    names = [str(name) for name in frame.columns]
    _check_names(names)
    # A pandas frame can be changed afterwards; the survey must not change with it.
    columns: list[pa.ChunkedArray] = []
    mixed: list[str] = []
    for position, name in enumerate(names):
        try:
            column = pa.array(frame.iloc[:, position].copy(deep=True), from_pandas=True)
        except (pa.ArrowException, TypeError, ValueError):
            mixed.append(name)
            continue
        if pa.types.is_dictionary(column.type):
            # The categories of a pandas column are declared: their order and the unused ones are kept.
            column = pa.DictionaryArray.from_arrays(column.indices, column.dictionary, ordered=True)
        columns.append(column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column]))
    if mixed:
        raise DataError(
            "data.mixed_types",
            f"columns with several kinds of values in them: {', '.join(mixed)}; convert each to one kind",
            {"columns": mixed},
        )
    return pa.table(columns, names=names)


def _check_names(names: list[str]) -> None:
    """A name that stands on two columns is refused before any of them is used."""
    from enkat.files.csv import distinct_names
    from enkat.files.reading import Content

    content = Content()
    distinct_names(names, content)
    if content.issues:
        raise DataError.of(content.issues)
