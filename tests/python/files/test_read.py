"""One function reads every format; whatever cannot be read says why."""

from __future__ import annotations

import hashlib
import os
import struct
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pyreadstat
import pytest
import xlsxwriter

import enkat
from enkat.errors import DataError, UsageError
from enkat.files.read import read_table

ANSWERS = {"id": [1, 2], "ort": ["Åmål", "Öckerö"], "vikt": [1.5, None]}


def write(path: Path) -> Path:
    frame = pd.DataFrame(ANSWERS)
    if path.suffix == ".csv":
        frame.to_csv(path, sep=";", decimal=",", index=False, encoding="cp1252")
    elif path.suffix == ".parquet":
        pa.parquet.write_table(pa.table(ANSWERS), path)
    elif path.suffix == ".sav":
        pyreadstat.write_sav(frame, path)
    else:
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, (name, values) in enumerate(ANSWERS.items()):
                sheet.write_column(0, number, [name, *values])
    return path


def refused(path: Path) -> DataError:
    with pytest.raises(DataError) as caught:
        read_table(path)
    assert str(path.name) in str(caught.value) or path.name in str(caught.value.context)
    return caught.value


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx", ".sav"])
def test_every_format_gives_the_same_answers(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"answers{suffix}")
    reading = read_table(path)
    assert reading.table.to_pydict() == ANSWERS
    assert reading.issues == []
    assert reading.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (reading.dialect is not None) == (suffix == ".csv")


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx", ".sav"])
def test_the_content_decides_over_a_wrong_suffix(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"answers{suffix}").rename(tmp_path / "answers.dat")
    assert read_table(path).table.to_pydict() == ANSWERS


def test_how_a_csv_file_was_read_is_noted(tmp_path: Path) -> None:
    notes = read_table(write(tmp_path / "a.csv")).notes
    assert notes == ["read as CSV with semicolon between cells, decimal comma, windows-1252"]


def test_a_missing_file_suggests_the_one_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "answers.csv")
    error = refused(tmp_path / "anwers.csv")
    assert error.code == "data.file_not_found"
    assert "did you mean 'answers.csv'" in str(error)


def test_a_missing_folder_a_folder_and_an_empty_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "no" / "a.csv").code == "data.file_not_found"
    assert refused(tmp_path).code == "data.is_folder"
    (tmp_path / "empty.sav").touch()
    assert refused(tmp_path / "empty.sav").code == "data.file_empty"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_one_may_not_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv")
    path.chmod(0)
    assert refused(path).code == "data.file_unreadable"


@pytest.mark.parametrize("suffix", [".parquet", ".xlsx", ".sav", ".xls", ".sas7bdat"])
def test_text_under_the_name_of_another_format_is_damaged(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text("a;b\n1;2\n")
    assert refused(path).code == "data.file_damaged"


@pytest.mark.parametrize("suffix", [".parquet", ".xlsx", ".sav"])
@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_a_file_that_was_cut_off_is_damaged(tmp_path: Path, suffix: str, kept: float) -> None:
    path = write(tmp_path / f"a{suffix}")
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    assert refused(path).code == "data.file_damaged"


def test_binary_files_of_no_known_kind_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"\x7fELF\0\0\0\1")
    assert refused(path).code == "data.format_unknown"


def test_a_workbook_with_a_password_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504
    path.write_bytes(header + "EncryptedPackage".encode("utf-16-le").ljust(4096, b"\0"))
    assert refused(path).code == "data.file_protected"


def test_options_of_another_format_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="sheet="):
        read_table(write(tmp_path / "a.csv"), sheet="Svar")
    with pytest.raises(UsageError, match="delimiter="):
        read_table(write(tmp_path / "a.xlsx"), delimiter=";")


@pytest.mark.parametrize("options", [{"decimal": ";"}, {"delimiter": ";;"}, {"delimiter": ".", "decimal": "."}])
def test_impossible_options_are_refused(tmp_path: Path, options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        read_table(write(tmp_path / "a.csv"), **options)


def test_problems_are_collected_and_the_rest_is_still_readable(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a;a;b\n1;2;1,5\n1;2\n3;4;2.5\n")
    reading = read_table(path)
    found = [issue.code for issue in reading.issues]
    assert found == ["data.ragged_rows", "data.mixed_decimal"]
    assert reading.table.num_rows == 2


def test_a_parquet_file_without_rows_or_with_a_foreign_column(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pa.parquet.write_table(pa.table({"a": pa.nulls(0, pa.int8())}), path)
    assert [issue.code for issue in read_table(path).issues] == ["data.no_rows"]
    pa.parquet.write_table(pa.table({"a": [b"x"]}), path)
    assert refused(path).code == "data.type_not_supported"


def test_arrow_files_of_both_versions_are_read(tmp_path: Path) -> None:
    table = pa.table({**ANSWERS, "kind": pa.array(["a", "b"]).dictionary_encode()})
    path = tmp_path / "a.feather"
    pyarrow.feather.write_feather(table, path)
    assert read_table(path).table.column("vikt").to_pylist() == [1.5, None]
    assert enkat.read(path).mean("vikt")["vikt"].n == 1
    path.write_bytes(path.read_bytes()[:-30])
    assert refused(path).code == "data.file_damaged"
    stream = tmp_path / "a.arrows"
    with pa.ipc.new_stream(str(stream), table.schema) as writer:
        writer.write_table(table)
    assert read_table(stream).table.column("id").to_pylist() == [1, 2]


def test_sas_transport_files_are_read_with_their_labels(tmp_path: Path) -> None:
    path = tmp_path / "a.xpt"
    frame = pd.DataFrame({"SEQN": [1.0, 2.0, 3.0], "AGE": [10.0, 20.0, 60.0], "SEX": ["f", "m", ""]})
    for version in (5, 8):
        pyreadstat.write_xport(frame, path, file_format_version=version, column_labels=["", "Age in years", ""])
        survey = enkat.read(path)
        age = survey.mean("AGE")["AGE"]
        assert (age.estimate, age.n) == (30, 3)
        assert {row.answer: row.n for row in survey.proportion("SEX")} == {"f": 2, "m": 2}
    path.write_text("no transport file")
    assert refused(path).code == "data.file_damaged"


def test_spss_portable_files_are_known_by_their_content(tmp_path: Path) -> None:
    path = tmp_path / "a.por"
    pyreadstat.write_por(pd.DataFrame({"AGE": [10.0, 20.0, 60.0]}), path)
    assert enkat.read(path).mean("AGE")["AGE"].estimate == 30
    assert read_table(path.rename(tmp_path / "a.dat")).table.num_rows == 3


def test_tab_separated_files_are_csv_files(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("id\tvikt\n1\t0,5\n2\t1,5\n")
    mean = enkat.read(path).mean("vikt")["vikt"]
    assert (mean.estimate, mean.n) == (1.0, 2)


def test_columns_that_a_codebook_declares_as_text_are_no_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,when,Q5,w\nR1,2023,"1,2",1.5\nR2,2024,2,1\nR3,2023,"1,3",0.5\nR4,2023,,1\n')
    options = [{"name": name, "code": code} for name, code in (("a", 1), ("b", 2), ("c", 3))]
    questions = [
        {"name": "Q5", "type": "multiple", "storage": "delimited", "delimiter": ",", "options": options},
        {"name": "when", "type": "single", "options": [{"name": "2023"}, {"name": "2024"}, {"name": "later"}]},
    ]
    codebook = {"schema_version": 1, "questions": questions}
    survey = enkat.read(path, codebook=codebook)
    assert [(row.estimate, row.n) for row in survey.proportion("Q5")] == [
        (pytest.approx(2 / 3), 3),
        (pytest.approx(2 / 3), 3),
        (pytest.approx(1 / 3), 3),
    ]
    assert [row.estimate for row in survey.proportion("when")] == [0.75, 0.25, 0]
    assert enkat.inspect(path, codebook=codebook) == []


def test_one_changed_byte_of_a_parquet_file_with_checksums_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"a": [float(number) for number in range(1000)]})
    pa.parquet.write_table(table, path, write_page_checksum=True, compression="none", use_dictionary=False)
    assert enkat.read(path).mean("a").estimate == 499.5
    content = bytearray(path.read_bytes())
    content[content.index(struct.pack("<d", 500.0)) + 6] ^= 4
    path.write_bytes(content)
    with pytest.raises(DataError) as error:
        enkat.read(path)
    assert error.value.code == "data.file_damaged"


def test_texts_that_are_not_utf_8_are_named_by_their_column(tmp_path: Path) -> None:
    offsets, letters = struct.pack("<4i", 0, 1, 2, 3), b"a\xffb"
    texts = pa.Array.from_buffers(pa.string(), 3, [None, pa.py_buffer(offsets), pa.py_buffer(letters)])
    for name, write in (("a.parquet", pa.parquet.write_table), ("a.feather", pyarrow.feather.write_feather)):
        write(pa.table({"number": [1, 2, 3], "word": texts}), tmp_path / name)
        with pytest.raises(DataError) as error:
            enkat.read(tmp_path / name)
        assert (error.value.code, error.value.context["column"]) == ("data.encoding", "word")


def test_a_name_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.feather"
    pyarrow.feather.write_feather(pa.table({"number": [1, 2, 3]}), path, compression="uncompressed")
    path.write_bytes(path.read_bytes().replace(b"number", b"num\x8eer"))
    with pytest.raises(DataError) as error:
        enkat.read(path)
    assert error.value.code == "data.encoding"
    with pytest.raises(DataError):
        enkat.scan(path)
