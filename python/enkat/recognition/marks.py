"""What survey tools write for a ticked option, and for one that is not ticked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

# (ticked, not ticked), in lower case.
_PAIRS = (
    ("1", "0"), ("y", "n"), ("yes", "no"), ("ja", "nej"), ("ja", "nei"), ("ja", "nein"), ("ja", "nee"),
    ("kyllä", "ei"), ("oui", "non"), ("sí", "no"), ("si", "no"), ("sim", "não"), ("true", "false"),
    ("checked", "unchecked"), ("ticked", "not ticked"), ("selected", "not selected"), ("quoted", "not quoted"),
    ("chosen", "not chosen"), ("mentioned", "not mentioned"), ("vald", "ej vald"), ("markerad", "ej markerad"),
    ("ausgewählt", "nicht ausgewählt"), ("genannt", "nicht genannt"), ("1", "2"),
)  # fmt: skip
# These pairs are never answers to a question of their own.
_ONLY_TICKS = {
    "checked", "ticked", "selected", "quoted", "chosen", "mentioned", "vald", "markerad", "ausgewählt", "genannt",
}  # fmt: skip
_ALONE = {ticked for ticked, _ in _PAIRS} | {"x", "✓", "✔", "☑", "+"}
NOT_REACHED = {"n/a"}
OTHER_WORDS = {
    "other", "others", "sonstiges", "sonstige", "andere", "anderes", "otro", "otra", "otros", "autre", "altro",
    "outro", "annat", "annan", "övrigt", "andet", "annet", "muu", "muut", "anders", "-oth-",
}  # fmt: skip


@dataclass(frozen=True)
class Marks:
    """The cells that tick and that do not tick, as they stand in the file; `missing` are no answers."""

    ticked: tuple[str, ...]
    not_ticked: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def only_ticks(self) -> bool:
        """True for words that are never the answer to a question of their own ("Checked", "Not selected")."""
        return {word.casefold() for word in self.ticked} <= _ONLY_TICKS

    @property
    def zero_one(self) -> bool:
        """True for 0 and 1, which tick and do not tick without a codebook that says so."""
        return set(self.ticked) <= {"1"} and set(self.not_ticked) <= {"0"}


def marks_in(values: Iterable[str], *, not_answered: Collection[str] = (), two_ticks: bool = False) -> Marks | None:
    """The marks that these cells are, all of them; None when they are anything else.

    `not_answered` are codes of the tool for no answer; where `two_ticks`, its 2 ticks and its 1 does not.
    """
    values = set(values)
    missing = {value for value in values if value.casefold() in NOT_REACHED or value in not_answered}
    words = {value.casefold() for value in values - missing}
    if not words:
        return None
    if two_ticks and words == {"1", "2"}:
        return _of(values - missing, {"2"}, missing)
    for ticked, not_ticked in _PAIRS:
        alone = words == {not_ticked} and (not_ticked in _ALONE or not_ticked == "2")  # of another pair, or any number
        if words <= {ticked, not_ticked} and not alone:
            return _of(values - missing, {ticked}, missing)
    return _of(values - missing, words, missing) if len(words) == 1 and words <= _ALONE else None


def _of(values: set[str], ticked: set[str], missing: set[str]) -> Marks:
    on = tuple(sorted(value for value in values if value.casefold() in ticked))
    off = tuple(sorted(values - set(on)))
    if not on:  # nobody ticked any: the mark as it would be written
        on = tuple(word.capitalize() if off[0][:1].isupper() else word for word in sorted(ticked))
    return Marks(on, off, tuple(sorted(missing)))


def is_other(item: str, label: str = "") -> bool:
    """True for the name of an option that takes in other words: "other", "Other (please specify)", "Annat:"."""
    return any(
        word in OTHER_WORDS
        for text in (item, label)
        for word in [re.split(r"[\s(,:;/]", text.strip().casefold(), maxsplit=1)[0]]
        if word
    )
