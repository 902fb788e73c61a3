"""Workbooks that are damaged, or would fill the memory with nothing."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

import enkat
from enkat.errors import DataError
from enkat.files import packed
from enkat.files.archive import check_workbook


def workbook(path: Path, *far: int) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["q", *["yes", "no"] * 20])
        if far:
            sheet.write(*far, "stray")
    return path


def test_one_changed_letter_is_seen_by_the_checksum(tmp_path: Path) -> None:
    whole = zipfile.ZipFile(workbook(tmp_path / "whole.xlsx"))
    with zipfile.ZipFile(tmp_path / "stored.xlsx", "w", zipfile.ZIP_STORED) as stored:
        for name in whole.namelist():
            stored.writestr(name, whole.read(name))
    text = (tmp_path / "stored.xlsx").read_bytes()
    assert enkat.read(tmp_path / "stored.xlsx").proportion("q")["yes"].estimate == 0.5
    (tmp_path / "changed.xlsx").write_bytes(text.replace(b"<t>yes</t>", b"<t>yez</t>"))
    with pytest.raises(DataError) as error:
        enkat.read(tmp_path / "changed.xlsx")
    assert error.value.code == "data.file_damaged"


def test_a_cell_far_out_is_refused_before_everything_between_is_made(tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        enkat.read(workbook(tmp_path / "far.xlsx", 1_048_575, 16_383))
    assert error.value.code == "data.stray_cell"


def test_a_cell_that_is_a_little_out_is_no_obstacle(tmp_path: Path) -> None:
    survey = enkat.read(workbook(tmp_path / "near.xlsx", 60, 0))
    assert survey.proportion("q")["stray"].count == 1


def test_a_sheet_of_hundreds_of_times_the_size_of_its_workbook_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "_ANY_UNPACKED", 1000)
    whole = zipfile.ZipFile(workbook(tmp_path / "whole.xlsx"))
    with zipfile.ZipFile(tmp_path / "large.xlsx", "w", zipfile.ZIP_DEFLATED) as large:
        for name in whole.namelist():
            large.writestr(name, whole.read(name) + b" " * 20_000_000 * name.endswith("sheet1.xml"))
    with pytest.raises(DataError) as error:
        check_workbook(tmp_path / "large.xlsx")
    assert error.value.code == "data.unpacked_too_large"
