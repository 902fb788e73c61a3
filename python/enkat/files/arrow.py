"""Any Arrow table as a table of the column types the core knows, without a copy where the type allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enkat.errors import DataError, Issue

if TYPE_CHECKING:
    import pyarrow as pa


def whole(table: pa.Table) -> pa.Table:
    """A table that somebody else made, once nothing in it points outside its buffers; a DataError otherwise."""
    import pyarrow as pa

    try:
        columns = table.columns
    except UnicodeDecodeError:
        raise DataError(
            "data.encoding", "the name of a column is no Unicode (UTF-8): write the table anew where it was made"
        ) from None
    for column in columns:
        try:
            column.validate(full=True)
        except pa.ArrowInvalid as error:
            if "UTF8" in str(error):
                continue  # its offsets are right; the column is refused by its name where texts are read
            raise DataError(
                "data.table_damaged",
                "this Arrow table contradicts itself (offsets, lengths or categories that point outside its buffers): "
                "write it anew where it was made",
            ) from None
    return table


def normalise(table: pa.Table) -> pa.Table:
    """Casts what can be cast without loss of meaning; refuses every other column by its name, all at once.

    Durations and times of day become seconds, decimals become floating point, a column with nothing in it
    becomes missing numbers. Categories that are not text are their values, with their order where it was declared.
    """
    import pyarrow as pa

    columns: list[pa.ChunkedArray] = []
    issues: list[Issue] = []
    for name, column in zip(table.column_names, table.columns, strict=True):
        converted = _supported(column)
        if converted is None:
            sentence = f"column {name!r} has the type {column.type}, which is not an answer; remove or convert it"
            issues.append(Issue("data.type_not_supported", sentence, {"column": name, "type": str(column.type)}))
        else:
            columns.append(converted)
    if issues:
        raise DataError.of(issues)
    return pa.table(columns, names=table.column_names)


def _supported(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """The column as one of the core's types, or None when its type has no such meaning."""
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import types as is_a

    kind = column.type
    if is_a.is_dictionary(kind):
        return _dictionary(column)
    if is_a.is_run_end_encoded(kind):
        return _supported(pa.chunked_array([pc.run_end_decode(chunk) for chunk in column.chunks], kind.value_type))
    if _is_list(kind):
        return _list(column)
    if is_a.is_time(kind):
        units = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[kind.unit]
        whole = column.cast(pa.int32() if is_a.is_time32(kind) else pa.int64())
        return pc.divide(whole.cast(pa.float64(), safe=False), float(units))
    if is_a.is_duration(kind):
        units = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[kind.unit]
        return pc.divide(column.cast(pa.int64()).cast(pa.float64(), safe=False), float(units))
    target = _target(kind)
    if target is None:
        return None
    return column if target == kind else column.cast(target)


def _target(kind: pa.DataType) -> pa.DataType | None:
    """The type the core knows for a column of single values of this type."""
    import pyarrow as pa
    from pyarrow import types as is_a

    known = (
        is_a.is_boolean,
        is_a.is_integer,
        is_a.is_float32,
        is_a.is_float64,
        is_a.is_date32,
        is_a.is_timestamp,
    )
    if any(matches(kind) for matches in known) or is_a.is_string(kind) or is_a.is_large_string(kind):
        return kind
    if is_a.is_string_view(kind):
        return pa.large_string()
    if is_a.is_float16(kind):
        return pa.float32()
    if is_a.is_decimal(kind) or is_a.is_null(kind):
        return pa.float64()
    if is_a.is_date64(kind):
        return pa.date32()
    return None


def _dictionary(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Declared categories keep their order and those nobody chose, whatever they are; else only texts stay labels."""
    import pyarrow as pa

    kind = column.type
    labels = _supported(pa.chunked_array([], kind.value_type))
    if labels is None or pa.types.is_dictionary(labels.type) or _is_list(labels.type):
        return None
    text = labels.type in (pa.string(), pa.large_string())
    if not text and not kind.ordered:
        return _supported(column.cast(kind.value_type))
    wanted = pa.dictionary(pa.int32(), pa.large_string() if text else labels.type, ordered=kind.ordered)
    if kind == wanted:
        return column

    def converted(chunk: pa.DictionaryArray) -> pa.DictionaryArray:
        found = _supported(pa.chunked_array([chunk.dictionary]))
        assert found is not None
        categories = found.cast(wanted.value_type).combine_chunks()
        return pa.DictionaryArray.from_arrays(chunk.indices.cast(pa.int32()), categories, ordered=kind.ordered)

    return pa.chunked_array([converted(chunk) for chunk in column.chunks], wanted)


def _is_list(kind: pa.DataType) -> bool:
    from pyarrow import types as is_a

    lists = (
        is_a.is_list,
        is_a.is_large_list,
        is_a.is_fixed_size_list,
        is_a.is_list_view,
        is_a.is_large_list_view,
    )
    return any(matches(kind) for matches in lists)


def _list(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """A list of choices: text, categories or numbers."""
    import pyarrow as pa
    from pyarrow import types as is_a

    kind = column.type
    values = kind.value_type
    choices = values.value_type if is_a.is_dictionary(values) else values
    target = _target(choices)
    if target is None:
        return None
    if is_a.is_dictionary(values) and is_a.is_string_view(choices):
        return _list(_without_categories(column))  # pyarrow (26.0.1) cannot look these labels up itself
    if is_a.is_list_view(kind) or is_a.is_large_list_view(kind):
        column = pa.chunked_array(map(_without_view, column.chunks), pa.large_list(values))
    elif (is_a.is_list(kind) or is_a.is_large_list(kind)) and target == values:
        return column
    return column.cast(pa.large_list(target))


def _without_categories(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Lists of categories with large text for labels, which pyarrow can look up."""
    import pyarrow as pa

    chunks = []
    for chunk in column.chunks:
        lists = chunk if pa.types.is_large_list(chunk.type) else chunk.cast(pa.large_list(chunk.type.value_type))
        labels = pa.DictionaryArray.from_arrays(
            lists.values.indices.cast(pa.int32()), lists.values.dictionary.cast(pa.large_string())
        )
        chunks.append(pa.LargeListArray.from_arrays(lists.offsets, labels, mask=lists.is_null()))
    return pa.chunked_array(chunks, pa.large_list(pa.dictionary(pa.int32(), pa.large_string())))


def _without_view(chunk: pa.Array) -> pa.Array:
    """The same lists with offsets; pyarrow's own cast (26.0.1) leaves the last list empty."""
    return list_of(chunk, chunk.flatten())


def list_of(chunk: pa.Array, elements: pa.Array) -> pa.Array:
    """Lists as long as those of the chunk, with other elements in place of its own."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    lengths = pc.fill_null(pc.list_value_length(chunk), 0).cast(pa.int64())
    offsets = np.concatenate([[0], np.cumsum(lengths.to_numpy())])
    return pa.LargeListArray.from_arrays(pa.array(offsets, pa.int64()), elements, mask=chunk.is_null())
