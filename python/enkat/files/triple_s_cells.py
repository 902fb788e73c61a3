"""The answers of a Triple-S survey: the characters of each variable, then its column or columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from enkat.errors import DataError
from enkat.files.reading import Content, few
from enkat.files.triple_s_record import TripleS, Variable

if TYPE_CHECKING:
    import pyarrow as pa

Cells = dict[str, Any]  # for each variable its characters, null where they are blank


def fixed_cells(text: str, survey: TripleS) -> Cells:
    """The characters of each variable in the lines of a file of fixed width."""
    import pyarrow as pa
    import pyarrow.compute as pc

    lines = pa.array(text.split("\n"), pa.large_string())[survey.skip :]
    lines = pc.utf8_rtrim(lines, "\r\x1a")
    lines = lines.filter(pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(lines)), 0))
    return {
        variable.name: _filled(pc.utf8_slice_codeunits(lines, variable.start - 1, variable.finish))
        for variable in survey.variables
    }


def delimited_cells(text: str, survey: TripleS) -> Cells:
    """The fields of each variable in the lines of a CSV file."""
    import pyarrow as pa
    from pyarrow import csv

    fields = max((variable.finish for variable in survey.variables), default=1)
    names = [str(number) for number in range(1, fields + 1)]
    try:
        table = csv.read_csv(
            pa.BufferReader(text.encode()),
            read_options=csv.ReadOptions(column_names=names, skip_rows=survey.skip, block_size=1 << 28),
            parse_options=csv.ParseOptions(newlines_in_values=True),
            convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, pa.large_string())),
        )
    except pa.ArrowInvalid:
        raise DataError(
            "data.triple_s_lines",
            f"its lines have not the {fields} fields that the description says",
            {"fields": fields},
        ) from None
    return {variable.name: _filled(table.column(str(variable.start)).combine_chunks()) for variable in survey.variables}


def _filled(cells: pa.Array) -> pa.Array:
    import pyarrow.compute as pc

    trimmed = pc.utf8_rtrim_whitespace(cells)
    return pc.if_else(pc.equal(pc.utf8_trim_whitespace(trimmed), ""), None, trimmed)


def columns_of(cells: Cells, survey: TripleS, content: Content) -> pa.Table:
    """The table: a column a variable, of one with several answers a column an option or choice."""
    import pyarrow as pa

    columns: dict[str, Any] = {}
    for variable in survey.variables:
        for name, column in _columns(variable, cells[variable.name], content).items():
            columns[name if name not in columns else f"{name} ({variable.start})"] = column
    return pa.table(columns)


def _columns(variable: Variable, cells: pa.Array, content: Content) -> dict[str, Any]:
    import pyarrow.compute as pc

    if variable.kind == "multiple" and variable.subfields:
        width = variable.width or max(map(len, variable.codes), default=1)
        parts = [pc.utf8_slice_codeunits(cells, n * width, (n + 1) * width) for n in range(variable.subfields)]
        return {name: _choice(variable, part, content) for name, part in zip(choices(variable), parts, strict=True)}
    if variable.kind == "multiple":
        return {box: _ticks(variable, cells, int(code), content) for code, box in boxes(variable).items()}
    return {variable.name: _CONVERTED.get(variable.kind, _text)(variable, cells, content)}


def boxes(variable: Variable) -> dict[str, str]:
    """The column of each code of a variable with a character an option: the n-th character is of code n."""
    return {code: f"{variable.name}/{int(code)}" for code in variable.codes if code.isdigit() and int(code) > 0}


def choices(variable: Variable) -> list[str]:
    """The columns of a variable whose codes stand one after the other."""
    return [f"{variable.name}_{number}" for number in range(1, variable.subfields + 1)]


def _ticks(variable: Variable, cells: pa.Array, code: int, content: Content) -> pa.Array:
    """1 where the character of the code is 1, 0 where it is anything else that was answered."""
    import pyarrow as pa
    import pyarrow.compute as pc

    mark = pc.utf8_trim_whitespace(pc.utf8_slice_codeunits(cells, code - 1, code))
    wrong = pc.invert(pc.is_in(mark, value_set=pa.array(["0", "1", ""], mark.type)))
    _refuse(variable, pc.and_(wrong, pc.is_valid(cells)), "marks that are neither 0 nor 1", content)
    return pc.equal(mark, "1").cast(pa.int8())


def _codes(variable: Variable, cells: pa.Array, content: Content) -> pa.Array:
    """Codes as they are in the description: numbers where all are, 01 and 1 being the same."""
    import pyarrow.compute as pc

    if all(code.isdigit() for code in variable.codes):
        return _numbers(variable, cells, content)
    return _filled(pc.utf8_trim_whitespace(cells))


def _choice(variable: Variable, cells: pa.Array, content: Content) -> pa.Array:
    """The code of one choice of several; 0 is none, where it is not a code."""
    import pyarrow as pa
    import pyarrow.compute as pc

    codes = _codes(variable, cells, content)
    if "0" in {str(int(code)) for code in variable.codes if code.isdigit()} or not pa.types.is_integer(codes.type):
        return codes
    return pc.if_else(pc.equal(codes, 0), pa.scalar(None, codes.type), codes)


def _numbers(variable: Variable, cells: pa.Array, content: Content) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = _filled(pc.utf8_trim_whitespace(cells))
    numeric = pc.match_substring_regex(cells, r"^[+-]?(\d+\.?\d*|\.\d+)$")
    _refuse(variable, pc.invert(numeric), "cells that are no numbers", content)
    read = pc.if_else(numeric, cells, None).cast(pa.float64())
    return read.cast(pa.int64()) if pc.all(pc.equal(read, pc.floor(read))).as_py() else read


def _quantity(variable: Variable, cells: pa.Array, content: Content) -> pa.Array:
    import pyarrow as pa

    return _numbers(variable, cells, content).cast(pa.float64())


def _text(variable: Variable, cells: pa.Array, content: Content) -> pa.Array:
    return cells


def _date(variable: Variable, cells: pa.Array, content: Content) -> pa.Array:
    """Dates are written as YYYYMMDD."""
    import pyarrow as pa
    import pyarrow.compute as pc

    read = pc.strptime(pc.utf8_trim_whitespace(cells), format="%Y%m%d", unit="s", error_is_null=True)
    _refuse(variable, pc.and_(pc.is_null(read), pc.is_valid(cells)), "cells that are no dates", content)
    return read.cast(pa.date32())


def _refuse(variable: Variable, wrong: pa.Array, what: str, content: Content) -> None:
    import pyarrow.compute as pc

    rows = [number + 1 for number in pc.indices_nonzero(pc.fill_null(wrong, False)).to_pylist()]
    if rows:
        content.problem(
            "data.triple_s_cells",
            f"variable {variable.name!r} has {what} in rows {few(rows)}: the description is of another file",
            column=variable.name,
            rows=rows[:100],
        )


_CONVERTED: dict[str, Callable[[Variable, Any, Content], Any]] = {
    "single": _codes,
    "logical": _codes,
    "quantity": _quantity,
    "date": _date,
}
