"""Claims: words against answers, for those who answered and for everyone."""

import pandas
import pytest

import enkat
from enkat import _core


def survey(yes: int, no: int, missing: int = 0) -> enkat.Survey:
    answers = pandas.array([1] * yes + [2] * no + [None] * missing, dtype="Int64")
    options = [{"name": "yes", "code": 1, "label": "Ja"}, {"name": "no", "code": 2, "label": "Nej"}]
    question = {"name": "q", "type": "single", "label": "q", "options": options}
    return enkat.Survey(pandas.DataFrame({"q": answers}), {"schema_version": 1, "questions": [question]})


@pytest.mark.parametrize(
    ("yes", "words", "holds"),
    [
        (85, "9 av 10", True),
        (84, "9 av 10", False),
        (95, "9 av 10", False),
        (51, "mer än hälften", True),
        (50, "mer än hälften", False),
        (40, "40 procent", True),
        (41, "40 procent", False),
        (75, "3 av 4", True),
    ],
)
def test_words_hold_exactly_where_their_interval_says(yes: int, words: str, holds: bool) -> None:
    verdict = survey(yes, 100 - yes).check(words, question="q", answer="yes")
    assert verdict.fails is not holds
    assert verdict.respondents == ("stämmer" if holds else "stämmer inte")


def test_other_answers_give_another_verdict_and_say_what_would_be_true() -> None:
    verdict = survey(52, 48).check("9 av 10", question="q", answer="Ja")
    assert verdict.fails
    assert verdict.would_be_true
    assert verdict.would_be_true in verdict.says


def test_the_robustness_to_nonresponse_is_an_odds_ratio() -> None:
    verdict = survey(550, 450).check("mer än hälften", question="q", answer="yes", scope="population")
    assert verdict.population == "stöds"
    assert verdict.interval == (0.5, 1.0)
    assert verdict.r_star == pytest.approx(0.55 / 0.45, rel=1e-12)


def test_the_base_can_be_everyone() -> None:
    half = survey(50, 30, missing=20)
    assert not half.check("mer än hälften", question="q", answer="yes").fails
    assert half.check("mer än hälften", question="q", answer="yes", base="all").fails


def test_words_that_say_nothing_are_refused() -> None:
    with pytest.raises(enkat.ReportError) as error:
        survey(5, 5).check("i stor utsträckning", question="q", answer="yes")
    assert error.value.code == "report.phrase_unknown"


def test_a_response_rate_needs_the_number_invited() -> None:
    claim = {"id": "C", "kind": "response_rate"}
    core = survey(700, 773)._core
    options = _core.CheckOptions(language="sv", invited=9820)
    assert not _core.check(core, claim, "15 procent", options).fails
    assert _core.check(core, claim, "16 procent", options).fails
    with pytest.raises(enkat.ReportError) as error:
        _core.check(core, claim, "15 procent", _core.CheckOptions(language="sv"))
    assert error.value.code == "report.invited_unknown"


def test_the_precision_of_a_document_is_that_of_its_percents() -> None:
    assert _core.percent_step("40 procent, 70 procent och 10 procent", "sv") == 10
    assert _core.percent_step("40 procent och 43 procent", "sv") == 1


def test_a_rank_flips_when_the_answers_do() -> None:
    assert not survey(60, 40).check("den främsta", question="q", answer="yes").fails
    assert survey(40, 60).check("den främsta", question="q", answer="yes").fails


def test_several_answers_are_any_of_them() -> None:
    assert not survey(60, 40).check("alla", question="q", answer=["yes", "no"]).fails


def test_the_language_is_that_of_the_words_unless_it_is_given() -> None:
    half = survey(50, 50)
    assert half.check("one half", question="q", answer="yes").respondents == "holds"
    assert half.check("hälften", question="q", answer="yes").respondents == "stämmer"
    assert half.check("50 %", question="q", answer="yes").respondents == "stämmer"
    assert half.check("50 %", question="q", answer="yes", language="en").respondents == "holds"
    with pytest.raises(enkat.ReportError, match="'one half' is English"):
        half.check("one half", question="q", answer="yes", language="sv")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("50 procent bättre", "'bättre' of '50 procent bättre' is not understood; it could have been '50 procent'"),
        ("50 procentenheter", "'50 procentenheter' compares, but says not what is more, less or as much"),
        ("en klick", "'klick' of 'en klick' is not understood"),
        ("half of many", "'many' of 'half of many' is not understood; it could have been 'half'"),
        ("drygt 100 procent", "nothing can be 'drygt 100 procent'"),
    ],
)
def test_no_word_is_skipped(words: str, reason: str) -> None:
    language = "en" if words.startswith("half") else "sv"
    with pytest.raises(enkat.ReportError) as error:
        survey(50, 50).check(words, question="q", answer="yes", language=language)
    assert error.value.code == "report.phrase_unknown"
    assert reason in error.value.message


def test_a_claim_about_those_of_whom_an_expression_holds() -> None:
    data = pandas.DataFrame({"q": [1] * 85 + [2] * 15 + [1] * 10 + [2] * 90, "age": [70] * 100 + [30] * 100})
    options = [{"name": "yes", "code": 1}, {"name": "no", "code": 2}]
    question = {"name": "q", "type": "single", "options": options}
    everyone = enkat.Survey(data, {"schema_version": 1, "questions": [question]})
    old = everyone.check("9 out of 10", question="q", answer="yes", where="age >= 65")
    assert (old.respondents, old.n) == ("holds", 100)
    assert everyone.check("9 out of 10", question="q", answer="yes", where="age < 65").fails
    with pytest.raises(enkat.ReportError):
        everyone.check("9 out of 10", question="q", answer="yes", where="age <")
