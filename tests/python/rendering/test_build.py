"""From a study's text and figures to the report's records; the core's results have a stand-in."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from enkat.rendering.build_claims import among, out_of_ten
from enkat.rendering.build_exhibits import Exhibits
from enkat.rendering.build_method import Response, assumptions, method_facts
from enkat.rendering.codebook_texts import Questions
from enkat.rendering.markdown import read_draft
from enkat.rendering.model import Exhibit
from enkat.rendering.sentences import passages
from enkat.rendering.texts import period, sentence, text_in
from enkat.rendering.typography import NBSP

CODEBOOK = {
    "questions": [
        {
            "name": "job",
            "type": "single",
            "label": {"sv": "Yrke", "en": "Job"},
            "options": [{"name": "a", "label": "Läkare"}, {"name": "b", "code": 2, "label": "Lärare"}],
        },
        {
            "name": "fear",
            "type": "top_k",
            "k": 3,
            "label": "Rädsla",
            "text": "Vad är du rädd för?",
            "wording": "ours",
            "asked_if": {"question": "job", "in": ["a"]},
            "options": [
                {"name": "dark", "label": "Mörker"},
                {"name": "other", "label": "Annat", "other": True},
            ],
        },
    ]
}
ABOUT: dict[str, Any] = {
    "name": "s",
    "publisher": "P",
    "source": "P, 2023",
    "sampling": "attempted_census",
    "dates": {"start": "2023-03-31", "end": "2023-05-09"},
    "dispositions": {"invited_note": "Härlett."},
    "answers": {
        "origin": "synthetic",
        "assumed": [
            {"question": "fear", "answers": ["dark"], "by": True, "value": "40", "why": "ej publicerad"},
            {"question": "fear", "answers": ["other"], "by": False, "value": "60", "why": "ej publicerad"},
        ],
    },
}


def study(synthetic: bool = True) -> Any:
    dispositions = SimpleNamespace(complete=1400, partial=73, break_off=5, unknown=0, invited=9820)
    return SimpleNamespace(about=ABOUT, synthetic=synthetic, dispositions=dispositions)


def row(answer: str, percent: int | None, *by: str, **more: Any) -> dict[str, Any]:
    known = {"answer": answer, "by": list(by), "percent": percent, "base": 1473, "value": None}
    hidden = "disclosure.small_base" if percent is None else ""
    nothing = dict.fromkeys(("low", "high", "rank", "rank_low", "rank_high"))
    return known | nothing | {"withheld": hidden} | more


def exhibit(*rows: dict[str, Any], synthetic: bool = True, **spec: Any) -> Exhibit:
    spec = {"name": "fear", "estimator": "proportion", "question": "fear"} | spec
    makes = Exhibits(study(synthetic), Questions(CODEBOOK, "sv"), 85, "sv")
    return makes.exhibit(SimpleNamespace(name="fear", spec=spec, published=list(rows)))  # type: ignore[arg-type]


def bars(made: Exhibit) -> tuple[Any, ...]:
    assert made.chart is not None
    return made.chart.rows


def test_a_breakdown_can_be_assumed_where_the_total_is_published() -> None:
    total = exhibit(row("dark", 40), row("other", 60))
    grouped = exhibit(row("dark", 40, "a"), row("dark", 39, "b"), by=["job"])
    assert [bar.assumed for bar in bars(total)] == [False, True]
    assert [bar.assumed for bar in bars(grouped)] == [True, True]


def test_nothing_is_assumed_once_the_answers_are_collected() -> None:
    made = exhibit(row("dark", 40, "a"), row("other", 60, "a"), by=["job"], synthetic=False)
    assert not any(bar.assumed for bar in bars(made))
    assert assumptions(study(synthetic=False), Questions(CODEBOOK, "sv"), "sv") == ()


def test_answers_and_groups_carry_the_labels_of_the_codebook() -> None:
    first, second = bars(exhibit(row("dark", 40, "a"), row("other", 60, "b"), by=["job"]))
    assert (first.label, first.group, first.residual) == ("Mörker", "Läkare", False)
    assert (second.label, second.group, second.residual) == ("Annat", "Lärare", True)


def test_only_the_answers_an_indicator_names_are_shown() -> None:
    assert [bar.label for bar in bars(exhibit(row("dark", 40), row("other", 60), answers=["dark"]))] == ["Mörker"]


def test_a_caption_says_who_how_many_choices_and_when() -> None:
    caption = exhibit(row("dark", 40)).caption
    asked_of = "Frågan ställdes bara till dem som svarat: Läkare (Yrke)."
    assert caption.base == f"Alla som besvarat frågan, 1{NBSP}473 svar."
    assert caption.asked == asked_of
    assert caption.answers.startswith("Högst 3 svar")
    assert caption.source == "P, 2023. Insamling 31 mars–9 maj 2023."
    assert caption.remarks == ()


def test_whiskers_come_with_the_sentence_about_nonresponse_from_the_data() -> None:
    assert "Strecken" not in exhibit(row("dark", 40, low=37, high=43)).caption.method
    method = exhibit(row("dark", 40, low=37, high=43), whiskers=True).caption.method
    assert "om de svarande vore slumpmässigt utvalda. De tar inte hänsyn till bortfallet på 85 procent" in method


def test_a_withheld_share_has_neither_percent_interval_nor_rank() -> None:
    places = {"rank_low": 1, "rank_high": 2}
    rows = row("dark", None, low=1, high=9, rank=1, **places), row("other", 60, rank=2, **places)
    made = exhibit(*rows, whiskers=True)
    hidden, shown = bars(made)
    assert [hidden.percent, hidden.low, hidden.high, hidden.rank] == [None, None, None, ""]
    assert hidden.withheld
    assert shown.rank == "1–2"
    assert [bar.rank for bar in bars(exhibit(*rows))] == ["", "2"]
    assert "”..”" in made.caption.remarks[0]


def test_a_paraphrased_question_is_known_as_ours() -> None:
    assert not exhibit(row("dark", 40)).wording.published


def test_the_method_box_gives_the_formula_and_what_it_does_not_cover() -> None:
    facts = {fact.term: fact.text for fact in method_facts(study(), Response(1473, 9820, 15, "AAPOR RR2"), "sv")}
    rate = facts["Svarsfrekvens"].replace(NBSP, " ")
    assert rate.startswith("15 procent = 1 473 svar / 9 820 tillfrågade (AAPOR RR2")
    assert "85 procent av de tillfrågade inte har svarat" in rate
    assert "som om de vore slumpmässigt dragna" in facts["Osäkerhet"]


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("9 av 10", "sv", 9),
        ("Nio av tio", "sv", 9),
        ("3 av 4", "sv", None),
        ("nine in ten", "en", 9),
        ("8 procent", "sv", None),
    ],
)
def test_people_can_be_drawn_for_tenths_in_digits_and_words(words: str, language: str, expected: int | None) -> None:
    assert out_of_ten(words, language) == expected


def test_a_group_is_named_in_the_codebooks_labels() -> None:
    assert among({"job": ["a", "b"]}, Questions(CODEBOOK, "sv")) == "Läkare, Lärare"


def test_the_sentence_around_bound_words_is_found_and_quotations_are_left_alone() -> None:
    text = (
        '# T\n\n## [Tre av fyra]{claim="C2"} har\n\n'
        'Först detta, t.ex. så. Sedan uppger [9 av *10*]{claim="C3"} det.[^1] Mer.\n\n'
        '{source="S"}\n> 8 av 10 säger så.\n\n[^1]: 7 av 10.'
    )
    found = [
        (phrase.claim, passage.words(phrase), passage.sentence(phrase), passage.line)
        for passage in passages(read_draft(text, "sv", {"C2", "C3"}, ()))
        for phrase in passage.phrases
    ]
    assert found == [
        ("C2", "Tre av fyra", "Tre av fyra har", 3),
        ("C3", "9 av 10", "Sedan uppger 9 av 10 det.", 5),
    ]
    assert not any(
        "8 av 10" in passage.text or "7 av 10" in passage.text for passage in passages(read_draft(text, "sv", (), ()))
    )


def test_texts_follow_the_language_and_fall_back_to_the_studys_own() -> None:
    assert text_in({"sv": "Ja"}, "en") == "Ja"
    assert sentence("webbenkät") == "Webbenkät."
    assert period(ABOUT["dates"], "sv") == "31 mars–9 maj 2023"
    assert period(ABOUT["dates"], "en") == "31 March–9 May 2023"
    assert period({"start": "2022-12-01", "end": "2023-01-09"}, "sv") == "1 december 2022–9 januari 2023"
