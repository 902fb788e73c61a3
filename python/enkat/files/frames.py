"""A data frame of any library as an Arrow table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from enkat.errors import DataError, Issue, UsageError
from enkat.extras import needs
from enkat.files.arrow import normalise, whole
from enkat.files.mask import as_mask
from enkat.texts import HALF

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
    needs("pyarrow", to="to read data frames")
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
        return normalise(whole(native))
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
    return normalise(whole(table))


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
    halves: list[str] = []
    for position, name in enumerate(names):
        try:
            column = pa.array(_without_intervals(frame.iloc[:, position]).copy(deep=True), from_pandas=True)
        except UnicodeEncodeError:
            halves.append(name)
            continue
        except (pa.ArrowException, TypeError, ValueError):
            mixed.append(name)
            continue
        if pa.types.is_dictionary(column.type):
            # The categories of a pandas column are declared: their order and the unused ones are kept.
            column = pa.DictionaryArray.from_arrays(column.indices, column.dictionary, ordered=True)
        columns.append(column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column]))
    issues = [
        Issue(
            "data.mixed_types",
            f"columns with several kinds of values in them: {', '.join(mixed)}; convert each to one kind",
            {"columns": mixed},
        ),
        Issue(
            "data.encoding",
            f"columns with half of a character in a text (a lone surrogate): {', '.join(halves)}; read them again in"
            " their own encoding, or replace what is broken with .str.encode('utf-8', 'replace').str.decode('utf-8')",
            {"columns": halves},
        ),
    ]
    found = [issue for issue, named in zip(issues, (mixed, halves), strict=True) if named]
    if found:
        raise DataError.of(found)
    return pa.table(columns, names=names)


def _without_intervals(series: Any) -> Any:
    """Intervals, as pandas.cut gives them, as categories that are called what pandas shows: (10, 20]."""
    categories = getattr(series.dtype, "categories", None)
    if categories is None or not hasattr(categories, "overlaps"):
        return series
    return series.cat.rename_categories(categories.astype(str))


def _check_names(names: list[str]) -> None:
    """A name that stands on two columns is refused before any of them is used."""
    from enkat.files.reading import few

    issues = []
    halves = [number for number, name in enumerate(names, 1) if HALF.search(name)]
    if halves:
        issues.append(
            Issue(
                "data.encoding",
                f"the names of columns {few(halves)} have half of a character in them (a lone surrogate); rename them",
                {"columns": halves},
            )
        )
    for name, times in Counter(names).items():
        if times > 1:
            where = [number for number, other in enumerate(names, 1) if other == name]
            sentence = f"columns {few(where)} are all called {name!r}; rename all but one"
            issues.append(Issue("data.duplicate_column", sentence, {"column": name, "columns": where}))
    if issues:
        raise DataError.of(issues)
