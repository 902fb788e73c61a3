"""The author's sections with what the core has computed set into them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from enkat.rendering.model import (
    Fact,
    MethodSection,
    QuestionSection,
    QuoteSection,
    Recommendation,
    RecommendationSection,
    Section,
    SummaryItem,
    SummarySection,
    TextSection,
    VoiceSection,
)
from enkat.rendering.prose import Block, Bound, Bullets, Inlines, Item, NoteMark, Words, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enkat.rendering.build_claims import Checked
    from enkat.rendering.markdown import DraftSection
    from enkat.rendering.model import ClaimResult, Exhibit


@dataclass(frozen=True, slots=True)
class Computed:
    """Everything a section may need besides its text."""

    claims: Checked
    exhibits: Mapping[str, Exhibit]
    facts: tuple[Fact, ...]
    limitations: tuple[str, ...]


def section(draft: DraftSection, computed: Computed) -> Section:
    """The section as the model has it, by its type."""
    heading, blocks, attributes = draft.heading, draft.blocks, draft.attributes
    if draft.kind == "summary":
        cards = tuple(SummaryItem(item.parts, _bound(item.parts, computed.claims)) for item in _items(blocks))
        return SummarySection(heading, _without_lists(blocks), cards)
    if draft.kind == "question":
        shown = tuple(computed.exhibits[name] for name in attributes["indicator"].split())
        return QuestionSection(heading, blocks, shown)
    if draft.kind == "voices":
        return VoiceSection(heading, blocks, attributes["role"], attributes["source"])
    if draft.kind == "quotes":
        return QuoteSection(heading, blocks)
    if draft.kind == "recommendations":
        asks = tuple(
            Recommendation(item.parts, tuple(computed.claims.named(claim) for claim in item.claims))
            for item in _items(blocks)
        )
        return RecommendationSection(heading, _without_lists(blocks), asks)
    if draft.kind == "method":
        return MethodSection(heading, blocks, computed.facts, computed.limitations)
    return TextSection(heading, blocks)


def _items(blocks: tuple[Block, ...]) -> tuple[Item, ...]:
    return tuple(item for block in blocks if isinstance(block, Bullets) for item in block.items)


def _without_lists(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if not isinstance(block, Bullets))


def _bound(parts: Inlines, checked: Checked) -> tuple[ClaimResult, ...]:
    """The claims bound in a text, each with the very words it is bound by."""
    found: list[ClaimResult] = []
    for part in parts:
        if isinstance(part, Bound):
            found.append(checked.found[part.claim, plain(part.parts)])
        elif not isinstance(part, Words | NoteMark):
            found += _bound(part.parts, checked)
    return tuple(found)
