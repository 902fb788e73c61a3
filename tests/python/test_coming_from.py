"""The examples of docs/coming-from.md run on the files that they show, and give the right figures."""

import re
from collections.abc import Callable
from pathlib import Path

import pandas
import pyreadstat
import pytest
import xlsxwriter

import enkat

PAGE = Path(__file__).parents[2] / "docs/coming-from.md"
SECTIONS = dict(re.findall(r"^## (.*?)\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE))
PEOPLE = pandas.DataFrame(
    {
        "sex": [1.0, 2.0, 1.0, 2.0],
        "satisfied": [1.0, 2.0, 9.0, 1.0],
        "age": [34.0, 51.0, 28.0, 45.0],
        "region": [1.0, 1.0, 1.0, 1.0],
        "school": [1.0, 1.0, 2.0, 2.0],
        "w": [1.0, 1.0, 2.0, 2.0],
    }
)
SEX = {1: "woman", 2: "man"}
SSS = """<sss version="2.0"><survey><record ident="A">
<variable ident="1" type="multiple"><name>seen</name><label>Seen</label><position start="1" finish="2"/>
<values><value code="1">Tower</value><value code="2">Bridge</value></values></variable></record></survey></sss>"""
SATISFIED = {1: "yes", 2: "no", 9: "No answer"}


def microsoft_forms(folder: Path) -> None:
    rows = [
        ["ID", "Start time", "Completion time", "Email", "Name", "What matters to you?"],
        [1, "2026-03-01 10:00", "2026-03-01 10:01", "anonymous", "", "Pay, benefits and pension;Colleagues;"],
        [2, "2026-03-01 10:03", "2026-03-01 10:09", "anonymous", "", "Colleagues;"],
        [3, "2026-03-01 11:20", "2026-03-01 11:30", "anonymous", "", "Pay, benefits and pension;"],
        [4, "2026-03-01 12:20", "2026-03-01 12:30", "anonymous", "", "Colleagues;Pay, benefits and pension;"],
    ]
    workbook(folder / "microsoft_forms.xlsx", {"Sheet1": rows})


def xlsform(folder: Path) -> None:
    survey = [
        ["type", "name", "label"],
        ["select_one sex", "sex", "Sex"],
        ["integer", "age", "Age"],
        ["select_multiple waste", "waste", "What do you do with waste?"],
    ]
    choices = [["list_name", "name", "label"], ["sex", 1, "Woman"], ["sex", 2, "Man"]]
    choices += [["waste", name, label] for name, label in (("burn", "Burn"), ("pit", "Dig down"), ("road", "Leave"))]
    workbook(folder / "form.xlsx", {"survey": survey, "choices": choices})


def workbook(path: Path, sheets: dict[str, list[list[object]]] | dict[str, list[list[str]]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


def spss(folder: Path) -> None:
    pyreadstat.write_sav(PEOPLE, folder / "answers.sav", variable_value_labels={"sex": SEX, "satisfied": SATISFIED})


def stata(folder: Path) -> None:
    pyreadstat.write_dta(PEOPLE, folder / "answers.dta", variable_value_labels={"sex": SEX})


def parquet(folder: Path) -> None:
    PEOPLE.assign(sex=pandas.Categorical(PEOPLE["sex"].map(SEX))).to_parquet(folder / "answers.parquet")


def triple_s(folder: Path) -> None:
    (folder / "survey.sss").write_text(SSS, encoding="utf-8")
    (folder / "survey.asc").write_text("10\n11\n  \n", encoding="utf-8")


MADE: dict[str, Callable[[Path], None]] = {
    "Microsoft Forms": microsoft_forms,
    "KoboToolbox and ODK": xlsform,
    "SPSS": spss,
    "Stata": stata,
    "R": parquet,
    "Triple-S": triple_s,
}
# What the last line of each gives: a row by its name, its estimate and its base.
FIGURES: dict[str, tuple[str, float, int]] = {
    "LimeSurvey": ("SQ002", 1 / 2, 2),
    "Google Forms": ("The work itself", 3 / 6, 6),
    "Microsoft Forms": ("Pay, benefits and pension", 3 / 4, 4),
    "Qualtrics": ("Pay", 1 / 2, 2),
    "SurveyMonkey": ("Other (please specify)", 1 / 3, 3),
    "KoboToolbox and ODK": ("Dig down", 1 / 2, 2),
    "REDCap": ("Tuesday", 1 / 2, 2),
    "SPSS": ("woman:yes", 1 / 3, 2),
    "Stata": ("man", (51 + 2 * 45) / 3, 2),
    "R": ("woman - man", (34 + 2 * 28) / 3 - (51 + 2 * 45) / 3, 2),
    "Triple-S": ("Bridge", 1 / 2, 2),
}


@pytest.mark.parametrize("tool", SECTIONS)
def test_an_export_is_read_as_the_page_says(tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in re.findall(r"```csv (\S+)\n(.*?)```", SECTIONS[tool], re.DOTALL):
        (tmp_path / name).write_text(text, encoding="utf-8")
    MADE.get(tool, lambda folder: None)(tmp_path)
    (example,) = re.findall(r"```python\n(.*?)```", SECTIONS[tool], re.DOTALL)
    *before, last = example.strip().splitlines()
    known = {"enkat": enkat}
    exec("\n".join(before), known)
    estimates = eval(last, known)
    name, estimate, base = FIGURES[tool]
    row = estimates[tuple(name.split(":"))]
    assert (row.estimate, row.n) == (pytest.approx(estimate), base)


def test_every_tool_has_a_figure_and_the_readme_names_the_page() -> None:
    assert SECTIONS.keys() == FIGURES.keys()
    assert "docs/coming-from.md" in (PAGE.parents[1] / "README.md").read_text(encoding="utf-8")
