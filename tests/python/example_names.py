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
        "trust_time": [int(i % 10 < 8) for i in STAFF],
        "trust_language": [int(i % 10 > 7) for i in STAFF],
        "trust_1": [1 + i % 5 for i in STAFF],
        "trust_2": [1 + (i + i % 2) % 5 for i in STAFF],
        "trust_3": [1 + (i + i % 3 // 2) % 5 for i in STAFF],
        "first_reader": ["hopeful" if i % 2 else "worried" for i in STAFF],
        "second_reader": ["hopeful" if i % 2 and i % 9 else "worried" for i in STAFF],
        "w": [30.0 + 5 * (i % 4) for i in STAFF],
    }
)
CODEBOOK = {
    "schema_version": 1,
    "questions": [
        {"name": "heard_rumours", "type": "single", "options": [{"name": "yes"}, {"name": "no"}]},
        {"name": "area", "type": "multiple", "options": [{"name": "children"}, {"name": "youth"}]},
        {
            "name": "trust_factors",
            "type": "multiple",
            "options": [{"name": name, "column": f"trust_{name}"} for name in ("time", "language")],
        },
    ],
}


def names() -> dict[str, Any]:
    """The names that examples use, with the files they read in the current folder."""
    DATA[["age", "region", "w"]].to_csv("answers.csv", sep=";", decimal=",", index=False)
    Path("staff").mkdir()
    DATA.to_parquet("staff/1.parquet")
    made = report()
    charts = {shown.chart.name: shown.chart for shown in exhibits(made) if shown.chart is not None}
    drawn = {name: draw(chart, made.language, source=marks.source(made)) for name, chart in charts.items()}
    survey = enkat.Survey(DATA, CODEBOOK, enkat.Design(population=1500))
    return {
        **{"enkat": enkat, "json": json, "pandas": pandas, "Path": Path},
        **{"df": DATA, "survey": survey, "report": made, "chart": next(iter(charts.values())), "charts": drawn},
    }
