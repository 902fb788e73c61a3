"""The characters of a text file: UTF-8, UTF-16 with a byte order mark, or Windows-1252."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from enkat.errors import DataError, UsageError
from enkat.files.reading import Content, few
from enkat.texts import HALF

# What åäöÅÄÖéü and the typographic quotes of UTF-8 look like when read as Windows-1252.
UTF8_READ_AS_1252 = re.compile("Ã[¥¤¶…„–©¼]|â€[œ™“”]")


@dataclass(frozen=True)
class Decoded:
    """The text of a file and the encoding it had."""

    text: str
    encoding: str


def decode(data: bytes, encoding: str | None, content: Content) -> Decoded:
    """The text of these bytes, in the encoding given or else found; a mixture of encodings is an issue."""
    if encoding is not None:
        decoded = _decode_as(data, _known(encoding))
        if HALF.search(decoded.text):
            raise DataError(
                "data.encoding",
                f"read as {encoding}, the file has half of a character in it (a lone surrogate); give its encoding=",
                {"encoding": encoding},
            )
        return decoded
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_as(data, "utf-16")
    if b"\0" in data[:4096]:
        raise DataError(
            "data.format_unknown",
            "this is not a text file; save it as CSV (UTF-8), or give encoding= if it is UTF-16",
        )
    has_mark = data.startswith(codecs.BOM_UTF8)
    try:
        return Decoded(data.decode("utf-8-sig"), "utf-8-sig" if has_mark else "utf-8")
    except UnicodeDecodeError as error:
        if has_mark:
            raise _undecodable(data, "utf-8", error) from None
        if error.reason == "unexpected end of data":
            content.problem(
                "data.file_truncated",
                "the file ends in the middle of a character, so it was probably cut off; fetch it again",
            )
            return Decoded(data[: error.start].decode("utf-8"), "utf-8")
    decoded = _decode_as(data, "windows-1252")
    mixed = [number for number, line in enumerate(decoded.text.split("\n"), 1) if UTF8_READ_AS_1252.search(line)]
    if mixed:
        content.problem(
            "data.mixed_encoding",
            f"the file is Windows-1252 with UTF-8 in lines {few(mixed)}; save it again in one encoding",
            lines=mixed,
        )
    return decoded


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise UsageError.unknown(encoding, ["utf-8", "windows-1252", "utf-16", "latin-1"]) from None


def _decode_as(data: bytes, encoding: str) -> Decoded:
    # A byte order mark is never part of the first column's name.
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    try:
        return Decoded(data.decode(codec), {"cp1252": "windows-1252"}.get(encoding, encoding))
    except UnicodeDecodeError as error:
        raise _undecodable(data, encoding, error) from None


def _undecodable(data: bytes, encoding: str, error: UnicodeDecodeError) -> DataError:
    line = data.count(b"\n", 0, error.start) + 1
    return DataError(
        "data.encoding",
        f"line {line} has a byte that is not {encoding}; save the file as UTF-8, or give its encoding=",
        {"line": line, "encoding": encoding},
    )
