"""Arguments of the wrong kind are refused by enkat, not by a library beneath it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import enkat

FRAME = pd.DataFrame({"y": [1.0, 2.0, 3.0], "g": ["a", "b", "a"]})

CALLS: dict[str, Callable[[Any], object]] = {
    "a level that is a text": lambda s: s.mean("y", level="95 %"),
    "a level that is true": lambda s: s.mean("y", level=True),
    "a number as column": lambda s: s.mean(5),
    "a number as by": lambda s: s.mean("y", by=5),
    "no interval": lambda s: s.proportion("g", interval=None),
    "a number as missing": lambda s: s.mean("y", missing=1),
    "several questions to rank": lambda s: s.ranking(["g"]),
    "a number as codebook": lambda s: enkat.Survey(FRAME, 5),  # type: ignore[arg-type]
    "a word as share below a quantile": lambda s: s.quantile("y", "median"),
    "no word as rule of quantiles": lambda s: s.quantile("y", rule=7),
    "a list as first variable of a pair": lambda s: s.correlation(["y"], "y"),
    "a number as standard": lambda s: s.standardized_mean("y", 5),
    "a word as point": lambda s: s.cdf("y", "5"),
    "a word as upper weight": lambda s: s.trim("5"),
    "nothing as upper weight": lambda s: s.trim(None),
    "a number as method of replicates": lambda s: s.replicate(5),
    "a word as number of replicates": lambda s: s.replicate("bootstrap", replicates="many"),
    "a word as mse": lambda s: s.replicate("JK1", mse="yes"),
    "a number as formula": lambda s: s.calibrate(5, {"g": {"a": 1, "b": 2}}),
    "a number as totals": lambda s: s.calibrate("~ g", 5),
    "a number as household": lambda s: s.calibrate("~ g", {"g": {"a": 1, "b": 2}}, household=5),
    "a word as covariance": lambda s: s.calibrate("~ g", {"g": {"a": 1, "b": 2}}, covariance="none"),
    "words as bounds": lambda s: s.calibrate("~ g", {"g": {"a": 1, "b": 2}}, bounds=("low", "high")),
    "a number as margin": lambda s: s.rake(g=5),
    "a list as margins": lambda s: s.poststratify(["g"]),
    "a number to balance": lambda s: s.balance(5),
    "a number as expression": lambda s: s.mean("y").contrast(5),
    "a number as words": lambda s: s.check(9, question="g", answer="a"),
    "a number as study": lambda s: enkat.load_study(5),  # type: ignore[arg-type]
    "a number as file": lambda s: enkat.read(5),  # type: ignore[arg-type]
    "a column twice": lambda s: s.mean("y", by=["g", "g"]),
    "bytes as missing": lambda s: s.mean("y", missing=b"drop"),
    "nan as question of a claim": lambda s: s.check("9 av 10", question=float("nan"), answer="a"),
    "a list as where of a claim": lambda s: s.check("9 av 10", question="g", answer="a", where=[]),
    "true as language": lambda s: s.check("9 av 10", question="g", answer="a", language=True),
    "nan as label": lambda s: s.derive("made", "g", collapse={"all": ["a", "b"]}, label=float("nan")),
    "bytes as label": lambda s: s.derive("made", "g", collapse={"all": ["a", "b"]}, label=b"all"),
    "a list as labels": lambda s: s.derive("made", "g", collapse={"all": ["a", "b"]}, labels=[]),
    "a list as expression": lambda s: s.mean("y", by="g").contrast([["a"]]),
    "nothing as requests": lambda s: s.estimate(None),
    "zero as household": lambda s: s.calibrate("~ g", {"g": {"a": 2, "b": 1}}, household=0),
    "half a precision": lambda s: enkat.load_study("ryktet-gar").check("C1", "9 av 10", percent_step=2.5),  # type: ignore[arg-type]
    "a number as words of a study's claim": lambda s: enkat.load_study("ryktet-gar").check("C1", 3),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("name", CALLS)
def test_an_argument_of_the_wrong_kind_is_a_usage_error(name: str) -> None:
    with pytest.raises(enkat.UsageError):
        CALLS[name](enkat.Survey(FRAME))


def test_lists_of_categories_are_choices() -> None:
    frame = pl.DataFrame({"m": [["a"], ["a", "b"], [], None]}, schema={"m": pl.List(pl.Categorical)})
    question = {"name": "m", "type": "multiple", "storage": "list", "options": [{"name": "a"}, {"name": "b"}]}
    survey = enkat.Survey(frame, {"schema_version": 1, "language": "en", "questions": [question]})
    assert survey.proportion("m").column("count") == [2, 1]


@pytest.mark.parametrize("values", [["a", "b"], np.array(["a", "b"]), pd.Series(["a", "b"]), pl.Series(["a", "b"])])
def test_where_takes_its_values_from_any_kind_of_list(values: object) -> None:
    assert len(enkat.Survey(FRAME).where(g=values)) == 3
    assert len(enkat.Survey(FRAME).where(g=pa.array(["b"]))) == 1


def test_an_error_of_check_names_the_words_it_is_about() -> None:
    with pytest.raises(enkat.EnkatError, match="claim '9 av 10'"):
        enkat.Survey(FRAME).check("9 av 10")
