"""The claims for people: grouped by verdict, a line each, every wording and every sentence."""

from __future__ import annotations

from dataclasses import replace

from enkat.rendering import card
from enkat.rendering.ledger import judged, ledger, reasons, sentences
from enkat.rendering.model import ClaimResult
from enkat.rendering.typography import NBSP
from rendering.fixture import report

SHARE = ClaimResult(
    "C1",
    "tre av fyra",
    "I rapporten har tre av fyra hört rykten.",
    "share",
    "holds",
    "Andelen är 75 procent.",
    topic="Erfarenhet av rykten",
    answers="Ja",
    about="Lärare",
    percent=75,
    base=1465,
    again=("Det säger tre av fyra.",),
)
HEADING = replace(SHARE, words="Tre av fyra", sentence="Det säger tre av fyra", again=())
OTHER = replace(SHARE, words="fler än hälften", sentence="Fler än hälften har det.", again=(), says="Fler än 50.")
RANK = ClaimResult("C2", "främsta", "Den främsta är tid.", "rank", "holds", "Plats 1.", base=90, places=(1,))
VAGUE = ClaimResult("C3", "Det är allvarligt.", "Det är allvarligt.", "vague", "unchecked", "Kan inte prövas: Orsak.")


def test_claims_stand_by_verdict_with_what_needs_attention_first_and_the_number_of_each() -> None:
    failing = replace(RANK, id="C4", verdict="fails")
    groups = ledger(replace(report(), claims=(SHARE, VAGUE, RANK, failing)))
    assert [(group.title, [line.id for line in group.lines]) for group in groups] == [
        ("Stämmer inte (1)", ["C4"]),
        ("Stämmer (2)", ["C1", "C2"]),
        ("Kan inte prövas (1)", ["C3"]),
    ]


def test_a_line_tells_words_subject_figure_base_and_verdict() -> None:
    (group,) = ledger(replace(report(), claims=(SHARE, RANK)))
    share, rank = group.lines
    assert (share.words, share.subject) == (
        f"Tre{NBSP}av{NBSP}fyra".replace(NBSP, " "),
        "Erfarenhet av rykten: Ja (Lärare)",
    )
    assert (share.figure, share.base, share.verdict) == (f"75{NBSP}%", f"1{NBSP}465", "stämmer")
    assert (rank.words, rank.figure, rank.base) == ("Främsta", "plats 1", "90")


def test_every_wording_of_a_claim_and_every_sentence_it_stands_in_is_listed_once() -> None:
    (group,) = ledger(replace(report(), claims=(SHARE, HEADING, OTHER)))
    (line,) = group.lines
    assert line.words == "Tre av fyra / fler än hälften"
    assert sentences(line) == (
        "I rapporten har tre av fyra hört rykten.",
        "Det säger tre av fyra",
        "Fler än hälften har det.",
    )
    assert [one.words for one in judged(line.wordings)] == ["tre av fyra", "fler än hälften"]
    assert reasons(line) == (f"Andelen är 75{NBSP}procent.", "Fler än 50.")


def test_a_claim_that_cannot_be_checked_says_why_and_not_its_verdict_again() -> None:
    (group,) = ledger(replace(report(), claims=(VAGUE,)))
    assert reasons(group.lines[0]) == ("Orsak.",)
    assert sentences(group.lines[0]) == ()
    assert (group.lines[0].figure, group.lines[0].base) == ("", "")


def test_a_withheld_figure_is_two_dots() -> None:
    (group,) = ledger(replace(report(), claims=(replace(SHARE, percent=None, base=None),)))
    assert (group.lines[0].figure, group.lines[0].base) == ("..", "")


def test_base_lines_of_a_card_say_what_was_answered_and_by_whom() -> None:
    everyone = replace(SHARE, about="", topic="LVU", base=12)
    assert [line.replace(NBSP, " ") for line in card.bases((SHARE, everyone), "sv")] == [
        "Bas: 1 465 svar på frågan om erfarenhet av rykten (Lärare)",
        "Bas: 12 svar på frågan om LVU",
    ]
