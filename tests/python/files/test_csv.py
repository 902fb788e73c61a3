"""CSV as it comes in Sweden."""

from __future__ import annotations

import datetime

import pytest

from enkat.errors import DataError, UsageError
from enkat.files.csv import read_csv
from enkat.files.delimiter import find_delimiter
from enkat.files.options import ReadOptions
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
    told = ReadOptions(delimiter=",", decimal=".", encoding="latin-1")
    content = read_csv("a;b,c\nå;x,1\n".encode("latin-1"), told)
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


def test_columns_of_the_same_name_get_distinct_names_and_a_note() -> None:
    content = read_csv(b"a;b;a (2);a;a\n1;2;3;4;5\n")
    assert columns(content) == {"a": [1], "b": [2], "a (2)": [3], "a (3)": [4], "a (4)": [5]}
    assert content.notes == [
        "columns 1, 4, 5 are all called 'a' in the file; after the first they are called 'a (3)', 'a (4)'"
    ]


def test_decimal_comma_and_point_in_one_column_are_reported_by_row() -> None:
    content = read_csv(b"a;b\n1,5;1,5\n2.5;2\n3,5;1\n")
    assert [(issue.code, issue.context["rows"]) for issue in content.issues] == [("data.mixed_decimal", [2])]


@pytest.mark.parametrize("cell", ["1.234", "1,234,567"])
def test_thousand_separators_that_may_be_decimal_marks_are_reported_and_never_coerced(cell: str) -> None:
    content = read_csv(f"a;b\n{cell};0,5\n900;1\n".encode())
    assert codes(content) == ["data.thousand_separator"]
    assert content.table is not None and content.table.column("a").to_pylist() == [cell, "900"]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("1\u202f234\u202f567", 1234567),
        ("1'234", 1234),
        ("31 200,50", 31200.5),
        ("1.234,5", 1234.5),
    ],
)
def test_thousand_separators_of_a_whole_column_are_taken_out_with_a_note(cell: str, number: float) -> None:
    content = read_csv(f"a;b\n{cell};0,5\n28 400;1\n".replace("28 400", "900").encode())
    assert columns(content)["a"] == [number, 900]
    assert content.notes == ["column 'a' is read as numbers: what separates their thousands was taken out"]


def test_thousand_separators_that_a_column_does_not_agree_on_are_reported() -> None:
    assert codes(read_csv(b"a;b\n1 234,5;1\n2.345,5;2\n")) == ["data.thousand_separator"]


@pytest.mark.parametrize(("decimal", "number"), [(",", 1234), (".", 1.234)])
def test_a_decimal_mark_that_is_given_says_what_a_group_of_three_digits_is(decimal: str, number: float) -> None:
    content = read_csv(b"a;b\n1.234;x\n900;y\n", ReadOptions(decimal=decimal))
    assert columns(content)["a"] == [number, 900]


def test_a_comma_between_thousands_is_told_by_the_decimal_mark() -> None:
    data = b'id,income\nR1,"1,234"\nR2,"12,345"\nR3,900\n'
    assert columns(read_csv(data))["income"] == ["1,234", "12,345", "900"]
    assert columns(read_csv(data, ReadOptions(decimal=".")))["income"] == [1234, 12345, 900]
    assert columns(read_csv(data, ReadOptions(decimal=",")))["income"] == [1.234, 12.345, 900]


def test_codes_of_three_digits_are_not_thousands() -> None:
    content = read_csv(b"a;b\n101 102;1\n103;2\n101 103;3\n")
    assert columns(content)["a"] == ["101 102", "103", "101 103"]
    assert "several codes" in content.notes[0]


def test_ticked_codes_between_commas_are_text_and_said() -> None:
    content = read_csv(b'id,age,Q5\nR1,31,"1,2"\nR2,44,2\nR3,52,"1,10"\n')
    assert columns(content)["Q5"] == ["1,2", "2", "1,10"]
    assert content.dialect is not None and content.dialect.decimal == "."
    assert "decimal=','" in content.notes[0]


def test_a_decimal_comma_between_commas_is_one_when_it_is_told_or_beyond_doubt() -> None:
    told = read_csv(b'id,w\n1,"1,2"\n2,"0,9"\n', ReadOptions(decimal=","))
    assert columns(told)["w"] == [1.2, 0.9]
    found = read_csv(b'id,w,Q5,n\n1,"1,2034","1,2","3,5"\n2,"0,9","2,3","0,5"\n')
    assert columns(found) == {"id": [1, 2], "w": [1.2034, 0.9], "Q5": ["1,2", "2,3"], "n": [3.5, 0.5]}
    assert any("'Q5' is text" in note for note in found.notes)
    with_points = read_csv(b'id,w,x\n1,"1,2034",0.5\n2,"0,9",1.5\n')
    assert columns(with_points)["w"] == ["1,2034", "0,9"]


@pytest.mark.parametrize(
    "text",
    [
        'id;Q5;age\nR1;"1,2";31\nR2;2;44\nR3;"1,3";52\n',
        '"id";"Q5";"age"\n"R1";"1,2";"31"\n"R2";"2";"44"\n"R3";"1,3";"52"\n',
        "id\tQ5\tage\nR1\t1,2\t31\nR2\t2\t44\nR3\t1,3\t52\n",
        'id;Q5;w\n"R1";"1,2";0,75\n"R2";"2";0,5\n"R3";"1,3";1\n',
    ],
)
def test_a_quoted_cell_alone_is_no_decimal_comma(text: str) -> None:
    content = read_csv(text.encode())
    assert columns(content)["Q5"] == ["1,2", "2", "1,3"]
    assert any("'Q5' is text" in note for note in content.notes)
    assert columns(read_csv(text.encode(), ReadOptions(decimal=",")))["Q5"] == [1.2, 2, 1.3]


def test_quoted_decimal_commas_are_numbers_where_the_whole_file_has_them() -> None:
    content = read_csv(b'"id";"x";"w"\n"R1";"1,2";"0,75"\n"R2";"2";"0,5"\n')
    assert columns(content) == {"id": ["R1", "R2"], "x": [1.2, 2], "w": [0.75, 0.5]}


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_lines_that_are_one_cell_in_quotation_marks_are_taken_apart(delimiter: str) -> None:
    lines = ["id;q;age", '1;""Yes, always"";31', "2;No;44"]
    text = "".join(f'"{line.replace(";", delimiter)}"\r\n' for line in lines)
    content = read_csv(text.encode())
    assert columns(content) == {"id": [1, 2], "q": ["Yes, always", "No"], "age": [31, 44]}
    assert "quotation marks" in content.notes[0]


def test_quoted_prose_is_not_taken_apart() -> None:
    content = read_csv(b'"Vad, tycker du?"\n"Bra, men dyrt"\n"Ja,absolut"\n')
    assert columns(content) == {"Vad, tycker du?": ["Bra, men dyrt", "Ja,absolut"]}


def test_columns_declared_as_text_stay_text() -> None:
    content = read_csv(b"a;b;c\n1;2023-01-01;TRUE\n 2;2023-01-02;FALSE\n", text_columns={"a", "b", "c"})
    assert columns(content) == {"a": ["1", "2"], "b": ["2023-01-01", "2023-01-02"], "c": ["TRUE", "FALSE"]}


def test_blanks_nobody_sees_are_trimmed_and_counted() -> None:
    content = read_csv("id; q\u00a0;r\n1;Yes;a\u00a0b\n2;Yes ;a b\n3; Yes;c\n4;\u00a0Yes;c\n".encode())
    assert columns(content) == {"id": [1, 2, 3, 4], "q": ["Yes"] * 4, "r": ["a b", "a b", "c", "c"]}
    assert content.notes == [
        "blanks at the ends, or that do not break a line, were taken out of 1 column name and 4 answers of columns "
        "'q', 'r'"
    ]


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
        read_csv(b"a;b\n1;2\n", ReadOptions(encoding="utf-88"))


def test_columns_without_a_name_are_kept_and_noted() -> None:
    content = read_csv(b'"","x"\n"1",5\n"2",6\n')
    assert columns(content) == {"column_1": [1, 2], "x": [5, 6]}
    assert "column_1" in content.notes[0]


@pytest.mark.parametrize("lines", [1, 3])
def test_the_delimiter_of_a_header_of_any_width_is_found(lines: int) -> None:
    header = ";".join(f"column_{number}" for number in range(90_000))
    assert find_delimiter(f"{header}\n" + f"{';'.join(['1,5'] * 90_000)}\n" * lines) == ";"


def test_a_first_line_that_is_no_header_is_refused() -> None:
    with pytest.raises(DataError) as error:
        read_csv(b"a" * 2_000_000 + b"\n1\n")
    assert error.value.code == "data.header_too_long"
