"""How survey tools name the columns that together are one question: `Q1[SQ001]`, `Q1/a`, `q1___1`, `Q1_1` …"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Form = Literal["heading", "choice", "bracket", "underscore", "triple", "slash", "colon", "dash", "number", "prefix"]


@dataclass(frozen=True)
class Place:
    """Where a column belongs by its name: the question, and the option or item of it that the column holds."""

    form: Form
    question: str
    item: str
    label: str = ""  # of the question, where the name carries its wording
    item_label: str = ""
    words: bool = False  # the column holds the words that go with an option, not the option


LONGEST_NAME = 1000  # of a column whose name says where it belongs; a longer one is an answer, or a text

# TYPresQL[QLraw]. Results that are … [Raw data]
_CODED = re.compile(
    r"^(?P<code>[A-Za-z]\w*)\[(?P<item>[^\[\]]+)\](?:\[(?P<scale>[^\[\]]+)\])?(?:\. (?P<text>.*))?$", re.S
)
# Q1_SQ001, as LimeSurvey names columns for statistics packages
_UNDERSCORED = re.compile(r"^(?P<code>[A-Za-z]\w*?)_(?P<item>SQ\d+|other)$")
_BRACKETS = re.compile(r"^(?P<text>.*\S)\s*\[(?P<item>[^\[\]]+)\](?:\[(?P<scale>[^\[\]]+)\])?$", re.S)
_CHOICE = re.compile(r"^(?P<text>.*\S)\s+\(choice=(?P<item>.+)\)$", re.S)
_TRIPLE = re.compile(r"^(?P<code>\w+?)___(?P<item>\w+)$")
_SLASH = re.compile(r"^(?P<text>.*\S)/(?P<item>[^/]+)$", re.S)
_COLON = re.compile(r"^(?P<text>[^:]*\S)\s*:\s+(?P<item>\S.*)$", re.S)
_DASH = re.compile(r"^(?P<text>.*\S)\s+[-–]\s+(?P<item>\S.*)$", re.S)
SELECTED = " - Selected Choice"
_PREFIX = re.compile(r"^(?P<code>[^\W_][^_.]*)[_.](?P<item>\S+)$")


def _bracket(name: str) -> Place | None:
    if match := _CODED.match(name):
        text, scale = match["text"] or "", match["scale"]
        inner = _BRACKETS.match(text)
        label = inner["text"] if inner else text
        item = match["item"] if scale is None else f"{match['item']}][{scale}"
        return Place("bracket", match["code"], item, label, inner["item"] if inner else "")
    if match := _BRACKETS.match(name):
        item = match["item"] if match["scale"] is None else f"{match['item']}][{match['scale']}"
        return Place("bracket", match["text"].strip(), item)
    return None


def _underscored(name: str) -> Place | None:
    match = _UNDERSCORED.match(name)
    return Place("underscore", match["code"], match["item"]) if match else None


def _dash(name: str) -> Place | None:
    match = _DASH.match(name)
    if match is None:
        return None
    question, item = match["text"], match["item"].strip()
    if item == "Text" and (of := _DASH.match(question)):  # words beside an option, in headings of Qualtrics
        return Place("dash", of["text"].removesuffix(SELECTED), of["item"].strip(), words=True)
    return Place("dash", question.removesuffix(SELECTED), item)


def _pattern(form: Form, pattern: re.Pattern[str], group: str) -> Callable[[str], Place | None]:
    def place(name: str) -> Place | None:
        match = pattern.match(name)
        return Place(form, match[group].strip(), match["item"].strip()) if match else None

    return place


def _number(name: str) -> Place | None:
    numbered = name.removesuffix("_TEXT")
    digits = 0
    while digits < len(numbered) and numbered[-1 - digits].isdecimal():
        digits += 1
    stem = numbered[: len(numbered) - digits].rstrip(" _.-")
    if not digits or not stem.strip(" _.-"):
        return None
    return Place("number", stem, numbered[-digits:], words=numbered != name)


# In this order: the first that finds a group of columns is theirs.
PLACES: dict[Form, Callable[[str], Place | None]] = {
    "choice": _pattern("choice", _CHOICE, "text"),
    "bracket": _bracket,
    "underscore": _underscored,
    "triple": _pattern("triple", _TRIPLE, "code"),
    "slash": _pattern("slash", _SLASH, "text"),
    "number": _number,
    "colon": _pattern("colon", _COLON, "text"),
    "dash": _dash,
    "prefix": _pattern("prefix", _PREFIX, "code"),
}
