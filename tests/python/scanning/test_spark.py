"""The class in docs/scale.md is all that Spark needs."""

import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

import enkat
from scanning.people import CALLS, CODEBOOK, DESIGNS, cut, people, same

pyspark = pytest.importorskip("pyspark", reason="Spark is not installed")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java"),
    pytest.mark.filterwarnings("ignore"),  # Spark's own, about pandas and sockets
]
DOCUMENT = Path(__file__).parents[3] / "docs/scale.md"


def test_spark_gives_the_estimates_of_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    example = re.search(r"```python\n(class Spark:.*?)\n\n\nsurvey", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert example
    names: dict[str, Any] = {"pyarrow": pyarrow}
    exec(example[1], names)
    for number, part in enumerate(cut(people(), 3)):
        pyarrow.parquet.write_table(part, tmp_path / f"{number}.parquet")
    session = pyspark.sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", False).getOrCreate()
    try:
        frame = session.read.parquet(str(tmp_path))
        scanned = enkat.scan(names["Spark"](frame), CODEBOOK, DESIGNS["clusters"])
        whole = enkat.Survey(people(), CODEBOOK, DESIGNS["clusters"])
        for name in ("mean by", "items by items"):
            assert same(CALLS[name](scanned), CALLS[name](whole))
    finally:
        session.stop()
