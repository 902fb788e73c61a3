"""The words of the codebook: labels of questions and answers, and how one could answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from enkat.language import catalogue
from enkat.rendering.model import Wording
from enkat.rendering.texts import text_in
from enkat.rendering.typography import quoted


class Questions:
    """The questions of a codebook in one language."""

    def __init__(self, codebook: Mapping[str, Any], language: str) -> None:
        self._questions = {str(question["name"]): question for question in codebook.get("questions", ())}
        self._language = language

    def knows(self, name: str) -> bool:
        """Whether the codebook has the question; a column may have none."""
        return name in self._questions

    def label(self, name: str) -> str:
        """The question's short title; the column's name where there is no question."""
        return text_in(self._questions.get(name, {}).get("label"), self._language) or name

    def wording(self, name: str) -> Wording:
        """The question as asked, or as we paraphrase it; without text where the codebook does not say it."""
        question = self._questions.get(name, {})
        text = text_in(question.get("text"), self._language)
        return Wording(text, bool(text) and question.get("wording", "published") == "published")

    def answer(self, question: str, answer: str) -> str:
        """The label of an answer; one that is printed word for word stands in quotation marks."""
        option = self._option(question, answer)
        label = text_in(option.get("label"), self._language)
        return (quoted(label, self._language) if option.get("wording") == "published" else label) or answer

    def name(self, question: str, answer: str) -> str:
        """The name of an answer that is given by its name or its code."""
        return str(self._option(question, answer).get("name", answer))

    def residual(self, question: str, answer: str) -> bool:
        """Whether an answer is "other" or "none of these": shown last, never ranked."""
        option = self._option(question, answer)
        return bool(option.get("other") or option.get("exclusive"))

    def ordered(self, question: str) -> bool:
        """Whether the answers have an order of their own."""
        return str(self._questions.get(question, {}).get("type")) == "scale"

    def how(self, question: str) -> str:
        """How one could answer: one answer, several, at most three."""
        asked = self._questions.get(question, {})
        kind = asked.get("type", "number")
        if kind == "text":
            return ""
        words = catalogue(self._language)
        text = words.say(f"answers.{kind}", k=asked.get("k", ""))
        printed = any(option.get("wording") == "published" for option in asked.get("options", ()))
        return f"{text} {words.say('answers.printed')}" if printed else text

    def routing(self, question: str) -> str:
        """To whom the question was put, where it was not put to everyone."""
        routing = self._questions.get(question, {}).get("asked_if")
        if not routing:
            return ""
        if isinstance(routing, str):
            return catalogue(self._language).say("base.routing_by", condition=routing)
        asked = str(routing["question"])
        answers: Sequence[Any] = routing["in"]
        named = ", ".join(self.answer(asked, str(answer)) for answer in answers)
        return catalogue(self._language).say("base.routing", answers=named, question=self.label(asked))

    def _option(self, question: str, answer: str) -> Mapping[str, Any]:
        for option in self._questions.get(question, {}).get("options", ()):
            if answer in (str(option["name"]), str(option.get("code", ""))):
                found: Mapping[str, Any] = option
                return found
        return {}
