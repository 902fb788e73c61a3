"""A report prints neither who answered nor what somebody wrote, unless both question and quotation say so."""

from pathlib import Path

import pandas
import pytest

import enkat
from disclosure.studies import share, single, study_of

WORDS = "Chefen tog mig på låret flera gånger"
PEOPLE = pandas.DataFrame(
    {
        "q": ["yes", "no"] * 30,
        "mail": [f"a{i}@kommun.se" for i in range(60)],
        "tell": [WORDS, *["Allt är bra här"] * 59],
        "more": ["x y z", "z y x"] * 30,
    }
)
TELL = {"name": "tell", "type": "text"}


def problems(study: enkat.Study) -> list[str]:
    return [problem.code for problem in study._released("en").checked.problems]


def of(folder: Path, *indicators: dict[str, object], text: str = "# T\n", **about: object) -> enkat.Study:
    tell = {**TELL, **({"publish": True} if about.pop("publish", False) else {})}
    questions = [single("q", "yes", "no"), tell]
    return study_of(folder, PEOPLE, questions, indicators, text=text, **about)


def test_a_column_that_tells_who_answered_is_never_published(tmp_path: Path) -> None:
    study = of(tmp_path, share("by_mail", by=["mail"]), share("ok"))
    assert problems(study) == ["report.identifies"]
    (problem,) = study._released("en").checked.problems
    assert "a0@" not in problem.message
    with pytest.raises(enkat.ReportError, match="e-mail"):
        study.report(tmp_path / "out")


def test_what_tells_nothing_of_the_kind_can_be_confirmed(tmp_path: Path) -> None:
    # Each group is a single address then, and too small by itself.
    assert problems(of(tmp_path, share("by_mail", by=["mail"]), not_identifying=["mail"])) == ["report.open_answers"]
    assert problems(of(tmp_path, share("by_q", by=["q"]), identifying={"q": "shift"})) == ["report.identifies"] * 2


def test_the_weight_is_no_question(tmp_path: Path) -> None:
    weighted = PEOPLE.assign(w=[1.0, 2.0] * 30)
    mean = {"name": "w", "estimator": "mean", "question": "w"}
    study = study_of(tmp_path, weighted, [single("q", "yes", "no")], [mean], design={"weight": "w"})
    assert problems(study) == ["report.weight"]


def test_columns_of_own_words_are_no_breakdown(tmp_path: Path) -> None:
    assert problems(of(tmp_path, share("by_more", by=["more"]))) == ["report.open_answers"]


@pytest.mark.parametrize(
    ("publish", "quotation", "expected"),
    [
        (False, f"> {WORDS}", ["report.quote_unpublished"]),
        (True, f"> {WORDS}", ["report.quote_unpublished"]),
        (False, f'{{publish="true"}}\n> {WORDS}', ["report.quote_unpublished"]),
        (True, f'{{publish="true"}}\n> {WORDS}', []),
        (True, f"One wrote: “{WORDS}.”", ["report.quote_unpublished"]),
        (False, "One told of harassment by a manager.", []),
    ],
)
def test_an_answer_is_quoted_with_leave_of_both(
    publish: bool, quotation: str, expected: list[str], tmp_path: Path
) -> None:
    text = f'# T\n\n{{section="background"}}\n## Voices\n\n{quotation}\n'
    assert problems(of(tmp_path, text=text, publish=publish)) == expected


def test_small_studies_print_no_small_counts_of_any_question(tmp_path: Path) -> None:
    few = pandas.DataFrame({"q": ["yes"] * 3 + ["no"] * 46})
    study = study_of(tmp_path, few, [single("q", "yes", "no")], [share("q")])
    assert [row["withheld"] for row in study.computed[0].published] == ["disclosure.sensitive_count"] * 2
    more = pandas.DataFrame({"q": ["yes"] * 3 + ["no"] * 47})
    study = study_of(tmp_path, more, [single("q", "yes", "no")], [share("q")])
    assert [row["percent"] for row in study.computed[0].published] == [6, 94]
