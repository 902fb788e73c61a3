"""The proof that an audit gives: every protected number with what an attacker can work out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from enkat.disclosure.audit import Finding, findings
from enkat.disclosure.kept import AUDIT, read_audit
from enkat.disclosure.publication import Publication
from enkat.disclosure.tables import read_tables

if TYPE_CHECKING:
    from enkat.study import Study

_LISTED = 12
_REASONS = {
    "small_base": "fewer than {min_base} answered",
    "sensitive_count": "on a sensitive question {sensitive_low} or fewer",
    "whole_group": "on a sensitive question nobody, so that it holds for the whole group",
    "hidden_answer": "how those answered whose figures are withheld",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """What was audited, and what an attacker is left with."""

    publication: Publication
    findings: Sequence[Finding]

    @property
    def exposed(self) -> list[Finding]:
        """The numbers that are protected and can be worked out."""
        return [finding for finding in self.findings if finding.reason is not None]

    @property
    def tightest(self) -> list[Finding]:
        """The numbers that could be small for all that an attacker knows, those first of which most is known."""
        policy = self.publication.policy

        def may_be_small(finding: Finding) -> bool:
            least = policy.min_base if finding.quantity.kind == "base" else policy.sensitive_low + 1
            return finding.known.low < least and finding.known.high > 0

        near = [finding for finding in self.findings if finding.reason is None and may_be_small(finding)]
        return sorted(near, key=lambda one: (one.known.high - one.known.low, one.quantity.words))

    @property
    def lines(self) -> list[str]:
        """The proof as text for a terminal."""
        figures = sum(not figure.withheld for figure in self.publication.figures)
        lines = [f"{figures:,} figures are published; {len(self.findings):,} numbers of respondents are protected."]
        for finding in self.exposed:
            why = _REASONS[str(finding.reason)].format(
                min_base=self.publication.policy.min_base, sensitive_low=self.publication.policy.sensitive_low
            )
            lines.append(f"✗ {finding.quantity.words}: {finding.known} ({why})")
        if not self.exposed:
            lines.append("None of them can be worked out.")
        if self.tightest:
            lines.append("Those that could be small, and what an attacker can work out at most:")
            lines += [f"  {finding.known}  {finding.quantity.words}" for finding in self.tightest[:_LISTED]]
            rest = len(self.tightest) - _LISTED
            lines += [f"  and {rest:,} more, of which less is known"] if rest > 0 else []
        else:
            lines.append("No number among them could be small for all that an attacker knows.")
        return lines


def proof_of_study(study: Study, language: str | None = None) -> Proof:
    """The proof of what a study would publish beside all that it has released."""
    return prove(study._released(language or study.language).publication)


def proof_of_published(folder: Path) -> Proof:
    """The proof of what a report tells, from its published files alone: audit.json, else tables as CSV files."""
    return prove(read_audit(folder) if (folder / AUDIT).exists() else read_tables(folder))


def prove(publication: Publication) -> Proof:
    """The proof of a publication."""
    return Proof(publication, list(findings(publication)))
