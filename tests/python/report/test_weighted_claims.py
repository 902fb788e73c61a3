"""With weights a sentence is held against the figure that the report prints, and every artefact prints the same."""

import json
from pathlib import Path

import pandas
import pytest
import python_calamine

import enkat
from disclosure.studies import share, single, study_of

# 530 of 1,000 said yes; weighted it is 522.4 of 1,000.
ROWS = [("yes", 0.9857)] * 530 + [("no", 1.01613)] * 470
PEOPLE = pandas.DataFrame(ROWS, columns=["q", "w"])
CLAIM = {"id": "C", "kind": "share", "question": "q", "answers": ["yes"]}


def study(tmp_path: Path, words: str, **claim: object) -> enkat.Study:
    text = f'# T\n\n{{section="question" indicator="q"}}\n## Question\n\nYes, said [{words}]{{claim="C"}}.\n'
    questions = [single("q", "yes", "no")]
    return study_of(tmp_path / "s", PEOPLE, questions, [share("q")], [CLAIM | claim], text=text, design={"weight": "w"})


def test_the_weighted_share_is_judged_and_printed_everywhere(tmp_path: Path) -> None:
    out = tmp_path / "out"
    study(tmp_path, "52 per cent").report(out)
    (claim,) = json.loads((out / "claims.json").read_text())["claims"]
    assert (claim["percent"], claim["verdict"]) == (52, "holds")
    assert "52 per cent (without weights 53)" in claim["says"]
    assert "With and without weights the outcome differs." in claim["lint"]
    book = python_calamine.CalamineWorkbook.from_path(out / "tables.xlsx")
    cells = [cell for row in book.get_sheet_by_name("1 q").to_python() for cell in row]
    assert 52 in cells and 53 not in cells
    assert "52" in (out / "charts" / "q.svg").read_text()


def test_the_share_of_those_who_answered_is_not_what_the_report_prints(tmp_path: Path) -> None:
    with pytest.raises(enkat.ReportError, match="It would be true to say: 52 per cent"):
        study(tmp_path, "53 per cent").report(tmp_path / "out")


def test_a_claim_may_ask_for_plain_counts(tmp_path: Path) -> None:
    study(tmp_path, "53 per cent", weighted=False).report(tmp_path / "out")
    (claim,) = json.loads((tmp_path / "out" / "claims.json").read_text())["claims"]
    assert (claim["percent"], claim["verdict"]) == (53, "holds")


def test_half_per_cents_are_rounded_alike_in_tables_sentences_and_files(tmp_path: Path) -> None:
    people = pandas.DataFrame({"q": ["yes"] * 57 + ["no"] * 143})
    text = '# T\n\n{section="question" indicator="q"}\n## Question\n\nYes, said [29 per cent]{claim="C"}.\n'
    made = study_of(tmp_path / "s", people, [single("q", "yes", "no")], [share("q")], [CLAIM], text=text)
    made.report(tmp_path / "out")
    (claim,) = json.loads((tmp_path / "out" / "claims.json").read_text())["claims"]
    assert claim["percent"] == 29 and "is 29 per cent among" in claim["says"]
    assert [row["percent"] for row in made.computed[0].published] == [29, 72]


def test_places_of_weighted_answers_are_those_of_the_chart(tmp_path: Path) -> None:
    # a is first by counts, b by weights.
    people = pandas.DataFrame([("a", 1.0)] * 60 + [("b", 2.0)] * 50, columns=["q", "w"])
    survey = enkat.Survey(people, {"schema_version": 1, "questions": [single("q", "a", "b")]}, enkat.Design(weight="w"))
    assert survey.check("the most common", question="q", answer="b", language="en").respondents == "holds"
    assert survey.check("the most common", question="q", answer="a", language="en").fails
