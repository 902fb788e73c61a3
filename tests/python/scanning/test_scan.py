"""Files, lazy queries and streams give the same survey, or say what is wrong with them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import polars
import pyarrow as pa
import pyarrow.dataset
import pyarrow.feather
import pyarrow.parquet
import pytest

import enkat
from scanning.people import CALLS, CODEBOOK, DESIGNS, cut, people, same

DESIGN = DESIGNS["clusters"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number, part in enumerate(cut(people(), 3)):
        pyarrow.parquet.write_table(part, tmp_path / f"{number}.parquet", row_group_size=400)
    return tmp_path


def feather(folder: Path) -> list[Path]:
    for file in folder.glob("*.parquet"):
        pyarrow.feather.write_feather(pyarrow.parquet.read_table(file), file.with_suffix(".arrow"))
    return list(folder.glob("*.arrow"))


SOURCES: dict[str, Callable[[Path], Any]] = {
    "pattern": lambda folder: str(folder / "*.parquet"),
    "folder": lambda folder: folder,
    "list": lambda folder: [str(file) for file in folder.glob("*.parquet")],
    "arrow files": feather,
    "dataset": lambda folder: pyarrow.dataset.dataset(folder),
    "polars": lambda folder: polars.scan_parquet(folder / "*.parquet"),
    "duckdb": lambda folder: duckdb.read_parquet(str(folder / "*.parquet")),
    "table": lambda folder: pyarrow.parquet.read_table(folder),
    "pandas": lambda folder: pyarrow.parquet.read_table(folder).to_pandas(),
    "reader": lambda folder: pyarrow.parquet.read_table(folder).to_reader(max_chunksize=700),
    "iterator": lambda folder: (polars.from_arrow(part) for part in cut(people(), 4)),
    "function": lambda folder: lambda: (part.to_pandas() for part in cut(people(), 5)),
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES.keys())
def test_every_source_gives_the_estimates_of_memory(folder: Path, source: Callable[[Path], Any]) -> None:
    scanned = enkat.scan(source(folder), CODEBOOK, DESIGN)
    whole = enkat.Survey(people(), CODEBOOK, DESIGN)
    assert scanned.columns == whole.columns
    for call in ("mean by", "items by items", "domain"):
        assert same(CALLS[call](scanned), CALLS[call](whole))


def test_requests_together_open_the_source_as_often_as_one_does() -> None:
    rows, opened = people(), 0

    def open_anew() -> list[Any]:
        nonlocal opened
        opened += 1
        return cut(rows, 1)

    scanned = enkat.scan(open_anew, CODEBOOK, DESIGN)
    whole = enkat.Survey(rows, CODEBOOK, DESIGN)
    requests = [
        {"estimator": "mean", "y": "income", "by": "region"},
        {"estimator": "proportion", "question": "works", "by": "area"},
        {"estimator": "ratio", "y": "income", "x": "age"},
    ]
    before = opened
    found = scanned.estimate(requests)
    assert opened - before == 2  # what is in the columns, and the totals
    assert all(same(a, b) for a, b in zip(found, whole.estimate(requests), strict=True))
    narrowed = {"region": ["north", "south"]}
    domains = zip(scanned.where(narrowed).estimate(requests), whole.where(narrowed).estimate(requests), strict=True)
    assert all(same(a, b) for a, b in domains)


def test_a_request_that_fails_fails_them_all() -> None:
    for survey in (enkat.Survey(people()), enkat.scan(people)):
        with pytest.raises(enkat.DataError) as error:
            survey.estimate([{"estimator": "mean", "y": "age"}, {"estimator": "mean", "y": "agee"}])
        assert error.value.code == "data.unknown_column"
        with pytest.raises(enkat.UsageError, match="'mean'"):
            survey.estimate([{"estimator": "maen", "y": "age"}])
        with pytest.raises(enkat.UsageError):
            survey.estimate(["mean"])  # type: ignore[list-item]


# ---- what is wrong with files


def problem(source: Any, design: enkat.Design = DESIGN) -> enkat.EnkatError:
    with pytest.raises(enkat.EnkatError) as error:
        enkat.scan(source, CODEBOOK, design).mean("income", by="region")
    return error.value


def test_files_cut_off_and_files_with_other_columns_are_named_all_at_once(folder: Path) -> None:
    cut_off = folder / "2.parquet"
    cut_off.write_bytes(cut_off.read_bytes()[:-200])
    other = people().drop_columns("age").append_column("extra", pa.array(range(3000)))
    pyarrow.parquet.write_table(other, folder / "4.parquet")
    whole_numbers = people().set_column(3, "w", [[1] * 3000])
    pyarrow.parquet.write_table(whole_numbers, folder / "5.parquet")
    issues = problem(folder).issues
    assert [(issue.code, issue.context.get("column")) for issue in issues] == [
        ("data.file_damaged", None),
        ("data.schema_differs", "age"),
        ("data.schema_differs", "extra"),
        ("data.schema_differs", "w"),
    ]


def test_a_file_damaged_inside_gives_no_number(folder: Path) -> None:
    file = folder / "1.parquet"
    pyarrow.parquet.write_table(people(), file, write_page_checksum=True)
    content = bytearray(file.read_bytes())
    for at in range(1000, len(content) - 8000, 1000):
        content[at] ^= 1
    file.write_bytes(bytes(content))
    assert problem(folder).code == "data.file_damaged"


def test_an_arrow_file_cut_off_is_refused(folder: Path) -> None:
    files = feather(folder)
    files[0].write_bytes(files[0].read_bytes()[:-100])
    assert problem(files).code == "data.file_damaged"


def test_a_file_written_anew_between_two_estimates_is_refused(folder: Path) -> None:
    scanned = enkat.scan(folder, CODEBOOK, DESIGN)
    scanned.mean("income")
    file = folder / "3.parquet"
    pyarrow.parquet.write_table(pyarrow.parquet.read_table(file), file, compression="gzip")
    with pytest.raises(enkat.DataError) as error:
        scanned.mean("income")
    assert error.value.code == "data.changed"
    file.unlink()
    with pytest.raises(enkat.DataError) as error:
        scanned.mean("income")
    assert error.value.context["files"] == ["3.parquet"]


def test_there_must_be_files_of_one_format(folder: Path) -> None:
    assert problem(folder / "*.nothing").code == "data.no_file"
    feather(folder)
    assert problem(folder).code == "usage.scan_format"
    (folder / "a.csv").write_text("a\n1\n")
    assert problem(folder / "a.csv").code == "usage.scan_format"


@pytest.mark.parametrize("wrong", [17, {"age": [1]}, None], ids=str)
def test_what_is_no_source_is_refused(wrong: Any) -> None:
    assert problem(wrong).code == "usage.source"


# ---- what is wrong with streams


def test_a_batch_with_another_schema_is_refused_wherever_it_comes() -> None:
    other = people().drop_columns("income")
    text = people().set_column(5, "age", [["x"] * 3000])
    for wrong in (other, text):
        assert problem(iter([people(), wrong])).code == "data.schema_differs"
        assert problem(lambda wrong=wrong: [people(), wrong]).code == "data.schema_differs"


def test_a_stream_that_breaks_off_gives_no_number(tmp_path: Path) -> None:
    path = tmp_path / "rows.arrows"
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_stream(file, people().schema) as writer:
        writer.write_table(people(), max_chunksize=500)
    path.write_bytes(path.read_bytes()[:-3000])
    with pa.OSFile(str(path)) as file:
        assert problem(pa.ipc.open_stream(file)).code == "data.stream_failed"


def test_a_stream_without_a_batch_is_refused() -> None:
    assert problem(iter([])).code == "data.no_rows"
    assert problem(list).code == "data.no_rows"


def test_a_query_that_fails_half_way_gives_no_number(folder: Path) -> None:
    pattern = str(folder / "*.parquet")
    lazy = polars.scan_parquet(pattern).with_columns(income=polars.col("region").cast(polars.Float64, strict=True))
    assert problem(lazy).code == "data.query_failed"
    failing = duckdb.read_parquet(pattern).select("*, CASE WHEN age > 88 THEN error('no') ELSE income END AS income2")
    with pytest.raises(enkat.DataError) as error:
        enkat.scan(failing, CODEBOOK, DESIGN).mean("income2")
    assert error.value.code == "data.query_failed"


def test_the_file_of_a_stream_goes_with_its_survey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    scanned = enkat.scan(iter([people()]), CODEBOOK, DESIGN)
    scanned.mean("age")
    assert list(tmp_path.iterdir())
    del scanned
    assert not list(tmp_path.iterdir())
