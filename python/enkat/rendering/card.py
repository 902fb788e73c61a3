"""What a claim card shows besides its sentence: the words set large, ten people, and the base."""

from __future__ import annotations

from enkat.language import catalogue
from enkat.rendering import marks
from enkat.rendering.icons import people
from enkat.rendering.ledger import both
from enkat.rendering.model import ClaimResult, Report
from enkat.rendering.typography import count, polish

_WITHOUT_NUMBER = {"rank", "vague", "causal"}


def headline(claim: ClaimResult) -> str:
    """The claim's words set large, for claims about a number; a rank says nothing outside its sentence."""
    return polish(claim.words[:1].upper() + claim.words[1:]) if claim.kind not in _WITHOUT_NUMBER else ""


def people_label(claim: ClaimResult, language: str) -> str:
    """What ten people stand for ("9 av 10 personer"); empty when there is nothing to draw.

    Only for "k av 10" and only where the answers bear it out: a picture is believed before a verdict is read.
    """
    if claim.out_of_ten is None or claim.verdict not in ("holds", "supported"):
        return ""
    return catalogue(language).say("card.people", k=claim.out_of_ten)


def drawn_people(claim: ClaimResult, language: str) -> str:
    """Ten people as SVG, or nothing."""
    label = people_label(claim, language)
    return people(claim.out_of_ten or 0, label) if label else ""


def bases(claims: tuple[ClaimResult, ...], language: str) -> tuple[str, ...]:
    """The base of each claim of a card: how many answered what, "Bas: 1 465 svar på frågan om erfarenhet av …"."""
    words = catalogue(language)
    lines = []
    for claim in claims:
        if claim.base is None:
            continue
        key = "card.base_about" if claim.about else "card.base_on" if claim.topic else "card.base"
        topic = _within_a_sentence(claim.topic)
        other = None if claim.than_base is None else count(claim.than_base, language)
        n = both(words, count(claim.base, language), other)
        lines.append(polish(words.say(key, n=n, topic=topic, about=claim.about)))
    return tuple(dict.fromkeys(lines))


def _within_a_sentence(title: str) -> str:
    """A title as it goes on in a sentence; what is written in capitals keeps them."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def chips(claims: tuple[ClaimResult, ...], report: Report) -> tuple[ClaimResult, ...]:
    """The claims whose chips a card shows: one for each label."""
    return tuple({marks.chip(claim, report): claim for claim in reversed(claims)}.values())[::-1]
