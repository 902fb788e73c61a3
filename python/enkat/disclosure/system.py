"""The tables of a publication as unknown numbers of respondents, and what is published as bounds of their sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from enkat.disclosure.cliques import CliqueTree, cells_of
from enkat.disclosure.variables import Mask, Variable

Coefficients = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(slots=True)
class System:
    """Unknown cells of a clique tree, whole numbers of people, with rows that bound sums of them."""

    tree: CliqueTree
    starts: list[int] = field(default_factory=list)  # where each clique's cells begin
    size: int = 0

    def __post_init__(self) -> None:
        for clique in self.tree.cliques:
            self.starts.append(self.size)
            self.size += cells_of(clique)

    def coefficients(self, masks: Mapping[Variable, Mask]) -> Coefficients | None:
        """The cells whose sum a product of masks is; None where no clique has all its variables."""
        clique = self.tree.holding(masks)
        return None if clique is None else self._in(clique, masks)

    def _in(self, clique: int, masks: Mapping[Variable, Mask]) -> Coefficients:
        cross = np.ones(1)
        for variable in sorted(self.tree.cliques[clique]):
            cross = np.multiply.outer(cross, masks.get(variable, np.ones(variable.size))).ravel()
        row = np.zeros(self.size)
        row[self.starts[clique] : self.starts[clique] + len(cross)] = cross
        return row

    def agreements(self) -> Iterable[Coefficients]:
        """Sums that are zero, because cliques agree where they overlap."""
        for joint in self.tree.joints:
            shared = sorted(joint.shared)
            for cell in np.ndindex(*(variable.size for variable in shared)):
                masks = {v: np.eye(v.size)[category] for v, category in zip(shared, cell, strict=True)}
                yield self._in(joint.one, masks) - self._in(joint.other, masks)
