"""What questions, answers and groups are called where people read them: their labels, else their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from enkat.rendering.texts import text_in

if TYPE_CHECKING:
    from enkat import _core


@dataclass(frozen=True)
class QuestionLabels:
    """The words of one question in one language."""

    label: str = ""
    wording: str = ""  # the question as it was asked
    options: Mapping[str, str] = field(default_factory=dict)  # name → label

    @classmethod
    def of(cls, question: Mapping[str, Any], language: str) -> QuestionLabels:
        """Those of a question of codebook.json."""
        options = {
            str(option["name"]): text_in(option.get("label"), language) or str(option["name"])
            for option in question.get("options", [])
        }
        return cls(text_in(question.get("label"), language), text_in(question.get("text"), language), options)


class Labels:
    """The words of a codebook in the language of a study; the codebook's own where that is not said.

    They are looked up when something is shown, so that an estimate that nobody looks at costs nothing.
    """

    def __init__(self, codebook: _core.Codebook | None = None, language: str = "") -> None:
        self._codebook = codebook
        self._language = language

    def __getstate__(self) -> tuple[Mapping[str, Any], str]:
        return self._content, self._language

    def __setstate__(self, state: tuple[Mapping[str, Any], str]) -> None:
        self._codebook = None
        self._content, self._language = state

    @property
    def language(self) -> str:
        """The language they are in; empty where nothing says it."""
        return self._language or str(self._content.get("language", ""))

    def variable(self, name: str) -> str:
        """The label of a question; the name of what is none."""
        return self.question(name).label or name

    def answer(self, question: str, answer: str | None) -> str | None:
        """The label of an answer; the answer itself where it has none."""
        return answer if answer is None else self.question(question).options.get(answer, answer)

    def question(self, name: str) -> QuestionLabels:
        """All words of a question; none of a column without a codebook."""
        return self._questions.get(name, NOTHING)

    @cached_property
    def _content(self) -> Mapping[str, Any]:
        content: Mapping[str, Any] = self._codebook.to_json() if self._codebook is not None else {}
        return content

    @cached_property
    def _questions(self) -> dict[str, QuestionLabels]:
        language = self.language
        return {
            str(question["name"]): QuestionLabels.of(question, language)
            for question in self._content.get("questions", ())
        }


NOTHING = QuestionLabels()
NO_LABELS = Labels()
