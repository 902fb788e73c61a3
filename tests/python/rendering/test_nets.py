"""Nets: answers taken together as a bar of their chart; and answers that are printed word for word."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

import enkat
from enkat.rendering.alttext import describe
from enkat.rendering.build import build_report
from enkat.rendering.chart_layout import lay_out
from enkat.rendering.data_table import tabulate
from enkat.rendering.model import Chart, Report, exhibits
from enkat.study import BUNDLED

ROWS = pd.read_csv(BUNDLED / "ryktet-gar" / "synthetic_answers.csv", sep=";", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def report() -> Report:
    return build_report(enkat.load_study("ryktet-gar"), "sv")


def chart(report: Report, name: str) -> Chart:
    return next(e.chart for e in exhibits(report) if e.name == name and e.chart is not None)


def test_a_net_is_the_share_of_those_who_gave_any_of_its_answers_and_stands_last(report: Report) -> None:
    answered = ROWS[ROWS["prevention_works"].isin(["1", "2", "3", "4"])]
    share = answered["prevention_works"].isin(["1", "2"]).mean()
    bars = chart(report, "prevention").rows
    assert [bar.label for bar in bars][-1] == "Sammanlagt: dåligt eller inte alls"
    assert [bar.net for bar in bars] == [False] * 4 + [True]
    assert (bars[-1].percent, bars[-1].base) == (round(100 * share), len(answered))
    assert bars[-1].assumed  # all that is published is that it is more than half


def test_a_net_is_in_chart_table_and_alternative_text_of_every_group(report: Report) -> None:
    grouped = chart(report, "prevention_by_occupation")
    label = "Sammanlagt: dåligt eller inte alls"
    assert sum(bar.net for bar in grouped.rows) == 3
    assert tabulate(grouped, "sv").rows[-2][0] == label
    assert label in {text.text for text in lay_out(grouped, "sv", "K.").texts}
    assert "Lägst: Mycket bra" in describe(grouped, "sv")
    assert describe(grouped, "sv").count(label) == 3


@pytest.mark.parametrize(
    ("nets", "code"), [(["prevention_pool"], "indicator.unknown_net"), (["prevention"], "indicator.net")]
)
def test_a_net_that_is_no_net_is_refused_with_the_place(tmp_path: Path, nets: list[str], code: str) -> None:
    shutil.copytree(BUNDLED / "ryktet-gar", tmp_path / "study")
    file = tmp_path / "study" / "indicators.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    next(one for one in content["indicators"] if one["name"] == "prevention")["nets"] = nets
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(enkat.EnkatError) as refused:
        enkat.load_study(tmp_path / "study").report(tmp_path / "out")
    assert [issue.code for issue in refused.value.issues] == [code]
    assert refused.value.issues[0].context["at"].endswith("/nets")


def test_an_answer_that_is_printed_stands_in_quotation_marks_and_the_caption_says_so(report: Report) -> None:
    work = next(e for e in exhibits(report) if e.name == "work")
    assert work.chart is not None
    quoted = [bar.label for bar in work.chart.rows if bar.label.startswith("”")]
    assert quoted == [
        "”Jag har svårt att upprätta kontakt och förtroende [med personer som] kan behöva stöd av socialtjänsten.”"
    ]
    assert "inom citattecken" in work.caption.answers and "hakparentes" in work.caption.answers
    assert not any("inom citattecken" in e.caption.answers for e in exhibits(report) if not e.name.startswith("work"))
