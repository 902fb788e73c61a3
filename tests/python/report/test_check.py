"""Verdicts follow the answers: they flip when the answers do."""

from typing import Any

import pandas
import pytest

import enkat
from enkat import _core

CODEBOOK = {
    "schema_version": 1,
    "questions": [
        {
            "name": "heard",
            "type": "single",
            "label": "Heard",
            "options": [{"name": "yes", "label": {"sv": "Ja", "en": "Yes"}}, {"name": "no"}, {"name": "unsure"}],
        }
    ],
}


def survey(yes: int, no: int, unsure: int = 0, silent: int = 0) -> enkat.Survey:
    answers = ["yes"] * yes + ["no"] * no + ["unsure"] * unsure + [None] * silent
    return enkat.Survey(pandas.DataFrame({"heard": pandas.Series(answers, dtype=object)}), CODEBOOK)


def fails(answers: enkat.Survey, text: str, answer: Any = "yes", **options: Any) -> bool:
    return answers.check(text, question="heard", answer=answer, **options).fails


@pytest.mark.parametrize(
    ("text", "true", "false"),
    [
        ("9 av 10", (1332, 141), (1240, 233)),
        ("mer än hälften", (51, 49), (50, 50)),
        ("40 procent", (404, 596), (421, 579)),
        ("two thirds", (66, 34), (80, 20)),
        ("den främsta", (60, 40), (40, 60)),
    ],
)
def test_words_hold_for_some_answers_and_not_for_others(text: str, true: Any, false: Any) -> None:
    language = "en" if text == "two thirds" else "sv"
    assert not fails(survey(*true), text, language=language)
    assert fails(survey(*false), text, language=language)


def test_several_answers_are_any_of_them() -> None:
    assert not fails(survey(60, 10, 30), "9 av 10", ["yes", "unsure"])
    assert fails(survey(60, 10, 30), "9 av 10")


def test_the_base_is_those_who_answered_or_everyone() -> None:
    answers = survey(60, 20, silent=40)
    assert not fails(answers, "tre av fyra")
    assert fails(answers, "tre av fyra", base="all")
    assert not fails(answers, "hälften", base="all")


def test_a_small_majority_holds_for_the_respondents_but_not_for_sure_for_the_population() -> None:
    verdict = survey(766, 707).check("mer än hälften", question="heard", answer="yes")
    assert (verdict.respondents, verdict.population) == ("stämmer", "förenligt men osäkert")
    assert verdict.r_star == pytest.approx(1.08, abs=0.005)


def test_a_response_rate_needs_the_number_invited() -> None:
    claim = {"id": "C", "kind": "response_rate"}
    core = survey(700, 773)._core
    assert not _core.check(core, claim, "15 procent", "sv", False, 1, 9820)["fails"]
    assert _core.check(core, claim, "16 procent", "sv", False, 1, 9820)["fails"]
    with pytest.raises(enkat.ReportError) as error:
        _core.check(core, claim, "15 procent", "sv", False)
    assert error.value.code == "report.invited_unknown"


def test_the_precision_of_a_document_is_that_of_its_percents() -> None:
    assert _core.percent_step("40 procent, 70 procent och 10 procent", "sv") == 10
    assert _core.percent_step("40 procent och 43 procent", "sv") == 1


def test_words_that_state_nothing_are_refused() -> None:
    with pytest.raises(enkat.ReportError) as error:
        survey(6, 4).check("himlen är blå", question="heard", answer="yes")
    assert error.value.code == "report.phrase_unknown"
