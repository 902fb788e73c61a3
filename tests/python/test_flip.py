"""The bundled study with other answers: claims flip, charts follow, and collected answers carry no mark."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

import enkat
from enkat.rendering.build import build_report, check_claims
from enkat.rendering.charts import draw
from enkat.rendering.claims import render_claims
from enkat.rendering.html import render_html
from enkat.rendering.model import Chart, Exhibit, Report, exhibits

BUNDLED = Path(enkat.__file__).parent / "studies" / "ryktet-gar"


def copy_of_study(folder: Path, **columns: pl.Expr) -> Path:
    """The study's folder with some of the columns of its answers computed anew."""
    shutil.copytree(BUNDLED, folder)
    answers = pl.read_csv(folder / "synthetic_answers.csv", separator=";", infer_schema=False)
    answers.with_columns(**columns).write_csv(folder / "synthetic_answers.csv", separator=";")
    return folder


def edit(file: Path, change: Callable[[str], str]) -> None:
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")


def chart_named(report: Report, name: str) -> Chart:
    return next(e.chart for e in exhibits(report) if e.name == name and e.chart is not None)


def exhibit_named(report: Report, name: str) -> Exhibit:
    return next(e for e in exhibits(report) if e.name == name)


def every_second_yes_is_a_no(column: str) -> pl.Expr:
    return pl.when((pl.int_range(pl.len()) % 2 == 0) & (pl.col(column) == "1")).then(pl.lit("2")).otherwise(column)


HEARD = {
    "heard_rumours": every_second_yes_is_a_no("heard_rumours"),
    # Only those who have experience were asked what it is about.
    "rumour_topics": pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit("")).otherwise("rumour_topics"),
}


@pytest.fixture(scope="module")
def flipped(tmp_path_factory: pytest.TempPathFactory) -> enkat.Study:
    return enkat.load_study(copy_of_study(tmp_path_factory.mktemp("flip") / "study", **HEARD))


@pytest.fixture(scope="module")
def bundled() -> Report:
    return build_report(enkat.load_study("ryktet-gar"), "sv")


def test_a_contradicted_claim_stops_the_report_with_sentence_estimate_and_truth(flipped: enkat.Study) -> None:
    with pytest.raises(enkat.ReportError) as refused:
        build_report(flipped, "sv")
    failed = {issue.context["claim"]: issue.message for issue in refused.value.issues}
    assert set(failed) == {"C1", "C2", "C3"}
    assert "Tre av fyra svarande har mött felaktig information" in failed["C2"]
    assert re.search(r"Andelen är \d\d procent", failed["C2"])
    assert "Det här hade stämt:" in failed["C2"]


def test_other_answers_keep_the_mark_with_a_warning(flipped: enkat.Study) -> None:
    assert any("SHA-256" in warning for warning in flipped.warnings)
    assert "syntetiska" in repr(flipped.survey)


def test_with_the_text_put_right_the_report_is_built_and_charts_follow(tmp_path: Path, bundled: Report) -> None:
    folder = copy_of_study(tmp_path / "study", **HEARD)
    true = check_claims(enkat.load_study(folder), "sv").named("C2").percent
    assert true is not None and true < 50
    words = f"[{true} procent]"
    edit(folder / "report.md", lambda text: re.sub(r'\[[^\]]*\]\{claim="C[123]"\}', "många", text, flags=re.IGNORECASE))
    edit(folder / "report.md", lambda text: text.replace("många av de svarande", f'{words}{{claim="C2"}} av dem', 1))
    claims = json.loads((folder / "claims.json").read_text(encoding="utf-8"))
    claims["claims"] = [claim for claim in claims["claims"] if claim["id"] not in ("C1", "C3")]
    (folder / "claims.json").write_text(json.dumps(claims), encoding="utf-8")
    study = enkat.load_study(folder)
    report = build_report(study, "sv")
    shares = {bar.label: bar.percent for bar in chart_named(report, "experience").rows}
    assert shares == {"Ja": true, "Nej": 100 - true}
    assert chart_named(report, "experience").rows != chart_named(bundled, "experience").rows
    assert json.loads(render_claims(report))["answers_sha256"] == study.sha256 != bundled.answers_sha256


def test_collected_answers_carry_no_mark_anywhere(tmp_path: Path) -> None:
    folder = copy_of_study(tmp_path / "study")
    edit(folder / "study.json", lambda text: text.replace('"origin": "synthetic"', '"origin": "collected"'))
    study = enkat.load_study(folder)
    report = build_report(study, "sv")
    charts = {e.chart.name: draw(e.chart, "sv", source="", mark="") for e in exhibits(report) if e.chart}
    written = [render_html(report, charts), render_claims(report), *charts.values(), repr(study.survey)]
    shares = study.survey.proportion("heard_rumours")
    assert not any("syntetisk" in text.lower() for text in [*written, shares.note, study.check("C2", "3 av 4").says])
    assert not any(bar.assumed for e in exhibits(report) if e.chart for bar in e.chart.rows)


def test_published_figures_are_not_marked_as_assumed(bundled: Report) -> None:
    def assumed(name: str) -> set[tuple[str, str]]:
        return {(bar.group, bar.label) for bar in chart_named(bundled, name).rows if bar.assumed}

    groups = {"Socialsekreterare", "Behandlingspersonal", "Fältassistent"}
    assert assumed("experience") == set()
    assert {group for group, _ in assumed("experience_by_occupation")} == groups
    # Published for socialsekreterare who work with children and young people.
    assert {group for group, _ in assumed("experience_children_youth")} == groups - {"Socialsekreterare"}
    published = {bar.label for bar in chart_named(bundled, "work_by_occupation").rows if not bar.assumed}
    assert len(published) == 3


def test_a_translated_question_has_its_remark_outside_the_quotation_marks() -> None:
    report = build_report(enkat.load_study("ryktet-gar"), "en")
    assert exhibit_named(report, "work").wording.published
    assert "environment?” (our translation)" in render_html(
        report, {e.chart.name: "" for e in exhibits(report) if e.chart}
    ).replace("\u00a0", " ")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_link_within_the_report_leads_somewhere(language: str) -> None:
    report = build_report(enkat.load_study("ryktet-gar"), language)
    html = render_html(report, {e.chart.name: "" for e in exhibits(report) if e.chart})
    places = set(re.findall(r'\sid="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= places
