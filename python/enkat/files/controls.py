"""Control characters in the labels that a file brings: no page can show them, so they are left out, and counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from enkat.files.heading import Heading

# All but line breaks and tabs; the codebook reader refuses the same ones.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_WORDS = ("label", "text", "unit")


@dataclass
class Controls:
    """Takes control characters out of labels; `labels` counts those that had any."""

    labels: int = 0

    def without(self, text: str) -> str:
        """The text without control characters."""
        plain = _CONTROL.sub("", text)
        self.labels += plain != text
        return plain

    def of_headings(self, headings: Iterable[Heading]) -> tuple[Heading, ...]:
        """The headings; the names of their columns are data, and stay as they are."""
        return tuple(
            replace(one, question=self.without(one.question), option=self.without(one.option)) for one in headings
        )

    def of_codebook(self, part: Any) -> Any:
        """The codebook, or a part of it."""
        if isinstance(part, list):
            return [self.of_codebook(item) for item in part]
        if not isinstance(part, dict):
            return part
        return {
            key: self.without(value) if key in _WORDS and isinstance(value, str) else self.of_codebook(value)
            for key, value in part.items()
        }

    def notes(self) -> list[str]:
        """A sentence that counts them; nothing where there were none."""
        if not self.labels:
            return []
        return [f"characters that cannot be shown were left out of {self.labels} label{'s' if self.labels > 1 else ''}"]
