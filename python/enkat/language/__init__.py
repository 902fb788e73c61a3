"""The fixed sentences of a report, one file per language."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from enkat.errors import UsageError

LANGUAGES = ("sv", "en")


class Catalogue:
    """The fixed sentences in one language; `say("key", name=value)` fills in the placeholders.

    >>> catalogue("sv").say("chart.base", n="1 473")
    'bas 1 473'
    """

    def __init__(self, language: str, sentences: dict[str, str]) -> None:
        self.language = language
        self._sentences = sentences

    def say(self, key: str, **values: object) -> str:
        """The sentence named `key` with its placeholders filled in."""
        return self._sentences[key].format(**values)

    @property
    def names(self) -> frozenset[str]:
        """The names of all sentences."""
        return frozenset(self._sentences)

    def template(self, key: str) -> str:
        """The sentence named `key` with its placeholders as written."""
        return self._sentences[key]


@cache
def catalogue(language: str) -> Catalogue:
    """The sentences of a language: "sv" or "en"."""
    if language not in LANGUAGES:
        raise UsageError(
            "report.unknown_language",
            f"There is no report language '{language}'; choose one of {', '.join(LANGUAGES)}.",
            {"language": language, "languages": list(LANGUAGES)},
        )
    text = files(__package__).joinpath(f"{language}.json").read_text(encoding="utf-8")
    return Catalogue(language, json.loads(text))
