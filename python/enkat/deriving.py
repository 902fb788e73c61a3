"""Questions that are made of others: bands, collapsed answers, nets, numbers, crossings, periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from enkat.arguments import number, numbers, plain, value_text
from enkat.errors import UsageError
from enkat.expressions import crossed_names
from enkat.row_expressions import row_expression
from enkat.texts import one_form

LISTS = ("any_of", "all_of", "count_of")


def derived_question(
    name: str, of: str | None, label: object, labels: Mapping[str, object] | None, **ways: Any
) -> dict[str, Any]:
    """The question as codebook.json has it.

    Raises UsageError `usage.derive` unless it is made in one way.
    """
    given = {way: how for way, how in ways.items() if how is not None}
    if len(given) != 1:
        raise UsageError(
            "usage.derive", f"derive() makes a question in one way: give one of {', '.join(ways)}", {"given": [*given]}
        )
    definition: dict[str, Any] = {"of": _name(of, "of")} if of is not None else {}
    definition |= {way: _definition(way, how) for way, how in given.items()}
    question: dict[str, Any] = {"name": _name(name, "name"), "derived": definition}
    if label is not None:
        question["label"] = label
    if labels is not None:
        if not isinstance(labels, Mapping):
            raise UsageError("usage.labels", "labels is a mapping from the names of answers to their labels")
        question["options"] = [{"name": one_form(option), "label": text} for option, text in labels.items()]
    return question


def _definition(way: str, how: Any) -> object:
    if way in ("bands", "collapse") and not isinstance(how, Mapping):
        raise UsageError(f"usage.{way}", f"{way} is a mapping from names to what belongs to them")
    if way == "bands":
        return {one_form(str(band)): _ends(ends) for band, ends in how.items()}
    if way == "collapse":
        return {one_form(str(group)): _answers(answers) for group, answers in how.items()}
    if way == "cuts":
        return numbers(how, "cuts")
    if way in LISTS:
        return _answers(how)
    if way == "cross":
        return crossed_names(how) if isinstance(how, str) else [_name(part, "cross") for part in how]
    return row_expression(how) if way in ("where", "number") else _name(how, way)


def _ends(given: object) -> list[float | None]:
    ends = plain(given)
    if not isinstance(ends, (list, tuple)) or len(ends) != 2:
        raise UsageError("usage.bands", "a band has a lowest and a highest number, such as (18, 29) or (65, None)")
    return [None if end is None else number(end, "bands") for end in ends]


def _answers(given: object) -> list[object]:
    many = plain(given)
    listed: Sequence[object] = list(many) if isinstance(many, (list, tuple, set, frozenset)) else [many]
    return [value if isinstance(value, (int, float)) else value_text(value) for value in map(plain, listed)]


def _name(given: object, role: str) -> str:
    if not isinstance(given, str):
        raise UsageError(f"usage.{role}", f"{role} is given as a text", {"argument": role})
    return one_form(given)
