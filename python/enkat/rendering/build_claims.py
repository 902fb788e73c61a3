"""The claims of a text, each checked against the answers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from enkat.errors import Issue
from enkat.language import catalogue
from enkat.rendering.model import ClaimResult, Verdict
from enkat.rendering.sentences import Passage, Phrase, passages
from enkat.rendering.texts import text_in

if TYPE_CHECKING:
    from enkat.rendering.codebook_texts import Questions
    from enkat.rendering.markdown import Draft
    from enkat.study import Study

_NUMBERS = {
    "sv": "noll en två tre fyra fem sex sju åtta nio tio".split(),
    "en": "zero one two three four five six seven eight nine ten".split(),
}
_TENTHS = re.compile(r"^(\w+)\s+(?:av|out of|in)\s+(?:10|tio|ten)$", re.IGNORECASE)


@dataclass(slots=True)
class Checked:
    """The claims of a text in its order; `problems`: those the answers contradict in their own scope."""

    found: dict[tuple[str, str], ClaimResult] = field(default_factory=dict)
    problems: list[Issue] = field(default_factory=list)

    @property
    def ledger(self) -> tuple[ClaimResult, ...]:
        """Every claim once, as it stands first in the text."""
        first: dict[str, ClaimResult] = {}
        for result in self.found.values():
            first.setdefault(result.id, result)
        return tuple(first.values())

    @property
    def lines(self) -> list[str]:
        """One line per claim for the terminal: its id, its words and what the answers say."""
        return [f"{claim.id}  {claim.words}: {claim.says}" for claim in self.found.values()]

    def named(self, claim: str) -> ClaimResult:
        """The claim as it stands first in the text."""
        return next(result for result in self.found.values() if result.id == claim)


def check_text(study: Study, draft: Draft, questions: Questions, language: str) -> Checked:
    """Check every bound phrase of the text, and every claim that has words of its own in claims.json."""
    checked = Checked()
    for passage in passages(draft):
        for phrase in passage.phrases:
            if phrase.claim in study.claims:
                _check_phrase(study, checked, passage, phrase, questions, language)
    bound = {claim for claim, _ in checked.found}
    for identifier, claim in study.claims.items():
        words = text_in(claim.get("text"), language)
        if identifier in bound:
            continue
        if words:
            outcome = _outcome(study, identifier, words, language)
            checked.found[identifier, words] = _result(claim, words, words, outcome, questions, language)
            _remember_failure(checked, outcome, identifier, words, "claims.json")
        else:
            message = f"claims.json: claim {identifier!r} is bound nowhere in the text and has no 'text'"
            checked.problems.append(Issue("report.claim_not_bound", message, {"claim": identifier}))
    return checked


def _check_phrase(
    study: Study, checked: Checked, passage: Passage, phrase: Phrase, questions: Questions, language: str
) -> None:
    words, sentence = passage.words(phrase), passage.sentence(phrase)
    outcome = _outcome(study, phrase.claim, words, language)
    _remember_failure(checked, outcome, phrase.claim, sentence, f"report.md, line {passage.line}")
    if (phrase.claim, words) not in checked.found:
        claim = study.claims[phrase.claim]
        checked.found[phrase.claim, words] = _result(claim, words, sentence, outcome, questions, language)


def _outcome(study: Study, claim: str, words: str, language: str) -> Mapping[str, Any]:
    from enkat import _core

    outcome: Mapping[str, Any] = _core.check(
        study.survey._core, study.claims[claim], words, language, study.synthetic
    )
    return outcome


def _remember_failure(
    checked: Checked, outcome: Mapping[str, Any], claim: str, sentence: str, place: str
) -> None:
    if outcome["fails"]:
        message = f"{place}: “{sentence}” ({claim}) is contradicted. {outcome['says']}"
        checked.problems.append(Issue("report.contradicted", message, {"claim": claim, "sentence": sentence}))


def _result(
    claim: Mapping[str, Any],
    words: str,
    sentence: str,
    outcome: Mapping[str, Any],
    questions: Questions,
    language: str,
) -> ClaimResult:
    population = outcome["scope"] == "population"
    finding = outcome["population_finding" if population else "respondents_finding"] or "unchecked"
    estimate = outcome["estimate"]
    return ClaimResult(
        id=str(claim["id"]),
        words=words,
        sentence=sentence,
        kind=str(outcome["kind"]),
        verdict=cast("Verdict", finding),
        says=str(outcome["says"]),
        scope="population" if population else "respondents",
        about=among(claim.get("where"), questions),
        percent=None if estimate is None else math.floor(100 * estimate + 0.5),
        base=outcome["n"],
        out_of_ten=out_of_ten(words, language),
        lint=tuple(lint_sentence(code, language) for code in outcome["lint"]),
    )


def among(where: Mapping[str, Any] | None, questions: Questions) -> str:
    """Whom a claim or indicator is about, in the codebook's labels: "Socialsekreterare; Unga, Vuxna"."""
    parts = []
    for question, answers in (where or {}).items():
        named = answers if isinstance(answers, list) else [answers]
        parts.append(", ".join(questions.answer(question, str(answer)) for answer in named))
    return "; ".join(parts)


def out_of_ten(words: str, language: str) -> int | None:
    """The k of "k av 10", in digits or in words; None for other words.

    >>> out_of_ten("Nio av tio", "sv"), out_of_ten("3 av 4", "sv")
    (9, None)
    """
    match = _TENTHS.match(words.strip())
    if match is None:
        return None
    number = match.group(1).lower()
    if number.isdigit():
        return int(number) if int(number) <= 10 else None
    return _NUMBERS[language].index(number) if number in _NUMBERS[language] else None


def lint_sentence(code: str, language: str) -> str:
    """A remark on the wording as a sentence; an unknown remark as it is."""
    words = catalogue(language)
    key = f"lint.{code.split(':')[0]}"
    return words.say(key) if key in words.names else code
