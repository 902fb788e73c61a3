"""The claims of a text, each checked against the answers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from enkat.claim_sides import other_side
from enkat.errors import EnkatError, Issue
from enkat.language import catalogue
from enkat.rendering.model import ClaimResult, Verdict
from enkat.rendering.sentences import Passage, passages
from enkat.rendering.texts import text_in
from enkat.row_expressions import spec_with_tree

if TYPE_CHECKING:
    from enkat._core import Verdict as Outcome
    from enkat.rendering.codebook_texts import Questions
    from enkat.rendering.markdown import Draft
    from enkat.study_folder import StudyFolder

_NUMBERS = {
    "sv": "noll en två tre fyra fem sex sju åtta nio tio".split(),
    "en": "zero one two three four five six seven eight nine ten".split(),
}
_TENTHS = re.compile(r"^(\w+)\s+(?:av|out of|in)\s+(?:10|tio|ten)$", re.IGNORECASE)


@dataclass(slots=True)
class Checked:
    """The claims of a text in its order; `problems`: those the answers contradict in their own scope."""

    found: dict[tuple[str, str], ClaimResult] = field(default_factory=dict)
    outcomes: dict[tuple[str, str], Outcome] = field(default_factory=dict)
    problems: list[Issue] = field(default_factory=list)

    @property
    def ledger(self) -> tuple[ClaimResult, ...]:
        """Every wording of every claim, in the order of the text."""
        return tuple(self.found.values())

    @property
    def lines(self) -> list[str]:
        """One line per claim for the terminal: its id, its words and what the answers say."""
        return [f"{claim.id}  {claim.words}: {claim.says}" for claim in self.found.values()]

    def withhold(self, figures: Collection[str], says: str) -> None:
        """Leave out the figures of some claims, which would give somebody away; their words stand."""
        for key, claim in self.found.items():
            if claim.id in figures:
                self.found[key] = replace(
                    claim, percent=None, base=None, than_percent=None, than_base=None, places=(), says=says
                )

    def named(self, claim: str) -> ClaimResult:
        """The claim as it stands first in the text."""
        return next(result for result in self.found.values() if result.id == claim)


def check_text(study: StudyFolder, draft: Draft, questions: Questions, language: str) -> Checked:
    """Check all bound words, every claim with words of its own, and that nothing is left unbound."""
    checked = Checked()
    read = tuple(passages(draft))
    checker = _Checker(study, questions, language, " ".join(passage.text for passage in read))
    for passage in read:
        for phrase in passage.phrases:
            if phrase.claim in study.claims:
                words, sentence = passage.words(phrase), passage.sentence(phrase)
                checker.check(checked, phrase.claim, words, sentence, f"report.md, line {passage.line}")
        checked.problems += _unbound(passage, language)
    bound = {claim for claim, _ in checked.found}
    for identifier, claim in study.claims.items():
        words = text_in(claim.get("text"), language)
        if identifier in bound:
            continue
        if words:
            checker.check(checked, identifier, words, words, "claims.json")
        else:
            message = f"claims.json: claim {identifier!r} is bound nowhere in the text and has no 'text'"
            checked.problems.append(Issue("report.claim_not_bound", message, {"claim": identifier}))
    return checked


class _Checker:
    """Asks the core about words; the precision of percents is that of the whole text."""

    def __init__(self, study: StudyFolder, questions: Questions, language: str, text: str) -> None:
        from enkat import _core

        self._study = study
        self._questions = questions
        self._language = language
        # That the answers are synthetic is said once of all claims, not after each.
        self._options = _core.CheckOptions(
            language=language,
            percent_step=_core.percent_step(text, language),
            invited=study.dispositions.invited,
        )

    def check(self, checked: Checked, claim: str, words: str, sentence: str, place: str) -> None:
        """Check words bound to a claim; a claim that fails is remembered as a problem."""
        from enkat import _core

        study, spec = self._study, self._study.claims[claim]
        try:
            outcome = _core.check(study.survey._core, spec_with_tree(spec), words, self._options)
        except EnkatError as error:
            where = {**error.context, "claim": claim}
            checked.problems.append(Issue(error.code, f"{place}: claim {claim!r}: {error.message}", where))
            return
        if outcome.respondents_finding == "insufficient":
            message = (
                f"{place}: “{sentence}” ({claim}) is about a group whose figures are withheld, as too few answered "
                "or answers could be disclosed; take it out, or say it of a larger group"
            )
            context: dict[str, object] = {"claim": claim, "sentence": sentence}
            checked.problems.append(Issue("report.claim_withheld", message, context))
        elif outcome.fails:
            message = f"{place}: “{sentence}” ({claim}) is contradicted. {outcome.says}"
            checked.problems.append(Issue("report.contradicted", message, {"claim": claim, "sentence": sentence}))
        known = checked.found.get((claim, words))
        if known is not None:
            if sentence not in (known.sentence, *known.again):
                checked.found[claim, words] = replace(known, again=(*known.again, sentence))
            return
        result = _result(spec, words, sentence, outcome, self._questions, self._language)
        checked.found[claim, words] = result
        checked.outcomes[claim, words] = outcome


def _unbound(passage: Passage, language: str) -> list[Issue]:
    """Numbers, shares, thresholds and ranks that are bound to no claim."""
    from enkat import _core

    bytes_before = [len(passage.text[:place].encode()) for place in range(len(passage.text) + 1)]
    bound = [(bytes_before[p.start], bytes_before[p.end] - bytes_before[p.start]) for p in passage.phrases]
    return [
        Issue(
            "report.unbound",
            f"report.md, line {passage.line}: “{found['text']}” is bound to no claim; "
            f'write [{found["text"]}]{{claim="…"}} and describe the claim in claims.json',
            {"line": passage.line, "kind": found["kind"]},
        )
        for found in _core.find_unbound(passage.text, language, bound)
    ]


def _result(
    claim: Mapping[str, Any],
    words: str,
    sentence: str,
    outcome: Outcome,
    questions: Questions,
    language: str,
) -> ClaimResult:
    population = outcome.scope == "population"
    finding = (outcome.population_finding if population else outcome.respondents_finding) or "unchecked"
    sides = [claim, other_side(claim)] if "than" in claim else [claim]
    say = catalogue(language).say
    topics, answers, groups = (
        say("claims.than", first=told[0], second=told[1]) if len(set(told)) > 1 else told[0]
        for told in (
            [questions.label(str(side["question"])) if side.get("question") else "" for side in sides],
            [_answers(side, questions) for side in sides],
            [among(side.get("where"), questions) for side in sides],
        )
    )
    return ClaimResult(
        id=str(claim["id"]),
        words=words,
        sentence=sentence,
        kind=str(outcome.kind),
        verdict=cast("Verdict", finding),
        says=str(outcome.says),
        scope="population" if population else "respondents",
        topic=topics,
        answers=answers,
        about=groups,
        percent=outcome.percent,
        base=outcome.n or None,
        than_percent=outcome.than_percent,
        than_base=outcome.than_n if outcome.than_n != outcome.n or "where" in claim.get("than", {}) else None,
        places=tuple(outcome.rank),
        count=outcome.count if outcome.kind in ("respondents", "invited") else None,
        out_of_ten=out_of_ten(words, language),
        lint=tuple(lint_sentence(code, language) for code in outcome.lint),
    )


def _answers(claim: Mapping[str, Any], questions: Questions) -> str:
    asked = str(claim.get("question", ""))
    return ", ".join(questions.answer(asked, str(answer)) for answer in claim.get("answers", ()))


def among(where: str | Mapping[str, Any] | None, questions: Questions) -> str:
    """Whom a claim or indicator is about, in the codebook's labels: "Socialsekreterare; Unga, Vuxna"."""
    if isinstance(where, str):  # an expression says it itself
        return where
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
