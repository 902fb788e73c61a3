"""What the C++ example prints is what Python computes of the same answers."""

import re
from pathlib import Path

import pandas
import pytest

import enkat

EXAMPLE = Path(__file__).parents[2] / "examples/cpp"


def test_the_example_prints_the_figures_of_the_package() -> None:
    data = pandas.DataFrame(
        {
            "region": ["north"] * 4 + ["south"] * 4,
            "weight": [120, 130, 150, 110, 200, 180, 190, 210],
            "has_heard": ["yes", "no", "yes", "yes", "no", "no", "yes", None],
        }
    )
    question = {"name": "has_heard", "type": "single", "options": [{"name": "yes"}, {"name": "no"}]}
    survey = enkat.Survey(
        data, {"schema_version": 1, "questions": [question]}, enkat.Design(weight="weight", strata="region")
    )
    rows = list(survey.proportion("has_heard", by="region"))
    lines = (EXAMPLE / "shares.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(rows) == 4
    for line, row in zip(lines, rows, strict=True):
        assert line.startswith(f"{row.by[0]} {row.answer} ")
        printed = [float(number) for number in re.findall(r"\d\.\d{3}", line)]
        assert printed == pytest.approx([row.estimate, row.se, row.ci_low, row.ci_high], abs=5e-4)
        assert line.endswith(f"; {row.note}" if row.note else f"{row.ci_high:.3f}")


def test_the_example_fits_on_a_page() -> None:
    assert len((EXAMPLE / "shares.cpp").read_text(encoding="utf-8").splitlines()) <= 45
