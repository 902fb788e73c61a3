"""Triple-S: a description and answers of fixed width or CSV, with the figures they must give."""

from pathlib import Path

import pytest

import enkat
from enkat.files.new import draft_study

SSS = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE sss PUBLIC "-//Triple-S//DTD Survey Interchange v1.2//EN" "http://triple-s.org/dtd/sss_v12.dtd">
<sss version="1.2"><survey><record ident="A"{record}>
<variable ident="1" type="single"><name>visit</name><label>Besök i<br/>parken på ön</label>
<position start="{visit}"/><values><value code="1">Första</value><value code="2">Senare</value></values></variable>
<variable ident="2" type="multiple"><name>seen</name><label><text mode="interview">Visa kort 2</text>
<text mode="analysis">Vad såg du?</text></label><position {seen}/>
<values><value code="1">Bron</value><value code="2">Tornet</value><value code="5">Annat</value></values></variable>
<variable ident="3" type="character"><name>other</name><label>Vad annat?</label><position {other}/></variable>
<variable ident="4" type="multiple"><name>best</name><label>De två bästa</label><position {best}/>
<spread subfields="2"/><values><value code="01">Bron</value><value code="02">Tornet</value>
<value code="05">Annat</value></values></variable>
<variable ident="5" type="quantity"><name>miles</name><label>Mil</label><position {miles}/><values>
<range from="0" to="499"/><value code="500">500 eller mer</value><value code="999">Ej svar</value></values></variable>
<variable ident="6" type="logical"><name>again</name><label>Kommer åter</label><position {again}/></variable>
<variable ident="7" type="date"><name>day</name><label>Dag</label><position {day}/></variable>
<variable ident="8" type="quantity" use="weight"><name>w</name><label>Vikt</label><position {w}/>
<values><range from="0.0" to="9.9"/></values></variable>
</record></survey></sss>"""
FIXED = SSS.format(
    record="",
    visit=1,
    seen='start="2" finish="6"',
    other='start="7" finish="16"',
    best='start="17" finish="20"',
    miles='start="21" finish="23"',
    again='start="24"',
    day='start="25" finish="32"',
    w='start="33" finish="35"',
)
PLACES = {name: f'start="{n}"' for n, name in enumerate(("seen", "other", "best", "miles", "again", "day", "w"), 2)}
FIELDS = SSS.format(record=' format="csv" skip="1"', visit=1, **PLACES)
PEOPLE = [
    ("1", "10001", "Kyrkan på", "0105", "12", "1", "20230331", "1.5"),
    ("2", "01000", "", "02", "999", "0", "20230401", ".5"),
    ("2", "", "", "", "500", "", "", "1.0"),
    ("", "00000", "", "0", "0", "1", "20230402", "1"),
]
LINES = [
    f"{visit:1}{seen:5}{other:10}{best:4}{miles:>3}{again:1}{day:8}{w:>3}"
    for visit, seen, other, best, miles, again, day, w in PEOPLE
]
ROWS = ["visit,seen,other,best,miles,again,day,w", *(",".join(f'"{cell}"' for cell in row) for row in PEOPLE)]


def fixed(folder: Path) -> Path:
    (folder / "park.sss").write_text(FIXED, encoding="latin-1")
    (folder / "park.asc").write_text("\r\n".join(LINES) + "\r\n", encoding="latin-1")
    return folder / "park.sss"


def separated(folder: Path) -> Path:
    (folder / "park.sss").write_text(FIELDS, encoding="latin-1")
    (folder / "park.csv").write_text("\n".join(ROWS) + "\n", encoding="latin-1")
    return folder / "park.sss"


WAYS = {"fixed width": fixed, "CSV": separated}


@pytest.mark.parametrize("way", WAYS)
def test_answers_are_read_as_they_are_described(way: str, tmp_path: Path) -> None:
    survey = enkat.read(WAYS[way](tmp_path), design=enkat.Design(weight="w"))
    assert len(survey) == 4 and survey.weights.sum() == 4
    seen = survey.proportion("seen")
    assert seen.column("answer") == ["Bron", "Tornet", "Annat"]
    assert seen.column("count") == [1, 1, 1] and seen["Bron"].n == 3  # the third was not asked, the fourth saw nothing
    assert seen.column("estimate") == pytest.approx([0.5, 0.5 / 3, 0.5])
    best = survey.proportion("best")
    assert best.column("count") == [1, 1, 1] and best["Bron"].n == 2
    visit = survey.proportion("visit")
    assert (visit["Senare"].count, visit["Senare"].n) == (2, 3)
    miles = survey.mean("miles")
    assert (miles.estimate, miles.n) == (pytest.approx((1.5 * 12 + 500 + 0) / 3.5), 3)  # 999 is no answer
    again = survey.proportion("again")
    assert (again["Yes"].count, again["No"].count) == (2, 1)
    labels = {question["name"]: question["label"] for question in survey.codebook["questions"]}
    assert labels["visit"] == "Besök i parken på ön" and labels["seen"] == "Vad såg du?"
    assert any("'w' is the weight" in note for note in survey.notes)
    assert any("park.sss" in note for note in survey.notes)


@pytest.mark.parametrize("way", WAYS)
def test_the_answers_lead_to_their_description(way: str, tmp_path: Path) -> None:
    description = WAYS[way](tmp_path)
    answers = next(path for path in tmp_path.iterdir() if path != description)
    assert enkat.read(answers).proportion("seen").column("count") == [1, 1, 1]
    assert enkat.inspect(answers).columns[0].column == "visit" and not enkat.inspect(answers).issues


def test_a_description_in_utf_16_without_its_answers_name_is_read(tmp_path: Path) -> None:
    fixed(tmp_path)
    named = FIXED.replace("ISO-8859-1", "UTF-16").replace('ident="A"', 'ident="A" href="C:\\data\\PARK.ASC"')
    (tmp_path / "park.sss").write_text(named, encoding="utf-16")
    assert len(enkat.read(tmp_path / "park.sss")) == 4


def test_a_study_is_drafted_with_both_files(tmp_path: Path) -> None:
    files = draft_study(fixed(tmp_path), tmp_path / "study", "sv")
    assert [file.name for file in files[:2]] == ["answers.sss", "answers.asc"]
    study = enkat.load_study(tmp_path / "study")
    assert study.survey.proportion("seen").column("count") == [1, 1, 1] and not study.warnings


REFUSED = {
    "no answers beside it": (FIXED, None, "data.triple_s_answers"),
    "XML that is cut off": (FIXED[:700], LINES, "data.triple_s_damaged"),
    "other XML": ("<html><body/></html>", LINES, "data.triple_s_damaged"),
    "two levels": (FIXED.replace("</survey>", '<record ident="B"/></survey>'), LINES, "data.triple_s_levels"),
    "levels in files of their own": (
        '<sss version="2.0"><hierarchy><level ident="H" href="h.sss"/><level ident="P" href="p.sss"><parent level="H"/>'
        "</level></hierarchy></sss>",
        LINES,
        "data.triple_s_levels",
    ),
    "a level beside a record": (
        FIXED.replace("<survey>", '<hierarchy><level ident="H"/><level ident="P"/></hierarchy><survey>'),
        LINES,
        "data.triple_s_levels",
    ),
    "a place that is none": (FIXED.replace('start="1"', 'start="one"'), LINES, "data.triple_s_damaged"),
    "places beyond any file": (FIXED.replace('finish="6"', 'finish="99999999999"'), LINES, "data.triple_s_damaged"),
    "entities of entities": (
        FIXED.replace("<!DOCTYPE sss PUBLIC", "<!DOCTYPE sss [<!ENTITY a 'aa'><!ENTITY b '&b;&a;'>]><!-- ")
        .replace('.dtd">', "-->")
        .replace("Mil<", "&b;<"),
        LINES,
        "data.triple_s_damaged",
    ),
    "a mark that is none": (FIXED, ["1x0001" + LINES[0][6:]], "data.triple_s_cells"),
    "words for a number": (FIXED, [LINES[0][:20] + "abc" + LINES[0][23:]], "data.triple_s_cells"),
    "no date": (FIXED, [LINES[0].replace("20230331", "20231331")], "data.triple_s_cells"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_fit_is_refused(name: str, tmp_path: Path) -> None:
    description, lines, code = REFUSED[name]
    (tmp_path / "park.sss").write_text(description, encoding="latin-1")
    if lines is not None:
        (tmp_path / "park.asc").write_text("\n".join(lines), encoding="latin-1")
    with pytest.raises(enkat.DataError) as error:
        enkat.read(tmp_path / "park.sss")
    assert code in {error.value.code, *(issue.code for issue in error.value.issues)}
    assert "abc" not in str(error.value)


@pytest.mark.parametrize("named", ["..", "../../etc/passwd", "C:\\\\x\\\\..", "."])
def test_a_description_names_no_file_elsewhere(named: str, tmp_path: Path) -> None:
    fixed(tmp_path)
    (tmp_path / "park.sss").write_text(FIXED.replace('ident="A"', f'ident="A" href="{named}"'), encoding="latin-1")
    assert len(enkat.read(tmp_path / "park.sss")) == 4


def test_a_code_that_is_not_described_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "park.sss").write_text(FIXED.replace('code="05"', 'code="04"'), encoding="latin-1")
    (tmp_path / "park.asc").write_text("\n".join(LINES), encoding="latin-1")
    survey = enkat.read(tmp_path / "park.sss")
    assert "5" in survey.proportion("best").column("answer")  # named by its value, and said


def routed(folder: Path, *lines: str, by: str, filtered: str) -> enkat.Survey:
    """Three variables: 1 whether somebody came, 2 how they liked it, 3 whether they come again; the lines are cells."""
    attribute = f' filter="{by}"' if filtered == "attribute" else ""
    element = f"<filter>{by}</filter>" if filtered == "element" else ""
    description = f"""<sss version="1.2"><survey><record ident="A">
<variable ident="1" type="logical"><name>came</name><label>Came</label><position start="1"/></variable>
<variable ident="2" type="single"{attribute}><name>liked</name><label>Liked it</label><position start="2"/>{element}
<values><value code="1">Much</value><value code="2">Little</value></values></variable>
<variable ident="3" type="logical"><name>later</name><label>Again</label><position start="3"/></variable>
</record></survey></sss>"""
    (folder / "a.sss").write_text(description)
    (folder / "a.asc").write_text("\n".join(lines))
    return enkat.read(folder / "a.sss")


@pytest.mark.parametrize("filtered", ["element", "attribute"])
@pytest.mark.parametrize("by", ["1", "came"])
def test_a_filter_says_who_was_asked(tmp_path: Path, by: str, filtered: str) -> None:
    survey = routed(tmp_path, "111", "120", "0 1", "0 0", "1 1", by=by, filtered=filtered)
    liked = survey.proportion("liked")
    assert (liked["Much"].estimate, liked["Much"].n) == (0.5, 2)
    assert next(row["missing"] for row in survey.questions if row["name"] == "liked") == "2 not_asked, 1 skipped"
    assert any("asked of those only whom a filter lets through: 'liked' (by 'came')" in note for note in survey.notes)


@pytest.mark.parametrize(
    ("lines", "by"), [(("111", "021", "0 0"), "came"), (("111", "121", "0 0"), "later"), (("111", "121"), "9")]
)
def test_a_filter_that_does_not_hold_is_not_used_and_said(tmp_path: Path, lines: tuple[str, ...], by: str) -> None:
    survey = routed(tmp_path, *lines, by=by, filtered="element")
    assert survey.proportion("liked")["Much"].n == 2
    assert any("filters that are not used" in note and f"'liked' (by {by!r})" in note for note in survey.notes)


def test_boxes_are_filtered_as_other_questions(tmp_path: Path) -> None:
    (tmp_path / "a.sss").write_text("""<sss version="2.0"><survey><record ident="A">
<variable ident="1" type="logical"><name>came</name><label>Came</label><position start="1"/></variable>
<variable ident="2" type="multiple" filter="came"><name>seen</name><label>Saw</label><position start="2" finish="3"/>
<values><value code="1">Bridge</value><value code="2">Tower</value></values></variable></record></survey></sss>""")
    (tmp_path / "a.asc").write_text("110\n111\n0  \n")
    survey = enkat.read(tmp_path / "a.sss")
    seen = survey.proportion("seen")
    assert (seen["Tower"].estimate, seen["Tower"].n) == (0.5, 2)
    assert next(row["missing"] for row in survey.questions if row["name"] == "seen") == "1 not_asked"
