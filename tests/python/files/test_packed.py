"""A table inside another file."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

import enkat
from enkat.errors import DataError
from enkat.files import packed
from enkat.files.read import read_table

TABLE = "id;vikt\n1;0,5\n2;1,5\n"


def zipped(path: Path, **files: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "."), text)
    return path


def code(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        read_table(path)
    return caught.value.code


def test_a_packed_csv_file_is_read_with_its_options(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv.gz"
    path.write_bytes(gzip.compress(TABLE.encode("cp1252")))
    mean = enkat.read(path).mean("vikt")["vikt"]
    assert (mean.estimate, mean.n) == (1.0, 2)
    assert read_table(path, header=0).table.num_rows == 3


def test_a_zip_file_with_one_table_is_read_and_says_which(tmp_path: Path) -> None:
    path = zipped(tmp_path / "export.zip", answers__csv=TABLE, readme__txt="About", logo__png="x")
    reading = read_table(path)
    assert reading.table.column("vikt").to_pylist() == [0.5, 1.5]
    assert "read 'answers.csv' in the zip file; 2 other files in it" in reading.notes


def test_a_workbook_is_a_workbook_and_not_a_zip_file(tmp_path: Path) -> None:
    path = tmp_path / "answers.zip"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_column(0, 0, ["a", 1, 2])
    assert read_table(path).table.to_pydict() == {"a": [1, 2]}


def test_a_zip_file_with_several_tables_or_none_is_refused_with_their_names(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"'a\.csv', 'b\.csv'") as caught:
        read_table(zipped(tmp_path / "two.zip", a__csv=TABLE, b__csv=TABLE))
    assert caught.value.code == "data.archive"
    assert code(zipped(tmp_path / "none.zip", logo__png="x")) == "data.archive"
    inner = zipped(tmp_path / "inner.zip", a__csv=TABLE).read_bytes()
    (tmp_path / "outer.csv.gz").write_bytes(gzip.compress(inner))
    assert code(tmp_path / "outer.csv.gz") == "data.archive"


def test_damaged_and_unending_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv.gz"
    whole = gzip.compress(TABLE.encode() * 1000)
    path.write_bytes(whole[: len(whole) // 2])
    assert code(path) == "data.file_damaged"
    path.write_text(TABLE)
    assert code(path) == "data.file_damaged"
    archive = zipped(tmp_path / "b.zip", a__csv=TABLE * 1000)
    archive.write_bytes(archive.read_bytes()[:-40])
    assert code(archive) == "data.file_damaged"
    monkeypatch.setattr(packed, "MOST_UNPACKED", 1000)
    path.write_bytes(whole)
    assert code(path) == "data.unpacked_too_large"
    assert code(zipped(tmp_path / "c.zip", a__csv=TABLE * 1000)) == "data.unpacked_too_large"


def test_no_file_may_hold_hundreds_of_times_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "_ANY_UNPACKED", 1000)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"a\n" + b"1\n" * 1_000_000))
    assert code(tmp_path / "a.csv.gz") == "data.unpacked_too_large"
    assert code(zipped(tmp_path / "b.zip", a__csv="a\n" + "1\n" * 1_000_000)) == "data.unpacked_too_large"
    (tmp_path / "c.csv.gz").write_bytes(gzip.compress(b"a\n" + b"1\n" * 1_000_000, compresslevel=0))
    assert enkat.read(tmp_path / "c.csv.gz").total("a").estimate == 1_000_000
