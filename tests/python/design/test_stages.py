"""Several stages, unequal probabilities and two phases: the figures of R survey, and what is refused."""

from typing import Any

import numpy
import pytest

import enkat
from design.twelve import DATA, survey

PI = [0.1, 0.2, 0.1, 0.3, 0.2, 0.2, 0.4, 0.3, 0.5, 0.4, 0.3, 0.4]
AGAIN = [True, True, False, True, False, True, True, True, False, True, True, True]
COLUMNS = {"n1": 10, "n2": 5, "pi": PI, "again": AGAIN, "person": range(12)}
TWO_STAGES = (5.5, 0.552268050859363)  # mean hours and its standard error


def designed(**design: Any) -> enkat.Survey:
    return survey(enkat.Design(**design), **COLUMNS)


def figures(survey: enkat.Survey) -> tuple[float | None, float | None]:
    mean = survey.mean("hours")
    return mean.estimate, mean.se


def test_two_stages_without_replacement_are_as_in_r() -> None:
    assert figures(designed(cluster=["workplace", "person"], fpc=["n1", "n2"])) == pytest.approx(TWO_STAGES)


def test_no_weights_follow_from_the_sizes_of_some_stages() -> None:
    with pytest.raises(enkat.DesignError, match="1 of 2 stages") as error:
        designed(cluster=["workplace", "person"], fpc="n1")
    assert error.value.code == "design.weights_unknown"


def test_weights_follow_from_the_sizes_of_every_stage() -> None:
    weights = designed(cluster=["workplace", "person"], fpc=["n1", "n2"]).weights
    assert weights == pytest.approx([10 / 6 * 5 / 2] * 12)


def test_a_stage_drawn_whole_adds_nothing() -> None:
    whole = survey(enkat.Design(cluster=["workplace", "person"], fpc=["n1", "n2"]), **{**COLUMNS, "n2": 2})
    one = survey(enkat.Design(cluster="workplace", fpc="n1"), **COLUMNS)
    assert whole.mean("hours").se == pytest.approx(one.mean("hours").se)


def test_fpc_of_fewer_stages_than_clusters_is_noted() -> None:
    fewer = designed(weight="w", cluster=["workplace", "person"], fpc="n1")
    assert any("with replacement" in note for note in fewer.notes)


def test_a_later_stage_with_one_unit_is_refused_where_single_psu_is_fail() -> None:
    single = survey(
        enkat.Design(cluster=["workplace", "person"], fpc=["n1", "n2"]), n1=10, n2=5, person=[1, 2, 3, *range(5, 14)]
    )
    assert figures(single) == pytest.approx(TWO_STAGES)  # other names of the same persons
    one = enkat.Survey(DATA.iloc[1:].assign(n1=10, n2=5, person=range(11)), design=single.design)
    with pytest.raises(enkat.DesignError) as error:
        one.mean("hours")
    assert error.value.code == "design.single_psu"
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(("pps", "se"), [("brewer", 19.4495754413428), ("overton", 22.4831586802751)])
def test_unequal_probabilities_without_replacement_are_as_in_r(pps: str, se: float) -> None:
    total = designed(fpc="pi", pps=pps).total("hours")
    assert (total.estimate, total.se) == pytest.approx((252.5, se))


def test_joint_probabilities_of_independent_draws_are_poisson_sampling() -> None:
    joint = numpy.outer(PI, PI)
    numpy.fill_diagonal(joint, PI)
    given = designed(fpc="pi", pps="joint", joint_probabilities=joint).total("hours")
    y, pi = DATA["hours"].to_numpy(), numpy.array(PI)
    assert given.se == pytest.approx(numpy.sqrt(((1 - pi) * (y / pi) ** 2).sum()))
    assert given.se == pytest.approx(designed(fpc="pi", pps="poisson").total("hours").se)


def test_two_phases_are_as_in_r() -> None:
    mean = designed(population=100, phase2={"column": "again", "strata": "sector"}).mean("hours")
    assert (mean.estimate, mean.se) == pytest.approx((5.25, 0.62449979983984))


def test_a_first_phase_with_replacement_is_the_limit_of_a_large_population() -> None:
    second = {"column": "again", "strata": "sector"}
    large = designed(population=1e12, phase2=second).mean("hours")
    assert designed(phase2=second).mean("hours").se == pytest.approx(large.se)


def test_a_second_phase_of_all_is_one_phase() -> None:
    all_again = survey(enkat.Design(population=100, phase2="again"), again=True)
    assert all_again.mean("hours").se == pytest.approx(survey(enkat.Design(population=100)).mean("hours").se)


@pytest.mark.parametrize(
    ("design", "columns", "code", "advice"),
    [
        ({"fpc": "n"}, {"n": 5}, "design.fpc_too_small", "population"),
        ({"pps": "brewer"}, {}, "design.pps_needs_fpc", "inclusion probabilities"),
        ({"fpc": "pi", "pps": "brewr"}, {}, "design.unknown_word", "'brewer'"),
        ({"fpc": "n1", "pps": "brewer"}, {}, "design.inclusion_range", "at most 1"),
        ({"fpc": "pi", "pps": "joint"}, {}, "design.joint_missing", "joint_probabilities"),
        ({"fpc": "pi", "pps": "joint", "joint_probabilities": [[1]]}, {}, "design.joint_size", "one row and column"),
        ({"fpc": "pi", "variance": "YG"}, {}, "design.pps_option", "`pps`"),
        ({"phase2": "again"}, {"again": False}, "design.phase2_empty", "merge it"),
        ({"phase2": {"column": "again", "strata": "again"}}, {}, "design.phase2_empty", "merge it"),
        ({"phase2": "agian"}, {}, "data.unknown_column", "'again'"),
        ({"phase2": {"kolumn": "again"}}, {}, "design.wrong_type", "`column`"),
        ({"fpc": "pi", "pps": "brewer", "phase2": "again"}, {}, "design.pps_two_phase", "cannot be combined"),
    ],
)
def test_a_design_that_cannot_be_is_refused_with_what_to_do(
    design: dict[str, Any], columns: dict[str, Any], code: str, advice: str
) -> None:
    with pytest.raises(enkat.EnkatError) as error:
        survey(enkat.Design(**design), **{**COLUMNS, **columns}).mean("hours")
    assert error.value.code == code
    assert advice in str(error.value)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("argument", "given"),
    [
        ("joint_probabilities", "x"),
        ("joint_probabilities", [[1], [1, 2]]),
        ("joint_probabilities", [[numpy.nan]]),
        ("population", numpy.nan),
        ("rscales", "abc"),
        ("sum_pi2_n", numpy.inf),
    ],
)
def test_figures_of_a_design_are_finite_numbers(argument: str, given: Any) -> None:
    with pytest.raises(enkat.UsageError) as error:
        enkat.Design(**{argument: given})
    assert error.value.code == f"usage.{argument}"


def test_figures_of_a_design_may_be_of_numpy() -> None:
    given = enkat.Design(population=numpy.int64(100), nest=numpy.bool_(False), rho=numpy.float32(0.5))  # type: ignore[arg-type]
    assert given == enkat.Design(population=100, rho=0.5)
    assert repr(given) == "Design(population=100, rho=0.5)"


def test_a_design_shows_the_size_of_a_matrix_instead_of_the_matrix() -> None:
    given = enkat.Design(fpc="pi", pps="joint", joint_probabilities=numpy.eye(300))
    assert repr(given) == "Design(fpc=['pi'], pps='joint', joint_probabilities=<300 rows>)"
