"""Small tables of records that are not estimates: precision, reliability, balance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

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

    def to_arrow(self) -> pyarrow.Table:
        """The table as a pyarrow.Table."""
        import pyarrow

        return pyarrow.table({name: pyarrow.array([row[name] for row in self._rows]) for name in self.columns})

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a pandas.DataFrame."""
        frame: pandas.DataFrame = self.to_arrow().to_pandas()
        return frame

    def to_polars(self) -> polars.DataFrame:
        """The table as a polars.DataFrame."""
        import polars

        frame = polars.from_arrow(self.to_arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        from enkat.display import records_text

        return records_text(self)

    def _repr_html_(self) -> str:
        from enkat.display import records_html

        return records_html(self)
