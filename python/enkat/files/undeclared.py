"""Values that their labels call no answer ("No answer", "Vet ej"), but that the file does not declare as missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from enkat.files.entries import missing_entries
from enkat.files.metadata import Code
from enkat.files.reasons import means_no_answer


@dataclass(frozen=True)
class Undeclared:
    """The values of one question, by their labels."""

    question: str
    labels: Mapping[Code, str]

    def __str__(self) -> str:
        codes = ", ".join(str(code) if code == label else f"{code} ({label})" for code, label in self.labels.items())
        return f"{self.question!r}: {codes}"


def no_answers(labels: Mapping[Code, str]) -> dict[Code, str]:
    """The values whose labels say nothing but that there is no answer."""
    return {code: label.strip() for code, label in labels.items() if means_no_answer(label)}


def taken_out(codebook: dict[str, Any], undeclared: Iterable[Undeclared]) -> dict[str, Any]:
    """The codebook in which these values are missing, with the reason that each label names."""
    labels = {values.question: dict(values.labels) for values in undeclared}
    questions = [
        _without(question, labels[question["name"]]) if question["name"] in labels else question
        for question in codebook["questions"]
    ]
    return {**codebook, "questions": questions}


def undeclared_notes(undeclared: Sequence[Undeclared], *, labelled: bool) -> list[str]:
    """What was done with these values: a sentence for each question where they count, one for all that are missing."""
    if labelled and undeclared:
        return [f"missing because their labels say so: {'; '.join(map(str, undeclared))}"]
    return [
        f"{values} are labelled as no answers but not declared missing, so they count as answers; "
        'missing="labelled" takes them out'
        for values in undeclared
    ]


def _without(question: dict[str, Any], labels: dict[Code, str]) -> dict[str, Any]:
    options = [option for option in question.get("options", []) if option.get("code", option["name"]) not in labels]
    if question.get("options") and not options:
        return question  # somebody has to say what the answers are
    kept = {"options": options} if options else {}
    return {**question, **kept, "missing": question.get("missing", []) + missing_entries(labels, labels)["missing"]}
