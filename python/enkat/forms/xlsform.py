"""XLSForm: the sheets `survey` and `choices` of a workbook that KoboToolbox, ODK or Survey123 made a form of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enkat.errors import CodebookError, DataError
from enkat.extras import needs
from enkat.files.excel_columns import shown
from enkat.forms.form import Choice, Form, FormQuestion, Kind, Text, plain, words

_SELECT = re.compile(r"select[ _](one|multiple)(?:_from_file)?\s+(\S+)(\s+or[ _]other)?", re.IGNORECASE)
_NUMBERS = ("integer", "int", "decimal", "range")
_LABEL = re.compile(r"label(?:::?\s*(?P<language>.*?)\s*(?:\((?P<code>[a-zA-Z]{2})\))?)?")
OTHER = Choice("other", "Other")  # what "or_other" adds to a list

Row = Mapping[str, str]


def read_xlsform(path: Path) -> Form:
    """The form; CodebookError for a workbook that is none."""
    sheets = _sheets(path)
    labels = Labels.of(sheets["survey"])
    lists = _lists(sheets["choices"])
    questions: list[FormQuestion] = []
    groups: list[str] = []
    for row in sheets["survey"]:
        kind = row.get("type", "").strip().casefold().replace(" ", "_")
        if kind in ("begin_group", "begin_repeat"):
            groups.append(row.get("name", ""))
        elif kind in ("end_group", "end_repeat"):
            groups = groups[:-1]
        elif row.get("name"):
            questions += _question(row, labels, lists, groups)
    if not questions:
        raise CodebookError("codebook.no_form", f"'{path.name}' has a sheet 'survey', but no question in it")
    return Form(f"XLSForm {path.name!r}", tuple(questions), labels.notes)


def _language(match: re.Match[str]) -> str:
    """The two letters of a language: "English (en)", or "en"; empty where they are not said."""
    code = match["code"] or match["language"] or ""
    return code.lower() if len(code) == 2 else ""


@dataclass(frozen=True)
class Labels:
    """The columns of labels: one a language (two letters) where the sheet says which, else one."""

    columns: Mapping[str, str]
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Labels:
        """Those of a sheet."""
        found = [(name, match) for name in (rows[0] if rows else {}) if (match := _LABEL.fullmatch(name))]
        languages = {_language(match): name for name, match in found}
        if len(found) == len(languages) and "" not in languages and len(found) > 1:
            return cls(languages)
        left = [name for name, _ in found[1:]]
        notes = (
            (f"labels of {', '.join(map(repr, left))} are not used: a language has two letters, (en)",) if left else ()
        )
        return cls({"": found[0][0]} if found else {}, notes)

    def text(self, row: Row) -> Text:
        """The label of a row."""
        if len(self.columns) == 1:
            return words(row.get(next(iter(self.columns.values())), ""))
        return {language: text for language, name in self.columns.items() if (text := words(row.get(name, "")))}


def _question(
    row: Row, labels: Labels, lists: Mapping[str, Sequence[Choice]], groups: Sequence[str]
) -> Iterator[FormQuestion]:
    name, label, stated = row["name"], labels.text(row), row.get("type", "").strip()
    if match := _SELECT.fullmatch(stated):
        chosen = [*lists.get(match[2], ()), *([OTHER] if match[3] else [])]
        several = match[1].lower() == "multiple"
        if chosen:
            yield _of("multiple" if several else "single", name, label, groups, chosen)
        else:  # the list lies in another file
            yield _of("text", name, label, groups)
        if match[3]:
            yield _of("text", f"{name}_other", "", groups)
    elif stated.casefold() in _NUMBERS:
        yield _of("number", name, label, groups)
    elif stated.casefold() in ("text", "string"):
        yield _of("text", name, label, groups)


def _of(kind: Kind, name: str, label: Text, groups: Sequence[str], chosen: Sequence[Choice] = ()) -> FormQuestion:
    """A question with its columns: with its groups before it or not, "/" or "-" between them, or by its label."""
    path = [*groups, name]
    columns = tuple(dict.fromkeys(filter(None, (name, "/".join(path), "-".join(path), plain(label)))))
    boxes = tuple(
        tuple(f"{column}/{end}" for column in columns for end in dict.fromkeys((choice.code, plain(choice.label))))
        for choice in chosen
    )
    return FormQuestion(name, kind, label, columns, tuple(chosen), boxes if kind == "multiple" else ())


def _lists(rows: Sequence[Row]) -> dict[str, list[Choice]]:
    """The choices of every list, each code once: one that depends on another answer repeats them."""
    labels = Labels.of(rows)
    found: dict[str, dict[str, Choice]] = {}
    for row in rows:
        of_list = found.setdefault(row.get("list_name") or row.get("list name", ""), {})
        code = row.get("name") or row.get("value", "")
        if code:
            of_list.setdefault(code, Choice(code, labels.text(row) or code))
    return {name: list(choices.values()) for name, choices in found.items()}


def _sheets(path: Path) -> dict[str, list[Row]]:
    """The rows of the sheets of a form, by the names in their first line."""
    needs("python_calamine", to="to read workbooks")
    import python_calamine as calamine

    if not path.is_file():
        raise DataError("data.file_not_found", f"there is no file '{path}'", {"file": path.name})
    try:
        book = calamine.CalamineWorkbook.from_path(path)
        names = {name.strip().casefold(): name for name in book.sheet_names}
        if "survey" not in names:
            raise CodebookError(
                "codebook.no_form",
                f"'{path.name}' is no XLSForm: it has no sheet 'survey'; a workbook with answers goes to enkat.read",
                {"file": path.name},
            )
        return {
            sheet: _rows(book.get_sheet_by_name(names[sheet]).to_python()) if sheet in names else []
            for sheet in ("survey", "choices")
        }
    except (calamine.CalamineError, calamine.PasswordError, OSError) as error:
        raise CodebookError(
            "codebook.unreadable", f"'{path.name}' cannot be read as a workbook: {type(error).__name__}"
        ) from None


def _rows(cells: Sequence[Sequence[Any]]) -> list[Row]:
    if not cells:
        return []
    header = [_heading(shown(cell).strip()) for cell in cells[0]]
    return [dict(zip(header, (shown(cell).strip() for cell in row), strict=False)) for row in cells[1:]]


def _heading(name: str) -> str:
    """Headings in lower case, but for the language of a label."""
    return f"label{name[5:]}" if name.casefold().startswith("label") else name.casefold()
