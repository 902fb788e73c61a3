"""The caption of an exhibit in its card: what the exhibit before it has already said is not said again."""

from __future__ import annotations

from enkat.language import catalogue
from enkat.rendering.model import Exhibit, QuestionSection
from enkat.rendering.typography import polish


def asks(section: QuestionSection, exhibit: Exhibit) -> bool:
    """Whether the exhibit shows its question, where the codebook has it: first of a card, or another than before."""
    before = _before(section, exhibit)
    if not exhibit.wording.text:
        return False
    return before is None or before.wording != exhibit.wording


def slots(section: QuestionSection, exhibit: Exhibit, language: str) -> tuple[tuple[str, str], ...]:
    """Base, answers, method, source, remarks with their names; only what differs after the first exhibit."""
    words, caption, before = catalogue(language), exhibit.caption, _before(section, exhibit)
    told = before.caption if before is not None and before.wording == exhibit.wording else None
    lines = [
        ("caption.base", f"{caption.base} {caption.asked}".strip() if told is None else caption.base, ""),
        ("caption.answers", caption.answers, told.answers if told else ""),
        ("caption.method", caption.method, told.method if told else ""),
        ("caption.source", caption.source, told.source if told else ""),
        ("caption.remark", " ".join(caption.remarks), ""),
    ]
    return tuple((words.say(key), polish(text)) for key, text, known in lines if text and text != known)


def _before(section: QuestionSection, exhibit: Exhibit) -> Exhibit | None:
    place = section.exhibits.index(exhibit)
    return section.exhibits[place - 1] if place else None
