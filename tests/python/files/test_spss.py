"""SPSS files: labels, missing codes, dates and multiple-response sets."""

from __future__ import annotations

import datetime
import struct
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest

import enkat
from enkat.errors import DataError
from enkat.files.reading import Content
from enkat.files.spss import read_statistics_file

COLUMNS: dict[str, list[Any]] = {
    "yrke": [1.0, 2.0, 1.0, 98.0, 99.0, None],
    "nöjd": [1.0, 5.0, 3.0, 97.0, 2.0, 4.0],
    "ålder": [34.0, 51.0, 28.0, 999.0, None, 47.5],
    "kön": ["k", "m", "k", "", "x", "k"],
    "dag": [datetime.date(2023, 3, 31)] * 5 + [None],
    "klocka": [datetime.datetime(2023, 3, 31, 10, 30)] * 6,
    "box1": [1.0, 0.0, 1.0, 0.0, None, 1.0],
    "box2": [0.0, 0.0, 1.0, 1.0, None, 0.0],
    "janej_långt_namn_1": [1.0, 2.0, 2.0, 1.0, 9.0, None],
    "janej_långt_namn_2": [2.0, 2.0, 1.0, 1.0, 9.0, None],
    "val1": [1.0, 2.0, 3.0, 1.0, None, 2.0],
    "val2": [2.0, None, 1.0, None, None, 3.0],
    "okänd": [7.0, 8.0, 7.0, 8.0, 7.0, 8.0],
}
YES_NO = {1: "Ja", 2: "Nej"}


def save(path: Path, **more: Any) -> Path:
    pyreadstat.write_sav(
        pd.DataFrame(COLUMNS),
        path,
        column_labels={"yrke": "Vilket yrke har du?", "box1": "Tid", "box2": "Stöd", "ålder": "Ålder"},
        variable_value_labels={
            "yrke": {
                1: "Socialsekreterare",
                2: "Behandlare",
                3: "Fältassistent",
                98: "Vet ej",
                99: "Vill ej svara",
            },
            "nöjd": {1: "Inte alls", 2: "Lite", 3: "Ganska", 4: "Mycket", 5: "Helt", 97: "Ej tillfrågad"},
            "kön": {"k": "Kvinna", "m": "Man"},
            "janej_långt_namn_1": YES_NO,
            "janej_långt_namn_2": YES_NO,
            "val1": {1: "Rött", 2: "Grönt", 3: "Blått"},
            "val2": {1: "Rött", 2: "Grönt", 3: "Blått"},
        },
        missing_ranges={
            "yrke": [{"lo": 98, "hi": 99}],
            "nöjd": [97],
            "ålder": [{"lo": 900, "hi": 999}],
            "kön": ["x"],
            "janej_långt_namn_1": [9],
            "janej_långt_namn_2": [9],
        },
        variable_measure={"yrke": "nominal", "nöjd": "ordinal", "ålder": "scale"},
        **more,
    )
    return path


def short_names(data: bytes) -> dict[str, str]:
    """The eight-letter names that an SPSS file has inside, by the names its users see."""
    start = data.index(struct.pack("<iii", 7, 13, 1)) + 12
    (size,) = struct.unpack_from("<i", data, start)
    pairs = data[start + 4 : start + 4 + size].decode(errors="replace").split("\t")
    return {long: short for short, _, long in (pair.partition("=") for pair in pairs)}


def with_sets(path: Path) -> Path:
    """The same file with the records in which SPSS keeps multiple-response sets."""
    data = path.read_bytes()
    short = short_names(data)
    yes_no = " ".join(short[name].lower() for name in ("janej_långt_namn_1", "janej_långt_namn_2"))
    # Lengths count bytes, and å, ä and ö are two.
    old = "$boxar=D1 1 14 Viktigt för d box1 box2\n$farg=C 5 Färg val1 val2\n".encode()
    new = f"$janej=E 11 1 1 6 Ja/nej {yes_no}\n".encode()
    records = b"".join(struct.pack("<iiii", 7, kind, 1, len(text)) + text for kind, text in ((7, old), (19, new)))
    end = data.index(struct.pack("<ii", 999, 0))
    path.write_bytes(data[:end] + records + data[end:])
    return path


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return read_statistics_file(with_sets(save(tmp_path / "answers.sav")), "sav")


def question(content: Content, name: str) -> dict[str, Any]:
    assert content.codebook is not None
    return next(q for q in content.codebook["questions"] if q["name"] == name)


def names(entries: list[dict[str, Any]]) -> list[tuple[Any, Any]]:
    return [(entry["code"], entry["name"]) for entry in entries]


def test_value_labels_are_answers_and_declared_missing_codes_keep_their_reason(content: Content) -> None:
    yrke = question(content, "yrke")
    assert (yrke["type"], yrke["label"]) == ("single", "Vilket yrke har du?")
    # The label that nobody chose stays.
    assert names(yrke["options"]) == [(1, "Socialsekreterare"), (2, "Behandlare"), (3, "Fältassistent")]
    assert [(m["code"], m["reason"], m["label"]) for m in yrke["missing"]] == [
        (98, "dont_know", "Vet ej"),
        (99, "refused", "Vill ej svara"),
    ]


def test_missing_codes_stay_in_the_table(content: Content) -> None:
    assert content.table is not None
    assert content.table.column("yrke").to_pylist() == COLUMNS["yrke"]


def test_an_ordinal_variable_is_a_scale(content: Content) -> None:
    assert question(content, "nöjd")["type"] == "scale"
    assert question(content, "nöjd")["missing"] == [{"code": 97, "reason": "not_asked", "label": "Ej tillfrågad"}]


def test_of_a_missing_range_the_codes_that_occur_are_named(content: Content) -> None:
    assert question(content, "ålder") == {
        "name": "ålder",
        "type": "number",
        "label": "Ålder",
        "missing": [{"code": 999, "reason": "skipped"}],
    }


def test_text_codes_and_blanks(content: Content) -> None:
    assert names(question(content, "kön")["options"]) == [("k", "Kvinna"), ("m", "Man")]
    assert [entry["code"] for entry in question(content, "kön")["missing"]] == ["x"]
    assert content.table is not None
    assert content.table.column("kön").to_pylist() == ["k", "m", "k", None, "x", "k"]


def test_dates_are_dates(content: Content) -> None:
    assert content.table is not None
    assert content.table.column("dag").to_pylist() == COLUMNS["dag"]
    assert content.table.column("klocka").to_pylist() == COLUMNS["klocka"]


def test_a_variable_the_file_says_nothing_about_has_no_question(content: Content) -> None:
    assert content.codebook is not None
    assert "okänd" not in [q["name"] for q in content.codebook["questions"]]


def test_a_set_of_boxes_is_one_question_named_by_the_labels_of_its_variables(content: Content) -> None:
    boxes = question(content, "boxar")
    assert (boxes["type"], boxes["storage"]) == ("multiple", "columns")
    assert [(option["name"], option["column"]) for option in boxes["options"]] == [
        ("Tid", "box1"),
        ("Stöd", "box2"),
    ]


def test_boxes_coded_yes_and_no_become_zero_and_one_beside_the_originals(content: Content) -> None:
    options = question(content, "janej")["options"]
    assert [option["column"] for option in options] == [
        "janej:janej_långt_namn_1",
        "janej:janej_långt_namn_2",
    ]
    assert content.table is not None
    assert content.table.column("janej:janej_långt_namn_1").to_pylist() == [1, 0, 0, 1, None, None]
    assert content.table.column("janej_långt_namn_1").to_pylist() == COLUMNS["janej_långt_namn_1"]


def test_a_set_of_choices_holds_codes(content: Content) -> None:
    colours = question(content, "farg")
    assert (colours["storage"], colours["columns"], colours["label"]) == ("codes", ["val1", "val2"], "Färg")
    assert names(colours["options"]) == [(1, "Rött"), (2, "Grönt"), (3, "Blått")]


def test_the_same_label_twice_gets_its_code(tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(
        pd.DataFrame({"a": [1.0, 2.0, 3.0]}),
        path,
        variable_value_labels={"a": {1: "Annat", 2: "Annat", 3: "Ja"}},
    )
    content = read_statistics_file(path, "sav")
    assert names(question(content, "a")["options"]) == [(1, "Annat (1)"), (2, "Annat (2)"), (3, "Ja")]


def test_a_scale_labelled_at_its_ends_keeps_the_steps_between(tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(
        pd.DataFrame({"a": [0.0, 5.0, 10.0]}),
        path,
        variable_value_labels={"a": {0: "Inte alls", 10: "Helt"}},
        variable_measure={"a": "ordinal"},
    )
    content = read_statistics_file(path, "sav")
    assert question(content, "a")["type"] == "scale"
    assert names(question(content, "a")["options"]) == [(0, "Inte alls"), (5, "5"), (10, "Helt")]


def test_an_amount_with_a_labelled_value_is_a_number_and_noted(tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    ages = [float(age) for age in range(18, 60)]
    pyreadstat.write_sav(
        pd.DataFrame({"a": [*ages, 99.0]}), path, variable_value_labels={"a": {18: "Yngst", 99: "Vet ej"}}
    )
    content = read_statistics_file(path, "sav")
    assert question(content, "a")["type"] == "number"
    assert "none of these is declared as missing" in content.notes[0]
    assert [dict(values.labels) for values in content.undeclared] == [{99: "Vet ej"}]


def test_compressed_files_read_alike(tmp_path: Path) -> None:
    plain = read_statistics_file(save(tmp_path / "a.sav"), "sav")
    packed = read_statistics_file(save(tmp_path / "a.zsav", compress=True), "sav")
    assert plain.table is not None and packed.table is not None
    assert plain.table.equals(packed.table)
    assert plain.codebook == packed.codebook


def test_stata_files_read_through_the_same_door(tmp_path: Path) -> None:
    path = tmp_path / "a.dta"
    frame = pd.DataFrame({"a": [1.0, 2.0, None], "d": [datetime.date(2023, 3, 31)] * 3, "s": ["å", "", "ö"]})
    pyreadstat.write_dta(frame, path, variable_value_labels={"a": {1: "Ja", 2: "Nej"}})
    content = read_statistics_file(path, "dta")
    assert content.table is not None
    assert content.table.to_pydict() == {"a": [1, 2, None], "d": list(frame["d"]), "s": ["å", None, "ö"]}
    assert names(question(content, "a")["options"]) == [(1, "Ja"), (2, "Nej")]


def test_a_file_that_was_cut_off_is_damaged(tmp_path: Path) -> None:
    path = save(tmp_path / "a.sav")
    path.write_bytes(path.read_bytes()[:-60])
    with pytest.raises(DataError) as caught:
        read_statistics_file(path, "sav")
    assert caught.value.code == "data.file_damaged"


def test_missing_values_with_a_letter_are_missing_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.dta"
    pyreadstat.write_dta(
        pd.DataFrame({"a": pd.Series([1.0, 2.0, "a", "b", "a", None], dtype=object)}),
        path,
        missing_user_values={"a": ["a", "b"]},
        variable_value_labels={"a": {"a": "refused", 1: "Yes", 2: "No"}},
    )
    content = read_statistics_file(path, "dta")
    assert content.table is not None
    assert content.table.column("a").to_pylist() == [1.0, 2.0, None, None, None, None]
    assert "'a' has missing values with a reason: .a (refused) 2, .b 1" in content.notes
    assert names(question(content, "a")["options"]) == [(1, "Yes"), (2, "No")]


def test_boxes_of_a_set_by_counted_values_are_called_what_their_value_is(tmp_path: Path) -> None:
    path = tmp_path / "answers.sav"
    boxes = [f"janej_långt_namn_{number}" for number in (1, 2)]
    pyreadstat.write_sav(
        pd.DataFrame(
            {boxes[0]: [1.0, 1.0, 0.0, 0.0], boxes[1]: [0.0, 1.0, 0.0, 1.0], "box1": [1.0] * 4, "box2": [0.0] * 4}
        ),
        path,
        column_labels=dict.fromkeys(boxes, "What do you use?"),
        variable_value_labels={boxes[0]: {1: "Tablet", 0: "No"}, boxes[1]: {1: "Phone", 0: "No"}},
    )
    devices = question(read_statistics_file(with_sets(path), "sav"), "janej")
    assert [option["name"] for option in devices["options"]] == ["Tablet", "Phone"]


def test_characters_in_labels_that_no_page_can_show_are_left_out_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    frame = pd.DataFrame({"a": [1.0, 2.0]})
    pyreadstat.write_sav(
        frame, path, column_labels={"a": "On\x07e"}, variable_value_labels={"a": {1: "Ye\x1bs", 2: "No"}}
    )
    survey = enkat.read(path)
    (question,) = survey.codebook["questions"]
    assert question["label"] == "One"
    assert [option["label"] for option in question["options"]] == ["Yes", "No"]
    assert survey.notes == ["characters that cannot be shown were left out of 2 labels"]
