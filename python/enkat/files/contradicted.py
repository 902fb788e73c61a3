"""Questions of a draft that the answers contradict."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from enkat import _core

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Contradicted:
    """A question that its answers contradict, and how."""

    question: str
    type: str
    problems: list[str]  # the first says it, the others are of other rows

    def __str__(self) -> str:
        more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        return f"{self.question!r}, taken for a {self.type} question: {self.problems[0]}{more}"


def contradicted(questions: Sequence[dict[str, Any]], table: pa.Table) -> list[Contradicted]:
    """The questions that the answers contradict: without them a study that was drafted loads."""
    codebook = _core.Codebook.parse(json.dumps({"schema_version": 1, "questions": questions}))
    problems = _core.check_answers(_core.Table.from_stream(table.__arrow_c_stream__()), codebook)
    of: dict[str, list[str]] = {}
    for issue in problems:
        of.setdefault(issue.context["question"], []).append(issue.message)
    return [
        Contradicted(question["name"], question["type"], of[question["name"]])
        for question in questions
        if question["name"] in of
    ]
