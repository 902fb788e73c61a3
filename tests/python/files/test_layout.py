"""Which lines of a file are its header: found where it is sure, said, and told where it is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import enkat
from enkat.files.heading import Heading, Layout
from enkat.files.read import read_table
from enkat.files.reading import Reading

Write = Callable[[str], Path]

QUALTRICS = (
    "ResponseId,Q1,Q2_1,Q2_2,age\n"
    'Response ID,Do you agree?,Which do you use? - Mail,"Which do you use? - Chat, voice",How old are you?\n'
    '"{""ImportId"":""_recordId""}","{""ImportId"":""QID2""}","{""ImportId"":""QID3"",""choiceId"":""1""}",'
    '"{""ImportId"":""QID3"",""choiceId"":""2""}","{""ImportId"":""QID1_TEXT""}"\n'
    'R1,Yes,Mail,,31\nR2,No,,"Chat, voice",44\nR3,Yes,Mail,,52\nR4,Yes,,,29\n'
)
MONKEY = (
    "Respondent ID,Which channels do you use?,,,How satisfied are you?\n"
    ",Email,Phone,Other (please specify),Response\n"
    "1001,Email,Phone,,Very satisfied\n1002,,Phone,,Satisfied\n1003,Email,,fax,Very satisfied\n1004,,,,\n"
)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def made(text: str) -> Path:
        path = tmp_path / "answers.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return made


def workbook(path: Path, rows: Sequence[Sequence[Any]], merged: Sequence[tuple[int, int, int, int, str]] = ()) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        for area in merged:
            sheet.merge_range(*area)
    return path


def about_header(reading: Reading) -> list[str]:
    return [note for note in reading.notes if "header" in note]


def shares(survey: enkat.Survey, question: str) -> dict[str, tuple[float, int]]:
    return {row.answer: (round(row.estimate, 4), row.n) for row in survey.proportion(question)}


def test_three_lines_of_qualtrics_are_names_wordings_and_its_own_names(write: Write) -> None:
    path = write(QUALTRICS)
    survey = enkat.read(path)
    assert shares(survey, "Q1") == {"No": (0.25, 4), "Yes": (0.75, 4)}
    assert survey.mean("age")["age"].estimate == 39
    assert {q["name"]: q["label"] for q in survey.codebook["questions"]}["Q1"] == "Do you agree?"
    reading = read_table(path)
    assert reading.layout == Layout((1, 2, 3), tool="qualtrics")
    assert reading.headings[1:4] == (
        Heading("Q1", "Do you agree?", "", "QID2"),
        Heading("Q2_1", "Which do you use?", "Mail", "QID3-1"),
        Heading("Q2_2", "Which do you use?", "Chat, voice", "QID3-2"),
    )
    assert about_header(reading) == [
        "lines 1, 2, 3 are header lines of Qualtrics: names, wordings and the tool's own names"
    ]


def test_lines_of_a_tool_below_a_title(write: Write) -> None:
    found = read_table(write("My survey\n\n" + QUALTRICS))
    assert found.layout == Layout((3, 4, 5), (1,), tool="qualtrics")
    assert read_table(write("My survey\n" + QUALTRICS), skip=1).layout == Layout((2, 3, 4), (1,), tool="qualtrics")
    assert found.table.column("age").to_pylist() == [31, 44, 52, 29]


def test_early_qualtrics_has_its_names_in_single_quotes_and_dashes_without_blanks(write: Write) -> None:
    text = (
        "ResponseID,Q2_1,Q2_2,Q3\nResponseID,Pick-One,Pick-Two,Why? - Selected Choice\n"
        "{'ImportId': 'responseId'},{'ImportId': 'QID2-1'},{'ImportId': 'QID2-2'},{'ImportId': 'QID5'}\nR_1,1,,2\n"
    )
    reading = read_table(write(text))
    assert reading.table.num_rows == 1
    assert reading.headings[1:] == (
        Heading("Q2_1", "Pick", "One", "QID2-1"),
        Heading("Q2_2", "Pick", "Two", "QID2-2"),
        Heading("Q3", "Why?", "", "QID5"),
    )


def test_the_oldest_qualtrics_has_two_lines_and_a_delimiter_at_the_end_of_each(write: Write) -> None:
    reading = read_table(write("V1,V2,Q1,\nResponseID,ResponseSet,How old?,\nR_1,Default,31,\nR_2,Default,44,\n"))
    assert reading.table.to_pydict() == {"V1": ["R_1", "R_2"], "V2": ["Default"] * 2, "Q1": [31, 44]}
    assert reading.headings[2] == Heading("Q1", "How old?")
    assert "column 'column_4' left out: no name, no answers" in reading.notes


def test_qualtrics_without_its_own_names_is_known_by_the_second_line(write: Write) -> None:
    text = (
        "StartDate,ResponseId,Finished,Q1,age\nStart Date,Response ID,Finished,Agree?,Age?\n"
        "2024-01-01 10:00:00,R_1,True,Yes,31\n2024-01-01 10:00:00,R_2,True,No,44\n"
    )
    reading = read_table(write(text))
    assert reading.layout == Layout((1, 2), tool="qualtrics")
    assert reading.table.column("age").to_pylist() == [31, 44]
    assert reading.headings[3] == Heading("Q1", "Agree?")


def test_two_lines_of_surveymonkey_are_questions_and_options(write: Write) -> None:
    path = write(MONKEY)
    survey = enkat.read(path)
    assert shares(survey, "How satisfied are you?") == {"Satisfied": (0.3333, 3), "Very satisfied": (0.6667, 3)}
    reading = read_table(path)
    assert reading.layout == Layout((1, 2), tool="surveymonkey")
    assert [(heading.column, heading.option) for heading in reading.headings] == [
        ("Respondent ID", ""),
        ("Which channels do you use?: Email", "Email"),
        ("Which channels do you use?: Phone", "Phone"),
        ("Which channels do you use?: Other (please specify)", "Other (please specify)"),
        ("How satisfied are you?", ""),
    ]
    assert "second" in about_header(reading)[0]


def test_surveymonkey_as_a_workbook(tmp_path: Path) -> None:
    rows = [line.split(",") for line in MONKEY.splitlines()]
    survey = enkat.read(workbook(tmp_path / "a.xlsx", rows))
    assert shares(survey, "How satisfied are you?")["Satisfied"] == (0.3333, 3)


def test_numbers_may_be_options_where_everyone_has_a_number_but_the_second_line(write: Write) -> None:
    reading = read_table(write("Respondent ID,How many?,,\n,1,2,3\n1,1,,\n2,,2,\n"))
    assert reading.table.num_rows == 2
    assert reading.table.column_names == ["Respondent ID", "How many?: 1", "How many?: 2", "How many?: 3"]


def test_options_below_questions_where_the_second_line_has_no_date_and_everyone_else_has(write: Write) -> None:
    text = "Date,Which?,\n,Mail,Phone\n2024-01-01,Mail,\n2024-01-02,,Phone\n2024-01-03,Mail,Phone\n"
    reading = read_table(write(text))
    assert reading.table.num_rows == 3
    assert reading.table.column_names == ["Date", "Which?: Mail", "Which?: Phone"]


@pytest.mark.parametrize(
    "text", ["Which?,,\nMail,Phone,Fax\nMail,,\n,Phone,Fax\n", "Q1,Q2\nWhat is it?,And why?\na b,c d\ne f,g h\n"]
)
def test_a_second_line_that_may_be_a_header_is_said(write: Write, text: str) -> None:
    assert about_header(read_table(write(text)))


def test_a_question_with_options_beside_one_without(write: Write) -> None:
    reading = read_table(write("Age,Which media?,,\n,TV,Radio,Web\n31,1,0,1\n44,0,1,1\n52,1,1,0\n"))
    assert reading.table.to_pydict() == {
        "Age": [31, 44, 52],
        "Which media?: TV": [1, 0, 1],
        "Which media?: Radio": [0, 1, 1],
        "Which media?: Web": [1, 1, 0],
    }
    assert reading.headings[:2] == (Heading("Age", "Age"), Heading("Which media?: TV", "Which media?", "TV"))


def test_sosci_has_wordings_below_its_names(write: Write) -> None:
    text = (
        "CASE\tQUESTNNR\tSTARTED\tA101\tA102\nInterview-Nummer\tFragebogen\tBeginn\tWie alt sind Sie?\tGeschlecht\n"
        "1\tbase\t2020-03-20 10:51:40\t31\t1\n2\tbase\t2020-03-20 10:52:40\t44\t2\n"
    )
    reading = read_table(write(text))
    assert reading.layout == Layout((1, 2), tool="sosci")
    assert reading.table.column("A101").to_pylist() == [31, 44]
    assert reading.headings[3] == Heading("A101", "Wie alt sind Sie?")


def test_wordings_below_names_without_the_marks_of_a_tool(write: Write) -> None:
    text = "id;q1;age\nNumber;Do you agree?;How old are you?\n1;Yes;31\n2;No;44\n3;Yes;52\n4;Yes;29\n"
    survey = enkat.read(write(text))
    assert survey.mean("age")["age"].estimate == 39
    assert survey.codebook["questions"][2] == {"name": "age", "type": "number", "label": "How old are you?"}


def test_wordings_below_names_where_all_answers_are_words(write: Write) -> None:
    path = write("Q1,Q2\nDo you like it?,Would you buy it?\nYes,No\nNo,No\nYes,Yes\nYes,No\n")
    assert shares(enkat.read(path), "Q1") == {"No": (0.25, 4), "Yes": (0.75, 4)}
    assert about_header(read_table(path))


def test_wordings_above_names(write: Write) -> None:
    text = "Number;Do you agree?;How old are you?\nid;q1;age\n1;Yes;31\n2;No;44\n3;Yes;52\n4;Yes;29\n"
    reading = read_table(write(text), header=2)
    assert reading.table.column_names == ["id", "q1", "age"]
    assert reading.headings[2] == Heading("age", "How old are you?")


def test_merged_headings_of_a_workbook_are_questions_over_their_options(tmp_path: Path) -> None:
    rows = [["Health survey"], [], ["id", "How often?", "", "age"], ["", "Tea", "Coffee", ""]]
    rows += [[1, 3, 4, 31], [2, 1, 5, 44], [3, 2, 2, 52]]
    merged = [(0, 0, 0, 3, "Health survey"), (2, 1, 2, 2, "How often?"), (2, 0, 3, 0, "id"), (2, 3, 3, 3, "age")]
    path = workbook(tmp_path / "a.xlsx", rows, merged)
    reading = read_table(path)
    assert reading.issues == []
    assert reading.layout == Layout((3, 4), (1,))
    assert enkat.read(path).mean("How often?: Coffee")["How often?: Coffee"].estimate == pytest.approx(11 / 3)
    assert reading.table.column_names == ["id", "How often?: Tea", "How often?: Coffee", "age"]


@pytest.mark.parametrize(
    ("text", "skipped"),
    [
        ("Survey: My survey\nExported: 2024-01-01\n\nid;age;sex\n1;31;m\n2;44;f\n", (1, 2)),
        ("Customer survey, spring\n\nid;age;sex\n1;31,0;m\n2;44,0;f\n", (1,)),
        ("Survey;;\nExported;2024-01-01;\n;;\nid;age;sex\n1;31;m\n2;44;f\n", (1, 2)),
        ("Title;;\nid;age;sex\n1;31;m\n2;44;f\n", (1,)),
        ("\n\nid;age;sex\n1;31;m\n2;44;f\n", ()),
    ],
)
def test_lines_above_the_header_are_left_out_and_said(write: Write, text: str, skipped: tuple[int, ...]) -> None:
    path = write(text)
    reading = read_table(path)
    assert reading.layout.skipped == skipped
    assert bool(about_header(reading)) == bool(skipped)
    assert reading.table.column_names == ["id", "age", "sex"]
    age = enkat.read(path).mean("age")["age"]
    assert (age.estimate, age.n) == (37.5, 2)


def test_a_line_that_may_be_a_title_is_said(write: Write) -> None:
    path = write("Title;\nname;city\nAnna;Lund\nBo;Ystad\n")
    reading = read_table(path)
    assert reading.layout == Layout()
    assert any("skip=1" in note for note in about_header(reading))
    assert read_table(path, skip=1).table.num_rows == 2


def test_names_that_repeat_below_a_title(write: Write) -> None:
    reading = read_table(write("Title;;\nid;Other;Other\n1;a;b\n2;c;d\n"))
    assert reading.layout == Layout((2,), (1,))
    assert reading.table.column_names == ["id", "Other", "Other (2)"]


def test_a_file_without_a_header_keeps_its_first_respondent(write: Write) -> None:
    path = write("1,31,Yes,2.5\n2,44,No,3.5\n3,52,Yes,1.5\n")
    reading = read_table(path)
    assert reading.layout == Layout(())
    assert "no header line" in about_header(reading)[0] and "header=1" in about_header(reading)[0]
    mean = enkat.read(path).mean("column_4")["column_4"]
    assert (mean.estimate, mean.n) == (2.5, 3)
    assert len(enkat.read(path, header=1)) == 2


@pytest.mark.parametrize("text", ["region;2020;2021\nnorth;10;12\nsouth;11;14\n", "1;2;3\n0;1;0\n1;1;0\n0;0;1\n"])
def test_years_and_item_numbers_may_be_names_and_both_readings_are_said(write: Write, text: str) -> None:
    path = write(text)
    reading = read_table(path)
    assert reading.layout == Layout()
    assert "header=0" in about_header(reading)[0]
    assert read_table(path, header=0).table.num_rows == reading.table.num_rows + 1


@pytest.mark.parametrize(
    "text",
    [
        "name,age\nAnna,about 30\nBo,44\nEva,52\n",
        "name,age,income\nAnna,about 30,secret\nBo,44,100\nEva,52,120\n",
    ],
)
def test_a_first_respondent_who_writes_words_is_no_header_and_both_readings_are_said(write: Write, text: str) -> None:
    reading = read_table(write(text))
    assert reading.table.num_rows == 3
    assert "header=2" in about_header(reading)[0]
    assert "Anna" not in str(reading.notes) and "secret" not in str(reading.notes)


@pytest.mark.parametrize(
    "text",
    [
        "id,q\n1,Yes\n2,No\n",
        "name,city\nAnna,Lund\nBo,Ystad\nEva,Lund\n",
        "Email,Phone\nEmail,\n,Phone\nEmail,Phone\n",
        '"","x"\n"a",5\n"b",6\n',
        "id,age\n1,don't know\n2,44\n3,52\n",
        "kommentar\nBra men dyrt\nJa\nNej\n",
        "Vad tycker du?\nBra, men dyrt\nJa, absolut\nNej, nej\n",
        "q1,q2\nit depends,sometimes yes\nyes,no\nno,no\nyes,yes\nyes,no\n",
    ],
)
def test_one_plain_header_line_is_nothing_to_say(write: Write, text: str) -> None:
    reading = read_table(write(text))
    assert (reading.layout, reading.headings, about_header(reading)) == (Layout(), (), [])
    assert reading.table.num_rows == text.count("\n") - 1


def test_what_is_told_beats_what_is_found_and_is_said(write: Write) -> None:
    path = write(QUALTRICS)
    assert read_table(path, header=1).table.num_rows == 6
    assert "header lines as given: line 1" in read_table(path, header=1).notes
    assert read_table(path, header=[1, 3]).table.num_rows == 4
    assert read_table(path, header=3).headings == read_table(path).headings
    assert read_table(path, header=0).table.num_rows == 7
    text = "a title, with a comma\nid;age\n1;31\n2;44\n"
    reading = read_table(write(text), skip=1)
    assert reading.table.to_pydict() == {"id": [1, 2], "age": [31, 44]}
    assert "line 1" in about_header(reading)[0]


def test_lines_above_the_header_that_look_like_one_are_refused_with_the_way_out(write: Write) -> None:
    path = write("Exported,2024-01-01,by,Anna\nid,age,sex\n1,31,m\n2,44,f\n")
    with pytest.raises(enkat.DataError, match="skip=") as caught:
        enkat.read(path)
    assert caught.value.code == "data.ragged_rows"
    assert len(enkat.read(path, skip=1)) == 2


@pytest.mark.parametrize(
    "options",
    [
        {"header": -1},
        {"header": True},
        {"header": "1"},
        {"header": []},
        {"header": [2, 1]},
        {"header": [0]},
        {"header": 9},
        {"header": [9]},
        {"skip": -1},
        {"skip": 1.5},
        {"header": [2], "skip": 1},
    ],
)
def test_header_lines_that_cannot_be_are_refused(write: Write, options: dict[str, Any]) -> None:
    with pytest.raises(enkat.UsageError):
        read_table(write("id;age\n1;31\n2;44\n"), **options)


def test_inspect_takes_the_same_options(write: Write) -> None:
    assert enkat.inspect(write("a title\nid;age\n1;31\n2;44\n"), header=1, skip=1) == []


@pytest.mark.parametrize(
    "text",
    [
        "id;age;n\n1;31;2\n2;44;3\nTotal;75;5\n",
        "id;age;n\nR1;31;2\nR2;44;3\nTotal;75;5\n",
        "id;age;n\nR1;31;2\nR2;44;3\nSumma;75;5\nMedelvärde;37,5;2,5\n",
        "id;age;n\n1;31;2\n2;44;3\n\nExported from a tool, 2024\n",
    ],
)
def test_sums_and_notes_below_the_answers_are_nobody(write: Write, text: str) -> None:
    path = write(text)
    age = enkat.read(path).mean("age")["age"]
    assert (age.estimate, age.n) == (37.5, 2)
    assert any("left out" in note for note in read_table(path).notes)


@pytest.mark.parametrize(
    "text", ["id;age\n1;31\n2;44\n;\n;\n", "id;age\n1;31\n;\n2;44\n", "id;age\n1;31\n2;44\n;\nTotal;75\n"]
)
def test_rows_of_blanks_are_nobody_where_everyone_has_a_number(write: Write, text: str) -> None:
    path = write(text)
    age = enkat.read(path).mean("age")["age"]
    assert (age.estimate, age.n, len(enkat.read(path))) == (37.5, 2, 2)
    assert any("rows with nothing in them" in note for note in read_table(path).notes)


def test_a_row_of_blanks_stays_where_it_may_be_someone_who_ticked_nothing(write: Write) -> None:
    assert read_table(write("mail;phone\n1;\n;\n;1\n")).table.num_rows == 3


def test_blanks_may_separate_cells_below_names(write: Write) -> None:
    reading = read_table(write("id age sex\n1 31 m\n2 44 f\n"))
    assert reading.table.to_pydict() == {"id": [1, 2], "age": [31, 44], "sex": ["m", "f"]}
    assert reading.notes[0] == "read as CSV with blank between cells, decimal point, utf-8"


def test_answers_that_look_like_the_only_name_are_said(write: Write) -> None:
    assert "header=0" in about_header(read_table(write("Yes\nNo\nYes\nNo\n")))[0]


def test_header_lines_that_are_repeated_are_nobody(write: Write) -> None:
    path = write("id,q\n1,a\n2,b\nid,q\n3,b\n")
    assert shares(enkat.read(path), "q") == {"a": (0.3333, 3), "b": (0.6667, 3)}
    assert "lines that repeat the header line left out: 1" in about_header(read_table(path))


def test_columns_without_a_name_and_without_an_answer_are_left_out(write: Write) -> None:
    assert read_table(write("id;;q\n1;;a\n2;;b\n")).table.to_pydict() == {"id": [1, 2], "q": ["a", "b"]}


def test_a_last_row_that_only_may_be_a_sum_stays_and_is_said(write: Write) -> None:
    reading = read_table(write("name;age\nR1;31\nR2;44\nTotal;52\n"))
    assert reading.table.num_rows == 3
    assert any("looks like a sum" in note for note in reading.notes)


def test_a_title_over_the_whole_sheet_beside_an_empty_column(tmp_path: Path) -> None:
    rows = [["Survey", "", ""], ["", "id", "age"], ["", 1, 31], ["", 2, 44]]
    reading = read_table(workbook(tmp_path / "a.xlsx", rows, [(0, 0, 0, 2, "Survey")]))
    assert reading.layout == Layout((2,), (1,))
    assert reading.table.to_pydict() == {"id": [1, 2], "age": [31, 44]}


def test_sums_at_the_end_of_a_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["id", "age"], [1, 31], [2, 44], ["Total", 75]])
    reading = read_table(path)
    assert reading.table.to_pydict() == {"id": [1, 2], "age": [31, 44]}
    assert reading.layout.trailing == (4,)
