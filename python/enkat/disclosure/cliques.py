"""Which columns must be crossed: the tables of a publication as a tree of small crosses instead of one large one.

Tables are linked where they share columns. Crossing all columns of all tables would take more cells than there are
atoms; but a triangulated graph of columns falls apart into cliques, and tables of whole people over the cliques that
agree where they overlap always belong to one table over all columns (Lauritzen, 1996, Graphical Models, ch. 2). So
bounds over the cliques are bounds over the whole.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from enkat.disclosure.variables import Variable

Clique = frozenset[Variable]


@dataclass(frozen=True, slots=True)
class Joint:
    """Two cliques, by their numbers, that agree on the variables they share."""

    one: int
    other: int
    shared: frozenset[Variable]


@dataclass(frozen=True, slots=True)
class CliqueTree:
    """Cliques and how they hang together."""

    cliques: tuple[Clique, ...]
    joints: tuple[Joint, ...]

    @property
    def cells(self) -> int:
        """How many cells all the cliques have."""
        return sum(cells_of(clique) for clique in self.cliques)

    def holding(self, variables: Collection[Variable]) -> int | None:
        """The smallest clique with all of these variables; None where they are in none together."""
        having = [n for n, clique in enumerate(self.cliques) if clique.issuperset(variables)]
        return min(having, key=lambda n: cells_of(self.cliques[n]), default=None)


def cells_of(variables: Iterable[Variable]) -> int:
    """How many cells a cross of variables has."""
    return math.prod(variable.size for variable in variables)


def clique_tree(tables: Iterable[Collection[Variable]]) -> CliqueTree:
    """The cliques of the tables' columns: eliminates the variable with the smallest cross first."""
    neighbours: dict[Variable, set[Variable]] = {}
    for table in tables:
        for variable in table:
            neighbours.setdefault(variable, set()).update(set(table) - {variable})
    cliques: list[Clique] = []
    while neighbours:
        first = min(neighbours, key=lambda v: (cells_of({v, *neighbours[v]}), v))
        around = neighbours.pop(first)
        clique = frozenset({first, *around})
        if not any(clique <= other for other in cliques):
            cliques.append(clique)
        for variable in around:
            neighbours[variable] |= around - {variable}
            neighbours[variable].discard(first)
    if not cliques:
        cliques.append(frozenset())
    return CliqueTree(tuple(cliques), tuple(_joints(cliques)))


def _joints(cliques: list[Clique]) -> Iterable[Joint]:
    """A spanning tree with the largest overlaps, which is a tree that holds together (Jensen and Jensen, 1994)."""
    inside, outside = {0}, set(range(1, len(cliques)))
    while outside:
        one, other = max(
            ((i, o) for i in inside for o in outside),
            key=lambda pair: (len(cliques[pair[0]] & cliques[pair[1]]), -pair[0], -pair[1]),
        )
        yield Joint(one, other, cliques[one] & cliques[other])
        inside.add(other)
        outside.discard(other)
