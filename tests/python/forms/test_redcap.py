"""REDCap's data dictionary as the codebook of an export."""

from pathlib import Path

import pytest

import enkat

HEADINGS = [
    *("Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label"),
    *("Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number"),
]
DICTIONARY = (
    ",".join(f'"{heading}"' for heading in HEADINGS)
    + """
record_id,base,,text,"Record",,,
height,base,,text,"Height, cm",,,number
visited,base,,text,"Date of visit",,,date_ymd
weight,base,,text,"Weight, kg",,,
comment,base,,notes,"Comment",,,
sex,base,,radio,"Sex","1, Woman | 2, Man | -9, Don't know",,
smokes,base,,yesno,"Do you <i>smoke</i>?",,,
pills,base,,dropdown,"Pills a day","0, fewer than 5 | 1, 5-10 | 2, over 10",,
gym,base,,checkbox,"Days at the gym","0, Monday | 1, Tuesday | -3, Never, ever",,
bmi,base,,calc,"BMI","round([weight]/[height],1)",,
"""
)
RAW = """record_id,redcap_event_name,height,visited,weight,comment,sex,smokes,pills,gym___0,gym___1,gym____3,bmi
1,first_arm_1,170,2026-01-02,60,,1,1,0,1,1,0,20.8
2,first_arm_1,180,2026-01-03,90,tall,2,0,2,0,0,1,27.8
1,second_arm_1,,,62,,-9,0,1,,,,
"""
DAYS = [f"Days at the gym (choice={day})" for day in ("Monday", "Tuesday", "Never, ever")]
LABELLED = ["Record", "Event Name", "Height, cm", "Weight, kg", "Sex", "Do you smoke?", *DAYS]
LABELS = (
    ",".join(f'"{heading}"' for heading in LABELLED)
    + """
1,First,170,60,Woman,Yes,Checked,Checked,Unchecked
2,First,180,90,Man,No,Unchecked,Unchecked,Checked
"""
)


def read(folder: Path, export: str, dictionary: str = DICTIONARY, **options: str) -> enkat.Survey:
    (folder / "dictionary.csv").write_text(dictionary, encoding="utf-8")
    (folder / "export.csv").write_text(export, encoding="utf-8")
    return enkat.read(folder / "export.csv", codebook=folder / "dictionary.csv", **options)  # type: ignore[arg-type]


def test_a_raw_export_has_the_questions_of_its_dictionary(tmp_path: Path) -> None:
    survey = read(tmp_path, RAW)
    gym = survey.proportion("gym")
    assert gym.column("answer") == ["Monday", "Tuesday", "Never, ever"]
    assert gym.column("count") == [1, 1, 1] and gym["Monday"].n == 2  # the second event did not ask
    assert survey.proportion("sex")["Woman"].n == 3
    assert survey.proportion("smokes")["Yes"].count == 1
    assert survey.mean("height").estimate == 175 and survey.mean("weight").estimate == pytest.approx(212 / 3)
    assert survey.mean("pills").estimate == 1  # bands of a number are steps
    assert any("3 rows are of 2 records" in note for note in survey.notes)
    assert any("'sex': -9 (Don't know)" in note for note in survey.notes)
    types = {question["name"]: question["type"] for question in survey.codebook["questions"]}
    assert types["comment"] == "text" and "visited" not in types
    assert {q["name"]: q["label"] for q in survey.codebook["questions"]}["smokes"] == "Do you smoke?"


def test_what_is_no_answer_can_be_taken_out(tmp_path: Path) -> None:
    assert read(tmp_path, RAW, missing="labelled").proportion("sex")["Woman"].n == 2


def test_an_export_of_labels_is_read_by_them(tmp_path: Path) -> None:
    survey = read(tmp_path, LABELS)
    assert survey.proportion("gym").column("count") == [1, 1, 1]
    assert survey.proportion("sex").column("count") == [1, 1, 0]
    assert survey.mean("height").estimate == 175


def test_a_repeated_instrument_is_said_with_and_without_a_dictionary(tmp_path: Path) -> None:
    repeated = "record_id,redcap_repeat_instrument,redcap_repeat_instance,sex,pills\n1,,,1,\n2,,,2,\n2,sale,1,,0\n"
    survey = read(tmp_path, repeated)
    notes = [*survey.notes, *enkat.read(tmp_path / "export.csv").notes]
    assert len([note for note in notes if "3 rows are of 2 records: 1 repeat an instrument" in note]) == 2
    assert len(survey.where("redcap_repeat_instrument is missing")) == 2


def test_the_headings_of_the_api_are_read_too(tmp_path: Path) -> None:
    api = (
        'field_name,form_name,field_type,field_label,select_choices_or_calculations\nsex,base,radio,Sex,"1, W | 2, M"\n'
    )
    assert read(tmp_path, RAW, api.replace("2, M", "2, M | -9, x")).proportion("sex")["W"].count == 1


def test_another_csv_file_is_no_dictionary(tmp_path: Path) -> None:
    with pytest.raises(enkat.CodebookError) as error:
        read(tmp_path, RAW, "a,b\n1,2\n")
    assert error.value.code == "codebook.no_form"
