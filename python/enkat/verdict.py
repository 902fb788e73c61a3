"""What the answers say about a claim."""

from __future__ import annotations

import html
from typing import Any

from enkat import _core


class Verdict(_core.Verdict):
    """What the answers say about the words of a claim.

    Attributes:
        text: The words.
        interval: The shares that the words cover, lowest and highest; None for ranks.
        estimate, ci_low, ci_high, n: The share, its interval had the respondents been drawn at random, and its base. Of
            words that compare: the ratio or difference of two shares, its interval, and the base of the first.
        measure, percent, than_percent, than_n: Of words that compare: "ratio" or "difference", both shares in whole per
            cent, and the base of the second. Else `percent` alone: the share.
        respondents: The verdict about those who answered, by exact arithmetic.
        population: The verdict about the population, had the respondents been drawn at random.
        r_star, r_star_high: How many times likelier those who agree may have answered, compared with those who do not,
            before the words fail on the low and on the high side; None for ranks.
        unweighted, than_unweighted: Of weighted shares: those of the people who answered, in whole per cent.
        count, than_count: How many gave the answers.
        rank, rank_low, rank_high, winner_p: Of ranks: places, the best and the worst in the joint confidence set, and
            the p-value of the first against the second.
        respondents_finding, population_finding: The verdicts as words for programs, such as "holds" and "supported".
        id: The claim.
        says: A sentence.
        fails: Whether the words are contradicted in the claim's own scope.
        scope, kind, lint, would_be_true: What the claim is about, what kind of claim it is, remarks on the words, and
            words that would be true.
    """

    __slots__ = ()

    @property
    def lint(self) -> tuple[str, ...]:  # type: ignore[override]
        """Remarks on the words."""
        return tuple(super().lint)

    def asdict(self) -> dict[str, Any]:
        """The fields by name, as a frame of several verdicts takes them: pandas.DataFrame([v.asdict() for v in …])."""
        return super().asdict() | {"interval": self.interval, "lint": self.lint}

    def __str__(self) -> str:
        return self.says

    def __repr__(self) -> str:
        return f"Verdict: {self.says}"

    def _repr_html_(self) -> str:
        colour = "#a33327" if self.fails else "#2c6b47"
        verdict = html.escape(" · ".join(filter(None, (self.respondents, self.population))))
        return (
            f"<p><strong>{html.escape(self.text)}</strong> <span style='color:{colour}'>{verdict}</span></p>"
            f"<p>{html.escape(self.says)}</p>"
        )
