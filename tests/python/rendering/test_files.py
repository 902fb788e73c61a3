"""The files of a report: workbook, claims.json, charts, and all of them together."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

import enkat
from enkat.rendering import marks
from enkat.rendering.claims import render_claims
from enkat.rendering.model import exhibits
from enkat.rendering.workbook import write_workbook
from enkat.rendering.write import write_report
from enkat.study import BUNDLED
from rendering.fixture import report


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("tables") / "tables.xlsx"
    write_workbook(report(), path)
    return openpyxl.load_workbook(path)


def test_every_sheet_carries_the_mark_and_keeps_its_header_in_view(workbook: openpyxl.Workbook) -> None:
    for sheet in workbook.worksheets:
        cells = [str(cell.value) for row in sheet.iter_rows(max_row=3, max_col=1) for cell in row]
        assert marks.mark(report()) in cells, sheet.title
        assert sheet.freeze_panes is not None, sheet.title


def test_an_indicator_has_a_sheet_with_whole_percents_and_two_dots_where_withheld(
    workbook: openpyxl.Workbook,
) -> None:
    assert len(workbook.sheetnames) == 1 + len(exhibits(report())) + 3
    sheet = next(sheet for sheet in workbook.worksheets if "work_by_occupation" in sheet.title)
    rows = list(sheet.iter_rows(values_only=True))
    start = next(index for index, row in enumerate(rows) if row[0] == "Grupp")
    percents = [row[2] for row in rows[start + 1 :]]
    assert ".." in percents
    assert all(isinstance(value, int) for value in percents if value != "..")
    assert any("”Vilka konsekvenser" in str(row[0]) for row in rows[:start])


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    write_workbook(replace(report(), subtitle="=1+1"), tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    assert ("=1+1", "s") in {(cell.value, cell.data_type) for row in sheet.iter_rows(max_col=1) for cell in row}


def test_claims_carry_the_mark_at_the_top_and_each() -> None:
    content = json.loads(render_claims(report()))
    assert content["mark"] == marks.mark(report())
    assert content["opening"].startswith("Svaren är framställda")
    assert all(claim["mark"] == content["mark"] for claim in content["claims"])
    assert {claim["label"] for claim in content["claims"]} == {
        "prövat mot syntetiska svar",
        "kan inte prövas",
    }


def test_claims_on_collected_answers_carry_their_verdict() -> None:
    content = json.loads(render_claims(replace(report(), synthetic=False)))
    assert "mark" not in content
    assert content["claims"][0]["label"] == "stämmer"


def test_a_claim_that_fails_never_hides_behind_the_synthetic_chip() -> None:
    failing = replace(report().claims[0], verdict="fails")
    assert marks.chip(failing, report()) == "stämmer inte"


def test_a_report_is_written_as_files_that_are_the_same_each_time(tmp_path: Path) -> None:
    (tmp_path / "one" / "charts").mkdir(parents=True)
    (tmp_path / "one" / "charts" / "old.svg").touch()
    one, other = write_report(report(), tmp_path / "one"), write_report(report(), tmp_path / "other")
    names = [str(path.relative_to(tmp_path / "one")) for path in one]
    assert names[:4] == ["report.html", "report.pdf", "tables.xlsx", "claims.json"]
    assert len(names) == 4 + len(exhibits(report()))
    assert not (tmp_path / "one" / "charts" / "old.svg").exists()
    for path, twin in zip(one, other, strict=True):
        assert path.read_bytes() == twin.read_bytes(), path.name


def test_a_label_may_have_several_lines(tmp_path: Path) -> None:
    shutil.copytree(BUNDLED / "ryktet-gar", tmp_path / "study")
    file = tmp_path / "study" / "codebook.json"
    file.write_text(
        file.read_text(encoding="utf-8").replace('"Socialsekreterare"', r'"Social\nsekre\r\nte\trare"'),
        encoding="utf-8",
    )
    enkat.load_study(tmp_path / "study").report(tmp_path / "out")
    assert "Social sekre te rare" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Social sekre te rare" in (tmp_path / "out" / "charts" / "support_by_occupation.svg").read_text("utf-8")
