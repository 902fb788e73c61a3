"""What is said of frames and scanned data, in whose columns nothing is recognised."""

from __future__ import annotations

from collections.abc import Sequence

from enkat.files.reading import few
from enkat.recognition.names import PLACES, Form
from enkat.recognition.platforms import GOOGLE, platform_of

# Names that columns have for hardly any other reason. Numbers at the end are such a name after another number: Q1_1.
_OF_BOXES: tuple[Form, ...] = ("choice", "bracket", "underscore", "triple", "slash", "colon", "number")


def nothing_recognised(columns: Sequence[str]) -> list[str]:
    """A note where the names of columns are those of boxes, or of a tool's export, though none is read as such."""
    boxes = _boxes(columns)
    tool = platform_of(columns)
    if not boxes and (tool is None or tool is GOOGLE):
        return []
    signs = []
    if boxes:
        signs.append(f"columns such as {few([repr(name) for name in boxes[:3]])} may be the boxes of one question")
    if tool is not None:
        signs.append(f"its columns look like an export of {tool.name}")
    return [
        f"{'; '.join(signs)}: in frames and scanned data nothing is recognised, and columns are read as they are; "
        "codebook=enkat.read(file).codebook takes what is recognised in a file with such rows"
    ]


def _boxes(columns: Sequence[str]) -> list[str]:
    """The columns of the first question with two boxes or more, by their names."""
    for form in _OF_BOXES:
        members: dict[str, list[str]] = {}
        for name in columns:
            place = PLACES[form](name)
            if place is not None and (form != "number" or any(letter.isdigit() for letter in place.question)):
                members.setdefault(place.question, []).append(name)
        for together in members.values():
            if len(together) > 1:
                return together
    return []
