"""The command line: exit codes, and errors that are sentences, never tracebacks."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

import enkat
from enkat.command import main

BUNDLED = Path(enkat.__file__).parent / "studies" / "ryktet-gar"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `enkat …`: the exit code, and all that was printed."""

    def command(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["enkat", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return command


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BUNDLED, tmp_path / "study"))


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def small_study(folder: Path) -> Path:
    """Two groups, one of them of seven people."""
    folder.mkdir()
    rows = [("large", 1 + i % 2) for i in range(40)] + [("small", 1 + i % 2) for i in range(7)]
    pl.DataFrame(rows, schema=["part", "q"], orient="row").write_csv(folder / "answers.csv")
    options = [{"name": "yes", "code": 1, "label": "Ja"}, {"name": "no", "code": 2, "label": "Nej"}]
    files = {
        "study": {
            "name": "s",
            "language": "sv",
            "title": "T",
            "answers": {"file": "answers.csv", "origin": "collected"},
        },
        "codebook": {
            "language": "sv",
            "questions": [
                {"name": "part", "type": "single", "options": [{"name": "large"}, {"name": "small"}]},
                {"name": "q", "type": "single", "options": options},
            ],
        },
        "indicators": {"indicators": [{"name": "q", "estimator": "proportion", "question": "q"}]},
        "claims": {"claims": [{"id": "A", "question": "q", "answers": ["yes"], "where": {"part": "small"}}]},
    }
    for name, content in files.items():
        (folder / f"{name}.json").write_text(json.dumps({"schema_version": 1, **content}), encoding="utf-8")
    (folder / "report.md").write_text('# T\n\nI den lilla delen svarar [57 procent]{claim="A"} ja.\n', encoding="utf-8")
    return folder


def test_check_ends_with_0_when_every_claim_holds(run: Run) -> None:
    code, printed = run("check", "ryktet-gar")
    assert code == 0
    assert "syntetiska" in printed


def test_check_ends_with_1_when_a_claim_is_contradicted(run: Run, study: Path) -> None:
    replace(study / "report.md", "[8 procent]", "[28 procent]")
    code, printed = run("check", study)
    assert code == 1
    assert "C10" in printed and "Det här hade stämt" in printed


@pytest.mark.parametrize("command", ["report", "check", "new"])
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    code, printed = run(command, "--help")
    assert code == 0
    assert f"Example: enkat {command}" in printed


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("claims.json", '"claims": [', '"claims": [[', "claims.json is not valid JSON"),
        ("indicators.json", '"question": "heard_rumours"', '"question": "heard"', "indicator 'experience'"),
        ("report.md", 'claim="C2"', 'claim="C99"', "no claim 'C99'"),
        ("report.md", 'claims="C11 ', 'claims="C99 ', "no claim 'C99'"),
        ("report.md", "## Bakgrund", "## Bakgrund\n\nHela 47 procent håller med.\n", "47 procent” is bound to"),
        ("claims.json", '"where": {"occupation"', '"where": {"occuption"', "claim 'C3': there is no column"),
        ("study.json", '"column": "status"', '"column": "statu"', "study.json: dispositions: there is no column"),
    ],
)
def test_a_mistake_is_named_with_its_place(run: Run, study: Path, file: str, old: str, new: str, told: str) -> None:
    replace(study / file, old, new)
    code, printed = run("check", study)
    assert code == 1
    assert told in printed


def test_all_problems_of_the_answers_are_told_at_once_by_the_rows_of_the_file(run: Run, study: Path) -> None:
    answers = pl.read_csv(study / "synthetic_answers.csv", separator=";", infer_schema=False)
    row = pl.int_range(pl.len())
    answers.with_columns(
        status=pl.when(row == 0).then(pl.lit("break_off")).otherwise("status"),
        occupation=pl.when(row == 2).then(pl.lit("secret name")).otherwise("occupation"),
        id=pl.when(row == 4).then(pl.col("id").shift(1)).otherwise("id"),
    ).write_csv(study / "synthetic_answers.csv", separator=";")
    code, printed = run("check", study)
    assert code == 1
    assert "row 3 of column 'occupation'" in printed
    assert "row 5 of column 'id'" in printed
    assert "secret name" not in printed


def test_a_figure_of_a_group_that_is_withheld_may_not_stand_in_the_text(run: Run, tmp_path: Path) -> None:
    code, printed = run("check", small_study(tmp_path / "small"))
    assert code == 1
    assert "figures are withheld" in printed
    assert "andelen" not in printed


def test_a_folder_or_file_that_cannot_be_used_is_told_without_traceback(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run("report", "ryktet-gar", "-o", tmp_path / "file")[0] == 1
    assert run("check", tmp_path / "nowhere")[0] == 1
    assert run("new", tmp_path / "drafted", "--from", tmp_path / "none.sav")[0] == 1


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_drafted_study_makes_a_draft_of_a_report(run: Run, tmp_path: Path, language: str) -> None:
    rows = ["kön;betyg;ålder"] + [f"{'Kvinna' if i % 2 else 'Man'};{1 + i % 5};{20 + i},5" for i in range(40)]
    answers = tmp_path / "answers.csv"
    answers.write_bytes("\n".join(rows).encode("cp1252"))
    assert run("new", tmp_path / "study", "--from", answers, "--language", language)[0] == 0
    code, refused = run("report", tmp_path / "study", "-o", tmp_path / "out")
    assert (code, "betyg" in refused, "--draft" in refused) == (1, True, True)
    assert run("report", tmp_path / "study", "-o", tmp_path / "out", "--draft")[0] == 0
    assert run("check", tmp_path / "study")[0] == 0
    html = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Kvinna" in html
    # No question text is known, so nothing is said about its wording.
    assert 'class="wording"' not in html


def test_header_lines_of_the_answers_can_be_told(run: Run, tmp_path: Path) -> None:
    answers = tmp_path / "answers.csv"
    answers.write_text("title\nq\nWhat?\n1\n2\n3\n", encoding="utf-8")
    assert run("new", tmp_path / "study", "--from", answers, "--header", "2", "--skip", "1")[0] == 0
    assert len(enkat.load_study(tmp_path / "study").survey) == 3
    assert run("new", tmp_path / "other", "--from", answers, "--header", "2,3")[0] == 0
    assert len(enkat.load_study(tmp_path / "other").survey) == 3
    assert run("new", tmp_path / "none", "--from", answers, "--header", "two")[0] == 1


def test_answers_of_a_file_are_shown_among_whom_an_expression_holds(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    pl.DataFrame({"age": [20, 66, 70, 41, 81, 35], "q": list("ababab"), "y": [1, 2, 3, 4, 6, 5]}).write_csv(file)
    code, printed = run("show", file, "q", "--where", "age > 65")
    assert code == 0
    assert [line.split()[:3] for line in printed.splitlines()[1:3]] == [["q", "a", "0.67"], ["q", "b", "0.33"]]
    code, printed = run("show", file, "y", "--mean", "--where", "age > 65", "--by", "q")
    assert (code, [line.split()[:4] for line in printed.splitlines()[1:2]]) == (0, [["a", "y", "–", "4.5"]])
    code, printed = run("show", file)
    assert code == 0
    assert "Survey: 6 rows" in printed
    code, printed = run("show", file, "q", "--where", "agee > 65")
    assert code == 1
    assert "'age'" in printed


def test_the_version_is_that_of_the_package(run: Run) -> None:
    assert run("--version") == (0, f"enkat {enkat.__version__}\n")


def test_shells_can_complete_commands(run: Run) -> None:
    assert "--install-completion" in run("--help")[1]


@pytest.mark.parametrize("opened", [True, False])
def test_the_page_is_opened_when_asked(
    run: Run, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: bool
) -> None:
    launched: list[str] = []
    page = tmp_path / "report.html"
    monkeypatch.setattr("typer.launch", launched.append)
    monkeypatch.setattr("enkat.study.Study.report", lambda *_, **__: [page, page.with_suffix(".pdf")])
    code, printed = run("report", study, "-o", tmp_path, *(["--open"] if opened else []))
    assert code == 0 and str(page) in printed
    assert launched == ([str(page)] if opened else [])
