"""Texts in one Unicode form: what reads the same is the same text, however it was typed."""

from __future__ import annotations

import json
import re
import unicodedata
from contextlib import suppress

from enkat.errors import EnkatError, UsageError

HALF = re.compile("[\ud800-\udfff]")  # of a character: it stands for nothing on its own, and no file can hold it
# Characters that would break a line of a table, move what follows it, do something to a terminal, or end a drawing.
UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def one_form(text: str) -> str:
    """The text in Unicode normal form C, as all answers are.

    Raises UsageError `usage.text` for half of a character (a lone surrogate).
    """
    if text.isascii():
        return str(text)
    if HALF.search(text):
        raise UsageError(
            "usage.text",
            "a text of this call has half of a character in it (a lone surrogate), as bytes read in a wrong encoding"
            " leave it: write it anew",
        )
    return unicodedata.normalize("NFC", text)


def json_in_one_form(text: str, half: EnkatError) -> str:
    """The text of a JSON file with all its texts in normal form C, also those written with escapes (\\u0301).

    Raises `half` where one of them is half of a character.
    """
    plain = text
    if "\\u" in text:
        with suppress(ValueError, RecursionError):  # whoever reads it says what is wrong with it, and where
            plain = json.dumps(json.loads(text), ensure_ascii=False)
    if HALF.search(plain):
        raise half
    return unicodedata.normalize("NFC", text if unicodedata.is_normalized("NFC", plain) else plain)


def on_one_line(text: str) -> str:
    """The text as a table shows it: a line break in an answer is \\n, and so is whatever else cannot be seen."""
    return UNSHOWN.sub(lambda unshown: unshown[0].encode("unicode_escape").decode(), text)
