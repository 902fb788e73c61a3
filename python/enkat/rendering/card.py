"""What a claim card shows besides its sentence: the words set large, ten people, and the base."""

from __future__ import annotations

from enkat.language import catalogue
from enkat.rendering.icons import people
from enkat.rendering.model import ClaimResult
from enkat.rendering.typography import count, polish

_NUMERIC = {"share", "threshold", "respondents", "response_rate", "invited"}


def headline(claim: ClaimResult) -> str:
    """The claim's words set large, for claims about a number; a rank says nothing outside its sentence."""
    return polish(claim.words[:1].upper() + claim.words[1:]) if claim.kind in _NUMERIC else ""


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


def base(claim: ClaimResult, language: str) -> str:
    """The base of a claim: "Bas: 1 473 svarande"."""
    if claim.base is None:
        return ""
    words, number = catalogue(language), count(claim.base, language)
    return words.say("card.base_about", n=number, about=claim.about) if claim.about else words.say("card.base", n=number)
