"""Texts of a table in one Unicode form: é is one answer, whether it was written as one character or as two."""

from __future__ import annotations

import hashlib
import json
import threading
import unicodedata
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from enkat import _core
from enkat.errors import DataError, EstimateError, Issue
from enkat.texts import one_form

if TYPE_CHECKING:
    import pyarrow as pa

MOST_COUNTED = 100_000  # texts of a column


class Respelt:
    """How many texts came in another form than normal form C, each counted once, by column; none of them is kept."""

    def __init__(self) -> None:
        self._fingerprints: dict[str, set[str]] = {}
        self._lock = threading.Lock()

    def __getstate__(self) -> dict[str, set[str]]:
        return self._fingerprints

    def __setstate__(self, fingerprints: dict[str, set[str]]) -> None:
        self._fingerprints = fingerprints
        self._lock = threading.Lock()

    def add(self, column: str, texts: Iterable[str]) -> None:
        """Counts these different texts of a column."""
        if len(self._fingerprints.get(column, ())) <= MOST_COUNTED:
            self._add(column, map(fingerprint, islice(texts, MOST_COUNTED + 1)))

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


def in_one_form(table: _core.Table, respelt: Respelt) -> _core.Table:
    """The table with its names and texts in normal form C; what was not in it is counted.

    Raises DataError `data.encoding` for columns whose texts are no Unicode.
    """
    instead: dict[str, dict[str, str]] = {}
    issues: list[Issue] = []
    for name, texts in table.composable_texts().items():
        if texts is None:
            sentence = f"column {name!r} has texts that are no Unicode (UTF-8): read it again in its own encoding"
            issues.append(Issue("data.encoding", sentence, {"column": name}))
            continue
        changed = {text: composed for text in texts if (composed := unicodedata.normalize("NFC", text)) != text}
        if changed:
            instead[name] = changed
            respelt.add(one_form(name), changed)
    if issues:
        raise DataError.of(issues)
    names = [one_form(name) for name in table.names]
    return table if not instead and names == table.names else table.rewritten(names, instead)


def arrow_in_one_form(table: pa.Table, respelt: Respelt) -> pa.Table:
    """The same of an Arrow table of the types that the core knows; what is in normal form C stays where it is."""
    import pyarrow as pa

    given = _core.Table.from_stream(table.__arrow_c_stream__())
    composed = in_one_form(given, respelt)
    if composed is given:
        return table
    fields = [field.with_name(name) for field, name in zip(table.schema, composed.names, strict=True)]
    return pa.table(composed).cast(pa.schema(fields))
