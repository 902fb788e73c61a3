"""Questions made of others: their answers, bases and reasons, and that they are questions like any other."""

import datetime
import json
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

import enkat
from design.people_of_six import CODEBOOK, ROWS, Elsewhere


@pytest.fixture(scope="module")
def survey() -> enkat.Survey:
    return enkat.Survey(pa.table(ROWS), CODEBOOK)


def counts(survey: enkat.Survey, question: str) -> dict[str, int | None]:
    return {row.answer: row.count for row in survey.proportion(question)}


def reasons(survey: enkat.Survey, question: str) -> str:
    (found,) = [row["missing"] for row in survey.questions if row["name"] == question]
    return str(found)


WAYS: dict[str, tuple[dict[str, Any], dict[str, int], str]] = {
    "bands": (
        {"of": "age", "bands": {"18–40": (18, 40), "41–75": (41, 75), "76+": (76, None)}},
        {"18–40": 2, "41–75": 2, "76+": 1},
        "1 skipped",
    ),
    "bands that leave some out": ({"of": "age", "bands": {"old": (80, None)}}, {"old": 1}, "1 skipped, 4 outside"),
    "cuts": ({"of": "age", "cuts": [35, 70]}, {"<35": 1, "35–<70": 2, "≥70": 2}, "1 skipped"),
    "collapsed": (
        {"of": "trust", "collapse": {"high": ["4 of 4", "t3"], "low": [1, 2]}},
        {"high": 3, "low": 2},
        "1 skipped",
    ),
    "groups called as parts of an expression": (
        {"of": "trust", "collapse": {"problem": [1, 2], "tree": [3, 4]}},
        {"problem": 2, "tree": 3},
        "1 skipped",
    ),
    "a net": ({"of": "trust", "any_of": ["t3", "t4"]}, {"yes": 3, "no": 2}, "1 skipped"),
    "any option": ({"of": "areas", "any_of": ["home", "school"]}, {"yes": 4, "no": 1}, "1 skipped"),
    "all options": ({"of": "areas", "all_of": ["home", "school"]}, {"yes": 1, "no": 4}, "1 skipped"),
    "a net of a column": ({"of": "region", "any_of": ["north", "väst"]}, {"yes": 3, "no": 2}, "1 skipped"),
    "a condition": ({"where": "age >= 65 or region == 'north'"}, {"yes": 5, "no": 1}, ""),
    "a condition that is open": (
        {"where": "job == 'nurse' and hours > 0"},
        {"yes": 2, "no": 2},
        "1 refused, 1 skipped",
    ),
    "crossed": (
        {"cross": "job:member"},
        {"nurse:false": 1, "nurse:true": 1, "doctor:false": 0, "doctor:true": 1},
        "1 refused, 2 skipped",
    ),
    "weeks": (
        {"of": "day", "dates": "week"},
        {"2024-W01": 2, "2024-W02": 0, "2024-W03": 2, "2024-W04": 0, "2024-W05": 1},
        "1 skipped",
    ),
    "months": ({"of": "moment", "dates": "month"}, {"2024-01": 5}, "1 skipped"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_derived_question_has_its_answers_its_base_and_its_reasons(survey: enkat.Survey, way: str) -> None:
    how, answers, missing = WAYS[way]
    made = survey.derive("made", **how, label="Made")
    assert counts(made, "made") == answers
    assert {row.n for row in made.proportion("made")} == {sum(answers.values())}
    assert sorted(reasons(made, "made").split(", ")) == sorted(missing.split(", "))


@pytest.mark.parametrize("way", WAYS)
def test_a_codebook_keeps_how_a_question_was_made(survey: enkat.Survey, way: str) -> None:
    how, answers, _ = WAYS[way]
    codebook = json.loads(json.dumps(survey.derive("made", **how).codebook))
    again = enkat.Survey(pa.table(ROWS), codebook)
    assert counts(again, "made") == answers
    assert again.codebook == codebook


@pytest.mark.parametrize("way", WAYS)
def test_a_question_is_made_of_rows_in_parts_as_of_those_in_memory(survey: enkat.Survey, way: str) -> None:
    table = pa.table(ROWS)
    scanned = enkat.scan(lambda: iter([table.slice(0, 2), table.slice(2)]), CODEBOOK).derive("made", **WAYS[way][0])
    assert counts(scanned, "made") == WAYS[way][1]
    assert reasons(scanned, "made") == reasons(survey.derive("made", **WAYS[way][0]), "made")


SEVERAL = {
    "weeks": {"of": "day", "dates": "week"},
    "columns crossed": {"cross": "region:member"},
    "rows in no group": {"of": "age", "bands": {"60+": (60, None)}},
}


def parts() -> enkat.Survey:
    table = pa.table(ROWS)
    return enkat.scan(lambda: iter([table.slice(0, 2), table.slice(2, 1), table.slice(3)]), CODEBOOK)


def elsewhere() -> enkat.Survey:
    table = pa.table(ROWS)
    return enkat.scan(Elsewhere(table.slice(0, 2), table.slice(2, 1), table.slice(3)), CODEBOOK)


@pytest.mark.parametrize("scanned", [parts, elsewhere])
@pytest.mark.parametrize("way", SEVERAL)
def test_columns_without_a_codebook_are_read_before_questions_are_made_of_them(
    survey: enkat.Survey, way: str, scanned: Any
) -> None:
    here = survey.derive("made", **SEVERAL[way])
    made = scanned().derive("made", **SEVERAL[way])
    shares = [(row.answer, row.estimate, row.se, row.n) for row in here.proportion("made")]
    assert [(row.answer, row.estimate, row.se, row.n) for row in made.proportion("made")] == shares
    assert made.proportion("made").note == here.proportion("made").note
    again = scanned()
    assert counts(again.derive("made", **SEVERAL[way]).derive("more", cross="made:region"), "more") == counts(
        here.derive("more", cross="made:region"), "more"
    )


@pytest.mark.parametrize("way", SEVERAL)
def test_the_codebook_of_questions_made_of_columns_is_for_parts_too(survey: enkat.Survey, way: str) -> None:
    here, table = survey.derive("made", **SEVERAL[way]), pa.table(ROWS)
    halves = (table.slice(0, 2), table.slice(2))
    for scanned in (enkat.scan(lambda: iter(halves), here.codebook), enkat.scan(Elsewhere(*halves), here.codebook)):
        assert counts(scanned, "made") == counts(here, "made")
        means = [(row.by, row.estimate, row.n) for row in here.mean("row", by="made")]
        assert [(row.by, row.estimate, row.n) for row in scanned.mean("row", by="made")] == means


@pytest.mark.parametrize("scanned", [parts, elsewhere])
def test_rows_in_no_group_are_counted_where_rows_are_in_parts(survey: enkat.Survey, scanned: Any) -> None:
    made = scanned().derive("made", "age", bands={"60+": (60, None)})
    assert made.proportion("made")[("60+",)].n == 3
    assert "2 rows have answers, but none to 'made'" in made.proportion("made").note
    assert "2 rows have answers" not in made.mean("age").note


def test_rows_in_no_group_of_a_question_of_the_codebook_are_counted() -> None:
    made = {"name": "made", "derived": {"of": "age", "bands": {"60+": [60, None]}}}
    survey = enkat.Survey(pa.table(ROWS), {"schema_version": 1, "questions": [made]})
    assert "2 rows have answers, but none to 'made'" in survey.proportion("made").note


@pytest.mark.parametrize("scanned", [parts, elsewhere])
@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"of": "region", "collapse": {"a": ["north"], "b": ["south"]}}, "codebook.derived_groups"),
        ({"where": "region == 'nort'"}, "codebook.unknown_answer"),
        ({"of": "age", "dates": "week"}, "codebook.derived_dates"),
    ],
)
def test_what_is_misspelt_is_refused_where_rows_are_in_parts(scanned: Any, how: dict[str, Any], code: str) -> None:
    with pytest.raises(enkat.CodebookError) as caught:
        scanned().derive("made", **how)
    assert code in {caught.value.code, *(issue.code for issue in caught.value.issues)}


def test_numbers_are_computed_and_counted(survey: enkat.Survey) -> None:
    made = survey.derive("pace", number="hours / row").derive("ticks", "areas", count_of=["home", "school"])
    assert made.mean("pace").estimate == pytest.approx((38 + 20 + 5 + 2 + 38 / 6) / 5)
    assert made.mean("pace")[("pace",)].n == 5
    assert made.total("ticks").estimate == 5
    assert reasons(made, "pace") == "1 refused"
    ratio = survey.derive("x", number="log(row - 1)")
    assert reasons(ratio, "x") == "1 outside"
    assert any("1 row" in note and "'x'" in note for note in ratio.notes)


def test_a_net_is_the_share_of_its_answers_with_the_interval_of_a_share() -> None:
    survey = enkat.Survey(pd.DataFrame({"q": ["a"] * 30 + ["b"] * 28 + ["c", "d"]}))
    net = survey.derive("net", "q", any_of=["a", "b"]).proportion("net")[("yes",)]
    assert (net.estimate, net.n) == (pytest.approx(58 / 60), 60)
    # The logit interval: 29/30 with se sqrt(p (1 - p) / 59).
    assert net.ci_high is not None and net.ci_low is not None
    assert (round(net.ci_low, 3), round(net.ci_high, 3)) == (0.872, 0.992)
    by_hand = enkat.Survey(pd.DataFrame({"net": ["yes"] * 58 + ["no"] * 2})).proportion("net")
    assert by_hand[("yes",)].ci_low == net.ci_low


def test_a_derived_question_is_a_question_like_any_other(survey: enkat.Survey) -> None:
    made = survey.derive("old", where="age >= 65", labels={"yes": "65 or more"})
    assert made.mean("row", by="old")[("yes",)].n == 3
    assert len(made.where(old="yes")) == len(made.where("old == '65 or more'")) == 3
    assert len(made.where(old="65 or more")) == 3
    twice = made.derive("old nurses", where="old == 'yes' and job == 'nurse'")
    assert counts(twice, "old nurses") == {"yes": 1, "no": 4}
    assert "old" not in survey.codebook["questions"][-1]["name"]
    domain = survey.where("row > 2").derive("old", where="age >= 65")
    assert counts(domain, "old") == {"yes": 2, "no": 1}


def test_weights_replicates_and_calibration_stay_as_they_were() -> None:
    table = pa.table({"sex": ["k", "m"] * 20, "age": [*range(20, 60)]})
    calibrated = enkat.Survey(table).calibrate("~ sex", {"sex": {"k": 300, "m": 100}}).replicate("JK1")
    made = calibrated.derive("old", where="age >= 40")
    expected = calibrated.where("age >= 40").total("age").estimate
    assert made.where(old="yes").total("age").estimate == expected
    share = made.proportion("old")[("yes",)]
    assert share.estimate == pytest.approx(0.5)
    assert share.se is not None and share.se > 0


def test_what_is_made_of_a_sensitive_question_is_sensitive() -> None:
    codebook = json.loads(json.dumps(CODEBOOK))
    codebook["questions"][0]["sensitive"] = True
    made = enkat.Survey(pa.table(ROWS), codebook).derive("n", "job", any_of="nurse")
    assert made.codebook["questions"][-1]["sensitive"] is True


def test_derived_questions_of_one_name_do_not_meet(survey: enkat.Survey) -> None:
    table = pa.table(ROWS)
    scanned = enkat.scan(lambda: iter([table.slice(0, 2), table.slice(2)]), CODEBOOK)
    one, two = scanned.derive("x", number="row * 10"), scanned.derive("x", number="row + 0.5")
    assert one.mean("x").estimate == 35
    assert two.mean("x").estimate == 4


def test_years_quarters_and_weeks_at_the_turn_of_a_year() -> None:
    days = [datetime.date(2020, 12, 31), datetime.date(2021, 1, 3), datetime.date(2021, 4, 1)]
    survey = enkat.Survey(pa.table({"day": days}))
    assert counts(survey.derive("y", "day", dates="year"), "y") == {"2020": 1, "2021": 2}
    assert counts(survey.derive("q", "day", dates="quarter"), "q") == {"2020-Q4": 1, "2021-Q1": 1, "2021-Q2": 1}
    weeks = counts(survey.derive("w", "day", dates="week"), "w")
    assert (weeks["2020-W53"], weeks["2021-W13"], len(weeks)) == (2, 1, 14)
    assert list(weeks)[1] == "2021-W01"


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "no way": ({"of": "age"}, "usage.derive", "one way"),
    "two ways": ({"of": "age", "cuts": [1], "where": "age > 1"}, "usage.derive", "one way"),
    "no source": ({"cuts": [1]}, "codebook.derived", "`of`"),
    "a source too much": ({"of": "age", "where": "age > 1"}, "codebook.derived", "no `of`"),
    "bands that meet": ({"of": "age", "bands": {"a": (1, 30), "b": (30, 40)}}, "codebook.derived_bands", "in another"),
    "a band that is turned": ({"of": "age", "bands": {"a": (30, 1)}}, "codebook.derived_bands", "before"),
    "cuts that fall": ({"of": "age", "cuts": [30, 20]}, "codebook.derived_bands", "rise"),
    "an answer in no group": ({"of": "trust", "collapse": {"low": [1, 2]}}, "codebook.derived_groups", "'t3', 't4'"),
    "an answer in two groups": (
        {"of": "job", "collapse": {"a": [1, 2], "b": ["doctor"]}},
        "codebook.derived_groups",
        "two groups",
    ),
    "a misspelt answer": ({"of": "job", "any_of": "nurs"}, "codebook.unknown_answer", "nurse"),
    "a misspelt text": ({"of": "region", "any_of": "nort"}, "codebook.unknown_answer", "north"),
    "a misspelt source": ({"of": "agee", "cuts": [1]}, "codebook.unknown_question", "age"),
    "bands of texts": ({"of": "region", "cuts": [1]}, "usage.cannot_compare", "texts"),
    "a misspelt name": ({"where": "agee > 1"}, "codebook.unknown_question", "age"),
    "no expression": ({"where": "age >"}, "usage.expression", ""),
    "a condition as a number": ({"number": "age > 1"}, "usage.cannot_compare", "number"),
    "options to cross": ({"cross": ["areas", "job"]}, "codebook.derived_cross", "areas"),
    "periods of numbers": ({"of": "age", "dates": "month"}, "codebook.derived_dates", "dates"),
    "labels of no answer": ({"where": "age > 1", "labels": {"ja": "Ja"}}, "codebook.derived_options", "ja"),
}


@pytest.mark.parametrize("way", REFUSED)
def test_what_cannot_be_made_is_refused(survey: enkat.Survey, way: str) -> None:
    how, code, hint = REFUSED[way]
    with pytest.raises(enkat.EnkatError) as refused:
        survey.derive("made", **how)
    assert refused.value.code == code
    assert hint in str(refused.value)


def test_a_name_that_is_taken_and_a_circle_are_refused(survey: enkat.Survey) -> None:
    for name in ("job", "region"):
        with pytest.raises(enkat.UsageError, match="already"):
            survey.derive(name, where="age > 1")
    circle = [
        {"name": "a", "derived": {"where": "b == 'yes'"}},
        {"name": "b", "derived": {"where": "a == 'yes'"}},
    ]
    trees = {"schema_version": 1, "questions": circle}
    with pytest.raises(enkat.CodebookError) as refused:
        enkat.Survey(pa.table({"x": [1]}), trees)
    assert refused.value.code == "codebook.cyclic_derivation"


def test_every_problem_of_derived_questions_in_a_codebook_is_told_at_once() -> None:
    questions = [
        {"name": "a", "derived": {"where": "agee > 1"}},
        {"name": "b", "derived": {"of": "age", "cuts": [2, 1]}},
        {"name": "c", "derived": {"where": "age > 1"}},
    ]
    with pytest.raises(enkat.CodebookError) as refused:
        enkat.Survey(pa.table({"age": [1, 2]}), {"schema_version": 1, "questions": questions})
    assert [issue.code for issue in refused.value.issues] == ["codebook.unknown_question", "codebook.derived_bands"]


def test_expressions_that_are_none_are_told_with_all_other_problems_of_a_codebook() -> None:
    questions = [
        {"name": "a", "derived": {"where": "age >"}},
        {"name": "b", "type": "number", "asked_if": "c =="},
        {"name": "c", "type": "nummer"},
    ]
    with pytest.raises(enkat.CodebookError) as refused:
        enkat.Survey(pa.table({"age": [1, 2]}), {"schema_version": 1, "questions": questions})
    assert [(issue.code, issue.context["at"]) for issue in refused.value.issues] == [
        ("usage.expression", "/questions/0/derived/where"),
        ("usage.expression", "/questions/1/asked_if"),
        ("codebook.unknown_value", "/questions/2/type"),
    ]


def test_routing_by_an_expression() -> None:
    codebook = {
        "schema_version": 1,
        "questions": [
            {"name": "age", "type": "number"},
            {"name": "work", "type": "single", "options": [{"name": "yes", "code": 1}, {"name": "no", "code": 2}]},
            {"name": "hours", "type": "number", "asked_if": "18 <= age < 65 and work == 'yes'"},
        ],
    }
    rows = {"age": [17, 30, 40, 70, None], "work": [1, 1, 2, 1, 1], "hours": [None, 40, None, None, None]}
    survey = enkat.Survey(pa.table(rows), codebook)
    assert survey.codebook == codebook
    assert reasons(survey, "hours") == "4 not_asked"
    assert survey.mean("hours")[("hours",)].n == 1
    table = pa.table(rows)
    scanned = enkat.scan(lambda: iter([table.slice(0, 2), table.slice(2)]), codebook)
    assert scanned.mean("hours")[("hours",)] == survey.mean("hours")[("hours",)]
    with pytest.raises(enkat.DataError) as refused:
        enkat.Survey(pa.table({**rows, "hours": [1, 40, 3, None, None]}), codebook).mean("hours")
    assert [(issue.code, issue.context["row"]) for issue in refused.value.issues] == [
        ("data.answer_outside_routing", 1),
        ("data.answer_outside_routing", 3),
    ]
    misspelt = json.loads(json.dumps(codebook).replace("work ==", "wrk =="))
    with pytest.raises(enkat.CodebookError, match="work"):
        enkat.Survey(pa.table(rows), misspelt)


def test_a_codebook_is_checked_against_a_file_with_all_that_is_derived() -> None:
    questions = [
        {"name": "age", "type": "number"},
        {"name": "old", "derived": {"where": "age >= 65"}},
        {"name": "x", "type": "number", "asked_if": "old == 'yes'"},
    ]
    survey = enkat.Survey(pa.table({"age": [70, 20], "x": [1, None]}), {"schema_version": 1, "questions": questions})
    assert survey._core.check_answers() == []
    table = enkat._core.Table.from_stream(pa.table({"age": [70, 20], "x": [1, 2]}).__arrow_c_stream__())
    codebook = enkat.survey.codebook_text({"schema_version": 1, "questions": questions})
    found = enkat._core.check_answers(table, enkat._core.Codebook.parse(codebook))
    assert [issue.code for issue in found] == ["data.answer_outside_routing"]
    unknown = enkat.survey.codebook_text({"schema_version": 1, "questions": questions[1:]})
    small = enkat._core.Table.from_stream(pa.table({"x": [1, 2]}).__arrow_c_stream__())
    assert [issue.code for issue in enkat._core.check_answers(small, enkat._core.Codebook.parse(unknown))] == [
        "codebook.unknown_question"
    ]


def test_questions_are_made_of_rows_that_others_read(survey: enkat.Survey) -> None:
    table = pa.table(ROWS)
    elsewhere = enkat.scan(Elsewhere(table.slice(0, 2), table.slice(2)), CODEBOOK)
    how: dict[str, Any] = {"where": "age >= 65 or region == 'north'"}
    made, here = elsewhere.derive("made", **how), survey.derive("made", **how)
    assert counts(made, "made") == counts(here, "made")
    assert [*made.questions] == [*here.questions]
    assert made.where(made="yes").mean("row")[("row",)] == here.where(made="yes").mean("row")[("row",)]
    one, two = elsewhere.derive("x", number="row * 10"), elsewhere.derive("x", number="row + 0.5")
    assert (one.mean("x").estimate, two.mean("x").estimate) == (35, 4)
