"""Expressions of estimates: the figures of R survey, names of rows, and what has no value."""

from collections.abc import Callable

import numpy
import pytest

import enkat
from design.twelve import DATA, survey


def by_sector() -> enkat.Estimates:
    return survey().mean("hours", by="sector")


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


@pytest.mark.parametrize(
    ("estimates", "expression"),
    [
        (lambda s: s.mean("hours", by=["sector", "sex"]), "`x:k` - `y:m`"),
        (lambda s: s.mean(["hours", "cases"], by="sector"), "`x:hours` / `x:cases`"),
        (lambda s: s.proportion("sex"), "k - m"),
        (lambda s: s.proportion(["sex", "sector"], by="region"), "`north:sex:k` - `south:sector:x`"),
        (lambda s: enkat.Survey(DATA).quantile("hours", [0.4, 0.6]), "`0.6` - `0.4`"),
        (lambda s: s.mean("hours"), "sqrt(hours)"),
    ],
)
def test_a_row_is_named_by_what_distinguishes_it(
    estimates: Callable[[enkat.Survey], enkat.Estimates], expression: str
) -> None:
    assert estimates(survey()).contrast(expression).estimate is not None


def test_a_name_that_is_a_word_of_python_stands_in_backticks() -> None:
    means = survey(group=["in", "True"] * 6).mean("hours", by="group")
    assert means.contrast("`in` - `True`").estimate is not None


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
