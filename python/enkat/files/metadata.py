"""What a statistics package's file says about its variables, whichever package wrote it."""

from __future__ import annotations

from dataclasses import dataclass, field

Code = int | float | str


@dataclass(frozen=True)
class MissingRange:
    """Codes the file's owner declared as not being answers, both ends included."""

    low: Code
    high: Code

    def contains(self, code: Code) -> bool:
        """True when the code lies in the range; text and numbers never mix."""
        if isinstance(code, str) or isinstance(self.low, str) or isinstance(self.high, str):
            return code == self.low
        return self.low <= code <= self.high


@dataclass(frozen=True)
class ResponseSet:
    """Variables that together are one question with several answers; `counted` marks a ticked box.

    With `named_by_values` a box is called what the label of its counted value says, not by the label of its variable.
    """

    name: str
    label: str
    variables: tuple[str, ...]
    counted: str | None = None
    named_by_values: bool = False


@dataclass(frozen=True)
class FileMetadata:
    """Labels, missing codes, measurement levels and multiple-response sets of a file's variables."""

    labels: dict[str, str] = field(default_factory=dict)
    value_labels: dict[str, dict[Code, str]] = field(default_factory=dict)
    missing: dict[str, list[MissingRange]] = field(default_factory=dict)
    measures: dict[str, str] = field(default_factory=dict)
    sets: list[ResponseSet] = field(default_factory=list)

    def is_missing(self, variable: str, code: Code) -> bool:
        """True when the file declares this code of the variable as not an answer."""
        return any(missing.contains(code) for missing in self.missing.get(variable, []))


def plain(code: Code) -> Code:
    """A code as people write it: 1.0 is 1."""
    return int(code) if isinstance(code, float) and code.is_integer() else code
