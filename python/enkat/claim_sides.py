"""The sides of a claim as arguments: which answers of which question, among whom, and what they are compared with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from enkat.arguments import Names, values
from enkat.errors import UsageError
from enkat.row_expressions import with_tree
from enkat.texts import one_form


class Than(TypedDict, total=False):
    """What words compare with, as far as it differs: another group, other answers, or another question."""

    question: str
    answer: Names
    where: str | Mapping[str, object]


def claim_side(
    question: str | None, answer: Names | None, where: str | Mapping[str, object] | None
) -> dict[str, object]:
    """One side of a claim as the core reads it: what is not given is left out."""
    side: dict[str, object] = {}
    if question is not None:
        side["question"] = one_form(question) if isinstance(question, str) else question
    if answer is not None:
        side["answers"] = values(answer)
    if isinstance(where, str):
        side["where"] = with_tree(where)
    elif where is not None:
        if not isinstance(where, Mapping):
            raise UsageError("usage.where", "`where` of a claim is an expression, or a mapping such as {'sex': 'man'}")
        side["where"] = {one_form(str(column)): values(value) for column, value in where.items()}
    return side


def claim_side_of(than: Than) -> object:
    """What a claim compares with, as the core reads it; what it is not, or a key that is none, is for it to refuse."""
    if not isinstance(than, Mapping):
        return than
    known = claim_side(than.get("question"), than.get("answer"), than.get("where"))
    return known | {key: value for key, value in than.items() if key not in ("question", "answer", "where")}


def other_side(claim: Mapping[str, Any]) -> dict[str, Any]:
    """The claim of claims.json about the side that it compares with; what `than` does not say is as in the claim.

    >>> other_side({"id": "C", "where": {"sex": "w", "region": "n"}, "than": {"where": {"sex": "m"}}})["where"]
    {'sex': 'm', 'region': 'n'}
    """
    here, there = claim.get("where"), claim["than"].get("where")
    side = {**claim, **claim["than"]}
    if isinstance(here, Mapping) and isinstance(there, Mapping):  # an expression says all of a group
        side["where"] = {**here, **there}
    return side
