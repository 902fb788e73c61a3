"""Estimates read as in tests/python/displays, in a terminal (.txt) and in a notebook (.html).

After a change that is meant: ENKAT_RENEW=1 python -m pytest tests/python/test_display.py writes the files anew; the
difference is then to be read line by line, as a reader of the tables would.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import enkat
from example_names import CODEBOOK, DATA

STORED = Path(__file__).parent / "displays"
STAFF = DATA.assign(
    age=DATA["age"].where(DATA.index % 11 > 0),
    region=DATA["region"].where(DATA.index != 7),
    unit=["R&D <new>" if i == 0 else "office" if i % 2 else "field" for i in DATA.index],
    extra=[i // 2 if i % 2 else 0 for i in DATA.index],
)
UNSEEN = [
    "line\nbreak",
    "tab\tstop",
    "\x1b[31mred",
    "\u202eturned",
    "end\u2028of line",
    "\x00",
    "1\u00a0000",
    "👩\u200d🔬",
]
SAMPLE = enkat.Survey(STAFF, CODEBOOK, enkat.Design(population=1500))
WEIGHTED = enkat.Survey(STAFF, CODEBOOK, enkat.Design(weight="w"))

SHOWN: dict[str, Callable[[], enkat.Estimates]] = {
    "means by groups": lambda: WEIGHTED.mean(["age", "hours"], by="region"),
    "shares of a multiple question": lambda: SAMPLE.proportion("area", by="sex", interval="wilson"),
    "quantiles without an end": lambda: SAMPLE.quantile("age", [0.05, 0.5, 0.95]),
    "a group of one": lambda: SAMPLE.mean("hours", by="unit"),
    "a denominator of 0": lambda: SAMPLE.ratio("cases", "extra", by="unit"),
    "a difference": lambda: WEIGHTED.mean("age", by="region").contrast({"south is older by": "south - north"}),
    "places": lambda: SAMPLE.ranking("factors"),
    "a domain, calibrated": lambda: SAMPLE.rake(sex={"woman": 1000, "man": 500}).where(region="north").total("cases"),
    "a total that was given": lambda: SAMPLE.calibrate("~ hours", {"(Intercept)": 1500, "hours": 45_000}).total(
        "hours"
    ),
    "negative numbers": lambda: SAMPLE.covariance("age", "hours", by="region"),
    "more rows than are shown": lambda: SAMPLE.cdf("hours", [hour / 2 for hour in range(40, 102)]),
    "labels that are not seen": lambda: enkat.Survey(
        DATA.assign(site=[UNSEEN[i % len(UNSEEN)] for i in DATA.index], **{"hours\n": DATA["hours"]})
    ).mean("hours\n", by="site"),
    "synthetic answers": lambda: enkat.load_study("ryktet-gar").survey.proportion("heard_rumours", by="occupation"),
}


def file_name(name: str, kind: str) -> str:
    return f"{name.replace(',', '').replace(' ', '_')}.{kind}"  # make takes no blanks


def stored(name: str, shown: str) -> str:
    """The content of a stored display; where they are renewed, what is shown now."""
    file = STORED / name
    if os.environ.get("ENKAT_RENEW"):
        STORED.mkdir(exist_ok=True)
        file.write_text(shown, encoding="utf-8")
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SHOWN)
def test_estimates_read_as_stored(name: str) -> None:
    estimates = SHOWN[name]()
    text = f"{estimates}\n"
    html = estimates._repr_html_().replace("<tr>", "\n<tr>") + "\n"  # a row a line, so that differences can be read
    assert stored(file_name(name, "txt"), text) == text
    assert stored(file_name(name, "html"), html) == html


def test_every_row_of_a_table_is_one_line() -> None:
    odd = DATA.assign(site=[UNSEEN[i % len(UNSEEN)] for i in DATA.index])
    survey = enkat.Survey(odd, design=enkat.Design(weight="w"))._noted(["a note\nof two lines"])
    shares = survey.proportion("site")
    assert len(str(shares).splitlines()) == 1 + len(UNSEEN) + bool(shares.note)
    assert len(str(survey.rake(site=dict.fromkeys(UNSEEN, 100)).balance("site")).splitlines()) == 1 + len(UNSEEN)
    assert len(str(survey).splitlines()) == 3
    for html in (shares._repr_html_(), survey._repr_html_()):
        assert len(html.splitlines()) == 1
        assert html.isprintable() or set(filter(lambda c: not c.isprintable(), html)) <= set("\u00a0\u200d")


def test_a_chart_shows_labels_that_are_not_seen_as_the_table_does() -> None:
    odd = DATA.assign(site=[UNSEEN[i % len(UNSEEN)] for i in DATA.index])
    chart = enkat.Survey(odd).mean("hours", by="site").plot()
    groups = {row["group"] for row in next(iter(chart.to_dict()["datasets"].values()))}
    assert r"line\nbreak" in groups and r"\x1b[31mred" in groups and len(groups) == len(UNSEEN)
    joined = DATA.assign(a=["x · y", "x"] * 20, b=["z", "y · z"] * 20)
    chart = enkat.Survey(joined).mean("hours", by=["a", "b"]).plot()
    assert len({row["group"] for row in next(iter(chart.to_dict()["datasets"].values()))}) == 2


def test_every_stored_display_is_of_a_case() -> None:
    assert {file.name for file in STORED.iterdir()} == {
        file_name(name, kind) for name in SHOWN for kind in ("txt", "html")
    }
