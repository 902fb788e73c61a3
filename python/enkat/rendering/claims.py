"""claims.json: every claim of the text with its outcome; while synthetic, the mark at the top and in each."""

from __future__ import annotations

import json
from typing import Any

from enkat.language import catalogue
from enkat.rendering import marks
from enkat.rendering.model import ClaimResult, Report


def render_claims(report: Report) -> str:
    """The claims as JSON, in the order of the text.

    >>> json.loads(render_claims(report))["claims"][0]["verdict"]
    'holds'
    """
    mark = marks.mark(report)
    head: dict[str, Any] = {"schema_version": 1, "study": report.name, "language": report.language}
    head["origin"] = "synthetic" if report.synthetic else "collected"
    if mark:
        head["mark"] = mark
    if report.synthetic:
        head["opening"] = catalogue(report.language).say("claims.opening", publisher=report.publisher)
    head |= {"title": marks.title(report), "source": report.source, "answers_sha256": report.answers_sha256}
    head["claims"] = [_claim(claim, report, mark) for claim in report.claims]
    return json.dumps(head, ensure_ascii=False, indent=2) + "\n"


def _claim(claim: ClaimResult, report: Report, mark: str) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": claim.id,
        "words": claim.words,
        "sentence": claim.sentence,
        "kind": claim.kind,
    }
    record |= {
        "scope": claim.scope,
        "verdict": claim.verdict,
        "label": marks.chip(claim, report),
        "says": claim.says,
    }
    record |= {"about": claim.about, "percent": claim.percent, "base": claim.base, "assumed": claim.assumed}
    if claim.than_percent is not None:
        record |= {"than_percent": claim.than_percent, "than_base": claim.than_base or claim.base}
    record["lint"] = list(claim.lint)
    if mark:
        record["mark"] = mark
    return record
