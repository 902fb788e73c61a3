"""Answers in words that have an order: "Disagree" comes before "Agree" in every table, whatever the alphabet says.

scales.txt has a scale a line, from one end to the other; words of the same step are separated by commas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from enkat.files.reasons import means_no_answer

LEAST_STEPS = 2


def in_order(answers: Iterable[str]) -> list[str] | None:
    """The answers in the order of their scale, those that say there is none last; None where no scale has them all."""
    answers = list(answers)
    steps = [answer for answer in answers if not means_no_answer(answer)]
    rest = sorted(answer for answer in answers if means_no_answer(answer))
    for scale in _scales() if len(steps) >= LEAST_STEPS else ():
        places = {answer: scale[_plain(answer)] for answer in steps if _plain(answer) in scale}
        if len(places) == len(steps) == len(set(places.values())):
            return sorted(steps, key=places.__getitem__) + rest
    return None


@cache
def _scales() -> tuple[dict[str, int], ...]:
    lines = Path(__file__).with_name("scales.txt").read_text(encoding="utf-8").splitlines()
    return tuple(
        {_plain(word): step for step, words in enumerate(line.split("|")) for word in words.split(",")}
        for line in lines
        if line.strip()
    )


def _plain(words: str) -> str:
    """Without case, a number in front ("1 - Never") and a full stop."""
    return re.sub(r"^\W*(\d+\W+)?|[\s.!]+$", "", words.strip().casefold())
