"""What passes found in some parts of the rows, as it is sent: with the names of the parts, so that each counts once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from enkat.errors import DataError, EstimateError

_NAME = 16  # bytes of the name that a part gets whenever it is read


@dataclass(frozen=True)
class Seen:
    """What was found, a pass each, and which texts were met in another Unicode form."""

    found: tuple[bytes, ...]
    texts: bytes
    parts: bytes  # their names, one after the other

    @classmethod
    def now(cls, found: Sequence[bytes], texts: bytes) -> Seen:
        """What was found in a part that has just been read."""
        return cls(tuple(found), texts, secrets.token_bytes(_NAME))

    def to_bytes(self) -> bytes:
        """Bytes that `of` reads: the length of each list of bytes, then itself."""
        return b"".join(len(part).to_bytes(8, "little") + part for part in (self.parts, self.texts, *self.found))

    @classmethod
    def of(cls, sent: object, passes: int) -> Seen:
        """What was sent of so many passes; EstimateError `estimate.foreign_state` for anything else."""
        pieces, start = [], 0
        whole = bytes(sent) if isinstance(sent, (bytes, bytearray, memoryview)) else b""
        while start + 8 <= len(whole):
            first = start + 8
            start = first + int.from_bytes(whole[start:first], "little")
            pieces.append(whole[first:start])
        if start != len(whole) or len(pieces) != passes + 2 or not pieces[0] or len(pieces[0]) % _NAME:
            raise EstimateError(
                "estimate.foreign_state",
                "an engine gave back something else than `observe` and `merge` returned: give their bytes unchanged",
            )
        return cls(tuple(pieces[2:]), pieces[1], pieces[0])


def names_of(parts: Sequence[Seen]) -> bytes:
    """The names of all parts; DataError `data.part_twice` where one is there twice."""
    names = b"".join(part.parts for part in parts)
    each = [names[start : start + _NAME] for start in range(0, len(names), _NAME)]
    if len(set(each)) < len(each):
        raise DataError(
            "data.part_twice",
            "an engine gave a part of the data twice, so others may be missing: nothing is estimated from them; give"
            " what `observe` returned of every part once",
            {"parts": len(set(each)), "given": len(each)},
        )
    return names
