"""Questions with several answers, from the multiple-response sets of a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from enkat.files.entries import distinct_labels, missing_entries, options_of, ordered, stripped
from enkat.files.metadata import Code, FileMetadata, plain
from enkat.files.ticks import TickedSet

if TYPE_CHECKING:
    import pyarrow as pa


def ticked(group: TickedSet, metadata: FileMetadata) -> dict[str, Any]:
    """A set of boxes: one 0/1 column per option, named by the label of its variable."""
    names = list(group.set.variables)
    labels = distinct_labels(_box_labels(group, metadata), names)
    options = [
        {"name": label, "code": name, "label": label, "column": column}
        for name, label, column in zip(names, labels, group.columns, strict=True)
    ]
    missing = {
        plain(code)
        for name, column in zip(names, group.columns, strict=True)
        if name == column
        for code in _declared(name, metadata)
    }
    labelled = {code: label for name in names for code, label in metadata.value_labels.get(name, {}).items()}
    return {
        "name": group.set.name,
        "type": "multiple",
        "label": group.set.label or group.set.name,
        "storage": "columns",
        "options": options,
        **missing_entries(ordered(missing - {0, 1}), labelled),
    }


def _box_labels(group: TickedSet, metadata: FileMetadata) -> list[str]:
    """What the boxes are called: by their variables, or by their counted values where the set says so."""
    names = group.set.variables
    by_variable = [metadata.labels.get(name, name) for name in names]
    if not group.set.named_by_values:
        return by_variable
    by_value = [
        {str(stripped(code)): label.strip() for code, label in metadata.value_labels.get(name, {}).items()}
        for name in names
    ]
    counted = str(group.set.counted)
    named = [labels.get(counted) or other for labels, other in zip(by_value, by_variable, strict=True)]
    return named if len(set(named)) == len(named) else by_variable  # "Yes" is not what a box is called


def _declared(name: str, metadata: FileMetadata) -> Iterable[Code]:
    """Codes of a variable declared as missing that are labelled or stand alone."""
    labelled = metadata.value_labels.get(name, {})
    single = [part.low for part in metadata.missing.get(name, []) if part.low == part.high]
    return {*single, *(code for code in labelled if metadata.is_missing(name, code))}


def chosen(group: TickedSet, table: pa.Table, metadata: FileMetadata) -> dict[str, Any] | None:
    """A set of variables that each hold the code of one choice."""
    labels: dict[Code, str] = {}
    observed: set[Code] = set()
    missing: set[Code] = set()
    for name in group.columns:
        labels |= {stripped(code): label for code, label in metadata.value_labels.get(name, {}).items()}
        codes = {plain(code) for code in table.column(name).unique().drop_null().to_pylist()}
        observed |= codes
        missing |= {code for code in {*codes, *labels} if metadata.is_missing(name, code)}
    options = options_of({code: labels.get(code, "") for code in ordered({*labels, *observed} - missing)})
    if len(options) < len(group.columns):
        return None
    return {
        "name": group.set.name,
        "type": "multiple",
        "label": group.set.label or group.set.name,
        "storage": "codes",
        "columns": list(group.columns),
        "options": options,
        **missing_entries(ordered(missing), labels),
    }
