"""Boxes in files that label their variables, but say of no set that they are one question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from enkat.recognition.names import SELECTED
from enkat.recognition.record import Group

MOST_OPTIONS_OF_A_BOX = 2
_SEPARATORS = " -–:;,/([\n\t"


def perhaps_boxes(questions: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The questions by column that could be boxes: one variable each, with one or two values and none missing."""
    return {
        str(question.get("column", question["name"])): question
        for question in questions
        if question["type"] in ("single", "scale")
        and len(question["options"]) <= MOST_OPTIONS_OF_A_BOX
        and "missing" not in question
    }


def labels_of_values(questions: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """What the values of each column are called."""
    return {
        column: {str(option.get("code", option["name"])): str(option["name"]) for option in question["options"]}
        for column, question in questions.items()
    }


def with_labels(group: Group, questions: Mapping[str, Mapping[str, Any]]) -> Group:
    """The group with its options called what their ticked values or their variables are called."""
    known = [questions.get(member.column) for member in group.members]
    wordings = [str(question.get("label", "")) if question else "" for question in known]
    if not all(wordings):
        return group
    shared = _beginning(wordings)
    names = [wording[len(shared) :].strip() for wording in wordings]
    if not all(names) or len(set(names)) < len(names):
        names = [_ticked(group, question) for question in known if question]
    if not all(names) or len(set(names)) < len(names):
        return group
    members = tuple(
        replace(member, place=replace(member.place, item_label=name))
        for member, name in zip(group.members, names, strict=True)
    )
    return replace(
        group, members=members, label=shared.strip(_SEPARATORS).removesuffix(SELECTED).strip(_SEPARATORS) or group.label
    )


def _beginning(wordings: Sequence[str]) -> str:
    """What all wordings begin with, up to where a word or a part ends."""
    same = 0
    for letters in zip(*wordings, strict=False):
        if len(set(letters)) > 1:
            break
        same += 1
    shared = wordings[0][:same]
    return shared[: max(map(shared.rfind, _SEPARATORS)) + 1]


def _ticked(group: Group, question: Mapping[str, Any]) -> str:
    """What the value that ticks a box is called."""
    marks = group.marks.ticked if group.marks else ()
    names = (str(option["name"]) for option in question["options"] if str(option.get("code", option["name"])) in marks)
    return next(names, "")
