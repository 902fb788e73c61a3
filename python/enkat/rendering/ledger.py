"""The claims for people: grouped by verdict, a line each, every wording of a claim under its line."""

from __future__ import annotations

from dataclasses import dataclass

from enkat.language import Catalogue, catalogue
from enkat.rendering import marks
from enkat.rendering.model import ClaimResult, Report, Verdict
from enkat.rendering.typography import count, percent, polish

# What needs attention comes first, what cannot be checked last.
_ORDER: tuple[Verdict, ...] = (
    "fails",
    "contradicted",
    "misrounded",
    "insufficient",
    "uncertain",
    "supported",
    "holds",
    "unchecked",
)
_WITHOUT_QUESTION = {"vague", "causal"}


@dataclass(frozen=True, slots=True)
class Line:
    """A claim in a line: its words, what they are about, the figure, the base; `wordings` has all places."""

    id: str
    words: str  # every wording, "två av de viktigaste / två viktigaste"
    subject: str  # "Erfarenhet av felaktig information: Ja (Barn och familj, Unga)"
    figure: str
    base: str
    verdict: str
    wordings: tuple[ClaimResult, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The claims of one verdict, and what it means."""

    verdict: Verdict
    title: str
    chip: str
    lines: tuple[Line, ...]


def ledger(report: Report) -> tuple[Group, ...]:
    """All claims of a report; one with wordings that ended differently stands in the group of each."""
    words = catalogue(report.language)
    groups = []
    for verdict in _ORDER:
        by_id: dict[str, list[ClaimResult]] = {}
        for claim in report.claims:
            if claim.verdict == verdict:
                by_id.setdefault(claim.id, []).append(claim)
        if by_id:
            lines = tuple(_line(tuple(wordings), words) for wordings in by_id.values())
            title = words.say("ledger.group", verdict=_capital(words.say(f"verdict.{verdict}")), n=len(lines))
            groups.append(Group(verdict, title, marks.chip(next(iter(by_id.values()))[0], report), lines))
    return tuple(groups)


def sentences(line: Line) -> tuple[str, ...]:
    """All sentences that the words stand in, each once: a heading may say the same without its full stop.

    None where the words are the sentence, as for claims that stand nowhere in the text.
    """
    told = (polish(text) for one in line.wordings for text in (one.sentence, *one.again) if text != one.words)
    return tuple({text.rstrip("."): text for text in told}.values())


def reasons(line: Line) -> tuple[str, ...]:
    """How each wording was judged; the verdict that stands above the line already is not said again."""
    lead = f"{_capital(line.verdict)}: "
    return tuple(polish(one.says.removeprefix(lead)) for one in judged(line.wordings))


def remarks(line: Line) -> tuple[str, ...]:
    """What the wordings may mislead about, each remark once."""
    return tuple(dict.fromkeys(remark for one in line.wordings for remark in one.lint))


def judged(wordings: tuple[ClaimResult, ...]) -> tuple[ClaimResult, ...]:
    """The wordings that were judged apart: the same words with another capital are the same."""
    return tuple({one.words.casefold(): one for one in reversed(wordings)}.values())[::-1]


def _line(wordings: tuple[ClaimResult, ...], words: Catalogue) -> Line:
    claim = wordings[0]
    named = " / ".join(one.words for one in judged(wordings))
    base = both(words, _count(claim.base, words), _count(claim.than_base, words))
    verdict = words.say(f"verdict.{claim.verdict}")
    return Line(
        claim.id, _capital(polish(named)), polish(_subject(claim)), _figure(claim, words), base, verdict, wordings
    )


def _subject(claim: ClaimResult) -> str:
    text = f"{claim.topic}: {claim.answers}" if claim.answers else claim.topic
    return f"{text} ({claim.about})" if claim.about else text


def _figure(claim: ClaimResult, words: Catalogue) -> str:
    if claim.places:
        return words.say("ledger.place", places="–".join(str(place) for place in _ends(claim.places)))
    if claim.percent is not None:
        return both(words, _percent(claim.percent, words), _percent(claim.than_percent, words))
    if claim.count is not None:
        return count(claim.count, words.language)
    return "" if claim.kind in _WITHOUT_QUESTION else ".."


def both(words: Catalogue, first: str | None, second: str | None) -> str:
    """A figure, or those of the two sides of a comparison; nothing where there is none."""
    if first is None or second is None:
        return first or ""
    return words.say("ledger.both", first=first, second=second)


def _count(number: int | None, words: Catalogue) -> str | None:
    return None if number is None else count(number, words.language)


def _percent(share: int | None, words: Catalogue) -> str | None:
    return None if share is None else percent(share, words.language)


def _ends(places: tuple[int, ...]) -> tuple[int, ...]:
    first, last = min(places), max(places)
    return (first,) if first == last else (first, last)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
