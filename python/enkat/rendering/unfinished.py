"""What `enkat new` left for the author to do: a report with it is a draft, and nobody's word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from enkat.errors import Issue
from enkat.files.new_words import WORDS
from enkat.files.text import read_text

_WAY_OUT = "until then --draft (draft=True) makes a report that says on every page that it is a draft"


def unfinished(folder: Path, about: Mapping[str, Any]) -> list[Issue]:
    """Every text that is still to be filled in, and every question that was guessed and that nobody has confirmed."""
    left = [*_texts_to_fill_in(folder, about), *_unconfirmed(about)]
    return [*left, _issue(_WAY_OUT)] if left else []


def _texts_to_fill_in(folder: Path, about: Mapping[str, Any]) -> Iterator[Issue]:
    placeholders = [text for words in WORDS.values() for text in words.placeholders]
    for file in sorted(folder.glob("report*.md")):
        for number, line in enumerate(read_text(file).splitlines(), start=1):
            for text in placeholders:
                if text in line:
                    yield _issue(f"{file.name}, line {number}: “{text}” is still to be filled in")
                    break
    for key, value in about.items():
        for text in _strings(value):
            if any(text.startswith(placeholder) for placeholder in placeholders):
                yield _issue(f"study.json: {key}: “{text}” is still to be filled in")


def _unconfirmed(about: Mapping[str, Any]) -> Iterator[Issue]:
    for question in about.get("unconfirmed", ()):
        yield _issue(
            f"study.json: unconfirmed: question {question!r} was guessed from its column; compare codebook.json "
            "with the questionnaire, and take its name out of the list"
        )


def _issue(message: str) -> Issue:
    return Issue("report.draft", message, {})


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
