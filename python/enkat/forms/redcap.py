"""REDCap's data dictionary: a CSV file with a line a field."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from enkat.errors import CodebookError
from enkat.files.text import read_text
from enkat.forms.form import Choice, Form, FormQuestion, Kind, words

# The headings of a downloaded dictionary, and those of the API.
_HEADINGS = {
    "name": ("variable / field name", "field_name"),
    "type": ("field type", "field_type"),
    "label": ("field label", "field_label"),
    "choices": ("choices, calculations, or slider labels", "choices or calculations", "select_choices_or_calculations"),
    "checked": ("text validation type or show slider number", "text_validation_type_or_show_slider_number"),
}
_FIXED = {
    "yesno": (Choice("1", "Yes"), Choice("0", "No")),
    "truefalse": (Choice("1", "True"), Choice("0", "False")),
}
_NUMBERS = ("number", "integer", "int", "float")


def read_dictionary(path: Path) -> Form:
    """The form; CodebookError for a file that is no dictionary."""
    text = read_text(path)
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error:
        raise CodebookError("codebook.unreadable", f"'{path.name}' cannot be read as CSV") from None
    headings = {(name or "").strip().casefold(): name for name in (rows[0] if rows else {})}
    known = {
        key: next((headings[name] for name in names if name in headings), None) for key, names in _HEADINGS.items()
    }
    if known["name"] is None or known["type"] is None:
        raise CodebookError(
            "codebook.no_form",
            f"'{path.name}' is no data dictionary: REDCap's has columns 'Variable / Field Name' and 'Field Type'",
            {"file": path.name},
        )
    fields = [{key: (row.get(name) or "") if name else "" for key, name in known.items()} for row in rows]
    return Form(f"data dictionary {path.name!r}", tuple(question for field in fields for question in _question(field)))


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _question(field: Mapping[str, str]) -> Iterator[FormQuestion]:
    name, kind, label = field["name"].strip(), field["type"].strip().casefold(), words(field["label"])
    columns = tuple(dict.fromkeys(filter(None, (name, label))))
    if not name:
        return
    if kind in ("radio", "dropdown", "select", *_FIXED):
        choices = _FIXED.get(kind) or tuple(_choices(field["choices"]))
        if choices:
            yield FormQuestion(name, "single", label, columns, choices)
    elif kind == "checkbox":
        choices = tuple(_choices(field["choices"]))
        # The code in the name of a column is in lower case, without a minus sign.
        boxes = tuple(
            (f"{name}___{choice.code.lower().replace('-', '_')}", f"{label} (choice={choice.label})")
            for choice in choices
        )
        if choices:
            yield FormQuestion(name, "multiple", label, columns, choices, boxes)
    else:
        typed = _typed(kind, field["checked"].strip().casefold())
        if typed is not None:
            yield FormQuestion(name, typed, label, columns)


def _typed(kind: str, checked: str) -> Kind | None:
    """What a field without choices holds; None for dates, times, files and texts that only inform."""
    if kind in ("calc", "slider"):
        return "number"
    if kind not in ("text", "notes"):
        return None
    if not checked:
        return "open" if kind == "text" else "text"
    if checked.startswith(_NUMBERS):
        return "number"
    return None if checked.startswith(("date", "time")) else "text"


def _choices(given: str) -> Iterator[Choice]:
    """Choices are written as "1, Yes | 0, No"; each code once."""
    seen = set()
    for part in given.replace("\n", "|").split("|"):
        code, _, label = part.partition(",")
        code = code.strip()
        if code and code not in seen:
            seen.add(code)
            yield Choice(code, words(label) or code)
