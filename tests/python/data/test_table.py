"""The same answers give the same estimates from any table library and in any of the four storages."""

import json

import pandas
import polars
import pyarrow
import pytest

import enkat

OPTIONS = [{"name": name} for name in ("pay", "time", "tools")]
CHOSEN = [["pay", "time"], ["time"], None, ["pay"], ["tools", "pay", "time"]]


def codebook(**keys: object) -> dict[str, object]:
    return {
        "schema_version": 1,
        "questions": [{"name": "q", "type": "multiple", "label": "q", "options": OPTIONS, **keys}],
    }


def ticks(option: str) -> list[int | None]:
    return [None if row is None else int(option in row) for row in CHOSEN]


STORED = {
    "columns": (codebook(storage="columns"), {f"q_{o['name']}": ticks(o["name"]) for o in OPTIONS}),
    "codes": (
        codebook(storage="codes", columns=["c1", "c2", "c3"]),
        {f"c{i + 1}": [row[i] if row and len(row) > i else None for row in CHOSEN] for i in range(3)},
    ),
    "delimited": (codebook(storage="delimited"), {"q": [None if row is None else ";".join(row) for row in CHOSEN]}),
    "list": (codebook(storage="list"), {"q": CHOSEN}),
}


@pytest.mark.parametrize("storage", STORED)
@pytest.mark.parametrize("library", [pyarrow.table, polars.DataFrame])
def test_all_storages_give_the_same_shares(storage: str, library: type) -> None:
    questions, columns = STORED[storage]
    shares = enkat.Survey(library(columns), questions).proportion("q")
    assert shares.column("estimate") == [0.75, 0.75, 0.25]
    assert shares.column("count") == [3, 3, 1]
    assert shares.column("n") == [4, 4, 4]


@pytest.mark.parametrize("make", [pandas.DataFrame, polars.DataFrame, pyarrow.table])
def test_any_table_library_gives_the_same_mean(make: type) -> None:
    mean = enkat.Survey(make({"y": [1.5, 2.5, 5.0]})).mean("y")["y"]
    assert (mean.estimate, mean.n) == (3.0, 3)


def test_problems_of_the_answers_are_reported_by_row_and_column_and_never_by_answer() -> None:
    table = pyarrow.table({"q": ["pay", "secret words of a person", "time"]})
    core = enkat._core.Table.from_stream(table.__arrow_c_stream__())
    question = {"name": "q", "type": "single", "options": OPTIONS}
    questions = json.dumps({"schema_version": 1, "questions": [question]})
    issues = enkat._core.check_answers(core, enkat._core.Codebook.parse(questions))
    assert [(issue.code, issue.context["row"]) for issue in issues] == [("data.unknown_code", 2)]
    assert "secret" not in issues[0].message
