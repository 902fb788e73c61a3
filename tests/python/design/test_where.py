"""Expressions over rows: whom they select, whom they leave open, and what they refuse."""

import re
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import enkat
from design.people_of_six import CODEBOOK, ROWS, Elsewhere

NAN = float("nan")
EVERY = (1, 2, 3, 4, 5, 6)


@pytest.fixture(scope="module")
def survey() -> enkat.Survey:
    return enkat.Survey(pa.table(ROWS), CODEBOOK)


def rows(domain: enkat.Survey) -> tuple[int, ...]:
    """The rows inside, by their numbers; also of none."""
    return tuple(row for row in EVERY if len(domain.where(f"row == {row}")) == 1)


def left_open(domain: enkat.Survey) -> int:
    """How many rows the note counts whose filter is missing."""
    counted = re.search(r"(\d+) rows? ", domain.total("row").note)
    return int(counted[1]) if counted else 0


SELECTS = {
    "age > 65": (2, 3, 5),
    "65 < age": (2, 3, 5),
    "age >= 66": (2, 3, 5),
    "age <= 35": (1, 6),
    "age != 20": (2, 3, 5, 6),
    "age == 70.0": (3,),
    "35 <= age < 70": (2, 6),
    "between(age, 35, 70)": (2, 3, 6),
    "age in (20, 70, 99)": (1, 3),
    "age not in [20, 70]": (2, 5, 6),
    "age is None": (4,),
    "age is missing": (4,),
    "age is not None": (1, 2, 3, 5, 6),
    "missing(age)": (4,),
    "not missing(age)": (1, 2, 3, 5, 6),
    "age + 10 > hours * 2": (5,),
    "-age < -65": (2, 3, 5),
    "max(age, row) == age and sqrt(row) == 2": (),
    "round(age / 10) == 2 or abs(row - 6) < 1": (1, 6),
    "row ** 2 == 9": (3,),
    "log(row - 1) < 0.1": (2,),
    "region == 'north'": (1, 4),
    'region != "north"': (2, 3, 6),
    "'north' == region": (1, 4),
    "region in ('north', 'väst')": (1, 4, 6),
    "region not in ('north',)": (2, 3, 6),
    "region in 'north'": (1, 4),
    "region is None": (5,),
    "job == 'nurse'": (1, 2),
    "job == 'Nurse'": (1, 2),
    "job == 1": (1, 2),
    "job != 1": (3, 5),
    "job in ('nurse', 2)": (1, 2, 3, 5),
    "job >= 2": (3, 5),
    "missing(job)": (4, 6),
    "trust >= 3": (3, 4, 6),
    "trust > '2 of 4'": (3, 4, 6),
    "trust == 't3'": (3, 6),
    "trust * 2 == row": (6,),
    "'home' in areas": (1, 3, 6),
    "'At home' in areas and 'school' not in areas": (1, 6),
    "ticked(areas, 'home', 'school')": (1, 2, 3, 6),
    "not ticked(areas, 'home')": (2, 4),
    "areas is None": (5,),
    "hours < 39": (1, 4, 5, 6),
    "hours is missing": (3,),
    "words == 'good'": (1, 4, 5),
    "words is None": (2,),
    "member": (1, 4, 5),
    "not member": (2, 6),
    "member == True": (1, 4, 5),
    "day >= '2024-01-15'": (2, 3, 5),
    "day == '2024-01-31'": (3,),
    "day in ('2024-01-01', '2024-01-02')": (1, 6),
    "moment <= '2024-01-15'": (1, 2, 6),
    "moment <= '2024-01-15T12:00'": (1, 6),
    "moment == '2024-01-15 12:30:00'": (2,),
    "day < moment": (1, 2, 3, 5, 6),
    "day is None": (4,),
    "`years at work` > 4": (5, 6),
    "(age > 65 or region == 'north') and not job == 'nurse'": (3, 5),
    "age > 65\n and job == 2": (3, 5),
}


@pytest.mark.parametrize("expression", SELECTS)
def test_an_expression_selects_the_rows_that_meet_it(survey: enkat.Survey, expression: str) -> None:
    assert rows(survey.where(expression)) == SELECTS[expression]


@pytest.mark.parametrize("expression", SELECTS)
def test_rows_in_parts_are_selected_as_those_in_memory(survey: enkat.Survey, expression: str) -> None:
    table = pa.table(ROWS)
    scanned = enkat.scan(lambda: iter([table.slice(0, 2), table.slice(2, 3), table.slice(5)]), CODEBOOK)
    assert len(scanned.where(expression)) == len(SELECTS[expression])


@pytest.mark.parametrize("expression", SELECTS)
def test_what_holds_what_does_not_and_what_is_open_are_all_rows(survey: enkat.Survey, expression: str) -> None:
    inside, outside = rows(survey.where(expression)), rows(survey.where(f"not ({expression})"))
    assert not {*inside} & {*outside}
    assert rows(survey.where(f"not (not ({expression}))")) == inside
    if inside:
        assert left_open(survey.where(expression)) == 6 - len(inside) - len(outside)


@pytest.mark.parametrize("first", ["age > 30", "job == 'nurse'", "'home' in areas", "region != 'north'"])
@pytest.mark.parametrize("second", ["member", "hours < 39", "trust >= 3"])
def test_and_is_one_domain_within_the_other(survey: enkat.Survey, first: str, second: str) -> None:
    together, stepwise = survey.where(f"({first}) and ({second})"), survey.where(first).where(second)
    assert rows(together) == rows(stepwise)
    if rows(together):
        assert left_open(together) == left_open(stepwise)
    either = rows(survey.where(f"({first}) or ({second})"))
    assert either == tuple(sorted({*rows(survey.where(first)), *rows(survey.where(second))}))


def test_an_answer_that_is_missing_leaves_a_row_open_only_where_it_matters(survey: enkat.Survey) -> None:
    # The age of row 4 is missing; it is in the north, and row 5 is somewhere.
    assert left_open(survey.where("age > 65 and region == 'south'")) == 1
    assert rows(survey.where("age > 65 or region == 'north'")) == (1, 2, 3, 4, 5)


def test_the_mean_of_a_domain_and_its_base() -> None:
    survey = enkat.Survey(pd.DataFrame({"AGE": [20, 66, 70, 41, 81, 35, NAN], "y": [1.0, 2, 3, 4, 6, 5, 7]}))
    mean = survey.where("AGE > 65").mean("y")
    assert mean.estimate == pytest.approx(11 / 3)
    assert mean[("y",)].n == 3
    assert "1 row" in mean.note


def test_an_expression_and_keywords_must_both_hold(survey: enkat.Survey) -> None:
    assert rows(survey.where("age > 65", job="doctor")) == (3, 5)
    assert rows(survey.where(job="doctor").where("age > 70")) == (5,)
    assert rows(survey.where([True] * 3 + [False] * 3).where("age > 65")) == (2, 3)


def test_the_same_domain_of_a_file_that_is_scanned(tmp_path: Path) -> None:
    table = pa.table({"age": [*range(18, 90)] * 40, "w": [1.0, 2.0, 3.0] * 960, "y": [*range(36)] * 80})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=500)
    design = enkat.Design(weight="w")
    scanned, whole = enkat.scan(tmp_path / "a.parquet", design=design), enkat.Survey(table, design=design)
    found = [survey.where("25 <= age <= 64 and y > 3").mean("y")[("y",)] for survey in (scanned, whole)]
    assert found[0] == found[1]
    expected = table.to_pandas().query("25 <= age <= 64 and y > 3")
    assert found[0].n == len(expected)
    assert found[0].estimate == pytest.approx((expected.w * expected.y).sum() / expected.w.sum())


def test_domains_of_calibrated_and_replicated_surveys(survey: enkat.Survey) -> None:
    table = pa.table({"sex": ["k", "m"] * 20, "age": [*range(20, 60)], "y": [float(i % 7) for i in range(40)]})
    calibrated = enkat.Survey(table).calibrate("~ sex", {"sex": {"k": 300, "m": 100}})
    for made in (calibrated, calibrated.replicate("JK1")):
        by_mask = made.where([age >= 40 for age in range(20, 60)]).mean("y")[("y",)]
        assert made.where("age >= 40").mean("y")[("y",)] == by_mask


REFUSED = {
    "agee > 65": ("data.unknown_column", 1, "age"),
    "age > 65 and joob == 1": ("data.unknown_column", 14, "job"),
    "region == 'nort'": ("codebook.unknown_answer", 11, "north"),
    "`years at work` > 1 and job == 'nurs'": ("codebook.unknown_answer", 32, "nurse"),
    "'hom' in areas": ("codebook.unknown_answer", 1, "home"),
    "job == 9": ("codebook.unknown_answer", 8, "missing(job)"),
    "age > '65'": ("usage.cannot_compare", 7, "without quotation marks"),
    "age > 'old'": ("usage.cannot_compare", 7, "numbers"),
    "region == 5": ("usage.cannot_compare", 11, "'5'"),
    "region > 'north'": ("usage.cannot_compare", 1, "no order"),
    "areas == 'home'": ("usage.cannot_compare", 1, "'home' in areas"),
    "'nurse' in job": ("usage.cannot_compare", 12, "job == 'nurse'"),
    "job > 'nurse'": ("usage.cannot_compare", 1, "no order"),
    "job + 1 == 2": ("usage.cannot_compare", 1, "number"),
    "day > 5": ("usage.cannot_compare", 7, "2024-01-31"),
    "day > '2024-02-31'": ("usage.cannot_compare", 7, "2024-01-31"),
    "age": ("usage.cannot_compare", 1, "age >= 18"),
    "(age > 3) == 1": ("usage.cannot_compare", 2, "condition"),
    "1 < 2": ("usage.cannot_compare", 1, "name"),
    "True": ("usage.cannot_compare", 1, ""),
    "ln(age) > 1": ("usage.expression", 1, "ln"),
    "age = 65": ("usage.expression", None, "age >= 65"),
    "age > 65 & job == 1": ("usage.expression", None, "`and`"),
    "age > 65 and": ("usage.expression", None, ""),
    "age == None": ("usage.expression", 8, "is None"),
    "age in ()": ("usage.expression", 8, "at least one"),
    "age is 5": ("usage.expression", 8, "=="),
    "between(age, 1)": ("usage.expression", 1, "three"),
    "age.mean() > 1": ("usage.expression", 1, ""),
    "[a for a in age]": ("usage.expression", 1, ""),
    "": ("usage.expression", None, ""),
    "+".join(["age"] * 5000) + " > 1": ("usage.expression", None, ""),
}


@pytest.mark.parametrize("expression", REFUSED, ids=lambda text: text[:40])
def test_a_refusal_says_what_is_wrong_and_where(survey: enkat.Survey, expression: str) -> None:
    code, at, hint = REFUSED[expression]
    with pytest.raises(enkat.EnkatError) as refused:
        survey.where(expression)
    assert refused.value.code == code
    assert hint in str(refused.value)
    if at is not None:
        assert refused.value.context["at"] == at


def test_values_that_no_row_has_are_refused_when_parts_are_read() -> None:
    table = pa.table({"region": ["north", "south"] * 3, "y": [1.0, 2, 3, 4, 5, 6]})
    domain = enkat.scan(lambda: iter([table.slice(0, 3), table.slice(3)])).where("region == 'nort'")
    with pytest.raises(enkat.UsageError, match="north"):
        domain.mean("y")


@pytest.mark.parametrize("expression", ["age > 65", "region != 'north' and job == 'doctor'", "'home' in areas"])
def test_rows_that_others_read_are_selected_as_those_in_memory(survey: enkat.Survey, expression: str) -> None:
    table = pa.table(ROWS)
    elsewhere = enkat.scan(Elsewhere(table.slice(0, 2), table.slice(2)), CODEBOOK).where(expression)
    assert elsewhere.mean("row")[("row",)] == survey.where(expression).mean("row")[("row",)]


SAME = ["never", "sometimes", "often"]
TWICE = {
    "schema_version": 1,
    "questions": [
        {
            "name": "before",
            "type": "single",
            "options": [{"name": name} for name in SAME],
            "missing": [{"code": "x", "reason": "refused"}],
        },
        {
            "name": "after",
            "type": "single",
            "options": [{"name": name, "code": i} for i, name in enumerate(SAME[::-1])],
        },
        {"name": "colour", "type": "single", "options": [{"name": "red"}, {"name": "often"}]},
        {
            "name": "scale",
            "type": "scale",
            "options": [{"name": name, "code": i} for i, name in enumerate(SAME)],
        },
        {"name": "young", "derived": {"of": "row", "cuts": [3, 5]}},
        {"name": "young_too", "derived": {"of": "late", "cuts": [3, 5]}},
    ],
}
ANSWERS = pa.table(
    {
        "row": [1, 2, 3, 4, 5, 6],
        "late": [3, 4, 3, 1, 9, None],
        "before": ["never", "sometimes", "often", "x", "never", "often"],
        "after": [2, 2, 0, 0, None, 1],
        "colour": ["red", "red", "often", "red", "red", None],
        "scale": [0, 1, 1, 2, None, 2],
        "grade": pa.array(["low", "mid", "high", None, "mid", "low"])
        .dictionary_encode()
        .cast(pa.dictionary(pa.int32(), pa.string(), ordered=True)),
    }
)
BETWEEN_QUESTIONS = {
    "before == after": (1, 3),
    "after == before": (1, 3),
    "before != after": (2, 6),
    "not before == after": (2, 6),
    "before == scale": (1, 2, 6),
    "young > '<3'": (3, 4, 5, 6),
    "young <= '3–<5'": (1, 2, 3, 4),
    "'≥5' <= young": (5, 6),
    "young < young_too": (1, 2),
    "young == young_too": (3, 5),
    "grade > 'low'": (2, 3, 5),
    "grade <= 'mid'": (1, 2, 5, 6),
    "'mid' <= grade": (2, 3, 5),
    "scale >= 'sometimes'": (2, 3, 4, 6),
}


@pytest.mark.parametrize("expression", BETWEEN_QUESTIONS)
def test_two_questions_are_compared_and_answers_by_their_order(expression: str) -> None:
    assert rows(enkat.Survey(ANSWERS, TWICE).where(expression)) == BETWEEN_QUESTIONS[expression]
    scanned = enkat.scan(lambda: iter([ANSWERS.slice(0, 2), ANSWERS.slice(2)]), TWICE).where(expression)
    assert len(scanned) == len(BETWEEN_QUESTIONS[expression])
    assert scanned.mean("row").estimate == pytest.approx(
        sum(BETWEEN_QUESTIONS[expression]) / len(BETWEEN_QUESTIONS[expression])
    )


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("before == colour", "have different answers ('never' is one of 'before' only)"),
        ("colour == before", "('red' is one of 'colour' only)"),
        ("before < after", "have no order in common"),
        ("before >= 'often'", "make it a scale in the codebook"),
        ("grade > 'hihg'", "did you mean 'high'?"),
        ("young > '<4'", "'<3'"),
        ("before == row", "a number stands here"),
    ],
)
def test_questions_that_cannot_be_compared_say_why(expression: str, said: str) -> None:
    with pytest.raises(enkat.UsageError) as caught:
        enkat.Survey(ANSWERS, TWICE).where(expression)
    assert said in str(caught.value)
    assert caught.value.code in ("usage.cannot_compare", "codebook.unknown_answer")
