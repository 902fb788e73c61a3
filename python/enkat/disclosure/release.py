"""A study's tables and claims as they may leave: audited together, without what would give somebody away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from enkat.disclosure.audit import Protection, protect
from enkat.disclosure.coarser import nearest
from enkat.disclosure.figure import Figure, Place
from enkat.disclosure.links import links_of
from enkat.disclosure.of_study import StudyFigures, columns_of, complete_columns
from enkat.disclosure.publication import Publication, covers
from enkat.disclosure.quantity import Policy
from enkat.errors import Issue
from enkat.language import catalogue

if TYPE_CHECKING:
    from enkat.rendering.build_claims import Checked
    from enkat.rendering.codebook_texts import Questions
    from enkat.study_folder import Indicator, StudyFolder

_NUMBERS = ("percent", "low", "high", "value", "rank", "rank_low", "rank_high")


@dataclass(frozen=True, slots=True)
class About:
    """What is printed where a row as it is would tell too much: its base, or its per cent, to the nearest unit."""

    percent: int | None = None
    percent_unit: int = 1
    base: int | None = None
    base_unit: int = 1


@dataclass(frozen=True, slots=True)
class Release:
    """What is printed: `indicators` and `checked` after the audit, and `publication`, what it tells an attacker."""

    indicators: Sequence[Indicator]
    checked: Checked
    publication: Publication
    protection: Protection


def release(
    study: StudyFolder,
    indicators: Sequence[Indicator],
    checked: Checked,
    questions: Questions,
    before: Iterable[Figure],
    language: str,
) -> Release:
    """Audits tables and claims together with what was released before, and withholds what must be."""
    makes = StudyFigures(study, questions)
    figures = [makes.respondents(), *before]
    for indicator in indicators:
        figures += makes.of_table(indicator)
    for (claim, _), outcome in checked.outcomes.items():
        figures += makes.of_claim(study.claims[claim], outcome)
    policy = Policy()
    few = figures[0].low < policy.small_study
    columns = columns_of(study.survey.codebook, few)
    columns |= complete_columns(study.survey, figures, columns)
    links = links_of(study.survey, (figure.sum for figure in figures), columns)
    publication = Publication(tuple(dict.fromkeys(figures)), columns, policy, links)
    protection = protect(publication)
    withheld = protection.withheld
    checked.withhold(
        {place.name for place in withheld if place.kind == "claim"}, catalogue(language).say("claims.withheld")
    )
    checked.problems += [_refused(claim) for claim in protection.refused]
    shown = [replace(one, published=[_shown(one.name, row, protection) for row in one.published]) for one in indicators]
    return Release(shown, checked, publication.without(withheld, protection.instead), protection)


def _shown(name: str, row: Mapping[str, Any], protection: Protection) -> Mapping[str, Any]:
    """A row of a published table without what is withheld; `about` is what is printed coarsely instead."""
    whole = Place("row", name, tuple(row["by"]))
    cell = Place("cell", name, whole.group, str(row["answer"]))
    if not covers(protection.withheld, cell):
        return row
    hidden = {**row, **dict.fromkeys(_NUMBERS), "withheld": row["withheld"] or "disclosure.complement"}
    rounded, coarse = protection.coarse.get(whole), protection.coarse.get(cell)
    if coarse is not None:
        return {**hidden, "about": About(percent=nearest(row["percent"], coarse.unit), percent_unit=coarse.unit)}
    if whole not in protection.withheld:
        return hidden
    if rounded is not None:
        percent = None if cell in protection.withheld else row["percent"]
        hidden["about"] = About(percent, base=nearest(row["base"], rounded.unit), base_unit=rounded.unit)
    return {**hidden, "base": None}


def _refused(claim: str) -> Issue:
    return Issue(
        "report.claim_withheld",
        f"claim {claim!r}: its words, beside what else is published, tell how few people answered or what they "
        "answered, and no other figure can be left out instead; take it out, or say it of a larger group",
        {"claim": claim},
    )
