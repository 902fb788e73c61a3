"""Expressions of estimates: the figures of R survey, names of rows, and what has no value."""

from collections.abc import Callable
from typing import Any

import numpy
import pandas
import pytest

import enkat
from design.twelve import DATA, survey

HOURS, CASES, SEX, SECTOR, REGION = (DATA[name] for name in ("hours", "cases", "sex", "sector", "region"))
EVERYBODY = HOURS > 0


def by_sector() -> enkat.Estimates:
    return survey().mean("hours", by="sector")


def average(values: "pandas.Series[Any]", among: "pandas.Series[bool]" = EVERYBODY) -> float:
    """The weighted mean of the twelve, by numpy."""
    return float(numpy.average(values[among], weights=DATA["w"][among]))


@pytest.mark.parametrize(
    ("expression", "estimate", "se"),
    [("x - y", -3.157894736842, 1.06084357627566), ("log(x / y)", -0.5819215454497, 0.20896433602001)],
)
def test_differences_and_ratios_are_those_of_r(expression: str, estimate: float, se: float) -> None:
    contrast = by_sector().contrast(expression)
    assert (contrast.estimate, contrast.se) == pytest.approx((estimate, se), rel=1e-8)


def test_a_difference_uses_the_joint_covariance() -> None:
    means = by_sector()
    gradient = numpy.array([1, -1])
    assert means.contrast("x - y").se == pytest.approx(numpy.sqrt(gradient @ means.covariance @ gradient))


def test_a_list_gives_rows_and_a_mapping_names_them() -> None:
    means = by_sector()
    assert means.contrast(["x - y", "x / y"]).column("variable") == ["x - y", "x / y"]
    named = means.contrast({"difference": "x - y", "sum": "+x + y"})
    assert named["sum"].estimate == pytest.approx(sum(means.column("estimate")))
    assert named.contrast("sum - difference").estimate == pytest.approx(2 * means["y"].estimate)  # type: ignore[operator]


NAMED: dict[str, tuple[Callable[[enkat.Survey], enkat.Estimates], float]] = {
    "`x:k` - `y:m`": (
        lambda s: s.mean("hours", by=["sector", "sex"]),
        average(HOURS, (SECTOR == "x") & (SEX == "k")) - average(HOURS, (SECTOR == "y") & (SEX == "m")),
    ),
    "`x:hours` / `x:cases`": (
        lambda s: s.mean(["hours", "cases"], by="sector"),
        average(HOURS, SECTOR == "x") / average(CASES, SECTOR == "x"),
    ),
    "k - m": (lambda s: s.proportion("sex"), average(SEX == "k") - average(SEX == "m")),
    "`north:sex:k` - `south:sector:x`": (
        lambda s: s.proportion(["sex", "sector"], by="region"),
        average(SEX == "k", REGION == "north") - average(SECTOR == "x", REGION == "south"),
    ),
    "`0.6` - `0.4`": (lambda s: enkat.Survey(DATA).quantile("hours", [0.4, 0.6]), 6 - 5),
    "sqrt(hours)": (lambda s: s.mean("hours"), average(HOURS) ** 0.5),
}


@pytest.mark.parametrize("expression", NAMED)
def test_a_row_is_named_by_what_distinguishes_it(expression: str) -> None:
    estimates, expected = NAMED[expression]
    assert estimates(survey()).contrast(expression).estimate == pytest.approx(expected, rel=1e-12)


def test_a_name_that_is_a_word_of_python_stands_in_backticks() -> None:
    means = survey(group=["in", "True"] * 6).mean("hours", by="group")
    odd = EVERYBODY.index % 2 == 0
    expected = average(HOURS, EVERYBODY & odd) - average(HOURS, EVERYBODY & ~odd)
    assert means.contrast("`in` - `True`").estimate == pytest.approx(expected, rel=1e-12)


ODD = ["a`b", "c``", "x:y", "_name_0_", "ª", "a", "10²", "Å", "new\nline", "å å", "log"]


@pytest.mark.parametrize("label", ODD)
def test_any_label_can_be_named(label: str) -> None:
    means = enkat.Survey(pandas.DataFrame({"g": [*ODD, *ODD], "y": range(2 * len(ODD))})).mean("y", by="g")
    quoted = label.replace("`", "``")
    expected = ODD.index(label) + len(ODD) / 2
    assert means.contrast(f"2 * `{quoted}`").estimate == pytest.approx(2 * expected)
    if label.isidentifier():
        assert means.contrast(f"2 * {label}").estimate == pytest.approx(2 * expected)


def test_rows_whose_names_read_the_same_are_named_in_their_parts() -> None:
    rows = pandas.DataFrame({"a": ["x:y", "x"] * 3, "b": ["z", "y:z"] * 3, "v": [1.0, 10.0] * 3})
    means = enkat.Survey(rows).mean("v", by=["a", "b"])
    assert means.contrast("x:`y:z` - `x:y`:`z`").estimate == pytest.approx(9)
    with pytest.raises(enkat.UsageError, match="x:`y:z`") as error:
        means.contrast("`x:y:z` + 1")
    assert error.value.code == "usage.unknown_row"


def test_a_name_that_stands_in_for_another_is_not_a_row() -> None:
    with pytest.raises(enkat.UsageError) as error:
        by_sector().contrast("_quoted_0_ + _name_0_ - `x`")
    assert error.value.code == "usage.unknown_row"


REFUSED: dict[str, tuple[object, str, str]] = {
    "an unknown row": ("x - z", "usage.unknown_row", "backticks); choose one of 'y', 'x'"),
    "a name without backticks": ("x - y:hours", "usage.expression", "backticks"),
    "nothing": ("", "usage.expression", "write it like"),
    "no text": (5, "usage.expression", "'a - b'"),
    "a mapping to no text": ({"a": 5}, "usage.expression", "'a - b'"),
    "no expressions": ([], "usage.no_contrast", "at least one expression"),
    "a comparison": ("x > y", "usage.expression", "arithmetic"),
    "an attribute": ("x.y", "usage.expression", "arithmetic"),
    "a number too large": ("x * " + "9" * 400, "usage.expression", "arithmetic"),
    "a number that overflows": ("x * 1e999", "usage.expression", "arithmetic"),
    "parentheses without end": ("(" * 5000 + "x" + ")" * 5000, "usage.expression", "write it like"),
    "the logarithm of a negative number": ("log(x - y)", "estimate.expression", "above 0"),
    "a division by 0": ("x / 0", "estimate.expression", "divides by 0"),
    "no estimate": ("1 + 1", "estimate.expression", "uses no estimate"),
    "an unknown function": ("sin(x)", "estimate.expression", "sin"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_expression_without_a_value_is_refused(case: str) -> None:
    expression, code, advice = REFUSED[case]
    with pytest.raises(enkat.EnkatError) as error:
        by_sector().contrast(expression)  # type: ignore[arg-type]
    assert error.value.code == code
    assert advice in str(error.value)
    assert "secret" not in str(error.value)


def test_a_sum_of_answers_is_a_share_with_the_interval_of_a_share() -> None:
    answers = pandas.DataFrame({"q": ["a"] * 30 + ["b"] * 28 + ["c", "d"], "g": ["x", "y"] * 30})
    people = enkat.Survey(answers)
    net = people.proportion("q").contrast("a + b")
    alone = people.derive("net", "q", any_of=["a", "b"]).proportion("net")[("yes",)]
    figures = ("estimate", "se", "ci_low", "ci_high", "df", "n")
    assert [net.column(name)[0] for name in figures] == pytest.approx([getattr(alone, name) for name in figures])
    assert net.column("ci_high")[0] == pytest.approx(0.992, abs=5e-5)
    every = people.proportion("q").contrast("a + b + c + d")
    assert every.column("ci_high")[0] == 1
    for method in ("wilson", "beta", "wald"):
        by_method = people.proportion("q", interval=method).contrast("a + b").column("ci_high")[0]
        of_net = people.derive("net", "q", any_of=["a", "b"]).proportion("net", interval=method)[("yes",)]
        assert by_method == pytest.approx(of_net.ci_high)


def test_sums_that_are_no_shares_keep_the_t_interval() -> None:
    answers = pandas.DataFrame({"q": ["a"] * 30 + ["b"] * 28 + ["c", "d"], "g": ["x", "y"] * 30})
    for expression in ("`x:a` + `y:a`", "`x:a` + 2 * `x:b`", "`x:a` - `x:b`"):
        (row,) = enkat.Survey(answers).proportion("q", by="g").contrast(expression)
        assert row.ci_low is not None and row.ci_high is not None and row.estimate is not None
        assert (row.ci_low + row.ci_high) / 2 == pytest.approx(row.estimate)
    boxes = pandas.DataFrame({"m_a": [1, 1, 0, 1, 1, 0] * 5, "m_b": [0, 1, 1, 0, 0, 0] * 5})
    question = {"name": "m", "type": "multiple", "options": [{"name": "a"}, {"name": "b"}]}
    several = enkat.Survey(boxes, {"schema_version": 1, "questions": [question]}).proportion("m").contrast("a + b")
    ends = several.column("ci_low")[0], several.column("ci_high")[0]
    assert sum(ends) / 2 == pytest.approx(several.estimate)


@pytest.mark.parametrize(
    ("column", "expression", "said"),
    [
        ("year", "2026 - 2024", "write '`2026` - `2024`'"),
        ("year", "100 * (2026 - 2024) / 2024", "write '100 * (`2026` - `2024`) / `2024`'"),
        ("place", "very good - bad", "write '`very good` - bad'"),
        ("place", "not-so-bad - bad", "write '`not-so-bad` - bad'"),
    ],
)
def test_names_that_need_backticks_are_shown_as_they_must_be_written(column: str, expression: str, said: str) -> None:
    frame = pandas.DataFrame(
        {
            "y": [1.0, 3.0, 5.0, 8.0, 2.0, 4.0],
            "year": [2024, 2024, 2026, 2026, 2025, 2025],
            "place": ["bad", "bad", "very good", "very good", "not-so-bad", "not-so-bad"],
        }
    )
    means = enkat.Survey(frame).mean("y", by=column)
    with pytest.raises(enkat.UsageError) as caught:
        means.contrast(expression)
    assert str(caught.value).endswith(said)
    assert means.contrast(said.removeprefix("write '").removesuffix("'")).estimate is not None


def test_quantiles_of_two_variables_have_no_joint_covariance() -> None:
    data = pandas.DataFrame({"y": range(40), "z": [(7 * i) % 40 for i in range(40)]})
    medians = enkat.Survey(data).quantile(["y", "z"], 0.5)
    (row,) = medians.contrast("y - z")
    assert row.estimate is not None
    assert (row.se, row.ci_low, row.ci_high) == (None, None, None)
    assert row.note == "estimate.no_covariance"
