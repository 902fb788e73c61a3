"""How the sample was drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from enkat.arguments import columns, matrix, numbers, plain
from enkat.errors import UsageError
from enkat.keywords import checked
from enkat.texts import one_form

if TYPE_CHECKING:
    import numpy.typing

SinglePsu = Literal["fail", "remove", "adjust", "average", "certainty"]
Supplied = Literal["BRR", "Fay", "JK1", "JKn", "bootstrap", "SDR", "other"]
Pps = Literal["brewer", "overton", "hartley-rao", "poisson", "joint"]
DEFAULTS: dict[str, object] = {"nest": False, "single_psu": "fail", "combined": True, "mse": True, "variance": "HT"}


class Design:
    """How the sample was drawn, in column names; without arguments a simple random sample with replacement.

    Args:
        weight: Column of sampling weights (inverse inclusion probabilities). Without it 1/(sampling probability)
            where `fpc` or `population` gives one, else 1.
        strata: Column of strata, or a list of columns, one per stage.
        cluster: Column of primary sampling units, or a list of columns, one per stage.
        fpc: Column of population sizes of the units of a stratum (above 1) or sampling fractions (up to 1), or a list
            of columns, one per stage. Stages without it, and those below, count as drawn with replacement.
        nest: Cluster ids repeat between strata.
        single_psu: What to do with a stratum of which one PSU was drawn: "fail" (at the first estimate), "remove",
            "certainty", "adjust" or "average", as `survey.lonely.psu` in R.
        population: Number of units in the population of a simple random sample without replacement.
        id: Column that identifies a respondent; repeated ids are refused.
        replicate_weights: Columns of replicate weights, from which variances then come.
        method: How they were made: "BRR", "Fay", "JK1", "JKn", "bootstrap", "SDR" (successive differences, as in the
            American Community Survey) or "other".
        rho: Fay's coefficient, from 0 up to 1.
        scale: Factor of the variance; known for all methods but "other".
        rscales: One factor per replicate; needed for "JKn".
        combined: The columns are analysis weights; False: they multiply `weight`.
        mse: Deviations are from the full-sample estimate (SAS, WesVar, ACS); False: from the mean of the replicates.
        pps: Drawn with unequal probabilities without replacement, the inclusion probabilities being in `fpc`: "brewer",
            "overton", "hartley-rao", "poisson" (independent draws) or "joint".
        variance: With pairs of probabilities: "HT" (Horvitz–Thompson) or "YG" (Yates–Grundy).
        sum_pi2_n: Hartley–Rao: Σ π²/n over the population; without it estimated from the sample.
        joint_probabilities: Joint inclusion probabilities of the rows, a symmetric matrix.
        phase2: Drawn in two phases: the column that is true for those drawn again, or
            `{"column": …, "strata": …}` with the strata of the second phase. The rest is the design of the first.

    Raises:
        UsageError: An unknown keyword or rule.

    Example:
        >>> enkat.Design(weight="w", strata="region", cluster="workplace", fpc="n_region")
        Design(weight='w', strata=['region'], cluster=['workplace'], fpc=['n_region'])

    Source: Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, ch. 2–4 and 9; Wolter (2007),
    Introduction to Variance Estimation, ch. 3–5; R survey, svydesign, svrepdesign, twophase.
    """

    @checked
    def __init__(
        self,
        weight: str | None = None,
        strata: str | Sequence[str] | None = None,
        cluster: str | Sequence[str] | None = None,
        fpc: str | Sequence[str] | None = None,
        nest: bool = False,
        single_psu: SinglePsu = "fail",
        population: float | None = None,
        id: str | None = None,
        replicate_weights: Sequence[str] | None = None,
        method: Supplied | None = None,
        rho: float | None = None,
        scale: float | None = None,
        rscales: Sequence[float] | None = None,
        combined: bool = True,
        mse: bool = True,
        pps: Pps | None = None,
        variance: Literal["HT", "YG"] = "HT",
        sum_pi2_n: float | None = None,
        joint_probabilities: numpy.typing.ArrayLike | None = None,
        phase2: str | Mapping[str, str] | None = None,
    ) -> None:
        rules = ("fail", "remove", "adjust", "average", "certainty")
        if single_psu not in rules:
            raise UsageError.unknown(str(single_psu), rules)
        self.weight = name_of(weight)
        self.strata = columns(strata, "strata")
        self.cluster = columns(cluster, "cluster")
        self.fpc = columns(fpc, "fpc")
        self.nest = plain(nest)
        self.single_psu = single_psu
        self.population = finite(population, "population")
        self.id = name_of(id)
        self.replicate_weights = columns(replicate_weights, "replicate_weights")
        self.method = method
        self.rho = finite(rho, "rho")
        self.scale = finite(scale, "scale")
        self.rscales = numbers(rscales, "rscales") if rscales is not None else []
        self.combined = plain(combined)
        self.mse = plain(mse)
        self.pps = pps
        self.variance = variance
        self.sum_pi2_n = finite(sum_pi2_n, "sum_pi2_n")
        self.joint_probabilities = matrix(joint_probabilities, "joint_probabilities")
        self.phase2 = (
            {key: name_of(name) for key, name in phase2.items()} if isinstance(phase2, Mapping) else name_of(phase2)
        )

    def as_dict(self) -> dict[str, object]:
        """The arguments that were given, as study.json writes them."""
        return {
            key: value
            for key, value in vars(self).items()
            if value is not None and value != [] and value != DEFAULTS.get(key)
        }

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Design) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash(repr(self))

    def __repr__(self) -> str:
        given = {key: repr(value) for key, value in self.as_dict().items()}
        if self.joint_probabilities:  # a number for every pair of rows
            given["joint_probabilities"] = f"<{len(self.joint_probabilities)} rows>"
        return f"Design({', '.join(f'{key}={value}' for key, value in given.items())})"


def name_of(given: Any) -> Any:
    """The name of a column in the form that all names have; what is no text is for the core to refuse."""
    return one_form(given) if isinstance(given, str) else given


def finite(given: Any, role: str) -> Any:
    """A number without NumPy's wrapping; what is of another kind is for the core to refuse."""
    value = plain(given)
    if isinstance(value, float) and not math.isfinite(value):
        raise UsageError(f"usage.{role}", f"{role} is a finite number", {"argument": role})
    return value
