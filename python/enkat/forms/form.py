"""What a form asks: its questions with their choices, and what an export calls their columns."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["single", "multiple", "number", "text", "open"]  # open: a number where its column holds numbers
Text = str | dict[str, str]  # plain, or one string per language

_BREAK = re.compile(r"</?(?:br|p|div|li|tr|td|h\d)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")


@dataclass(frozen=True)
class Choice:
    """One answer of a list: what stands in the data, and what the respondent saw."""

    code: str
    label: Text


@dataclass(frozen=True)
class FormQuestion:
    """One question; `columns` are the names that exports give it, `boxes` those of a choice, the likeliest first."""

    name: str
    kind: Kind
    label: Text
    columns: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    boxes: tuple[tuple[str, ...], ...] = ()  # as many as there are choices

    def names(self) -> Iterator[str]:
        """All names that a column of it may have."""
        yield from self.columns
        for boxes in self.boxes:
            yield from boxes


@dataclass(frozen=True)
class Form:
    """A form: what kind it is, its questions, and what was not clear in it."""

    title: str
    questions: tuple[FormQuestion, ...]
    notes: tuple[str, ...] = ()


def words(text: object) -> str:
    """A text of a form without its markup, on one line."""
    return " ".join(html.unescape(_TAG.sub("", _BREAK.sub(" ", str(text)))).split())


def plain(text: Text) -> str:
    """A text as one string: in the first language of several."""
    return text if isinstance(text, str) else next(iter(text.values()), "")
