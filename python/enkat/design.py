"""How the sample was drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from enkat.errors import UsageError
from enkat.keywords import checked

SinglePsu = Literal["fail", "remove", "adjust", "average", "certainty"]


class Design:
    """How the sample was drawn, in column names; without arguments a simple random sample with replacement.

    Args:
        weight: Column of sampling weights (inverse inclusion probabilities). Without it 1/(sampling probability)
            where `fpc` or `population` gives one, else 1.
        strata: Column of strata.
        cluster: Column of primary sampling units, or a list of one.
        fpc: Column of population sizes of PSUs per stratum (above 1) or sampling fractions (up to 1), or a list of one.
        nest: Cluster ids repeat between strata.
        single_psu: What to do with a stratum of which one PSU was drawn: "fail" (at the first estimate), "remove",
            "certainty", "adjust" or "average", as `survey.lonely.psu` in R.
        population: Number of units in the population of a simple random sample without replacement.
        id: Column that identifies a respondent; repeated ids are refused.

    Raises:
        UsageError: An unknown keyword or rule.

    Example:
        >>> enkat.Design(weight="w", strata="region", cluster="workplace", fpc="n_region")
        Design(weight='w', strata='region', cluster=['workplace'], fpc=['n_region'])

    Source: Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, ch. 2–4.
    """

    @checked
    def __init__(
        self,
        weight: str | None = None,
        strata: str | None = None,
        cluster: str | Sequence[str] | None = None,
        fpc: str | Sequence[str] | None = None,
        nest: bool = False,
        single_psu: SinglePsu = "fail",
        population: float | None = None,
        id: str | None = None,
    ) -> None:
        self.weight = weight
        self.strata = strata
        self.cluster = columns(cluster, "cluster")
        self.fpc = columns(fpc, "fpc")
        self.nest = nest
        rules = ("fail", "remove", "adjust", "average", "certainty")
        if single_psu not in rules:
            raise UsageError.unknown(str(single_psu), rules)
        self.single_psu = single_psu
        self.population = population
        self.id = id

    def as_dict(self) -> dict[str, object]:
        """The arguments that were given, as study.json writes them."""
        return {key: value for key, value in vars(self).items() if value not in (None, [], False, "fail")}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Design) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash(repr(self))

    def __repr__(self) -> str:
        return f"Design({', '.join(f'{key}={value!r}' for key, value in self.as_dict().items())})"


def columns(given: str | Sequence[str] | None, role: str) -> list[str]:
    """A column name or a list of them as a list."""
    if given is None:
        return []
    if isinstance(given, str):
        return [given]
    names = list(given) if isinstance(given, Iterable) else [given]
    if not all(isinstance(name, str) for name in names):
        raise UsageError("usage.columns", f"`{role}` is a column name or a list of column names", {"argument": role})
    return names
