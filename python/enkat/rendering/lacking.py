"""Characters that no typeface at hand has: boxes in the pages, so that a report is made of any text."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from enkat.rendering.pdf_data import VERBATIM

BOX = "\N{WHITE SQUARE}"

# What Typst says of each text it has no glyphs for, in the quotation of Rust.
_SAID = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_UNUSUAL = re.compile("[^\x00-\u02af\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2000-\u205f\u20a0-\u20bf\u2100-\u25ff]")
_JOIN_OR_MARK = ("Cf", "Mn", "Me")  # parts of the character before them: they leave no box of their own


@dataclass(frozen=True)
class Lacking:
    """The texts that cannot be displayed, as far as they are known; what there is one glyph for is one text."""

    texts: frozenset[str] = frozenset()

    def with_those_of(self, diagnostic: str) -> Lacking:
        """These and the ones that an error of Typst names."""
        return Lacking(self.texts | {_ESCAPE.sub(_escaped, said) for said in _SAID.findall(diagnostic)})

    def with_unusual_ones_of(self, data: dict[str, Any]) -> Lacking:
        """These and all of the data but Latin, Greek and Cyrillic letters, for an error that names none."""
        return Lacking(self.texts | set(_UNUSUAL.findall(json.dumps(data, ensure_ascii=False))))

    def box(self, text: str) -> str:
        """What stands in the place of one of the texts."""
        return "" if all(unicodedata.category(one) in _JOIN_OR_MARK for one in text) else BOX

    def boxed(self, data: dict[str, Any]) -> dict[str, Any]:
        """The data of the pages with boxes in all text that is shown, in drawings too."""
        if not self.texts:
            return data
        longest_first = sorted(self.texts, key=lambda text: (-len(text), text))
        known = re.compile("|".join(map(re.escape, longest_first)))

        def shown(part: Any, key: str = "") -> Any:
            if isinstance(part, dict):
                return {name: shown(value, name) for name, value in part.items()}
            if isinstance(part, list):
                return [shown(value, key) for value in part]
            if not isinstance(part, str) or key in VERBATIM:
                return part
            return known.sub(lambda found: self.box(found[0]), part)

        boxed: dict[str, Any] = shown(data)
        return {**boxed, "boxes": True}


def _escaped(escape: re.Match[str]) -> str:
    code, character = escape.groups()
    return chr(int(code, 16)) if code else str(character)
