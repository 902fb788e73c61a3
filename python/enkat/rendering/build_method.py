"""The method box: what must be said about how the survey was made, from study.json and the dispositions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from enkat.language import catalogue
from enkat.rendering.model import Assumption, Fact
from enkat.rendering.texts import period, sentence, text_in
from enkat.rendering.typography import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enkat.rendering.codebook_texts import Questions
    from enkat.study_folder import StudyFolder


@dataclass(frozen=True, slots=True)
class Response:
    """How many answered of those invited, in whole percents, with the name of the rate."""

    answers: int
    invited: int
    percent: int
    name: str

    @property
    def nonresponse(self) -> int:
        """The percents that did not answer."""
        return 100 - self.percent


def response(study: StudyFolder) -> Response | None:
    """The response rate: AAPOR's RR2, where partial answers count and the silent are eligible."""
    from enkat import _core

    ended = study.dispositions
    if ended.invited is None:
        return None
    rates = _core.response_rates(ended.complete, ended.partial, ended.break_off, ended.invited)
    rate = next(rate for rate in rates if rate["name"] == "RR2")
    if rate["value"] is None:
        return None
    return Response(ended.complete + ended.partial, ended.invited, math.floor(100 * rate["value"] + 0.5), "AAPOR RR2")


def method_facts(study: StudyFolder, rate: Response | None, language: str) -> tuple[Fact, ...]:
    """The lines of the method box, in the order of the disclosure items; what is not known is left out."""
    words, about = catalogue(language), study.about

    def say(key: str, **values: object) -> str:
        return words.say(key, **values)

    def own(key: str) -> str:
        return sentence(text_in(about.get(key), language))

    answers = study.dispositions.complete + study.dispositions.partial
    lines = {
        "purpose": own("purpose"),
        "sponsor": own("publisher"),
        "population": own("population"),
        "sampling": _sampling(about, language),
        "mode": own("mode"),
        "dates": sentence(period(about.get("dates"), language)),
        "answers": sentence(say("strip.answers", n=count(answers, language))),
        "invited": _invited(about, rate, language),
        "response_rate": _rate(rate, language),
        "weights": say("method.weighted" if about.get("design", {}).get("weight") else "method.unweighted"),
        "uncertainty": _uncertainty(about, rate, language),
        "disclosure": say("disclosure.rule"),
        "wording": say("wording.rule"),
        "origin": say("mark.long") if study.synthetic else "",
        "source": own("source"),
    }
    return tuple(Fact(say(f"fact.{key}"), text.strip()) for key, text in lines.items() if text.strip())


def assumptions(study: StudyFolder, questions: Questions, language: str) -> tuple[Assumption, ...]:
    """The figures of synthetic answers that no published source gives; none for collected answers."""
    if not study.synthetic:
        return ()
    words = catalogue(language)
    listed = []
    for entry in study.about["answers"].get("assumed", ()):
        question = str(entry["question"])
        named = ", ".join(questions.answer(question, str(answer)) for answer in entry.get("answers", ()))
        answers = named or words.say("assumptions.all")
        if entry.get("by", False):
            answers = words.say("assumptions.breakdown", answers=answers)
        value, why = text_in(entry.get("value"), language), text_in(entry.get("why"), language)
        listed.append(Assumption(questions.label(question), answers, value, why))
    return tuple(listed)


def _sampling(about: Mapping[str, Any], language: str) -> str:
    kind = about.get("sampling", "nonprobability")
    note = sentence(text_in(about.get("sampling_note"), language))
    return f"{catalogue(language).say(f'sampling.{kind}')} {note}"


def _invited(about: Mapping[str, Any], rate: Response | None, language: str) -> str:
    if rate is None:
        return ""
    note = sentence(text_in(about.get("dispositions", {}).get("invited_note"), language))
    return f"{sentence(count(rate.invited, language))} {note}"


def _rate(rate: Response | None, language: str) -> str:
    if rate is None:
        return ""
    words, answers = catalogue(language), count(rate.answers, language)
    invited = count(rate.invited, language)
    formula = words.say("rate.formula", rate=rate.percent, answers=answers, invited=invited, name=rate.name)
    told = words.say("rate.nonresponse", rate=rate.percent, nonresponse=rate.nonresponse, answers=answers)
    return f"{formula} {told}"


def _uncertainty(about: Mapping[str, Any], rate: Response | None, language: str) -> str:
    words = catalogue(language)
    if about.get("sampling") == "probability" or rate is None:
        return "" if rate is None else words.say("method.nonresponse", nonresponse=rate.nonresponse)
    as_if = words.say("sampling.as_if", population=count(rate.invited, language))
    return f"{as_if} {words.say('method.nonresponse', nonresponse=rate.nonresponse)}"
