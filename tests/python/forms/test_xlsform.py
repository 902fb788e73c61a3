"""XLSForm of KoboToolbox and ODK as the codebook of an export."""

from collections.abc import Callable
from pathlib import Path

import pandas
import pytest
import xlsxwriter

import enkat

SURVEY = [
    ["type", "name", "label::English (en)", "label::Svenska (sv)", "relevant"],
    ["start", "start", "", "", ""],
    ["begin_group", "home", "Home", "Hem", ""],
    ["select_one sex", "sex", "1. Sex", "1. Kön", ""],
    ["integer", "age", "2. <b>Age</b> in years", "2. Ålder", ""],
    ["select_multiple waste", "waste", "3. What do you do with waste?", "3. Vad gör du med avfall?", ""],
    ["text", "waste_other", "What else?", "Vad annat?", "selected(${waste}, '88')"],
    ["end_group", "", "", "", ""],
    ["select_one fuel or_other", "fuel", "Fuel", "Bränsle", ""],
    ["begin_repeat", "child", "Child", "Barn", ""],
    ["integer", "child_age", "Age of child", "Barnets ålder", ""],
    ["end_repeat", "", "", "", ""],
    ["note", "thanks", "Thank you", "Tack", ""],
]
CHOICES = [
    ["list_name", "name", "label::English (en)", "label::Svenska (sv)"],
    ["sex", "1", "Woman", "Kvinna"],
    ["sex", "2", "Man", "Man"],
    ["waste", "burn", "Burn it", "Bränner"],
    ["waste", "pit", "Dig a pit", "Gräver ner"],
    ["waste", "road", "Leave it at the road", "Vid vägen"],
    ["waste", "88", "Other", "Annat"],
    ["fuel", "wood", "Wood", "Ved"],
    ["fuel", "99", "Don't know", "Vet ej"],
]
JOINED = "start,sex,age,waste,waste_other,fuel,fuel_other,_id\n"
ROWS = [
    "2026-01-02,1,30,burn 88,river,wood,,1",
    "2026-01-02,2,50,pit burn,,other,dung,2",
    "2026-01-02,2,40,,,99,,3",
]


def form(folder: Path, survey: list[list[str]] = SURVEY, choices: list[list[str]] = CHOICES) -> Path:
    with xlsxwriter.Workbook(folder / "form.xlsx") as book:
        for name, rows in (("survey", survey), ("choices", choices)):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, [int(cell) if cell.isdigit() else cell for cell in row])  # as Excel does
    return folder / "form.xlsx"


def export(folder: Path, text: str) -> Path:
    (folder / "export.csv").write_text(text, encoding="utf-8")
    return folder / "export.csv"


def with_boxes(separator: str, group: str) -> str:
    """The same answers with a column a choice, the third of which nobody chose and the file leaves out."""
    waste = f"{group}waste"
    boxes = [f"{waste}{separator}{choice}" for choice in ("burn", "pit", "88")]
    lines = [",".join(["start", f"{group}sex", f"{group}age", waste, *boxes, "fuel", "fuel_other", "_id"])]
    lines += ["2026-01-02,1,30,burn 88,1,0,1,wood,,1", "2026-01-02,2,50,pit burn,1,1,0,other,dung,2"]
    return "\n".join([*lines, "2026-01-02,2,40,,,,,99,,3"]) + "\n"


EXPORTS: dict[str, Callable[[], str]] = {
    "choices in one cell": lambda: JOINED + "\n".join(ROWS) + "\n",
    "a column a choice": lambda: with_boxes("/", ""),
    "with the names of groups": lambda: with_boxes("/", "home/"),
    "as ODK Central writes groups": lambda: with_boxes("/", "home-"),
}


@pytest.mark.parametrize("way", EXPORTS)
def test_an_export_has_the_questions_of_its_form(way: str, tmp_path: Path) -> None:
    survey = enkat.read(export(tmp_path, EXPORTS[way]()), codebook=form(tmp_path))
    waste = survey.proportion("waste")
    assert waste.column("answer") == ["Burn it", "Dig a pit", "Leave it at the road", "Other"]
    assert waste.column("count") == [2, 1, 0, 1] and waste["Burn it"].n == 2
    assert survey.mean("age").estimate == 40
    sex = survey.proportion("sex")
    assert (sex["Woman"].count, sex["Man"].count, sex["Man"].n) == (1, 2, 3)
    fuel = survey.proportion("fuel")
    assert fuel.column("answer") == ["Wood", "Don't know", "Other"] and fuel.column("count") == [1, 1, 1]
    labels = {question["name"]: question.get("label") for question in survey.codebook["questions"]}
    assert labels["age"] == {"en": "2. Age in years", "sv": "2. Ålder"}
    assert "child_age" not in labels and any("'child_age'" in note for note in survey.notes)


def test_a_label_that_is_no_answer_is_said_and_can_be_taken_out(tmp_path: Path) -> None:
    file, codebook = export(tmp_path, JOINED + "\n".join(ROWS)), form(tmp_path)
    assert any("'fuel': 99 (Don't know)" in note for note in enkat.read(file, codebook=codebook).notes)
    fuel = enkat.read(file, codebook=codebook, missing="labelled").proportion("fuel")
    assert fuel.column("answer") == ["Wood", "Other"] and fuel["Wood"].n == 2


def test_an_export_of_labels_is_read_by_them(tmp_path: Path) -> None:
    boxes = [f"3. What do you do with waste?/{label}" for label in ("Burn it", "Dig a pit", "Other")]
    header = ";".join(["1. Sex", "2. Age in years", *boxes])
    survey = enkat.read(
        export(tmp_path, f"{header}\nWoman;30;1;0;1\nMan;50;1;1;0\nMan;40;;;\n"), codebook=form(tmp_path)
    )
    assert survey.proportion("sex")["Man"].count == 2
    assert survey.proportion("waste").column("count") == [2, 1, 0, 1]
    assert survey.mean("age").estimate == 40


def test_answers_of_an_older_version_are_said(tmp_path: Path) -> None:
    survey = enkat.read(
        export(tmp_path, JOINED + "\n".join([*ROWS, "2026-01-02,3,20,,,wood,,4"])), codebook=form(tmp_path)
    )
    assert survey.proportion("sex").column("answer") == ["Woman", "Man", "3"]
    assert any("'sex'" in note and "older version" in note for note in survey.notes)


def test_a_form_in_one_language_has_plain_labels(tmp_path: Path) -> None:
    one = [[row[0], row[1], row[2]] for row in SURVEY]
    one[0] = ["type", "name", "label"]
    lists = [row[:3] for row in CHOICES]
    lists[0] = ["list name", "name", "label"]
    survey = enkat.read(export(tmp_path, JOINED + "\n".join(ROWS)), codebook=form(tmp_path, one, lists))
    assert {q["name"]: q.get("label") for q in survey.codebook["questions"]}["sex"] == "1. Sex"


def test_a_choice_that_is_not_in_the_form_is_a_problem(tmp_path: Path) -> None:
    file = export(tmp_path, JOINED + "\n".join([*ROWS, "2026-01-02,1,20,secret,,wood,,4"]))
    with pytest.raises(enkat.DataError, match="row 4") as error:
        enkat.read(file, codebook=form(tmp_path))
    assert "secret" not in str(error.value)
    assert enkat.inspect(file, codebook=form(tmp_path)).issues


def test_what_is_no_form_is_refused(tmp_path: Path) -> None:
    file = export(tmp_path, JOINED + "\n".join(ROWS))
    with xlsxwriter.Workbook(tmp_path / "answers.xlsx") as book:
        book.add_worksheet("Svar")
    (tmp_path / "broken.xlsx").write_bytes(b"PK")
    for name, code in (("answers.xlsx", "codebook.no_form"), ("broken.xlsx", "codebook.unreadable")):
        with pytest.raises(enkat.CodebookError) as error:
            enkat.read(file, codebook=tmp_path / name)
        assert error.value.code == code
    with pytest.raises(enkat.DataError, match="no file"):
        enkat.read(file, codebook=tmp_path / "nowhere.xlsx")
    with pytest.raises(enkat.UsageError, match="read with its export"):
        enkat.Survey(pandas.DataFrame({"sex": [1, 2]}), codebook=form(tmp_path))
