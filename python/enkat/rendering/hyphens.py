"""Where long words may be divided: soft hyphens for browsers, many of which have no Swedish dictionary."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen

SOFT_HYPHEN = "\N{SOFT HYPHEN}"

# Shorter words are never worth dividing: a line always has room for the next one.
_LONG = re.compile(r"[^\W\d_]{10,}")
_DICTIONARIES = {"sv": "sv", "en": "en_GB"}


def divisible(text: str, language: str) -> str:
    """Text whose long words may be divided between syllables, at least three letters from either end.

    >>> divisible("socialtjänsten ja", "sv").replace(SOFT_HYPHEN, "|")
    'soci|al|tjäns|ten ja'
    """
    dictionary = _dictionary(language)
    return _LONG.sub(lambda word: dictionary.inserted(word.group(), SOFT_HYPHEN), text)


@cache
def _dictionary(language: str) -> Pyphen:
    from pyphen import Pyphen

    return Pyphen(lang=_DICTIONARIES[language], left=3, right=3)
