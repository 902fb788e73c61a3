"""What the examples of docstrings are run with: forty answers of staff at social services, made up by arithmetic."""

import json
from pathlib import Path
from typing import Any

import pandas

import enkat
from enkat.rendering import marks
from enkat.rendering.charts import draw
from enkat.rendering.model import exhibits
from rendering.fixture import report

STAFF = range(40)
DATA = pandas.DataFrame(
    {
        "region": ["north" if i % 3 == 0 else "south" for i in STAFF],
        "sex": ["woman" if i % 5 else "man" for i in STAFF],
        "age": [25 + 7 * i % 40 for i in STAFF],
        "agegroup": ["young" if 7 * i % 40 < 20 else "old" for i in STAFF],
        "occupation": ["social worker" if i % 4 else "therapist" for i in STAFF],
        "hours": [20 + 11 * i % 21 for i in STAFF],
        "cases": [6 + 11 * i % 21 // 4 + i % 4 for i in STAFF],
        "ill": [int(i * i % 7 == 1) for i in STAFF],
        "heard_rumours": ["yes" if 3 * i % 10 < 7 else "no" for i in STAFF],
        "area_children": [int(i % 3 > 0) for i in STAFF],
        "area_youth": [int(i % 7 < 3) for i in STAFF],
        "factors_time": [int(i % 10 < 8) for i in STAFF],
        "factors_contact": [int(i % 10 > 5) for i in STAFF],
        "factors_language": [int(i % 10 == 9) for i in STAFF],
        "trust_1": [1 + i % 5 for i in STAFF],
        "trust_2": [1 + (i + i % 2) % 5 for i in STAFF],
        "trust_3": [1 + (i + i % 3 // 2) % 5 for i in STAFF],
        "first_reader": ["hopeful" if i % 2 else "worried" for i in STAFF],
        "second_reader": ["hopeful" if i % 2 and i % 9 else "worried" for i in STAFF],
        "w": [30.0 + 5 * (i % 4) for i in STAFF],
    }
)
REGION = {"name": "region", "type": "single", "options": [{"name": "north"}, {"name": "south"}]}
CODEBOOK = {
    "schema_version": 1,
    "questions": [
        {"name": "heard_rumours", "type": "single", "options": [{"name": "yes"}, {"name": "no"}]},
        {"name": "area", "type": "multiple", "options": [{"name": "children"}, {"name": "youth"}]},
        {
            "name": "factors",
            "type": "multiple",
            "options": [{"name": name} for name in ("time", "contact", "language")],
        },
    ],
}


def names(folder: Path) -> dict[str, Any]:
    """The names that examples use; the files that they read are written to the folder."""
    answers = DATA[["age", "region", "w"]]
    answers.to_csv(folder / "answers.csv", sep=";", decimal=",", index=False)
    answers.replace("north", "nroth").head(2).to_csv(folder / "misspelt.csv", index=False)
    (folder / "codebook.json").write_text(json.dumps({"schema_version": 1, "questions": [REGION]}), encoding="utf-8")
    (folder / "staff").mkdir()
    DATA.to_parquet(folder / "staff/1.parquet")
    made = report()
    charts = {shown.chart.name: shown.chart for shown in exhibits(made) if shown.chart is not None}
    return {
        "enkat": enkat,
        "json": json,
        "pandas": pandas,
        "Path": Path,
        "data": DATA,
        "survey": enkat.Survey(DATA, CODEBOOK, enkat.Design(population=1500)),
        "report": made,
        "chart": next(iter(charts.values())),
        "charts": {
            name: draw(chart, made.language, source=marks.source(made, chart)) for name, chart in charts.items()
        },
    }
