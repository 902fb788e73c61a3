"""The fixed sentences of a report."""

from __future__ import annotations

import re
import string

import pytest

from enkat.errors import UsageError
from enkat.language import LANGUAGES, catalogue


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_language_has_the_same_sentences_with_the_same_placeholders() -> None:
    swedish, english = (catalogue(language) for language in LANGUAGES)
    assert swedish.names == english.names
    for key in swedish.names:
        assert _placeholders(swedish.template(key)) == _placeholders(english.template(key)), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_claims_a_precision_the_survey_does_not_have(language: str) -> None:
    words = catalogue(language)
    forbidden = re.compile(r"felmarginal|representativ|margin of error|representative", re.IGNORECASE)
    assert [key for key in words.names if forbidden.search(words.template(key))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_whole_and_short(language: str) -> None:
    words = catalogue(language)
    sentences = [one for key in words.names for one in re.split(r"(?<=[.:;]) ", words.template(key))]
    assert len(sentences) > len(words.names)
    assert [one for one in sentences if re.match(r"(Att|That)\b", one)] == []
    assert [one for one in sentences if len(one.split()) > 25] == []


def test_a_language_without_a_catalogue_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(UsageError, match="sv, en"):
        catalogue("fi")
