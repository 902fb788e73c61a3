"""Why a code is not an answer, from the words of its label in Swedish or English."""

from __future__ import annotations

_WORDS = {
    "not_asked": (
        "ej tillfråg", "inte tillfråg", "ställdes inte", "ej aktuell", "inte aktuell", "ej tillämp",
        "inte tillämp", "not asked", "not applic", "does not apply", "inapplicable", "not administered",
        "filter", "skip pattern",
    ),
    "refused": (
        "vill ej", "vill inte", "vägra", "avstår", "avböj",
        "refus", "prefer not", "rather not", "not want to",
    ),
    "dont_know": (
        "vet ej", "vet inte", "osäker", "ingen uppfattning", "ingen åsikt", "kan inte", "kan ej",
        "don't know", "don’t know", "dont know", "do not know", "not sure", "unsure", "no opinion",
        "can't say",
    ),
}  # fmt: skip


def reason_of(label: str) -> str:
    """The missing reason a label names; `skipped` when it names none of the others."""
    words = label.lower()
    return next((reason for reason, signs in _WORDS.items() if any(sign in words for sign in signs)), "skipped")
