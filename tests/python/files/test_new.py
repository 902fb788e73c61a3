"""`enkat new` drafts a whole study that promises nothing it cannot know."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest
from typer.testing import CliRunner

import enkat
from enkat.cli import app
from enkat.errors import DataError, UsageError
from enkat.files.new import draft_study
from enkat.files.read import read_table
from enkat.files.schema import read_checked

ROWS = 40
FRAME = pd.DataFrame(
    {
        "respid": range(101, 101 + ROWS),
        "Vilket yrke har du?": ["Socialsekreterare", "Fältassistent"] * (ROWS // 2),
        "barn": [0, 1, 2, 3] * (ROWS // 4),
        "ålder": [20.5 + row for row in range(ROWS)],
        "q5_1": [0, 1] * (ROWS // 2),
        "q5_2": [1, 1] * (ROWS // 2),
        "q5_3": [0, 0, 1, 0] * (ROWS // 4),
        "öppet": [f"eget svar {row}" for row in range(ROWS)],
        "tom": [None] * ROWS,
        "Två av tre?": ["Ja", "Nej"] * (ROWS // 2),
    }
)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "svar.csv"
    FRAME.to_csv(path, sep=";", decimal=",", index=False, encoding="cp1252")
    return path


def content(folder: Path, name: str) -> dict[str, Any]:
    return read_checked(folder / f"{name}.json")


def questions(folder: Path) -> dict[str, dict[str, Any]]:
    return {question["name"]: question for question in content(folder, "codebook")["questions"]}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_file_of_the_study_is_there_and_valid(tmp_path: Path, answers: Path, language: str) -> None:
    folder = tmp_path / "studie"
    files = draft_study(answers, folder, language)
    assert sorted(file.name for file in files) == sorted(file.name for file in folder.iterdir())
    for name in ("study", "codebook", "indicators", "claims"):
        assert content(folder, name)
    study = content(folder, "study")
    assert study["answers"]["origin"] == "collected"
    assert study["answers"]["sha256"] == read_table(folder / study["answers"]["file"]).sha256
    assert (folder / "answers.csv").read_bytes() == answers.read_bytes()
    assert study["csv"] == {"delimiter": ";", "decimal": ",", "encoding": "windows-1252"}


def test_questions_are_guessed_from_the_values(tmp_path: Path, answers: Path) -> None:
    draft_study(answers, tmp_path / "s", "sv")
    found = questions(tmp_path / "s")
    assert {name: question["type"] for name, question in found.items()} == {
        "Vilket_yrke_har_du": "single",
        "barn": "single",
        "ålder": "number",
        "q5": "multiple",
        "öppet": "text",
        "Två_av_tre": "single",
    }
    assert found["Vilket_yrke_har_du"]["column"] == "Vilket yrke har du?"
    assert [option["code"] for option in found["barn"]["options"]] == [0, 1, 2, 3]
    assert content(tmp_path / "s", "study")["id"] == "respid"


def test_boxes_are_only_a_proposal_and_say_so(tmp_path: Path, answers: Path) -> None:
    draft_study(answers, tmp_path / "s", "sv")
    assert "förslag" in questions(tmp_path / "s")["q5"]["label"]


def test_no_free_answer_becomes_an_option(tmp_path: Path, answers: Path) -> None:
    draft_study(answers, tmp_path / "s", "sv")
    drafted = "".join(path.read_text() for path in (tmp_path / "s").glob("*.json"))
    assert "eget svar" not in drafted


def test_closed_questions_get_shares_and_numbers_means(tmp_path: Path, answers: Path) -> None:
    draft_study(answers, tmp_path / "s", "sv")
    found = {i["question"]: i["estimator"] for i in content(tmp_path / "s", "indicators")["indicators"]}
    assert found == {
        "Vilket_yrke_har_du": "proportion",
        "barn": "proportion",
        "ålder": "mean",
        "q5": "proportion",
        "Två_av_tre": "proportion",
    }


def test_the_text_has_a_section_per_indicator_and_no_unbound_number(tmp_path: Path, answers: Path) -> None:
    draft_study(answers, tmp_path / "s", "sv")
    text = (tmp_path / "s" / "report.md").read_text()
    named = re.findall(r'indicator="([^"]*)"', text)
    assert named == [i["name"] for i in content(tmp_path / "s", "indicators")["indicators"]]
    assert f'[{ROWS}]{{claim="answers"}}' in text
    free = re.sub(r"\[[^\]]*\]\{claim=[^}]*\}|\{section=[^}]*\}", "", text)
    assert not re.search(r"\d", free)
    # A label that itself speaks of shares cannot stand as a heading.
    assert "Två av tre" not in free


def test_an_spss_file_is_drafted_from_its_labels(tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(
        pd.DataFrame({"yrke": [1.0, 2.0, 99.0] * 4, "tomt": [99.0] * 12}),
        path,
        column_labels={"yrke": "Yrke"},
        variable_value_labels={"yrke": {1: "A", 2: "B", 99: "Vet ej"}, "tomt": {1: "Ja", 99: "Vet ej"}},
        missing_ranges={"yrke": [99], "tomt": [99]},
    )
    draft_study(path, tmp_path / "s", "en")
    assert [option["name"] for option in questions(tmp_path / "s")["yrke"]["options"]] == ["A", "B"]
    # Nobody answered the other question, so nothing can be computed from it.
    assert [i["question"] for i in content(tmp_path / "s", "indicators")["indicators"]] == ["yrke"]


def test_nothing_is_ever_overwritten(tmp_path: Path, answers: Path) -> None:
    folder = tmp_path / "s"
    folder.mkdir()
    (folder / "report.md").write_text("mine")
    with pytest.raises(DataError, match=r"report\.md") as caught:
        draft_study(answers, folder, "sv")
    assert caught.value.code == "data.file_exists"
    assert [file.name for file in folder.iterdir()] == ["report.md"]


def test_a_file_with_problems_is_not_drafted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a;b\n1\n")
    with pytest.raises(DataError):
        draft_study(path, tmp_path / "s", "sv")
    assert not (tmp_path / "s").exists()


def test_an_unknown_language_is_a_usage_error(tmp_path: Path, answers: Path) -> None:
    with pytest.raises(UsageError):
        draft_study(answers, tmp_path / "s", "no")


def test_texts_are_written_as_people_write_them(tmp_path: Path, answers: Path) -> None:
    draft_study(answers, tmp_path / "s", "sv")
    assert "ålder" in (tmp_path / "s" / "codebook.json").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "s" / "claims.json").read_text())["claims"][0]["kind"] == "respondents"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("commas.csv", 'id,w,Q5,n\nR1,"1,2034","1,2",7\nR2,"0,9","2,3",8\nR3,"1,1","1,2",9\n'),
        ("thousands.csv", "id;income;w\nR1;31 200,50;0.5\nR2;28 400;1.5\n"),
        ("repeated.csv", "id,q,q,age\nR1,a,b,31\nR2,a,b,44\n"),
        ("title.csv", "A survey\n\nid;q;age\n1;Ja;31\n2;Nej;44\n3;Ja;52\n"),
        ("sep.csv", "sep=|\nid|q|age\nR1|Ja|31\nR2|Nej|44\n"),
        ("infinite.csv", "id;x;y\nR1;Inf;1.5\nR2;1.5;2\nR3;2;3\n"),
        ("blanks.tsv", "id\tq \nR1\tJa\nR2\tJa \nR3\tJa\n"),
    ],
)
def test_a_study_that_was_drafted_always_loads(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    draft_study(path, tmp_path / "study", "sv")
    study = enkat.load_study(tmp_path / "study")
    assert len(study.survey) == len(enkat.read(path))
    assert study.indicators


def test_header_lines_that_were_told_are_kept_in_the_study(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("a title\nid;q;age\n1;Ja;31\n2;Nej;44\n3;Ja;52\n")
    draft_study(path, tmp_path / "study", "sv", header=1, skip=1)
    about = json.loads((tmp_path / "study" / "study.json").read_text())
    assert (about["answers"]["header"], about["answers"]["skip"]) == (1, 1)
    assert len(enkat.load_study(tmp_path / "study").survey) == 3


def test_the_boxes_of_an_export_are_drafted_as_one_question(tmp_path: Path) -> None:
    """LimeSurvey: 3 of 4 ticked the first box, 1 the second, and one row has no tick."""
    path = tmp_path / "l.csv"
    path.write_text(
        "id,submitdate,lastpage,Q1[SQ001],Q1[SQ002],A1[SQ1],A1[SQ2]\n"
        "1,2024-01-01 10:00:00,2,Y,,Good,Bad\n2,2024-01-01 10:00:00,2,Y,Y,Bad,Bad\n"
        "3,2024-01-01 10:00:00,2,Y,,Good,Good\n4,2024-01-01 10:00:00,2,,,Bad,Good\n"
    )
    draft_study(path, tmp_path / "s", "en")
    found = questions(tmp_path / "s")
    assert "submitdate" not in found and "lastpage" not in found
    assert found["A1_SQ1"]["label"] == "A1: SQ1"
    shares = {row.answer: (row.estimate, row.n) for row in enkat.load_study(tmp_path / "s").survey.proportion("Q1")}
    assert shares == {"SQ001": (0.75, 4), "SQ002": (0.25, 4)}


def test_a_question_that_its_cells_contradict_is_not_drafted(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pd.DataFrame({"a": [1.5, 2.5, float("inf"), 3.5], "b": [1.0, 2.0, 3.0, 4.5]}).to_parquet(path)
    said: list[str] = []
    draft_study(path, tmp_path / "s", "en", say=said.append)
    assert list(questions(tmp_path / "s")) == ["b"]
    study = enkat.load_study(tmp_path / "s")
    assert len(study.survey) == 4
    (note,) = said
    assert note.startswith("left out of codebook.json: 'a', taken for a number question: ")
    assert "1 infinite numbers" in note
    assert [text for text in study.about["limitations"] if "question a is missing" in text]


def test_enkat_new_says_what_it_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pd.DataFrame({"a": [1.5, 2.5, float("inf"), 3.5], "b": [1.0, 2.0, 3.0, 4.5]}).to_parquet(path)
    ran = CliRunner().invoke(app, ["new", str(tmp_path / "s"), "--from", str(path)])
    assert ran.exit_code == 0
    assert "Warning: left out of codebook.json: 'a'" in ran.output
    assert "frågan a saknas" in (tmp_path / "s" / "study.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("how", ["above", "absolute", "link"])
def test_answers_outside_the_folder_are_not_read(tmp_path: Path, how: str) -> None:
    (tmp_path / "answers.csv").write_text("q\n" + "a\nb\n" * 10, encoding="utf-8")
    study = tmp_path / "study"
    draft_study(tmp_path / "answers.csv", study, "en")
    assert len(enkat.load_study(study).survey) == 20
    about = json.loads((study / "study.json").read_text(encoding="utf-8"))
    names = {"above": "../answers.csv", "absolute": str(tmp_path / "answers.csv"), "link": "link.csv"}
    (study / "link.csv").symlink_to(tmp_path / "answers.csv")
    about["answers"]["file"] = names[how]
    (study / "study.json").write_text(json.dumps(about), encoding="utf-8")
    with pytest.raises(enkat.EnkatError) as error:
        enkat.load_study(study)
    assert error.value.code == "study.file_outside"
    assert "--trust" in str(error.value)
    assert len(enkat.load_study(study, trust=True).survey) == 20


@pytest.mark.parametrize("name", ["codebook.json", "claims.json", "report.md", "report.en.md", "releases.json"])
def test_no_file_of_a_study_is_a_link_out_of_it_unless_the_folder_is_trusted(tmp_path: Path, name: str) -> None:
    (tmp_path / "answers.csv").write_text("q\n" + "a\nb\n" * 10, encoding="utf-8")
    study, elsewhere = tmp_path / "study", tmp_path / "elsewhere"
    draft_study(tmp_path / "answers.csv", study, "en")
    if (study / name).exists():
        (study / name).rename(elsewhere)
    (study / name).symlink_to(elsewhere)  # of releases.json: to where nothing is yet
    with pytest.raises(enkat.DataError) as error:
        enkat.load_study(study)
    assert [(issue.code, issue.context["file"]) for issue in error.value.issues] == [("study.file_outside", name)]
    assert len(enkat.load_study(study, trust=True).survey) == 20
    ran = CliRunner().invoke(app, ["check", str(study), "--trust"])
    assert not isinstance(ran.exception, enkat.DataError)
    assert isinstance(CliRunner().invoke(app, ["check", str(study)]).exception, enkat.DataError)


def test_whole_sentences_as_headings_become_names_that_a_file_can_have(tmp_path: Path) -> None:
    wording = "How much do you agree with the following statement about your work and those you work with"
    headings = [f"{wording}: {'I ' * 40}am heard", f"{wording}: {'I ' * 40}am safe", "å" * 200]
    lines = ["\t".join(headings), *["yes\tno\tno", "no\tno\tyes", "yes\tyes\tno"] * 10]
    (tmp_path / "answers.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    draft_study(tmp_path / "answers.tsv", tmp_path / "study", "en")
    indicators = read_checked(tmp_path / "study" / "indicators.json")["indicators"]
    names = [str(indicator["name"]) for indicator in indicators]
    assert len(set(names)) == 3
    assert all(len(f"{name}.svg".encode()) <= 255 for name in names)
    survey = enkat.load_study(tmp_path / "study").survey
    first, second, _ = (survey.proportion(name)["yes"] for name in names)
    assert (first.estimate, first.n) == (pytest.approx(2 / 3), 30)
    assert (second.estimate, second.n) == (pytest.approx(1 / 3), 30)


def test_headings_with_characters_that_no_page_shows_are_drafted_without_them(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,What do you\u0080 think?\n1,good\n2,bad\n3,good\n4,bad\n5,good\n6,good\n", encoding="utf-8")
    said: list[str] = []
    draft_study(path, tmp_path / "s", "en", say=said.append)
    (question,) = questions(tmp_path / "s").values()
    assert question["label"] == "What do you think?"
    assert said == ["characters that cannot be shown were left out of 1 label"]
    shares = {
        row.answer: (row.count, row.n) for row in enkat.load_study(tmp_path / "s").survey.proportion(question["name"])
    }
    assert shares == {"good": (4, 6), "bad": (2, 6)}


@pytest.mark.parametrize("heading", ["vikt", "weight", "Survey_weight", "kalvikt"])
def test_a_column_of_weights_is_drafted_as_the_design(heading: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    pd.DataFrame({"q": ["Ja", "Nej"] * 10, heading: [0.5, 1.5] * 10}).to_csv(path, index=False)
    said: list[str] = []
    draft_study(path, tmp_path / "s", "sv", say=said.append)
    assert content(tmp_path / "s", "study")["design"] == {"weight": heading}
    assert heading not in questions(tmp_path / "s")
    assert any(repr(heading) in note for note in said)
    assert enkat.load_study(tmp_path / "s").indicators["q"]["Nej"].estimate == 0.75
