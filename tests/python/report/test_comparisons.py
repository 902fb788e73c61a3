"""Claims that compare: two groups, two answers or two questions, by the ratio or the difference of their shares."""

import json
import math
from pathlib import Path

import pandas
import pytest
import python_calamine

import enkat
from disclosure.studies import rows_of, share, single, study_of

QUESTIONS = [single("q", "yes", "no"), single("sex", "woman", "man"), single("r", "n", "s")]
# Women: 240 of 400 said yes; men: 120 of 400.
COUNTS = {
    ("yes", "woman", "n"): 140,
    ("yes", "woman", "s"): 100,
    ("no", "woman", "n"): 60,
    ("no", "woman", "s"): 100,
    ("yes", "man", "n"): 70,
    ("yes", "man", "s"): 50,
    ("no", "man", "n"): 130,
    ("no", "man", "s"): 150,
}
PEOPLE = rows_of(COUNTS, ["q", "sex", "r"])
WOMEN, MEN = {"sex": "woman"}, {"where": {"sex": "man"}}


def survey(people: pandas.DataFrame = PEOPLE, design: enkat.Design | None = None) -> enkat.Survey:
    return enkat.Survey(people, {"schema_version": 1, "questions": QUESTIONS}, design or enkat.Design())


def weighted() -> enkat.Survey:
    # The women of n weigh three times as much, and rows come in forty workplaces.
    people = PEOPLE.assign(w=((PEOPLE.r == "n") & (PEOPLE.sex == "woman")).map({True: 3.0, False: 1.0}))
    people["workplace"] = [row % 40 for row in range(len(people))]
    return survey(people, enkat.Design(weight="w", strata="r", cluster="workplace", nest=True))


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("twice as many women as men", True),
        ("three times as common", False),
        ("more women than men", True),
        ("30 percentage points more", True),
        ("20 percentage points more", False),
        ("100 per cent more", True),
        ("less often", False),
        ("as common as", False),
    ],
)
def test_two_groups_are_compared_by_their_shares(words: str, holds: bool) -> None:
    verdict = survey().check(words, question="q", answer="yes", where=WOMEN, than=MEN)
    assert verdict.respondents == ("holds" if holds else "does not hold")
    assert (verdict.percent, verdict.n, verdict.than_percent, verdict.than_n) == (60, 400, 30, 400)


@pytest.mark.parametrize(("words", "expression"), [("fler", "`woman:yes` - `man:yes`"), ("dubbelt så många", "ratio")])
@pytest.mark.parametrize("data", [survey(), weighted()], ids=["simple", "weighted"])
def test_estimate_and_interval_are_those_of_the_contrast(data: enkat.Survey, words: str, expression: str) -> None:
    verdict = data.check(words, question="q", answer="yes", where=WOMEN, than=MEN)
    expression = "`woman:yes` / `man:yes`" if expression == "ratio" else expression
    (row,) = data.proportion("q", by="sex").contrast(expression)
    assert verdict.estimate == pytest.approx(row.estimate, rel=1e-12)
    assert (verdict.ci_low, verdict.ci_high) == pytest.approx((row.ci_low, row.ci_high), rel=1e-9)


def test_words_without_an_upper_end_cover_everything_above() -> None:
    verdict = survey().check("at least twice as many", question="q", answer="yes", where=WOMEN, than=MEN)
    assert verdict.interval == (2.0, math.inf)
    assert verdict.respondents == "holds"


def test_weighted_shares_are_held_against_the_words() -> None:
    verdict = weighted().check("dubbelt så många", question="q", answer="yes", where=WOMEN, than=MEN)
    # (3·140 + 100) / (3·200 + 200) = .65 and .30
    assert verdict.estimate == pytest.approx(0.65 / 0.3, rel=1e-12)
    assert "65 procent (utan vikter 60)" in verdict.says


def test_two_answers_of_one_question_are_of_the_same_people() -> None:
    verdict = survey().check("mindre vanligt", question="q", answer="yes", than={"answer": "no"})
    (row,) = survey().proportion("q").contrast("yes - no")
    assert verdict.respondents == "stämmer"
    assert verdict.estimate == pytest.approx(-0.1, rel=1e-12)
    assert (verdict.ci_low, verdict.ci_high) == pytest.approx((row.ci_low, row.ci_high), rel=1e-9)


def test_the_groups_may_be_expressions_and_may_overlap() -> None:
    verdict = survey().check(
        "more common", question="q", answer="yes", where="sex == 'woman' and r == 'n'", than={"where": "r == 'n'"}
    )
    assert (verdict.percent, verdict.n, verdict.than_percent, verdict.than_n) == (70, 200, 53, 400)  # 52.5
    assert verdict.respondents == "holds"


def test_what_than_does_not_name_is_as_in_the_claim(tmp_path: Path) -> None:
    claim = {"where": {"sex": ["woman"], "r": ["n"]}}
    study = report(tmp_path, "twice as common among women as among men", **claim)
    (found,) = study._released("en").checked.ledger
    assert (found.percent, found.base, found.than_percent, found.than_base) == (70, 200, 35, 200)
    assert found.about == "woman; n compared with man; n"
    figures = {f.sum.words for f in study._released("en").publication.figures if f.place.kind == "claim"}
    assert "q: yes | r = n, sex = man" in figures


def test_two_questions_with_the_same_answers_are_compared() -> None:
    data = pandas.DataFrame({"a": ["yes"] * 60 + ["no"] * 40, "b": ["yes"] * 30 + ["no"] * 70})
    both = enkat.Survey(data, {"schema_version": 1, "questions": [single("a", "yes", "no"), single("b", "yes", "no")]})
    verdict = both.check("dubbelt så många", question="a", answer="yes", than={"question": "b"})
    assert (verdict.respondents, verdict.percent, verdict.than_percent) == ("stämmer", 60, 30)


def test_numbers_of_people_are_compared_when_the_claim_says_so() -> None:
    fewer_women = pandas.concat([PEOPLE[PEOPLE.sex == "woman"].iloc[::4], PEOPLE[PEOPLE.sex == "man"]])
    data = survey(fewer_women)  # 60 of 100 women, 120 of 400 men
    shares = data.check("fler kvinnor än män", question="q", answer="yes", where=WOMEN, than=MEN)
    assert (shares.respondents, shares.lint) == ("stämmer", ("NUMBERS",))
    people = data.check("hälften så många", question="q", answer="yes", where=WOMEN, than=MEN, of="count")
    assert (people.respondents, people.estimate, people.lint) == ("stämmer", 0.5, ())
    with pytest.raises(enkat.ReportError) as error:
        data.check("10 procentenheter fler", question="q", answer="yes", where=WOMEN, than=MEN, of="count")
    assert error.value.code == "report.claim_of"


def test_weights_change_numbers_of_people_where_they_change_no_share() -> None:
    # Both shares are as without weights, but a woman stands for three people and a man for one.
    data = survey(PEOPLE.assign(w=PEOPLE.sex.map({"woman": 3.0, "man": 1.0})), enkat.Design(weight="w"))
    verdict = data.check("six times as many", question="q", answer="yes", where=WOMEN, than=MEN, of="count")
    assert verdict.respondents == "holds"
    assert verdict.estimate == pytest.approx(6, rel=1e-12)  # 720 and 120
    at_least = data.check("at least six times as many", question="q", answer="yes", where=WOMEN, than=MEN, of="count")
    assert at_least.respondents == "holds"
    assert "6 times as many with weights" in verdict.says
    assert data.check("twice as many", question="q", answer="yes", where=WOMEN, than=MEN).lint == ("NUMBERS",)
    plain = data.check("twice as common", question="q", answer="yes", where=WOMEN, than=MEN)
    assert (plain.respondents, plain.lint) == ("holds", ())


def test_a_full_count_of_the_population_is_judged_by_the_weaker_of_both_intervals() -> None:
    known = survey(design=enkat.Design(population=810))
    verdict = known.check("fler", question="q", answer="yes", where=WOMEN, than=MEN, scope="population")
    plain = survey().check("fler", question="q", answer="yes", where=WOMEN, than=MEN, scope="population")
    assert verdict.population == "stöds"
    assert (verdict.ci_low, verdict.ci_high) == pytest.approx((plain.ci_low, plain.ci_high), rel=1e-9)


def test_english_is_recognised_and_a_misspelt_phrase_is_refused_in_its_language() -> None:
    def ask(words: str) -> enkat.Verdict:
        return survey().check(words, question="q", answer="yes", where=WOMEN, than=MEN)

    for words in ("twice as likely", "half as many", "fewer than", "more often than", "as common as"):
        assert ask(words).respondents in ("holds", "does not hold")
    with pytest.raises(enkat.ReportError, match=r"it could have been 'twice as likely'.*write for example 9 in 10"):
        ask("twise as likely")
    with pytest.raises(enkat.ReportError, match="to compare two groups or answers dubbelt så många"):
        ask("i hög grad")


def test_one_side_too_few_and_words_too_little_are_refused() -> None:
    with pytest.raises(enkat.ReportError) as error:
        survey().check("twice as many", question="q", answer="yes", where=WOMEN)
    assert error.value.code == "report.claim_one_sided"
    with pytest.raises(enkat.ReportError) as error:
        survey().check("9 in 10", question="q", answer="yes", where=WOMEN, than=MEN)
    assert error.value.code == "report.claim_not_comparing"
    with pytest.raises(enkat.ReportError) as error:
        survey().check("twice as many", question="q", answer="yes", than={"group": "x"})  # type: ignore[typeddict-unknown-key]
    assert error.value.code == "report.claim_unknown_key"


CLAIM = {
    "id": "C",
    "question": "q",
    "answers": ["yes"],
    "where": {"sex": ["woman"]},
    "than": {"where": {"sex": ["man"]}},
}


def report(tmp_path: Path, words: str, people: pandas.DataFrame = PEOPLE, **claim: object) -> enkat.Study:
    text = f'# T\n\n{{section="question" indicator="q"}}\n## Question\n\nIt was [{words}]{{claim="C"}}.\n'
    return study_of(tmp_path / "s", people, QUESTIONS, [share("q")], [CLAIM | claim], text=text)


def test_a_report_prints_both_sides(tmp_path: Path) -> None:
    report(tmp_path, "twice as common among women as among men").report(tmp_path / "out")
    (claim,) = json.loads((tmp_path / "out" / "claims.json").read_text())["claims"]
    assert (claim["kind"], claim["verdict"]) == ("comparison", "holds")
    assert (claim["percent"], claim["base"], claim["than_percent"], claim["than_base"]) == (60, 400, 30, 400)
    assert claim["about"] == "woman compared with man"
    book = python_calamine.CalamineWorkbook.from_path(tmp_path / "out" / "tables.xlsx")
    cells = {cell for row in book.get_sheet_by_name("Claims").to_python() for cell in row}
    assert {"60 and 30", "400 and 400"} <= cells
    assert "60% and 30%" in (tmp_path / "out" / "report.html").read_text().replace("\u202f", "").replace("\xa0", "")


def test_one_base_is_printed_once(tmp_path: Path) -> None:
    text = '# T\n\n{section="question" indicator="q"}\n## Question\n\nIt was [more common]{claim="C"}.\n'
    claim = {"id": "C", "question": "q", "answers": ["no"], "than": {"answers": ["yes"]}}
    study_of(tmp_path / "s", PEOPLE, QUESTIONS, [share("q")], [claim], text=text).report(tmp_path / "out")
    (found,) = json.loads((tmp_path / "out" / "claims.json").read_text())["claims"]
    assert (found["percent"], found["than_percent"], found["base"], found["than_base"]) == (55, 45, 800, 800)
    assert "800 and 800" not in (tmp_path / "out" / "report.html").read_text()


def test_a_comparison_outside_a_binding_stops_the_report(tmp_path: Path) -> None:
    study = report(tmp_path, "twice as common")
    text = study.folder / "report.md"
    text.write_text(text.read_text() + "\nIt is more common among women than among men.\n")
    with pytest.raises(enkat.ReportError, match="“more common among women than among men” is bound to no claim"):
        enkat.load_study(study.folder).report(tmp_path / "out")


def test_words_that_name_the_sides_the_other_way_round_are_refused(tmp_path: Path) -> None:
    with pytest.raises(enkat.ReportError) as error:
        survey().check("more men than women", question="q", answer="yes", where=WOMEN, than=MEN)
    assert error.value.code == "report.claim_turned"


def test_a_report_with_a_contradicted_comparison_is_not_built(tmp_path: Path) -> None:
    with pytest.raises(enkat.ReportError, match="It would be true to say: twice as common"):
        report(tmp_path, "three times as common").report(tmp_path / "out")


def test_the_audit_knows_the_shares_of_both_sides(tmp_path: Path) -> None:
    study = report(tmp_path, "twice as common")
    figures = study._released("en").publication.figures
    claimed = {(f.sum.words, f.low, f.high) for f in figures if f.place.kind == "claim"}
    assert ("q: yes | sex = man", 120.0, 120.0) in claimed
    assert ("q: answered | sex = man", 400.0, 400.0) in claimed
    assert ("q: yes | sex = woman", 240.0, 240.0) in claimed
    told = {(f.sum.words, f.low, f.high) for f in figures if f.place.kind == "words"}
    assert ("q: yes | sex = woman", 210.0, 270.0) in told  # 1.75 to 2.25 times .3 of 400
    assert ("q: yes | sex = man", 107.0, 137.0) in told


def test_words_without_an_upper_end_bound_one_side_from_below_and_the_other_from_above(tmp_path: Path) -> None:
    study = report(tmp_path, "at least twice as common")
    told = {(f.sum.words, f.low, f.high) for f in study._released("en").publication.figures if f.place.kind == "words"}
    assert ("q: yes | sex = woman", 240.0, 400.0) in told
    assert ("q: yes | sex = man", 0.0, 120.0) in told


def test_what_a_comparison_tells_of_a_small_group_is_withheld(tmp_path: Path) -> None:
    # The table says 30 of 40 in all; the claim's second side would leave the 3 of 10 of the rest.
    counts = {("yes", "woman", "n"): 40, ("no", "woman", "n"): 20, ("yes", "man", "n"): 2, ("no", "man", "n"): 18}
    people = rows_of(counts, ["q", "sex", "r"])
    sensitive = [single("q", "yes", "no", sensitive=True), *QUESTIONS[1:]]
    claim = CLAIM | {"text": "more common"}
    study = study_of(tmp_path / "s", people, sensitive, [share("q")], [claim])
    problems = study._released("en").checked.problems
    assert {problem.code for problem in problems} == {"report.claim_withheld"}


def test_points_are_of_shares_and_not_of_numbers_of_people() -> None:
    verdict = survey().check("30 percentage points more", question="q", answer="yes", where=WOMEN, than=MEN)
    assert "NUMBERS" not in verdict.lint


def test_what_would_fail_as_printed_too_has_no_remark_about_rounding() -> None:
    # 2 % and 1 %: the difference is small, but one share is twice the other, as they are and as they are printed.
    counts = {("yes", "woman"): 8, ("no", "woman"): 392, ("yes", "man"): 4, ("no", "man"): 396}
    people = survey(rows_of(counts, ["q", "sex"]).assign(r="n"))
    verdict = people.check("as common", question="q", answer="yes", where=WOMEN, than=MEN)
    assert verdict.respondents in ("does not hold", "fails")
    assert "PRINTED" not in verdict.lint


def test_not_fewer_may_be_as_many() -> None:
    verdict = survey().check("no less common", question="q", answer="yes", where=WOMEN, than=MEN)
    assert "means an equal or larger share" in verdict.says


@pytest.mark.parametrize("words", ["at least half as common", "more than half as common", "minst hälften så vanligt"])
def test_at_least_half_as_common_has_no_upper_end(words: str) -> None:
    assert survey().check(words, question="q", answer="yes", where=WOMEN, than=MEN).respondents in ("holds", "stämmer")


@pytest.mark.parametrize(
    "words", ["more common among the men", "twice as many men", "more common than among the women"]
)
def test_one_side_that_is_named_must_be_the_right_one(words: str) -> None:
    labelled = [
        QUESTIONS[0],
        {**QUESTIONS[1], "options": [{"name": "woman", "label": "women"}, {"name": "man", "label": "men"}]},
    ]
    data = enkat.Survey(PEOPLE, {"schema_version": 1, "questions": labelled}, enkat.Design())
    with pytest.raises(enkat.ReportError) as caught:
        data.check(words, question="q", answer="yes", where=WOMEN, than=MEN)
    assert caught.value.code == "report.claim_turned"
    assert data.check("more common among the women", question="q", answer="yes", where=WOMEN, than=MEN).estimate


def test_somebody_against_nobody_is_no_number_of_times() -> None:
    people = rows_of({("yes", "woman"): 60, ("no", "woman"): 60, ("no", "man"): 120}, ["q", "sex"]).assign(r="n")
    verdict = survey(people).check("twice as common", question="q", answer="yes", where=WOMEN, than=MEN)
    assert verdict.estimate is None
