"""Missing values with a letter: .a to .z of Stata, .A to .Z of SAS, each with a reason of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from enkat.files.reading import Content


def without_letters(
    columns: dict[str, list[Any]],
    letters: Mapping[str, Sequence[str]],
    labels: Mapping[str, Mapping[Any, str]],
    content: Content,
) -> dict[str, list[Any]]:
    """The columns with these values missing; a note for each column says how many have which letter, by its label."""
    import numpy as np

    plain = dict(columns)
    for name, used in letters.items():
        cells = np.array(columns[name], dtype=object)
        counts = []
        for letter in used:
            have = cells == letter
            cells[have] = None
            label = labels.get(name, {}).get(letter, "")
            counts.append(f".{letter}{f' ({label})' if label else ''} {int(have.sum())}")
        plain[name] = cells.tolist()
        content.notes.append(f"{name!r} has missing values with a reason: {', '.join(counts)}")
    return plain
