"""The class in docs/scale.md is all that Spark needs; test_engines.py runs it where Spark is not installed."""

import shutil
import sys
from pathlib import Path

import pyarrow.parquet
import pytest

import enkat
from scanning.people import CALLS, CODEBOOK, DESIGNS, cut, people, same
from scanning.processes import documented_spark

pyspark = pytest.importorskip("pyspark", reason="Spark is not installed: pip install pyspark, and Java 17 or later")
pytestmark = [
    pytest.mark.xdist_group("clusters"),
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17 or later"),
    pytest.mark.filterwarnings("ignore"),  # Spark's own, about pandas and sockets
]


def test_spark_gives_the_estimates_of_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    for number, part in enumerate(cut(people(), 3)):
        pyarrow.parquet.write_table(part, tmp_path / f"{number}.parquet")
    session = pyspark.sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", False).getOrCreate()
    try:
        frame = session.read.parquet(str(tmp_path))
        scanned = enkat.scan(documented_spark()(frame), CODEBOOK, DESIGNS["clusters"])
        whole = enkat.Survey(people(), CODEBOOK, DESIGNS["clusters"])
        for name in ("mean by", "items by items"):
            assert same(CALLS[name](scanned), CALLS[name](whole))
    finally:
        session.stop()
