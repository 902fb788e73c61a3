"""What is kept of a release: audited again from its own files, and beside everything that comes after it."""

import json
from pathlib import Path

import pandas
import pytest

import enkat
from disclosure.studies import rows_of, share, single, study_of
from enkat.disclosure.kept import read_audit
from enkat.disclosure.proof import proof_of_published, proof_of_study, prove

CELLS = {("n", "m"): (2, 5), ("n", "w"): (14, 16), ("s", "m"): (10, 20), ("s", "w"): (13, 9)}
PEOPLE = rows_of(
    {(*group, answer): number for group, pair in CELLS.items() for answer, number in zip("yn", pair, strict=True)},
    ["reg", "sex", "q"],
)
QUESTIONS = [single("q", "y", "n", sensitive=True), single("reg", "n", "s"), single("sex", "m", "w")]


def folder_with(tmp_path: Path, *indicators: dict[str, object]) -> enkat.Study:
    return study_of(tmp_path / "study", PEOPLE, QUESTIONS, indicators)


def hidden(study: enkat.Study) -> set[tuple[str, ...]]:
    return {(one.name, *row["by"]) for one in study.computed for row in one.published if row["withheld"]}


def test_a_second_report_is_audited_beside_the_first(tmp_path: Path) -> None:
    alone = folder_with(tmp_path, share("by_both", by=["reg", "sex"]))
    # All 89 answered, so one more group has to go: the smallest.
    assert hidden(alone) == {("by_both", "n", "m"), ("by_both", "s", "w")}
    regions = folder_with(tmp_path, share("by_reg", by=["reg"]))
    assert hidden(regions) == set()
    regions.report(tmp_path / "first")
    again = folder_with(tmp_path, share("by_both", by=["reg", "sex"]))
    assert hidden(again) == {("by_both", "n", "m"), ("by_both", "n", "w")}


def test_the_same_report_again_releases_nothing_new(tmp_path: Path) -> None:
    study = folder_with(tmp_path, share("by_reg", by=["reg"]))
    study.report(tmp_path / "out")
    kept = (study.folder / "releases.json").read_text()
    (release,) = json.loads(kept)["releases"]
    assert (release["answers_sha256"], release["medium"]) == (study.sha256, "report, en")
    enkat.load_study(study.folder).report(tmp_path / "out")
    assert (study.folder / "releases.json").read_text() == kept


def test_other_answers_are_no_release_of_these(tmp_path: Path) -> None:
    folder_with(tmp_path, share("by_reg", by=["reg"])).report(tmp_path / "out")
    more = pandas.concat([PEOPLE, PEOPLE])
    study = study_of(tmp_path / "study", more, QUESTIONS, [share("by_both", by=["reg", "sex"])])
    assert hidden(study) == {("by_both", "n", "m")}  # 4 of 14 said yes: the base is shown, and no other group goes


def test_anybody_can_audit_a_report_from_its_files(tmp_path: Path) -> None:
    study = folder_with(tmp_path, share("by_reg", by=["reg"]), share("by_both", by=["reg", "sex"]))
    study.report(tmp_path / "out")
    ours, theirs = proof_of_study(study), proof_of_published(tmp_path / "out")
    assert theirs.exposed == []
    assert {(one.quantity.words, str(one.known)) for one in theirs.findings} == {
        (one.quantity.words, str(one.known)) for one in ours.findings
    }
    told = read_audit(tmp_path / "out")
    assert not any(figure.low > 0 for figure in told.figures if dict_of(figure.sum.among) == {"reg": "n", "sex": "w"})


def dict_of(among: tuple[object, ...]) -> dict[str, str]:
    return {one.column: one.values[0] for one in among}  # type: ignore[attr-defined]


TABLES = """question,answer,region,base,percent,sensitive
threats,,,60,,yes
threats,yes,,60,45,yes
threats,yes,A,52,40,yes
"""


def test_tables_of_others_are_audited(tmp_path: Path) -> None:
    (tmp_path / "tables.csv").write_text(TABLES)
    proof = proof_of_published(tmp_path)
    # 27 of 60 and 21 of 52: the eight who are left are told, with the six of them who said yes.
    told = {(one.quantity.words, str(one.known)) for one in proof.exposed}
    assert ("threats: answered without (threats: answered | region = A)", "8") in told
    assert any("✗" in line and "8 (fewer than 10 answered)" in line for line in proof.lines)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("question,answer,percent\nq,yes,40\n", "disclosure.table_row"),
        ("question,answer,base\nq,yes,many\n", "disclosure.table_row"),
        ("question,answer,base,percent\nq,yes,60,45\nq,yes,60,55\n", "disclosure.tables_disagree"),
    ],
)
def test_tables_that_cannot_be_audited_say_why(text: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(enkat.ReportError) as refused:
        proof_of_published(tmp_path)
    assert code in {refused.value.code, *(issue.code for issue in refused.value.issues)}


def test_a_folder_without_anything_published_says_so(tmp_path: Path) -> None:
    with pytest.raises(enkat.DataError, match=r"audit\.json"):
        proof_of_published(tmp_path)


def test_the_bundled_study_tells_nothing_that_is_protected() -> None:
    proof = prove(enkat.load_study("ryktet-gar")._released("sv").publication)
    assert len(proof.findings) > 150
    assert proof.exposed == []


def test_a_regional_cut_is_audited_beside_the_whole(tmp_path: Path) -> None:
    whole = folder_with(tmp_path, share("by_sex", by=["sex"]))
    whole.report(tmp_path / "whole")
    # The south is all but 37, of whom 7 are men: 37 - 30 of the men, told by both reports only.
    south = PEOPLE[PEOPLE["reg"] == "s"]
    part = {"part_of": {"answers_sha256": whole.sha256, "where": {"reg": "s"}}}
    cut = study_of(tmp_path / "south", south, QUESTIONS, [share("by_sex", by=["sex"])], **part)
    with pytest.raises(enkat.DataError, match=r"releases\.json"):
        cut.report(tmp_path / "out")
    (cut.folder / "releases.json").write_text((whole.folder / "releases.json").read_text())
    cut = enkat.load_study(cut.folder)
    assert ("by_sex", "m") in hidden(cut) or ("by_sex", "w") in hidden(cut)
    alone = study_of(tmp_path / "alone", south, QUESTIONS, [share("by_sex", by=["sex"])])
    assert hidden(alone) == set()


def test_a_report_in_another_language_is_audited_beside_the_first(tmp_path: Path) -> None:
    study = folder_with(tmp_path, share("by_reg", by=["reg"]), share("by_both", by=["reg", "sex"]))
    (study.folder / "report.sv.md").write_text("# T\n", encoding="utf-8")
    before = study._released("sv")
    study.report(tmp_path / "out")
    after = study._released("sv")
    assert after is not before
    assert any(figure.place.kind == "released" for figure in after.publication.figures)
