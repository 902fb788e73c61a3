"""CSV as it comes in Sweden."""

from __future__ import annotations

import datetime

import pytest

from enkat.errors import DataError, UsageError
from enkat.files.csv import read_csv
from enkat.files.reading import Content, CsvDialect

SWEDISH = 'id;ålder;vikt;kommun;ort\n1;34;1,5;0114;Åmål\n2;;2,25;0180;"Öckerö; Väst"\n'


def columns(content: Content) -> dict[str, list[object]]:
    assert content.table is not None
    assert content.issues == []
    return dict(content.table.to_pydict())


def codes(content: Content) -> list[str]:
    return [issue.code for issue in content.issues]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_swedish_letters_semicolons_and_decimal_commas_are_found_in_every_encoding(encoding: str) -> None:
    content = read_csv(SWEDISH.encode(encoding))
    assert content.dialect == CsvDialect(";", ",", encoding)
    assert columns(content) == {
        "id": [1, 2],
        "ålder": [34, None],
        "vikt": [1.5, 2.25],
        "kommun": ["0114", "0180"],
        "ort": ["Åmål", "Öckerö; Väst"],
    }


def test_what_was_found_can_be_shown() -> None:
    dialect = read_csv(SWEDISH.encode("cp1252")).dialect
    assert str(dialect) == "semicolon between cells, decimal comma, windows-1252"


@pytest.mark.parametrize(("delimiter", "decimal"), [(",", "."), ("\t", ","), ("|", "."), (";", ".")])
def test_every_usual_dialect_gives_the_same_answers(delimiter: str, decimal: str) -> None:
    rows = ["a", "b", "c"], ["1", f"0{decimal}5", "x"], ["2", f"10{decimal}25", "y"]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode()
    content = read_csv(data)
    assert columns(content) == {"a": [1, 2], "b": [0.5, 10.25], "c": ["x", "y"]}
    assert content.dialect == CsvDialect(delimiter, decimal, "utf-8")


def test_a_delimiter_inside_quotation_marks_is_not_counted() -> None:
    content = read_csv(b'"a;b;c;d",n\n"x;y;z;w",1\n"p;q;r;s",2\n')
    assert columns(content) == {"a;b;c;d": ["x;y;z;w", "p;q;r;s"], "n": [1, 2]}


def test_what_is_given_overrides_what_would_be_found() -> None:
    content = read_csv("a;b,c\nå;x,1\n".encode("latin-1"), delimiter=",", decimal=".", encoding="latin-1")
    assert columns(content) == {"a;b": ["å;x"], "c": [1]}
    assert content.dialect == CsvDialect(",", ".", "iso8859-1")


def test_the_delimiter_line_that_excel_writes_is_followed() -> None:
    assert columns(read_csv(b"sep=|\na|b\n1|2\n")) == {"a": [1], "b": [2]}


def test_an_empty_cell_and_an_unquoted_na_are_missing_but_words_are_answers() -> None:
    content = read_csv(b'n;text\n1;None\nNA;nan\n;"NA"\n2;NA\n3;\n')
    assert columns(content) == {"n": [1, None, None, 2, 3], "text": ["None", "nan", "NA", None, None]}
    assert any("NA" in note for note in content.notes)


def test_a_quoted_empty_text_is_kept_apart_from_a_missing_one() -> None:
    assert columns(read_csv(b'a;b\n1;""\n2;\n3;x\n'))["b"] == ["", None, "x"]


def test_true_false_and_dates_are_read_as_such() -> None:
    content = read_csv(b"a,b,c\nTRUE,2023-03-31,2023-03-31 10:30\nFALSE,,2023-05-09T08:00:00\n,2023-05-09,\n")
    assert columns(content) == {
        "a": [True, False, None],
        "b": [datetime.date(2023, 3, 31), None, datetime.date(2023, 5, 9)],
        "c": [datetime.datetime(2023, 3, 31, 10, 30), datetime.datetime(2023, 5, 9, 8), None],
    }


def test_a_date_that_is_not_in_the_calendar_leaves_the_column_as_text_with_a_note() -> None:
    content = read_csv(b"a;b\n1;2023-02-30\n")
    assert columns(content)["b"] == ["2023-02-30"]
    assert "calendar" in content.notes[0]


def test_numbers_too_long_for_an_integer_stay_text() -> None:
    assert columns(read_csv(b"a;b\n1234567890123456789;1\n"))["a"] == ["1234567890123456789"]


def test_exponents_signs_and_infinity_are_numbers() -> None:
    content = read_csv(b"a,b\n1e3,-1.5E-2\n+5,Inf\n")
    assert columns(content) == {"a": [1000.0, 5.0], "b": [-0.015, float("inf")]}


def test_one_stray_word_makes_a_column_text_and_says_so() -> None:
    content = read_csv(b"a;age\n1;12\n2;13\n3;vet ej\n")
    assert columns(content)["age"] == ["12", "13", "vet ej"]
    assert content.notes == ["column 'age' is text: it has cells that are not numbers (1)"]


def test_every_ragged_row_is_reported_with_its_number_and_widths() -> None:
    content = read_csv(b"a;b\n1;2\n3\n4;5;6\n7;8\n")
    assert [(i.code, i.context) for i in content.issues] == [
        ("data.ragged_rows", {"row": 2, "expected": 2, "found": 1}),
        ("data.ragged_rows", {"row": 3, "expected": 2, "found": 3}),
    ]


def test_line_breaks_inside_answers_do_not_shift_the_row_numbers() -> None:
    content = read_csv(b'a;"b\nc"\n1;"x\ny"\n2\n')
    assert [issue.context["row"] for issue in content.issues] == [2]


def test_no_answer_is_shown_in_a_message() -> None:
    content = read_csv(b"a;b\nhemligt\nx;1,5\ny;2.5\nz;1 234\n")
    assert content.issues
    assert not any("hemligt" in str(issue) or "1 234," in str(issue) for issue in content.issues)


def test_columns_of_the_same_name_are_named_and_the_rest_can_be_inspected() -> None:
    content = read_csv(b"a;b;a\n1;2;3\n")
    assert codes(content) == ["data.duplicate_column"]
    assert content.issues[0].context == {"column": "a", "columns": [1, 3]}
    assert content.table is not None and content.table.column_names == ["a", "b", "a (2)"]


def test_decimal_comma_and_point_in_one_column_are_reported_by_row() -> None:
    content = read_csv(b"a;b\n1,5;1,5\n2.5;2\n3,5;1\n")
    assert [(issue.code, issue.context["rows"]) for issue in content.issues] == [("data.mixed_decimal", [2])]


@pytest.mark.parametrize("cell", ["1 234", "1\u00a0234", "1.234", "1,234,567", "1.234,5", "1'234"])
def test_thousand_separators_are_reported_and_never_coerced(cell: str) -> None:
    content = read_csv(f"a;b\n{cell};0,5\n900;1\n".encode())
    assert codes(content) == ["data.thousand_separator"]
    assert content.table is not None and content.table.column("a").to_pylist() == [cell, "900"]


def test_a_file_of_one_column_keeps_its_empty_lines_as_missing_answers() -> None:
    assert columns(read_csv(b"a\n1,5\n\n2\n")) == {"a": [1.5, None, 2.0]}


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"  \n"])
def test_a_file_without_text_is_an_error(data: bytes) -> None:
    with pytest.raises(DataError) as caught:
        read_csv(data)
    assert caught.value.code == "data.file_empty"


@pytest.mark.parametrize("data", [b"a;b", b"a;b\r\n"])
def test_a_file_with_only_a_header_has_no_answers(data: bytes) -> None:
    content = read_csv(data)
    assert codes(content) == ["data.no_rows"]
    assert content.table is not None and content.table.column_names == ["a", "b"]


def test_a_mixture_of_encodings_is_reported_by_line() -> None:
    content = read_csv("a;b\nåäö;1\n".encode() + "åäö;2\n".encode("cp1252"))
    assert [(issue.code, issue.context["lines"]) for issue in content.issues] == [("data.mixed_encoding", [2])]


def test_a_byte_outside_the_encoding_is_reported_by_line() -> None:
    with pytest.raises(DataError) as caught:
        read_csv(b"a;b\n1;x\n2;\x81\n")
    assert (caught.value.code, caught.value.context["line"]) == ("data.encoding", 3)


def test_a_file_cut_off_inside_a_character_is_reported() -> None:
    assert codes(read_csv("a;b\nx;å".encode()[:-1])) == ["data.file_truncated"]


def test_a_quotation_mark_that_is_never_closed_is_reported() -> None:
    assert "data.unclosed_quote" in codes(read_csv(b'a;b\n1;"x\n2;y\n3;z\n'))


def test_an_inch_mark_inside_an_answer_is_just_a_character() -> None:
    assert columns(read_csv(b'a;b\n1;12" pizza\n2;x\n'))["b"] == ['12" pizza', "x"]


def test_an_unknown_encoding_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        read_csv(b"a;b\n1;2\n", encoding="utf-88")


def test_columns_without_a_name_are_kept_and_noted() -> None:
    content = read_csv(b'"","x"\n"1",5\n"2",6\n')
    assert columns(content) == {"column_1": [1, 2], "x": [5, 6]}
    assert "column_1" in content.notes[0]
