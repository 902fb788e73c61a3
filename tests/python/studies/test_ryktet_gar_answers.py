"""The bundled synthetic answers give every published figure, and every other figure is listed as assumed.

The published figures stand here once more, as read in Vision's report, so that neither the generator nor the
library checks itself.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from math import comb
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

import enkat
from enkat.rendering import marks
from enkat.rendering.build import build_report
from enkat.rendering.html import render_html
from enkat.rendering.hyphens import SOFT_HYPHEN
from enkat.rendering.model import exhibits

FOLDER = Path(__file__).parents[3] / "python" / "enkat" / "studies" / "ryktet-gar"
PLACEHOLDER = "[syntetiskt svar – ingen utsaga]"
ALL, SOCIALSEKRETERARE, CHILDREN_AND_YOUTH, BOTH = "all", "socialsekreterare", "children and youth", "both"


def read_json(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def load_generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_answers", FOLDER / "make_answers.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ROWS = pd.read_csv(FOLDER / "synthetic_answers.csv", sep=";", dtype=str, keep_default_na=False)
QUESTIONS = {question["name"]: question for question in read_json("codebook.json")["questions"]}


def rows(group: str) -> pd.DataFrame:
    children_and_youth = ROWS["area"].isin(["1", "2"])
    socialsekreterare = ROWS["occupation"] == "socialsekreterare"
    return {
        ALL: ROWS,
        SOCIALSEKRETERARE: ROWS[socialsekreterare],
        CHILDREN_AND_YOUTH: ROWS[children_and_youth],
        BOTH: ROWS[socialsekreterare & children_and_youth],
    }[group]


def ticked(frame: pd.DataFrame, question: str) -> pd.DataFrame:
    """One true/false column per option, among those who answered the question."""
    spec = QUESTIONS[question]
    codes = {option["name"]: str(option.get("code", option["name"])) for option in spec["options"]}
    if spec.get("storage") == "columns":
        columns = [f"{question}_{name}" for name in codes]
        answered = frame[(frame[columns] != "").any(axis=1)]
        return pd.DataFrame({name: answered[f"{question}_{name}"] == "1" for name in codes})
    if spec.get("storage") == "codes":
        answered = frame[(frame[spec["columns"]] != "").any(axis=1)]
        return pd.DataFrame({name: (answered[spec["columns"]] == code).any(axis=1) for name, code in codes.items()})
    if spec.get("storage") == "delimited":
        answered = frame[frame[question] != ""]
        sets = answered[question].str.split("|").map(set)
        return pd.DataFrame({name: sets.map(lambda found, code=code: code in found) for name, code in codes.items()})
    answered = frame[frame[question].isin(codes.values())]
    return pd.DataFrame({name: answered[question] == code for name, code in codes.items()})


@pytest.mark.parametrize(
    ("question", "answers", "group", "low", "high"),
    [
        ("heard_rumours", ["yes"], CHILDREN_AND_YOUTH, 0.85, 0.95),
        ("heard_rumours", ["yes"], ALL, 0.70, 0.80),
        ("heard_rumours", ["yes"], BOTH, 0.85, 0.95),
        ("support_consequences", ["afraid"], ALL, 0.85, 0.95),
        ("support_consequences", ["children_at_risk"], ALL, 0.75, 0.85),
        ("support_consequences", ["violence_honour"], ALL, 0.75, 0.85),
        ("support_consequences", ["children_at_risk", "violence_honour"], ALL, 0.75, 0.85),
        ("work_consequences", ["work_environment"], SOCIALSEKRETERARE, 0.395, 0.405),
        ("work_consequences", ["mental_health"], SOCIALSEKRETERARE, 0.225, 0.235),
        ("work_consequences", ["refrain_decisions"], SOCIALSEKRETERARE, 0.075, 0.085),
        ("enough_time", ["no"], ALL, 0.53, 1),
        ("enough_time", ["no"], SOCIALSEKRETERARE, 0.53, 1),
        ("prevention_works", ["badly", "not_at_all"], ALL, 0.53, 1),
        ("prevention_works", ["badly", "not_at_all"], SOCIALSEKRETERARE, 0.53, 1),
    ],
)
def test_every_published_share_holds_on_either_base(
    question: str, answers: list[str], group: str, low: float, high: float
) -> None:
    chosen = ticked(rows(group), question)
    count = int(chosen[answers].any(axis=1).sum())
    assert low <= count / len(chosen) < high
    assert low <= count / len(rows(group)) < high


def test_eight_in_ten_holds_also_for_those_who_gave_both_answers() -> None:
    chosen = ticked(ROWS, "support_consequences")
    assert 0.75 <= (chosen["children_at_risk"] & chosen["violence_honour"]).mean() < 0.85


@pytest.mark.parametrize("group", [ALL, SOCIALSEKRETERARE])
def test_more_than_half_holds_also_for_both_shortcomings_together(group: str) -> None:
    frame = rows(group)
    both = (frame["enough_time"] == "2") & frame["prevention_works"].isin(["1", "2"])
    answered = frame["enough_time"].isin(["1", "2"]) & frame["prevention_works"].isin(["1", "2", "3", "4"])
    assert both.sum() / answered.sum() > 0.53
    assert both.sum() / len(frame) > 0.51


def test_the_claim_of_both_shortcomings_is_judged_by_those_who_gave_both_answers() -> None:
    both = (ROWS["enough_time"] == "2") & ROWS["prevention_works"].isin(["1", "2"])
    # A "no" to either settles it: whoever has time enough or prevention that works did not give both answers.
    settled = (ROWS["enough_time"] == "1") | ROWS["prevention_works"].isin(["3", "4"]) | both
    claim = next(one for one in build_report(enkat.load_study("ryktet-gar"), "sv").claims if one.id == "C14")
    assert (claim.percent, claim.base) == (round(100 * both.sum() / settled.sum()), settled.sum())
    assert claim.verdict == "holds"


# Words of Vision's report that no survey of this kind can bear out.
UNTESTABLE = (
    "får inte den hjälp de har rätt till",
    "Negativ påverkan på arbetet och arbetsmiljön",
    "möter ofta motstånd",
    "placerar barn utan tillräckliga skäl",
    "i stor utsträckning",
    "i mycket hög grad",
    "allvarliga",
    "en förutsättning för",
)


@pytest.mark.parametrize("words", UNTESTABLE)
def test_what_the_survey_cannot_bear_out_is_listed_with_the_reason(words: str) -> None:
    claims = [claim for claim in read_json("claims.json")["claims"] if claim["kind"] in ("vague", "causal")]
    assert [claim["why"]["sv"] for claim in claims if words in claim["text"]["sv"]]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_while_the_answers_are_synthetic_no_sentence_says_that_the_report_tells_what_people_answered(
    language: str,
) -> None:
    report = build_report(enkat.load_study("ryktet-gar"), language)
    html = render_html(report, {e.chart.name: "" for e in exhibits(report) if e.chart}).replace(SOFT_HYPHEN, "")
    for words in (
        "återger vad de svarade",
        "tells what they answered",
        "Siffrorna beskriver dem",
        "The figures describe",
    ):
        assert words not in html
    assert marks.author(report) == "enkat"
    for exhibit in exhibits(report):
        assumed = [bar.assumed for bar in exhibit.chart.rows] if exhibit.chart is not None else []
        assert exhibit.caption.source.endswith(" enkat.") == any(assumed)
        assert ("Vision" in exhibit.caption.source) == (not assumed or not all(assumed))
        if exhibit.chart is not None:
            assert ("Vision" in marks.source(report, exhibit.chart)) == (not all(assumed))


def worst_rank(chosen: pd.DataFrame, answer: str) -> int:
    """Upper end of the joint 95 % rank set: exact McNemar tests of all ordered pairs, Holm's correction."""
    pairs: list[tuple[float, str, str]] = []
    for a in chosen:
        for b in chosen:
            if a != b:
                more, fewer = int((chosen[a] & ~chosen[b]).sum()), int((chosen[b] & ~chosen[a]).sum())
                n = more + fewer
                p = sum(comb(n, k) for k in range(more, n + 1)) / 2**n
                pairs.append((p, str(a), str(b)))
    above = set()
    for place, (p, a, b) in enumerate(sorted(pairs)):
        if p * (len(pairs) - place) > 0.05:
            break
        above.add((a, b))
    return len(chosen.columns) - sum((answer, other) in above for other in chosen)


@pytest.mark.parametrize(
    ("question", "answers", "group"),
    [
        ("work_consequences", ["contact"], ALL),
        ("trust_factors", ["time_relations", "prevention"], ALL),
        ("trust_factors", ["prevention"], SOCIALSEKRETERARE),
        ("measures", ["prevention"], ALL),
        ("measures", ["prevention"], SOCIALSEKRETERARE),
    ],
)
def test_every_published_first_place_is_clear(question: str, answers: list[str], group: str) -> None:
    options = QUESTIONS[question]["options"]
    residual = [option["name"] for option in options if option.get("other") or option.get("exclusive")]
    chosen = ticked(rows(group), question).drop(columns=residual)
    assert max(worst_rank(chosen, answer) for answer in answers) == len(answers)


def test_the_counts_are_those_of_the_report() -> None:
    dispositions = read_json("study.json")["dispositions"]
    assert len(ROWS) == 1473 == ROWS["id"].nunique()
    assert set(ROWS["status"]) <= {*dispositions["complete"], *dispositions["partial"]}
    assert round(100 * len(ROWS) / dispositions["invited"]) == 15


def test_nobody_chose_more_than_three_factors_or_one_twice() -> None:
    given = ROWS[["trust_1", "trust_2", "trust_3"]].apply(lambda row: [code for code in row if code], axis=1)
    assert set(given.map(len)) == {0, 1, 2, 3}
    assert (given.map(len) == given.map(set).map(len)).all()


def test_only_those_with_experience_were_asked_what_it_was_about() -> None:
    assert set(ROWS.loc[ROWS["rumour_topics"] != "", "heard_rumours"]) == {"1"}


def test_none_of_these_stands_alone() -> None:
    for question in ("support_consequences", "work_consequences"):
        chosen = ticked(ROWS, question)
        assert ((chosen.sum(axis=1) == 1) | ~chosen["none"]).all()
        assert chosen.any(axis=1).all()


def test_open_answers_are_placeholders_only() -> None:
    assert set(ROWS["comment"]) == {"", PLACEHOLDER}


def test_no_published_share_of_a_sensitive_question_is_withheld_by_occupation() -> None:
    for _, group in ROWS.groupby("occupation"):
        counts = ticked(group, "work_consequences").sum()
        answered = len(ticked(group, "work_consequences"))
        assert counts.between(5, answered - 5).all()


def test_the_generator_makes_the_same_files_again() -> None:
    generator = load_generator()
    made = generator.make_rows()
    generator.check(made)
    answers = generator.answers_file(made)
    assert answers == (FOLDER / "synthetic_answers.csv").read_bytes()
    assert hashlib.sha256(answers).hexdigest() == read_json("study.json")["answers"]["sha256"]
    assert generator.study_file(answers) == (FOLDER / "study.json").read_text(encoding="utf-8")


def test_every_answer_is_published_or_listed_as_assumed() -> None:
    options = {name: [option["name"] for option in q.get("options", [])] for name, q in QUESTIONS.items()}
    listed = {
        (line["question"], answer)
        for line in read_json("study.json")["answers"]["assumed"]
        for answer in line.get("answers", options[line["question"]])
    }
    every = {(name, answer) for name in options for answer in options[name]}
    assert every - listed == {("heard_rumours", "no")}  # the rest of "yes"


def test_the_assumed_shares_are_those_of_the_answers() -> None:
    """The table says "socialsekreterare 63, … procent", and so do the answers, to the whole percent."""
    sharing = {"rumour_topics", "support_consequences", "work_consequences", "trust_factors", "measures"}
    for line in read_json("study.json")["answers"]["assumed"]:
        stated = dict(re.findall(r"(\w+) (\d+)(?=,| procent)", line["value"]["sv"]))
        if line["question"] not in sharing or not stated:
            continue
        for occupation, percent in stated.items():
            chosen = ticked(ROWS[ROWS["occupation"] == occupation], line["question"])
            share = 100 * chosen[line["answers"]].any(axis=1).mean()
            assert abs(share - int(percent)) < 0.6


def test_only_the_two_published_wordings_count_as_published() -> None:
    assert {name for name, question in QUESTIONS.items() if question["wording"] == "published"} == {
        "work_consequences",
        "trust_factors",
    }


@pytest.mark.parametrize("name", ["report.md", "report.en.md"])
def test_every_claim_is_used_in_the_text_or_has_words_of_its_own(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    bound = set(re.findall(r'claim="([^"]+)"', text))
    claims = {claim["id"]: claim for claim in read_json("claims.json")["claims"]}
    assert bound <= set(claims)
    assert all("text" in claim and "why" in claim for key, claim in claims.items() if key not in bound)
    for supporting in re.findall(r'claims="([^"]+)"', text):
        assert set(supporting.split()) <= bound


@pytest.mark.parametrize("name", ["report.md", "report.en.md"])
def test_the_text_has_all_eight_recommendations_and_no_claim_of_precision(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    proposals = text.split('{section="recommendations"}')[1].split("{section=")[0]
    items = [line for line in proposals.splitlines() if line.startswith("- ")]
    assert len(items) == 8
    assert all(re.search(r'\{(claims="[^"]+"|position=true)\}$', line) for line in items)
    assert not re.search("felmarginal|representativ|margin of error", text, re.IGNORECASE)


@pytest.mark.parametrize("name", ["codebook.json", "study.json", "claims.json", "indicators.json"])
def test_every_text_is_given_in_both_languages(name: str) -> None:
    def texts(value: Any) -> list[dict[str, str]]:
        if isinstance(value, list):
            return [text for item in value for text in texts(item)]
        if not isinstance(value, dict):
            return []
        return [value] if "sv" in value else [text for item in value.values() for text in texts(item)]

    assert all(set(text) == {"sv", "en"} and all(text.values()) for text in texts(read_json(name)))
