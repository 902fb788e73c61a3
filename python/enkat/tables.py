"""Small tables: of records that are not estimates (precision, reliability, balance), and tables as frames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from enkat.display import html_table, record_cell, text_table
from enkat.extras import needs

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Records:
    """An immutable table, one record a row; `to_pandas()`, `to_polars()` and `to_arrow()` give it as a frame."""

    def __init__(self, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
        self.columns = list(columns)
        self._rows = [dict(row) for row in rows]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(row) for row in self._rows)

    def __getitem__(self, index: int) -> dict[str, Any]:
        return dict(self._rows[index])

    def __eq__(self, other: object) -> bool:
        """Whether the other table has the same columns and rows."""
        if not isinstance(other, Records):
            return NotImplemented
        return self.columns == other.columns and self._rows == other._rows

    def to_arrow(self) -> pyarrow.Table:
        """The table as a pyarrow.Table."""
        return as_arrow_table(self._columns())

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a pandas.DataFrame."""
        return as_pandas(self._columns())

    def to_polars(self) -> polars.DataFrame:
        """The table as a polars.DataFrame."""
        return as_polars(self._columns())

    def _columns(self) -> dict[str, list[Any]]:
        return {name: [row[name] for row in self._rows] for name in self.columns}

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def _cells(self) -> list[list[str]]:
        return [[record_cell(row[name]) for name in self.columns] for row in self]

    def __repr__(self) -> str:
        return "\n".join(text_table(self.columns, self._cells()))

    def _repr_html_(self) -> str:
        return html_table(self.columns, self._cells(), "")


# What the columns of a table hold where that is known; else each library says what it takes the values for.
Types = Mapping[str, type[float] | type[int] | type[str]]
NOT_KNOWN: Types = {}


def as_arrow_table(columns: Mapping[str, Sequence[Any]], types: Types = NOT_KNOWN) -> pyarrow.Table:
    """Columns of few values as a pyarrow.Table."""
    needs("pyarrow", to="to make an Arrow table")
    import pyarrow

    known = {float: pyarrow.float64(), int: pyarrow.int64(), str: pyarrow.string()}
    return pyarrow.table(
        {name: pyarrow.array(values, known[types[name]] if name in types else None) for name, values in columns.items()}
    )


def as_pandas(columns: Mapping[str, Sequence[Any]], types: Types = NOT_KNOWN) -> pandas.DataFrame:
    """Columns of few values as a pandas.DataFrame; whole numbers with a missing one among them are floating point."""
    needs("pandas", to="to make a frame of pandas")
    import pandas

    text = pandas.Series([""]).dtype  # of pandas 2 and 3, each its own

    def series(name: str, values: Sequence[Any]) -> pandas.Series[Any]:
        if name not in types:
            return pandas.Series(values)
        whole = types[name] is int and None not in values
        return pandas.Series(values, dtype=text if types[name] is str else "int64" if whole else "float64")

    return pandas.DataFrame({name: series(name, values) for name, values in columns.items()})


def as_polars(columns: Mapping[str, Sequence[Any]], types: Types = NOT_KNOWN) -> polars.DataFrame:
    """Columns of few values as a polars.DataFrame."""
    needs("polars", to="to make a frame of Polars")
    import polars

    known = {float: polars.Float64, int: polars.Int64, str: polars.String}

    def series(name: str, values: Sequence[Any]) -> polars.Series:
        return polars.Series(name, values, known[types[name]] if name in types else None, strict=False)

    return polars.DataFrame([series(name, values) for name, values in columns.items()])
