"""Everything that is, or was, published from the same answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from enkat.disclosure.figure import Condition, Figure, Place, Sum
from enkat.disclosure.quantity import Policy
from enkat.disclosure.variables import Column, Link


@dataclass(frozen=True)
class Publication:
    """Everything that is, or was, published from the same answers, and what the codebook says of the columns."""

    figures: tuple[Figure, ...]
    columns: Mapping[str, Column]
    policy: Policy = field(default_factory=Policy)
    links: tuple[Link, ...] = ()

    def base_of(self, sum_: Sum) -> float:
        """How many people a sum is about, as far as that is printed."""
        return self._bases.get((sum_.question, sum_.among), 0.0)

    @cached_property
    def _bases(self) -> dict[tuple[str, tuple[Condition, ...]], float]:
        return {(one.sum.question, one.sum.among): one.low for one in self.figures if one.sum.is_base}

    def without(self, withheld: set[Place], instead: Collection[Figure] = ()) -> Publication:
        """The same, when some of it is not printed, or other figures in its place.

        What is withheld is a group still, of which nothing is told.
        """
        replaced = {(figure.sum, figure.place) for figure in instead}
        kept = [
            Figure(one.sum, one.place) if covers(withheld, one.place) else one
            for one in self.figures
            if (one.sum, one.place) not in replaced
        ]
        return Publication((*kept, *instead), self.columns, self.policy, self.links)


def covers(withheld: set[Place], place: Place) -> bool:
    """Whether a place is withheld, by itself or with its row."""
    return place in withheld or (place.kind in ("cell", "row") and Place("row", place.name, place.group) in withheld)
