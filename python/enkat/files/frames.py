"""A data frame of any library as a table of the core, and as an Arrow table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from enkat import _core
from enkat.errors import DataError, Issue, UsageError
from enkat.extras import installed, needs
from enkat.files.mask import as_mask
from enkat.files.pandas_cells import cells_of
from enkat.texts import HALF

if TYPE_CHECKING:
    import pyarrow as pa

_ORDER_IS_TOLD = (1, 41)  # the version of Polars whose Arrow streams tell it

__all__ = ["as_arrow", "as_mask", "as_table", "of_core"]


def as_table(frame: Any) -> _core.Table:
    """The rows of a pandas, polars or pyarrow table, or of anything that offers an Arrow stream, as the core has them.

    Buffers are shared when the frame is immutable (pyarrow, polars) and copied once when it is not (pandas), or where
    they are laid out otherwise (texts of polars). The order of categories is kept, and so are categories nobody chose.
    A pandas index is not an answer.

    Raises UsageError for what is not a table, DataError for columns that cannot be answers, InstallError for those
    that need pyarrow: lists and times of day of pandas, durations, decimals and lists of a fixed length elsewhere.

    >>> as_table(pandas.DataFrame({"age": [34, 51]})).names
    ['age']
    """
    import narwhals as nw

    native = nw.to_native(frame, pass_through=True)
    if nw.dependencies.is_polars_lazyframe(native):
        raise UsageError("usage.lazy_frame", "a LazyFrame has no rows yet; call .collect() first")
    if nw.dependencies.is_pandas_like_dataframe(native):
        return _from_pandas(native)
    if type(native).__module__.startswith("pyarrow") and hasattr(native, "read_all"):
        native = native.read_all()  # a stream, which can be read once
    if type(native).__module__.startswith("pyarrow") and hasattr(native, "column_names"):
        from enkat.files.arrow import whole

        native = whole(native)  # only pyarrow knows how long its buffers are
    _refuse_unordered(native)
    if not hasattr(native, "__arrow_c_stream__") or nw.dependencies.is_into_series(native):
        kind = type(frame).__name__
        raise UsageError(
            "usage.not_a_table",
            f"a table is needed (pandas, polars, pyarrow), not {kind}; make a data frame of it first",
            {"type": kind},
        )
    try:
        table = _core.Table.from_stream(native.__arrow_c_stream__())
        names = table.names
    except UnicodeDecodeError:
        raise DataError(
            "data.encoding", "the name of a column is no Unicode (UTF-8): write the table anew where it was made"
        ) from None
    except (TypeError, NotImplementedError):
        raise DataError(
            "data.type_not_supported",
            "this table cannot be read as Arrow; convert it to pandas or polars first",
        ) from None
    _check_names(names)
    return _converted(native, table) if table.unread else table


def as_arrow(frame: Any) -> pa.Table:
    """The same as an Arrow table of the types that the core knows."""
    return of_core(as_table(frame))


def of_core(table: _core.Table) -> pa.Table:
    """A table of the core as an Arrow table, in the same buffers."""
    needs("pyarrow", to="to make an Arrow table")
    import pyarrow as pa

    from enkat.files.arrow import normalise

    return normalise(pa.table(table))


def _refuse_unordered(native: Any) -> None:
    """Raises UsageError for categories in an order that an old Polars does not tell."""
    import narwhals as nw

    if not nw.dependencies.is_polars_dataframe(native):
        return
    import polars

    if tuple(map(int, polars.__version__.split(".")[:2])) >= _ORDER_IS_TOLD:
        return
    enums = [name for name, kind in native.schema.items() if isinstance(kind, polars.Enum)]
    if enums:
        raise UsageError(
            "usage.polars_version",
            f"this Polars does not tell the order of Enum columns ({', '.join(map(repr, enums))}): install 1.41 or"
            " newer, or cast them to String, which has none",
            {"columns": enums},
        )


def _converted(native: Any, read: _core.Table) -> _core.Table:
    """The table of an Arrow stream with columns of types that the core does not read as they are."""
    from enkat.files.reading import few

    needs("pyarrow", to=f"to read the types of columns {few([repr(name) for name in read.unread])}")
    import pyarrow as pa

    from enkat.files.arrow import normalise, whole

    try:
        again = pa.table(native)
    except (pa.ArrowException, TypeError, ValueError):
        again = None
    if again is None or again.num_rows != read.rows:
        raise UsageError(
            "usage.read_once",
            "this stream has columns that must be converted first, and it can be read once only: make a table of it",
            {"columns": [*read.unread]},
        )
    return _core.Table.from_stream(normalise(whole(again)).__arrow_c_stream__())


def _from_pandas(frame: Any) -> _core.Table:
    names = [str(name) for name in frame.columns]
    _check_names(names)
    # A pandas frame can be changed afterwards; the survey must not change with it, so all cells are copied.
    columns: list[_core.Cells | _core.Table] = []
    mixed: list[str] = []
    halves: list[str] = []
    unread: list[str] = []
    foreign: list[Issue] = []
    for position, name in enumerate(names):
        series = frame.iloc[:, position]
        try:
            cells = cells_of(series)
            if cells is None and not installed("pyarrow"):
                unread.append(name)
            else:
                columns.append(_by_pyarrow(name, series) if cells is None else cells)
        except UnicodeEncodeError:
            halves.append(name)
        except DataError as error:
            foreign += error.issues
        except (TypeError, OverflowError, ValueError, NotImplementedError):
            mixed.append(name)
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
    found = [*foreign, *(issue for issue, named in zip(issues, (mixed, halves), strict=True) if named)]
    if found:
        raise DataError.of(found)
    if unread:
        from enkat.files.reading import few

        needs("pyarrow", to=f"to read the types of columns {few([repr(name) for name in unread])}")
    return _core.Table.from_columns(names, columns, len(frame))


def _by_pyarrow(name: str, series: Any) -> _core.Table:
    """One column that pyarrow knows how to read, in one piece."""
    import pyarrow as pa

    from enkat.files.arrow import normalise

    column = pa.array(series.copy(deep=True), from_pandas=True)
    if pa.types.is_dictionary(column.type):
        column = pa.DictionaryArray.from_arrays(column.indices, column.dictionary, ordered=True)
    table = normalise(pa.table({name: column})).combine_chunks()
    return _core.Table.from_stream(table.__arrow_c_stream__())


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
