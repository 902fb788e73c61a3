"""Questions that a file without a codebook shows in its columns: each kind with its shares and their base."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

import enkat

Shares = dict[str, tuple[int, int]]


class File:
    """A file of answers as a tool writes it, read without a codebook."""

    def __init__(self, folder: Path, header: Sequence[str], *rows: Sequence[object], delimiter: str = ",") -> None:
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([header, *rows])
        path = folder / "answers.csv"
        path.write_text(text.getvalue(), encoding="utf-8")
        self.survey = enkat.read(path)

    @property
    def multiple(self) -> list[str]:
        """The names of its questions with several answers."""
        return [q["name"] for q in self.survey.codebook["questions"] if q["type"] == "multiple"]

    def ticks(self, question: str) -> Shares:
        """How many ticked each option, and the base."""
        return {str(row.answer): (row.count or 0, row.n) for row in self.survey.proportion(question)}

    def said(self, *words: str) -> bool:
        """True when a note has all of these words."""
        return any(all(word in note for word in words) for note in self.survey.notes)


def test_limesurvey_codes_with_other(tmp_path: Path) -> None:
    header = [
        "id",
        "submitdate",
        "lastpage",
        "startlanguage",
        "Q1[SQ001]",
        "Q1[SQ002]",
        "Q1[other]",
        "A1[SQ1]",
        "A1[SQ2]",
    ]
    file = File(
        tmp_path,
        header,
        [1, "2024-01-01 10:00:00", 2, "en", "Y", "", "", "Y", "N"],
        [2, "2024-01-01 10:01:00", 2, "en", "Y", "Y", "", "N", "N"],
        [3, "2024-01-01 10:02:00", 2, "en", "", "Y", "a poster", "Y", ""],
        [4, "2024-01-01 10:03:00", 2, "en", "", "", "", "", ""],
    )
    assert file.multiple == ["Q1"], "Y and N beside blanks are items, not boxes"
    assert file.ticks("Q1") == {"SQ001": (2, 4), "SQ002": (2, 4), "other": (1, 4)}
    assert file.said("LimeSurvey")
    assert file.said("'Q1'", "none chosen")
    assert "A1[SQ1]" in file.survey.columns


def test_limesurvey_answers_with_texts(tmp_path: Path) -> None:
    header = [
        "Response ID",
        "Last page",
        "Start language",
        "1 - Systems? [Linux]",
        "1 - Systems? [Mac]",
        "1 - Systems? [Other]",
    ]
    file = File(
        tmp_path,
        header,
        [1, 2, "en", "Yes", "No", ""],
        [2, 2, "en", "No", "No", "Android"],
        [3, 1, "en", "N/A", "N/A", ""],
        [4, 2, "en", "Yes", "Yes", ""],
    )
    assert file.ticks("1 - Systems?") == {"Linux": (2, 3), "Mac": (1, 3), "Other": (1, 3)}, "not reached is no base"


def test_limesurvey_headings_with_codes_and_texts(tmp_path: Path) -> None:
    header = [
        "id. Response ID",
        "lastpage. Last page",
        "USE[a]. What do you use? [Pen]",
        "USE[b]. What do you use? [Ink]",
    ]
    file = File(tmp_path, header, [1, 3, "Y", ""], [2, 3, "Y", "Y"])
    assert file.ticks("USE") == {"Pen": (2, 2), "Ink": (1, 2)}
    assert file.survey.codebook["questions"][0]["label"] == "What do you use?"


def test_kobo_joined_cells_and_boxes_are_one_question(tmp_path: Path) -> None:
    header = ["start", "uses", "uses/1", "uses/2", "uses/10", "_id", "_uuid"]
    file = File(
        tmp_path,
        header,
        ["2024-01-01", "10 1", 1, 0, 1, 7, "u1"],
        ["2024-01-01", "2", 0, 1, 0, 8, "u2"],
        ["2024-01-01", "", "", "", "", 9, "u3"],
        delimiter=";",
    )
    assert file.multiple == ["uses"]
    assert file.ticks("uses") == {"1": (1, 2), "2": (1, 2), "10": (1, 2)}


def test_kobo_joined_cells_alone(tmp_path: Path) -> None:
    rows = [["river well", "x1"], ["tap", "x2"], ["", "x3"], ["river tap well", "x4"], ["river", "x5"], ["well", "x6"]]
    file = File(tmp_path, ["sources", "_uuid", "_id"], *[[a, b, n] for n, (a, b) in enumerate(rows)])
    assert file.ticks("sources") == {"river": (3, 5), "well": (3, 5), "tap": (2, 5)}


def test_words_of_sentences_are_no_choices(tmp_path: Path) -> None:
    rows = [["in the public sector"], ["in the private sector"], ["in the public sector"], ["in the private sector"]]
    assert File(tmp_path, ["where"], *rows).multiple == []


def test_redcap_raw_and_labels(tmp_path: Path) -> None:
    raw = File(
        tmp_path,
        ["record_id", "redcap_event_name", "gym___0", "gym___1", "my_form_complete"],
        [1, "a", 1, 0, 2],
        [1, "b", "", "", 0],
        [2, "a", 1, 1, 2],
    )
    assert raw.ticks("gym") == {"0": (2, 2), "1": (1, 2)}
    header = ["Record ID", "Tools (choice=Excel)", "Tools (choice=Other, specify {tool})", "Tools"]
    checked = File(tmp_path, header, [1, "Checked", "Unchecked", "x"], [2, "Unchecked", "Unchecked", "x"])
    assert checked.multiple == ["Tools_set"], "a column of that name is there"
    assert checked.ticks("Tools_set") == {"Excel": (1, 2), "Other, specify {tool}": (0, 2)}
    labels = File(tmp_path, ["a (choice=one)", "a (choice=two)"], ["one", ""], ["one", "two"], ["", ""])
    assert labels.ticks("a") == {"one": (2, 2), "two": (1, 2)}


def test_qualtrics_numbers_with_words_beside(tmp_path: Path) -> None:
    header = ["StartDate", "EndDate", "Status", "Progress", "Q2_1", "Q2_2", "Q2_2_TEXT", "Q2_3", "Q3_1", "Q3_2"]
    fixed = ["2024-01-01 10:00:00", "2024-01-01 10:05:00", 0, 100]
    file = File(
        tmp_path,
        header,
        [*fixed, 1, "", "", "", 4, 2],
        [*fixed, 1, 1, "my words", "", 5, 1],
        [*fixed, "", 1, "other words", "", 3, 3],
    )
    assert file.multiple == ["Q2"], "numbers are no ticks"
    assert file.ticks("Q2") == {"1": (2, 3), "2": (2, 3), "3": (0, 3)}, "nobody chose the third"


def test_boxes_ticked_by_their_own_words(tmp_path: Path) -> None:
    header = ["Q1_1", "Q1_2", "Q1_3"]
    file = File(tmp_path, header, ["Mail", "", ""], ["Mail", "By phone", ""], ["", "By phone", "a dove"], ["", "", ""])
    assert [row.count for row in file.survey.proportion("Q1")] == [2, 2, 1]
    assert {row.n for row in file.survey.proportion("Q1")} == {3}


def test_qualtrics_header_lines_name_the_options(tmp_path: Path) -> None:
    wording = "Which of these do you use? - "
    header = ["StartDate", "Status", "ResponseId", "Finished", "Q1_1", "Q1_2", "Q2_1", "Q2_2"]
    texts = [
        "Start Date",
        "Response Type",
        "Response ID",
        "Finished",
        f"{wording}Pen",
        f"{wording}Ink",
        "Rate - A",
        "Rate - B",
    ]
    ids = [
        f'{{"ImportId":"{name}"}}'
        for name in ("startDate", "status", "_recordId", "finished", "QID1_1", "QID1_2", "QID2_1", "QID2_2")
    ]
    fixed = ["2024-01-01 10:00:00", "IP Address"]
    file = File(
        tmp_path,
        header,
        texts,
        ids,
        [*fixed, "R_1", "True", "Pen", "", "Good", "Bad"],
        [*fixed, "R_2", "True", "Pen", "Ink", "Bad", "Bad"],
        [*fixed, "R_3", "True", "", "", "Good", "Good"],
    )
    assert file.multiple == ["Q1"]
    assert file.ticks("Q1") == {"Pen": (2, 2), "Ink": (1, 2)}
    assert "Q1_1" not in [q["name"] for q in file.survey.codebook["questions"]], "all who ticked a box chose it"


def test_surveymonkey_two_header_lines(tmp_path: Path) -> None:
    question = "What do you read?"
    file = File(
        tmp_path,
        ["Respondent ID", "Collector ID", question, "", "", "Gender"],
        ["", "", "Books", "Papers, magazines", "Other (please specify)", "Response"],
        [101, 7, "Books", "", "", "Female"],
        [102, 7, "Books", "Papers, magazines", "", "Male"],
        [103, 7, "", "", "old letters", "Female"],
        [104, 7, "", "", "", "Male"],
    )
    assert file.ticks(question) == {"Books": (2, 3), "Papers, magazines": (1, 3), "Other (please specify)": (1, 3)}
    assert file.ticks("Gender") == {"Female": (2, 4), "Male": (2, 4)}


def test_columns_that_hold_their_own_heading(tmp_path: Path) -> None:
    header = ["id", "Anxiety", "Mood", "Other", "age"]
    file = File(tmp_path, header, [1, "Anxiety", "", "", 30], [2, "Anxiety", "Mood", "", 40], [3, "", "", "mine", 50])
    assert file.ticks(file.multiple[0]) == {"Anxiety": (2, 3), "Mood": (1, 3), "Other": (1, 3)}


def test_google_forms_options_with_commas(tmp_path: Path) -> None:
    pension, tools = "Lön, förmåner och pension", "Verktyg (R, Python)"
    cells = [
        f"{pension}, {tools}",
        tools,
        f"{pension}, Arbetstid",
        "Arbetstid",
        f"Arbetstid, {tools}",
        f"{pension}, min hund",
    ]
    file = File(
        tmp_path,
        ["Timestamp", "Vad är viktigt?"],
        *[[f"2024-01-0{n} 10:00:00", cell] for n, cell in enumerate(cells, 1)],
    )
    assert file.ticks("Vad är viktigt?") == {pension: (3, 6), tools: (3, 6), "Arbetstid": (3, 6), "Other": (1, 6)}
    assert file.said("in 'Vad är viktigt?' (1) choices of a single respondent", "counted as other")
    assert "min hund" not in str(file.survey.codebook)


def test_microsoft_forms_end_every_choice_with_a_semicolon(tmp_path: Path) -> None:
    cells = ["Cheap;", "Cheap;Fast ;", "Fast ;", ""]
    rows = [[n, "1/1/24 9:00", "1/1/24 9:05", cell] for n, cell in enumerate(cells)]
    file = File(tmp_path, ["ID", "Start time", "Completion time", "Why?"], *rows)
    assert file.ticks("Why?") == {"Cheap": (2, 3), "Fast": (2, 3)}


def test_codes_with_commas_are_choices_and_amounts_are_not(tmp_path: Path) -> None:
    rows = [
        ["1,2,10", "More than $200,000"],
        ["2", "Between $50,000 and $99,000"],
        ["1,10", "Up to $50,000"],
        ["2,10", "More than $200,000"],
    ]
    file = File(tmp_path, ["Intro", "income"], *rows)
    assert file.multiple == ["Intro"]
    assert file.ticks("Intro") == {"1": (2, 4), "2": (3, 4), "10": (3, 4)}, "1 is not in 10"


@pytest.mark.parametrize("cells", [["Yes, always", "No, never"], ["Stockholm, Sweden", "Paris, France"]])
def test_an_answer_with_a_comma_is_one_answer(tmp_path: Path, cells: list[str]) -> None:
    assert File(tmp_path, ["q"], *[[cell] for cell in cells * 5]).multiple == []


def test_what_may_be_boxes_or_not_is_said_and_left_alone(tmp_path: Path) -> None:
    file = File(tmp_path, ["q5_1", "q5_2"], [1, 0], [0, 1], [1, 1])
    assert file.multiple == []
    assert file.said("'q5_1', 'q5_2'", "multiple")
    assert round(file.survey.mean("q5_1")[("q5_1",)].estimate or 0, 3) == 0.667


def test_plain_columns_are_no_questions(tmp_path: Path) -> None:
    rows = [[1, 34, "a", "north"], [2, 51, "b", "south"], [3, 28, "c", "north"]]
    file = File(tmp_path, ["id", "age", "comment", "region"], *rows)
    assert file.survey.codebook["questions"] == []
    assert not file.said("look like")


def test_a_codebook_is_used_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Q1[a],Q1[b]\nY,\nY,Y\n")
    known = {"schema_version": 1, "questions": [{"name": "x", "type": "text", "column": "Q1[a]"}]}
    assert [q["name"] for q in enkat.read(path, codebook=known).codebook["questions"]] == ["x"]


@pytest.mark.parametrize(
    ("ordered", "language"),
    [
        (["Instämmer inte alls", "Instämmer delvis", "Instämmer helt"], "sv"),
        (["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"], "en"),
        (["Helt uenig", "Uenig", "Verken enig eller uenig", "Enig", "Helt enig"], "no"),
        (["Meget utilfreds", "Utilfreds", "Hverken tilfreds eller utilfreds", "Tilfreds", "Meget tilfreds"], "da"),
        (["Täysin eri mieltä", "Eri mieltä", "Samaa mieltä", "Täysin samaa mieltä"], "fi"),
        (["Stimme gar nicht zu", "Stimme eher nicht zu", "Stimme eher zu", "Stimme voll zu"], "de"),
        (["Never", "Rarely", "Sometimes", "Often", "Always", "Don't know"], "en"),
        (["1 - Very poor", "2 - Poor", "3 - Fair", "4 - Good", "5 - Excellent"], "en"),
    ],
)
def test_answers_in_words_keep_the_order_of_their_scale(tmp_path: Path, ordered: list[str], language: str) -> None:
    file = File(tmp_path, ["id", "q"], *[[n, answer] for n, answer in enumerate(ordered[::-1] * 3)])
    assert [row.answer for row in file.survey.proportion("q")] == ordered, language
    assert {row.n for row in file.survey.proportion("q")} == {3 * len(ordered)}
    assert file.said("order", "'q'")


def test_answers_without_an_order_are_left_alone(tmp_path: Path) -> None:
    file = File(tmp_path, ["id", "q"], *[[n, answer] for n, answer in enumerate(["Yes", "No", "Maybe"] * 3)])
    assert file.survey.codebook["questions"] == []


def test_limesurvey_names_for_statistics_packages(tmp_path: Path) -> None:
    rows = [[1, "Y", ""], [2, "Y", "Y"], [3, "", ""], [4, "Y", ""]]
    file = File(tmp_path, ["id", "Q1_SQ001", "Q1_SQ002"], *rows)
    assert file.ticks("Q1") == {"SQ001": (3, 4), "SQ002": (1, 4)}


def test_limesurvey_single_with_words_beside(tmp_path: Path) -> None:
    rows = [[1, "A1", ""], [2, "-oth-", "my own"], [3, "A1", ""], [4, "A2", ""]]
    header = ["id", "submitdate", "lastpage", "Q6", "Q6[other]"]
    file = File(tmp_path, header, *[[n, "2024-01-01 10:00:00", 2, *rest] for n, *rest in rows])
    assert file.ticks("Q6") == {"A1": (2, 4), "A2": (1, 4), "Other": (1, 4)}
    assert "my own" not in str(file.survey.codebook)


def test_qualtrics_headings_that_are_labels(tmp_path: Path) -> None:
    header = ["Which? - Selected Choice - Pen", "Which? - Selected Choice - Other", "Which? - Other - Text", "age"]
    file = File(tmp_path, header, ["Pen", "", "", 30], ["Pen", "Other", "my own", 40], ["", "", "", 50])
    assert file.multiple == ["Which?"]
    assert file.ticks("Which?") == {"Pen": (2, 2), "Other": (1, 2)}
    assert file.said("'Which?' a row without a tick is missing")


def test_a_group_of_questions_is_not_a_question(tmp_path: Path) -> None:
    header = ["start", "_id", "_uuid", "house/has_radio", "house/has_tv"]
    file = File(tmp_path, header, *[["2024-01-01", n, f"u{n}", n % 2, n % 3 % 2] for n in range(6)])
    assert file.multiple == [], "there is no column 'house' with the joined choices"
    assert file.said("'house/has_radio'", "or questions of their own")


def test_a_grid_of_boxes_is_a_question_a_row(tmp_path: Path) -> None:
    cells = [("AM, PM", "PM"), ("AM", "AM, Night"), ("PM, Night", "PM"), ("Night", "AM"), ("AM, Night", "PM, Night")]
    rows = [[f"2024-01-0{n} 10:00:00", *pair] for n, pair in enumerate(cells, 1)]
    file = File(tmp_path, ["Timestamp", "When [Mon]", "When [Tue]"], *rows)
    assert file.ticks("When [Mon]") == {"AM": (3, 5), "Night": (3, 5), "PM": (2, 5)}
    assert file.ticks("When [Tue]") == {"AM": (2, 5), "Night": (2, 5), "PM": (3, 5)}


def test_boxes_that_nobody_ticked_are_boxes(tmp_path: Path) -> None:
    file = File(tmp_path, ["q (choice=a)", "q (choice=b)"], ["Unchecked", "Unchecked"], ["Unchecked", "Unchecked"])
    assert file.ticks("q") == {"a": (0, 2), "b": (0, 2)}


def test_one_combination_is_enough_where_its_parts_stand_alone(tmp_path: Path) -> None:
    cells = ["White", "Hispanic", "White, Hispanic", "Hispanic", "White, Hispanic", "White"]
    file = File(tmp_path, ["who"], *[[cell] for cell in cells])
    assert file.ticks("who") == {"Hispanic": (4, 6), "White": (4, 6)}
    apart = File(
        tmp_path, ["who"], *[[cell] for cell in ["No", "No, but planned", "No", "No, but planned", "Yes", "Yes"]]
    )
    assert apart.multiple == []


def test_what_people_wrote_is_never_split_into_options(tmp_path: Path) -> None:
    text = "Thanks for asking, we like it here, but the food, well"
    rows = [[text + "\nand more"], [text + "\nand more"], ["Thanks for asking, no"], ["nothing"]]
    assert File(tmp_path, ["comment"], *rows).multiple == []


def test_options_with_commas_joined_by_commas_without_a_blank(tmp_path: Path) -> None:
    cells = ["Red, dark,Blue", "Blue", "Red, dark", "Green,Blue", "Red, dark,Green", "Green"]
    file = File(tmp_path, ["colour"], *[[cell] for cell in cells])
    assert file.ticks("colour") == {"Blue": (3, 6), "Green": (3, 6), "Red, dark": (3, 6)}


def test_labelled_variables_without_a_set(tmp_path: Path) -> None:
    """A .sav file as Qualtrics writes it: ticks are 1 with the option as label, and nobody declared a set."""
    path = tmp_path / "a.sav"
    frame = pd.DataFrame(
        {
            "Q1_1": [1, 1, None, None],
            "Q1_2": [None, 1, 1, None],
            "Q2_1": [1.0, 0, 0, 1],
            "Q2_2": [0.0, 0, 1, 1],
            "Q3_1": [1.0, 2, 1, 2],
            "Q3_2": [2.0, 2, 1, 2],
        }
    )
    wordings = [
        "Use - Selected Choice Pen",
        "Use - Selected Choice Ink",
        "Read: Papers",
        "Read: Books",
        "Own: Car",
        "Own: Bike",
    ]
    selected, yes = {0: "Not selected", 1: "Selected"}, {1: "Yes", 2: "No"}
    labels = [{1: "Pen"}, {1: "Ink"}, selected, selected, yes, yes]
    pyreadstat.write_sav(
        frame,
        path,
        column_labels=dict(zip(frame, wordings, strict=True)),
        variable_value_labels=dict(zip(frame, labels, strict=True)),
        variable_measure=dict.fromkeys(frame, "nominal"),
    )
    survey = enkat.read(path)
    assert {str(row.answer): (row.count, row.n) for row in survey.proportion("Q1")} == {"Pen": (2, 3), "Ink": (2, 3)}
    assert {str(row.answer): (row.count, row.n) for row in survey.proportion("Q2")} == {
        "Papers": (2, 4),
        "Books": (2, 4),
    }
    assert [(row.answer, row.count) for row in survey.proportion("Q3_1")] == [("Yes", 2), ("No", 2)]
    assert [q["label"] for q in survey.codebook["questions"] if q["type"] == "multiple"] == ["Use", "Read"]


def test_columns_that_are_full_are_no_boxes(tmp_path: Path) -> None:
    file = File(tmp_path, ["country_1", "country_2"], ["Sweden", "Norway"], ["Sweden", "Norway"])
    assert file.multiple == []


def test_columns_that_a_tool_adds_are_no_questions_below_header_lines_either(tmp_path: Path) -> None:
    names = [
        "StartDate",
        "Status",
        "ResponseId",
        "Finished",
        "Q1_1",
        "Q1_2",
        "Q1_DO_1",
        "Q1_DO_2",
        "T_Page Submit",
        "Q2",
    ]
    wording = ("Which apps? - Selected Choice - ", "Which apps? - Display Order - ")
    texts = [
        *["Start Date", "Response Type", "Response ID", "Finished"],
        *[f"{words}{option}" for words in wording for option in ("Mail", "Maps")],
        *["Timing - Page Submit", "How likely?"],
    ]
    rows = [["Mail", "", 1, 2, 3.5, "Likely"], ["Mail", "Maps", 2, 1, 4, "Unlikely"], ["", "Maps", 1, 2, 9, "Likely"]]
    fixed = ["2024-01-01 10:00:00", "IP Address", "R", "True"]
    file = File(
        tmp_path, names, texts, [f'{{"ImportId":"{name}"}}' for name in names], *[[*fixed, *row] for row in rows]
    )
    found = {question["name"]: question["label"] for question in file.survey.codebook["questions"]}
    assert found == {"Q1": "Which apps?", "Q2": "How likely?"}
    assert file.ticks("Q1") == {"Mail": (2, 3), "Maps": (2, 3)}
    assert file.ticks("Q2") == {"Unlikely": (1, 3), "Likely": (2, 3)}
    assert file.said("7 of its columns are no questions")


def test_an_open_ended_question_is_words_whatever_they_are(tmp_path: Path) -> None:
    file = File(
        tmp_path,
        ["Respondent ID", "Collector ID", "How is it?", "Why?"],
        ["", "", "Response", "Open-Ended Response"],
        [101, 7, "good", "good"],
        [102, 7, "bad", "bad"],
        [103, 7, "good", "good"],
    )
    assert file.ticks("How is it?") == {"bad": (1, 3), "good": (2, 3)}
    kinds = {question["name"]: question["type"] for question in file.survey.codebook["questions"]}
    assert kinds == {"How is it?": "single", "Why?": "text"}


def test_what_may_be_boxes_is_said_with_its_marks(tmp_path: Path) -> None:
    header = ["age", "media_tv", "media_radio"]
    rows = [[30, "Y", "N"], [40, "N", "N"], [50, "Y", "Y"], [60, "", ""]]
    file = File(tmp_path, header, *rows)
    assert file.said("'media_tv', 'media_radio' may be the boxes", '"ticked": "Y", "not_ticked": "N"')
    told = {"name": "media", "type": "multiple", "storage": "columns", "ticked": "Y", "not_ticked": "N"}
    options = [{"name": "tv"}, {"name": "radio"}]
    survey = enkat.read(
        tmp_path / "answers.csv", codebook={"schema_version": 1, "questions": [told | {"options": options}]}
    )
    assert {row.answer: (row.count, row.n) for row in survey.proportion("media")} == {"tv": (2, 3), "radio": (1, 3)}


def test_limesurvey_boxes_of_yes_and_no_beside_words_are_one_question(tmp_path: Path) -> None:
    header = ["id", "submitdate", "lastpage", "startlanguage", "Q[SQ001]", "Q[SQ002]", "Q[other]", "A[SQ1]", "A[SQ2]"]
    fixed = ["2024-01-01 10:00:00", 3, "sv"]
    file = File(
        tmp_path,
        header,
        [1, *fixed, "Y", "N", "", "Y", "N"],
        [2, *fixed, "N", "Y", "a dog", "N", "N"],
        [3, *fixed, "", "", "", "", "Y"],
        [4, *fixed, "N", "N", "", "Y", "Y"],
    )
    assert file.multiple == ["Q"]
    assert file.ticks("Q") == {"SQ001": (1, 3), "SQ002": (1, 3), "other": (1, 3)}
    assert file.said("'A[SQ1]', 'A[SQ2]' may be the boxes of one question, or questions of their own")


def test_codes_of_unipark_for_no_answer_are_missing_with_their_reason(tmp_path: Path) -> None:
    header = ["lfdn", "dispcode", "lastpage", "duration", "age", "v_1", "v_2", "box_1", "box_2"]
    rows = [[31, 1, 4, 1, 0], [-99, -77, 5, 0, 0], [45, 3, -77, 1, 1], [52, 5, 1, -77, -77]]
    file = File(tmp_path, header, *[[n, 31, 9, 120, *row] for n, row in enumerate(rows)])
    means = {name: (file.survey.mean(name).estimate, file.survey.mean(name).n) for name in ("age", "v_1", "v_2")}
    assert means == {"age": (pytest.approx(128 / 3), 3), "v_1": (3, 3), "v_2": (pytest.approx(10 / 3), 3)}
    assert file.ticks("v_1") == {"1": (1, 3), "3": (1, 3), "5": (1, 3)}
    missing = {row["name"]: row["missing"] for row in file.survey.questions}
    assert (missing["age"], missing["v_1"]) == ("1 skipped", "1 not_asked")
    assert file.said("codes of Unipark for no answer are missing in 'age', 'v_1', 'v_2', 'box_1', 'box_2': -77 (")
    assert file.said("'box_1', 'box_2' may be the boxes")
    assert enkat.inspect(tmp_path / "answers.csv").columns[4].why == "codes of the tool"


def test_sosci_ticks_with_2_and_has_codes_for_no_answer(tmp_path: Path) -> None:
    header = ["CASE", "SERIAL", "QUESTNNR", "MODE", "STARTED", "A101", "A102_01", "A102_02"]
    rows = [[1, 2, 1], [-9, 1, 1], [3, 2, 2], [2, 1, 2]]
    file = File(tmp_path, header, *[[n, "", "base", "i", "2024-01-01", *row] for n, row in enumerate(rows)])
    assert (file.survey.mean("A101").estimate, file.survey.mean("A101").n) == (2, 3)
    assert file.said("'A102_01', 'A102_02' may be the boxes", '"ticked": "2", "not_ticked": "1"')


def test_other_negative_numbers_beside_codes_of_a_tool_are_left_and_said(tmp_path: Path) -> None:
    header = ["lfdn", "dispcode", "lastpage", "duration", "degrees"]
    file = File(tmp_path, header, *[[n, 31, 9, 120, value] for n, value in enumerate((-77, -5, 12, 20))])
    assert file.survey.mean("degrees").estimate == -12.5
    assert file.said("'degrees' have negative numbers that are no codes of Unipark")


def test_what_looks_like_a_code_for_no_answer_is_said(tmp_path: Path) -> None:
    rows = [[1, 31, -3, 0], [2, 44, -2, 0.5], [5, -99, 2, 99], [99, 52, 1, 100], [3, 60, 0, 1], [-9, 61, 3, 2]]
    file = File(tmp_path, ["satisfied", "age", "change", "percent"], *rows)
    assert file.survey.mean("satisfied").n == 6
    (note,) = [note for note in file.survey.notes if "perhaps codes for no answer" in note]
    assert "'satisfied' (-9, 99), 'age' (-99); where they are" in note


def test_a_column_name_of_any_length_is_read(tmp_path: Path) -> None:
    # A search back from every letter would take hours.
    name = "a1" * 125_000 + "b"
    survey = File(tmp_path, [name, "q"], [1, 2], [2, 3]).survey
    assert survey.columns == [name, "q"]


def test_codes_for_no_answer_beside_words_are_missing_too(tmp_path: Path) -> None:
    header = ["lfdn", "dispcode", "lastpage", "duration", "liked", "why"]
    rows = [["good", "warm"], ["bad", "cold"], ["-77", "-66"], ["good", "-99"], ["good", "near"], ["bad", "far"]]
    file = File(tmp_path, header, *[[n, 31, 9, 120, *row] for n, row in enumerate([*rows, *rows[:2]])])
    assert file.ticks("liked") == {"bad": (3, 7), "good": (4, 7)}
    kinds = {row["name"]: (row["type"], row["base"], row["missing"]) for row in file.survey.questions}
    assert kinds["liked"] == ("single", 7, "1 not_asked")
    assert kinds["why"] == ("text", 6, "1 not_asked, 1 skipped")


def test_words_under_other_beside_one_answer_are_that_answer(tmp_path: Path) -> None:
    answers = [
        ("Nurse", ""),
        ("Doctor", ""),
        ("", "porter"),
        ("Nurse", "by night"),
        ("", ""),
        ("", "cook"),
        ("Nurse", ""),
    ]
    answers += [("Other (please specify)", "clerk"), ("Doctor", "")]
    file = File(
        tmp_path,
        ["Respondent ID", "Collector ID", "What is your role?", ""],
        ["", "", "Response", "Other (please specify)"],
        *[[n, 7, *answer] for n, answer in enumerate(answers)],
    )
    assert file.ticks("What is your role?") == {"Doctor": (2, 8), "Nurse": (3, 8), "Other (please specify)": (3, 8)}
    assert file.said("words under other, counts as the answer other: 'What is your role?' (2)")
