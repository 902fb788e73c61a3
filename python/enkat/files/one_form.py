"""Texts of a table in one Unicode form: é is one answer, whether it was written as one character or as two."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from enkat.errors import DataError, EstimateError, Issue
from enkat.texts import one_form

if TYPE_CHECKING:
    import pyarrow as pa

ASCII_END = 0x80
COMBINING = 0xCC  # first byte of U+0300 in UTF-8; all before it are in normal form C, whatever stands beside them
MOST_COUNTED = 100_000  # texts of a column


class Respelt:
    """How many texts came in another form than normal form C, each counted once, by column; none of them is kept."""

    def __init__(self) -> None:
        self._fingerprints: dict[str, set[str]] = {}
        self._lock = threading.Lock()

    def add(self, column: str, texts: pa.Array) -> None:
        """Counts these different texts of a column."""
        if len(self._fingerprints.get(column, ())) <= MOST_COUNTED:
            self._add(column, map(fingerprint, texts.slice(0, MOST_COUNTED + 1).to_pylist()))

    def _add(self, column: str, fingerprints: Iterable[str]) -> None:
        with self._lock:
            self._fingerprints.setdefault(column, set()).update(fingerprints)

    def notes(self) -> list[str]:
        """A sentence for each column: how many texts, never which."""
        with self._lock:
            counts = {name: len(found) for name, found in self._fingerprints.items()}
        return [
            f"column {name!r}: {f'more than {MOST_COUNTED}' if count > MOST_COUNTED else count} of its different texts"
            " came in another Unicode form and were brought to NFC, so that what reads the same is one answer"
            for name, count in counts.items()
        ]

    def to_bytes(self) -> bytes:
        """What another process adds to its own."""
        return json.dumps({name: sorted(found) for name, found in self._fingerprints.items()}).encode()

    def add_bytes(self, given: Iterable[bytes]) -> None:
        """Adds what other processes found."""
        for part in given:
            try:
                sent = json.loads(part).items()
            except (ValueError, AttributeError):
                raise EstimateError(
                    "estimate.foreign_state", "what was sent of a part of the data is damaged: compute the part again"
                ) from None
            for name, found in sent:
                self._add(name, found)


def fingerprint(text: str) -> str:
    """Tells texts apart without saying what they are."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def in_one_form(table: pa.Table, respelt: Respelt) -> pa.Table:
    """The table with its names and texts in normal form C; what was not in it is counted.

    Raises DataError `data.encoding` for columns whose texts are no Unicode.
    """
    import pyarrow as pa

    columns: list[pa.ChunkedArray] = []
    issues: list[Issue] = []
    for name, column in zip(table.column_names, table.columns, strict=True):
        try:
            columns.append(_in_one_form(one_form(name), column, respelt))
        except pa.ArrowInvalid:
            sentence = f"column {name!r} has texts that are no Unicode (UTF-8): read it again in its own encoding"
            issues.append(Issue("data.encoding", sentence, {"column": name}))
    if issues:
        raise DataError.of(issues)
    return pa.table(columns, names=[one_form(name) for name in table.column_names])


def _in_one_form(name: str, column: pa.ChunkedArray, respelt: Respelt) -> pa.ChunkedArray:
    import pyarrow as pa

    kind = column.type
    if pa.types.is_dictionary(kind):
        if not _is_text(kind.value_type) or not any(_may_differ(chunk.dictionary) for chunk in column.chunks):
            return column
        chunks = [
            pa.DictionaryArray.from_arrays(
                chunk.indices, _composed(name, chunk.dictionary, respelt), ordered=kind.ordered
            )
            for chunk in column.chunks
        ]
        return pa.chunked_array(chunks, kind)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        if not _is_text(kind.value_type) or not any(_may_differ(chunk.flatten()) for chunk in column.chunks):
            return column
        from enkat.files.arrow import list_of

        return pa.chunked_array(
            [list_of(chunk, _composed(name, chunk.flatten(), respelt)) for chunk in column.chunks]
        ).cast(kind)
    if not _is_text(kind) or not any(_may_differ(chunk) for chunk in column.chunks):
        return column
    return _composed(name, column, respelt)


def _is_text(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _may_differ(texts: pa.Array) -> bool:
    """Whether a text may be in another form than C, from the bytes alone; raises ArrowInvalid for no UTF-8."""
    import numpy as np
    import pyarrow as pa

    if len(texts) == 0:
        return False
    _, places, data = texts.buffers()
    offset = np.frombuffer(places, np.int64 if pa.types.is_large_string(texts.type) else np.int32)
    first, last = offset[texts.offset], offset[texts.offset + len(texts)]
    if data is None or first == last:
        return False
    highest = int(np.frombuffer(data, np.uint8)[first:last].max())
    if highest >= ASCII_END:
        texts.validate(full=True)
    return highest >= COMBINING


def _composed(name: str, texts: pa.Array | pa.ChunkedArray, respelt: Respelt) -> pa.Array | pa.ChunkedArray:
    """The texts in normal form C, looked at once each."""
    import pyarrow.compute as pc

    distinct = texts.unique()
    composed = pc.utf8_normalize(distinct, "NFC")
    changed = pc.fill_null(pc.not_equal(distinct, composed), False)
    if not pc.any(changed).as_py():
        return texts
    respelt.add(name, distinct.filter(changed))
    return pc.take(composed, pc.index_in(texts, value_set=distinct))
