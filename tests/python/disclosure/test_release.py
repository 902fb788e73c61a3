"""What is published together gives nobody away: known attacks, and attacks on random studies."""

import itertools
from pathlib import Path

import pandas
import pytest

from disclosure.attack import Attack
from disclosure.studies import draw, rows_of, share, single, study_of


@pytest.mark.parametrize("seed", [4, 8, 14, 19, 22, 32, 41, 57])
def test_nobody_is_recovered_from_a_random_study(seed: int, tmp_path: Path) -> None:
    drawn = draw(seed)
    study = study_of(tmp_path, drawn.answers, drawn.questions, drawn.indicators, drawn.claims)
    claims = study._released("en").checked.ledger
    attack = Attack(drawn.columns, frozenset({"sex"}))
    attack.reads(study, [{"id": one.id, "percent": one.percent, "base": one.base} for one in claims])
    groups: list[dict[str, list[str]]] = [{}, *(claim["where"] for claim in drawn.claims)]
    for one in drawn.indicators:
        ways = [[(column, answer) for answer in drawn.columns[column]] for column in one.get("by", ())]
        for way in itertools.product(*ways):
            group = {**one.get("where", {}), **{column: [answer] for column, answer in way}}
            if one["question"] == "q":
                groups.append(group)
            else:
                assert list(attack.small(one["question"], [group], False)) == []
    assert list(attack.small("q", groups, drawn.sensitive)) == []


@pytest.mark.parametrize("seed", [8, 14, 35, 41])
def test_nobody_is_recovered_from_claims_that_compare(seed: int, tmp_path: Path) -> None:
    drawn = draw(seed)
    answers, regions = drawn.columns["q"], drawn.columns["reg"]
    groups: list[dict[str, list[str]]] = [
        {"reg": regions[:1]},
        {"reg": regions[1:]},
        {"sex": ["m"], "reg": regions[:2]},
        {"sex": ["w"], "reg": regions[:2]},
    ]
    of_groups = [
        {"id": f"K{k}", "question": "q", "answers": answers[:1], "where": first, "than": {"where": second}}
        for k, (first, second) in enumerate(itertools.pairwise(groups))
    ]
    of_answers = {"id": "A", "question": "q", "answers": answers[:1], "than": {"answers": answers[1:]}}
    claims = [{**claim, "text": "more common"} for claim in (*of_groups, of_answers)]
    study = study_of(tmp_path, drawn.answers, drawn.questions, drawn.indicators, claims)
    listed = study._released("en").checked.ledger
    attack = Attack(drawn.columns, frozenset({"sex"}))
    attack.reads(
        study,
        [
            {
                "id": one.id,
                "percent": one.percent,
                "base": one.base,
                "than_percent": one.than_percent,
                "than_base": one.than_base,
            }
            for one in listed
        ],
    )
    left = [{"sex": ["m"]}, {"sex": ["w"]}, *({"reg": [one]} for one in regions)]
    assert list(attack.small("q", [{}, *groups, *left], drawn.sensitive)) == []


def test_a_total_and_a_group_do_not_tell_of_those_left_over(tmp_path: Path) -> None:
    # 45 % of 60 and 40 % of 52 leave exactly 6 of 8, a group that is printed nowhere.
    people = rows_of({("A", "yes"): 21, ("A", "no"): 31, ("C", "yes"): 6, ("C", "no"): 2}, ["g", "q"])
    questions = [single("q", "yes", "no", sensitive=True), single("g", "A", "C")]
    indicators = [share("total"), share("of_a", where={"g": ["A"]})]
    study = study_of(tmp_path, people, questions, indicators)
    attack = Attack({"q": ["yes", "no"], "g": ["A", "C"]})
    attack.reads(study, [])
    low, high = attack.range(attack.who("q", ["yes"], {"g": ["C"]}))
    assert (low, high) != (6, 6)
    assert attack.range(attack.who("q", None, {"g": ["C"]}))[1] >= 10


def test_region_beside_region_by_sex_does_not_tell_a_small_base(tmp_path: Path) -> None:
    counts = {("n", "m"): (2, 5), ("n", "w"): (14, 16), ("s", "m"): (10, 20), ("s", "w"): (13, 9)}
    cells = {
        (*group, answer): number for group, pair in counts.items() for answer, number in zip("yn", pair, strict=True)
    }
    questions = [single("q", "y", "n", sensitive=True), single("reg", "n", "s"), single("sex", "m", "w")]
    indicators = [share("by_reg", by=["reg"]), share("by_both", by=["reg", "sex"])]
    study = study_of(tmp_path, rows_of(cells, ["reg", "sex", "q"]), questions, indicators)
    attack = Attack({"q": ["y", "n"], "reg": ["n", "s"], "sex": ["m", "w"]})
    attack.reads(study, [])
    assert list(attack.small("q", [{"reg": ["n"], "sex": ["m"]}], True)) == []
    # And only what had to go is gone: the other region is whole.
    assert not any(row["withheld"] for one in study.computed for row in one.published if row["by"][0] == "s")


@pytest.mark.parametrize("estimator", ["mean", "total"])
def test_a_mean_or_total_does_not_tell_what_shares_withhold(estimator: str, tmp_path: Path) -> None:
    people = rows_of({("0",): 57, ("1",): 3}, ["s"])
    options = [{"name": "no", "code": 0}, {"name": "yes", "code": 1}]
    questions = [{"name": "s", "type": "scale", "sensitive": True, "options": options}]
    number = {"name": "number", "estimator": estimator, "question": "s"}
    study = study_of(tmp_path, people, questions, [share("share", "s"), number])
    by_name = {one.name: one.published for one in study.computed}
    assert all(row["withheld"] for row in by_name["share"])
    assert [row["value"] for row in by_name["number"]] == [None]


def test_the_figure_of_a_claim_goes_before_a_table(tmp_path: Path) -> None:
    people = rows_of(
        {("yes", "a"): 20, ("no", "a"): 20, ("yes", "b"): 9, ("no", "b"): 8, ("yes", "c"): 2, ("no", "c"): 10},
        ["q", "r"],
    )
    questions = [single("q", "yes", "no", sensitive=True), single("r", "a", "b", "c")]
    claim = {"id": "B", "kind": "share", "question": "q", "answers": ["yes"], "where": {"r": ["b"]}}
    claim["text"] = "more than 1 percent"
    study = study_of(tmp_path, people, questions, [share("all"), share("by_r", by=["r"])], [claim])
    (checked,) = study._released("en").checked.ledger
    assert (checked.percent, checked.base, checked.verdict) == (None, None, "holds")
    assert "53" not in checked.says
    assert [row["percent"] for row in study.computed[0].published] == [45, 55]


def test_words_that_give_somebody_away_are_refused(tmp_path: Path) -> None:
    people = rows_of({("yes", "a"): 20, ("no", "a"): 20, ("yes", "b"): 2, ("no", "b"): 10}, ["q", "r"])
    questions = [single("q", "yes", "no", sensitive=True), single("r", "a", "b")]
    yes = {"kind": "share", "question": "q", "answers": ["yes"], "base": "all"}
    claims = [
        {"id": "T", **yes, "text": "42 percent"},
        {"id": "A", **yes, "where": {"r": ["a"]}, "text": "exactly 50 percent"},
        {"id": "N", "kind": "respondents", "where": {"r": ["a"]}, "text": "40"},
        {"id": "M", "kind": "respondents", "text": "52"},
    ]
    study = study_of(tmp_path, people, questions, [share("all")], claims)
    problems = study._released("en").checked.problems
    assert {problem.code for problem in problems} == {"report.claim_withheld"}


def test_options_that_a_claim_names_together_are_read_together(tmp_path: Path) -> None:
    ticks = [(1, 0, 0)] * 30 + [(0, 0, 1)] * 25 + [(1, 0, 1)] * 20 + [(0, 1, 0)] * 27 + [(0, 0, 0)] * 48
    people = pandas.DataFrame([(*row, 1 + i % 3) for i, row in enumerate(ticks)], columns=["a", "b", "c", "s"])
    options = [{"name": name, "column": name} for name in "abc"]
    scale = [{"name": name, "code": code} for code, name in enumerate(("low", "mid", "high"), start=1)]
    questions = [
        {"name": "m", "type": "multiple", "storage": "columns", "sensitive": True, "options": options},
        {"name": "s", "type": "scale", "options": scale},
    ]
    claim = {"id": "C", "kind": "share", "question": "m", "answers": ["c", "a"], "text": "less than 100 percent"}
    study = study_of(tmp_path, people, questions, [share("by_m", "s", by=["m"]), share("m", "m")], [claim])
    (checked,) = study._released("en").checked.ledger
    assert (checked.percent, checked.base) == (50, 150)
    assert not any(row["withheld"] for one in study.computed for row in one.published)


def test_conditions_over_one_number_are_read_together(tmp_path: Path) -> None:
    # Those of 60 to 64 are 7: what 60 and over leaves without 65 and over.
    ages = [*range(30, 60)] * 2 + [60, 61, 62, 63, 64, 60, 61] + [*range(65, 85)]
    people = pandas.DataFrame({"age": ages, "q": ["yes", "no", "yes"] * (len(ages) // 3)})
    questions = [
        single("q", "yes", "no"),
        {"name": "age", "type": "number"},
        {"name": "band", "derived": {"of": "age", "bands": {"under 65": [None, 64], "65+": [65, None]}}},
    ]
    older = [share("from_60", where="age >= 60"), share("by_band", by=["band"])]
    study = study_of(tmp_path, people, questions, older)
    bases = {(one.name, *row["by"]): row["base"] for one in study.computed for row in one.published}
    left = [bases["from_60",], bases["by_band", "65+"]]
    assert None in left, "27 and 20 would leave 7"
    # Alone, either is safe.
    alone = study_of(tmp_path / "alone", people, questions, [older[0]])
    assert [row["base"] for row in alone.computed[0].published] == [27, 27]


def test_a_net_beside_its_scale_does_not_tell_an_answer(tmp_path: Path) -> None:
    people = pandas.DataFrame({"s": [1] * 30 + [2] * 26 + [3] * 3 + [4] * 20})
    options = [{"name": name, "code": code} for code, name in enumerate(("no", "little", "much", "most"), start=1)]
    net = {"name": "net", "sensitive": True, "derived": {"of": "s", "any_of": ["much", "most"]}}
    questions = [{"name": "s", "type": "scale", "sensitive": True, "options": options}, net]
    study = study_of(tmp_path, people, questions, [share("s", "s"), share("net", "net")])
    shown = {(one.name, row["answer"]): row["percent"] for one in study.computed for row in one.published}
    # Much is 3 of 79: the net of 23 less most, of 20, would tell.
    assert shown["s", "much"] is None
    assert shown["s", "most"] is None or shown["net", "yes"] is None
