"""Workbooks as people make them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import enkat
from enkat.errors import DataError, UsageError
from enkat.files.excel import read_excel
from enkat.files.options import ReadOptions


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[[Callable[[Any, Any], None]], Path]:
    def make(fill: Callable[[Any, Any], None]) -> Path:
        path = tmp_path / "answers.xlsx"
        with xlsxwriter.Workbook(path) as book:
            fill(book, book.add_worksheet("Svar"))
        return path

    return make


Make = Callable[[Callable[[Any, Any], None]], Path]


def test_numbers_text_dates_and_empty_cells_are_read_by_column(workbook: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["id", "vikt", "ort", "dag", "tom", "ja"])
        sheet.write_row(1, 0, [1, 1.5, "Åmål"])
        sheet.write_row(2, 0, [2, "", "0114"])
        sheet.write_datetime(1, 3, datetime.datetime(2023, 3, 31), day)
        sheet.write_boolean(2, 5, True)

    content = read_excel(workbook(fill))
    assert content.issues == []
    assert content.table is not None
    assert content.table.to_pydict() == {
        "id": [1, 2],
        "vikt": [1.5, None],
        "ort": ["Åmål", "0114"],
        "dag": [datetime.date(2023, 3, 31), None],
        "tom": [None, None],
        "ja": [None, True],
    }


def test_a_column_of_numbers_and_words_is_text_as_shown_and_noted(workbook: Make) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_column(0, 0, ["a", 3, "vet ej", 4.5])

    content = read_excel(workbook(fill))
    assert content.table is not None
    assert content.table.to_pydict() == {"a": ["3", "vet ej", "4.5"]}
    assert content.notes == ["column 'a' is text: it mixes text with other cells (rows 1, 3)"]


def test_error_cells_and_merged_cells_among_the_answers_are_all_reported_by_cell(workbook: Make) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["a", "", "c"])
        sheet.write_row(1, 0, [1, 2, 3])
        sheet.write_formula(2, 0, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 2, "=NA()", None, "#N/A")
        sheet.merge_range(3, 0, 4, 1, "x")

    content = read_excel(workbook(fill))
    assert [(issue.code, next(iter(issue.context.values()))) for issue in content.issues] == [
        ("data.merged_cells", "A4:B5"),
        ("data.error_cell", "A3"),
        ("data.error_cell", "C3"),
    ]
    assert "#DIV/0!" in content.issues[1].message
    assert content.notes[0] == "columns without a name in the file: column_2"


def test_the_sheet_can_be_named_and_a_misspelt_name_gets_a_suggestion(workbook: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_column(0, 0, ["a", 1])
        book.add_worksheet("Kodbok").write_column(0, 0, ["b", 2])

    path = workbook(fill)
    first, second = read_excel(path), read_excel(path, ReadOptions(sheet="Kodbok"))
    assert first.table is not None and second.table is not None
    assert (first.table.column_names, second.table.column_names) == (["a"], ["b"])
    assert "2 sheets" in first.notes[0]
    with pytest.raises(UsageError, match="did you mean 'Kodbok'"):
        read_excel(path, ReadOptions(sheet="Kodboken"))


def test_repeated_column_names_and_years_as_names(workbook: Make) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, [2023, "b", "b"])
        sheet.write_row(1, 0, [1, 2, 3])

    content = read_excel(workbook(fill))
    assert content.table is not None and content.table.column_names == ["2023", "b", "b (2)"]
    assert content.issues == []
    assert "'b (2)'" in content.notes[0]


def test_rows_that_are_only_formatted_are_not_respondents(workbook: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_column(0, 0, ["a", 1, 2])
        sheet.write_blank(9, 0, None, book.add_format({"bold": True}))

    content = read_excel(workbook(fill))
    assert content.table is not None and content.table.num_rows == 2


def test_a_sheet_without_answers_or_without_header(workbook: Make) -> None:
    assert [i.code for i in read_excel(workbook(lambda _, sheet: sheet.write(0, 0, "a"))).issues] == ["data.no_rows"]
    with pytest.raises(DataError) as caught:
        read_excel(workbook(lambda _, sheet: None))
    assert caught.value.code == "data.no_header"


@pytest.mark.parametrize("first", ["About this file", None])
def test_a_first_sheet_without_answers_names_the_others(tmp_path: Path, first: str | None) -> None:
    path = tmp_path / "answers.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Read me")
        if first:
            sheet.write(0, 0, first)
        book.add_worksheet("Answers").write_column(0, 0, ["a", 1, 2])
    with pytest.raises(DataError) as caught:
        enkat.read(path)
    assert "give sheet= for another: 'Answers'" in str(caught.value)
    (mean,) = enkat.read(path, sheet="Answers").mean("a")
    assert (mean.estimate, mean.n) == (1.5, 2)


def test_numbers_typed_as_text_are_numbers_where_the_whole_column_agrees(workbook: Make) -> None:
    def fill(_: Any, sheet: Any) -> None:
        rows = [
            ["id", "weight", "income", "ticks", "code", "mixed"],
            ["1", "0,9", "31 200,50", "1,2", "01", 3],
            ["2", "1,1", "28 400", "2", "02", "x"],
            [3, 1.5, 100, "1,3", "03", ""],
        ]
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                (sheet.write_string if isinstance(cell, str) else sheet.write_number)(row, column, cell)

    content = read_excel(workbook(fill))
    assert content.issues == []
    assert content.table is not None
    assert content.table.to_pydict() == {
        "id": [1, 2, 3],
        "weight": [0.9, 1.1, 1.5],
        "income": [31200.5, 28400, 100],
        "ticks": ["1,2", "2", "1,3"],
        "code": ["01", "02", "03"],
        "mixed": ["3", "x", None],
    }
    assert "column 'weight': numbers that were typed as text were read as numbers" in content.notes
    assert any("'ticks' is text" in note for note in content.notes)


def test_a_column_declared_as_text_is_shown_as_it_stands(workbook: Make) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_column(0, 0, ["ticks", 1, "1,2", 2.0])
        sheet.write_column(0, 1, ["only", 1, 2, 3])

    content = read_excel(workbook(fill), text_columns={"ticks", "only"})
    assert content.table is not None
    assert content.table.to_pydict() == {"ticks": ["1", "1,2", "2"], "only": ["1", "2", "3"]}
    assert content.notes == []


def test_blanks_in_cells_and_names_are_trimmed_and_counted(workbook: Make) -> None:
    names = ["q ", "Yes", " Yes", "Yes\u00a0", "No"]
    content = read_excel(workbook(lambda _, sheet: sheet.write_column(0, 0, names)))
    assert content.table is not None and content.table.to_pydict() == {"q": ["Yes", "Yes", "Yes", "No"]}
    assert "1 column name and 2 answers of column 'q'" in content.notes[0]
