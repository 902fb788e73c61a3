"""The formats that can be read, and which a file has: its first bytes decide, its name where they are silent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from enkat.errors import DataError


@dataclass(frozen=True)
class Format:
    """A kind of file: its usual names, how it begins, and what may be said about reading it."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    marks: tuple[bytes, ...] = ()  # a file that begins with one of these has this format, whatever its name
    marked: bool = False  # every file of the format does: one that does not is damaged, or another kind
    streamed: bool = False  # enkat.scan reads it in batches
    options: frozenset[str] = frozenset()
    packages: tuple[str, ...] = ("pyarrow",)  # what reads it


ARROW_STREAM = b"\xff\xff\xff\xff"  # how one that is written as a stream begins
_LINES = frozenset({"header", "skip"})
_ENCODED = frozenset({"encoding"})
_LABELLED = ("pyarrow", "pyreadstat")
FORMATS = (
    Format("csv", "CSV", (".csv", ".tsv", ".txt", ".tab"), options=_LINES | {"delimiter", "decimal", "encoding"}),
    Format("parquet", "Parquet", (".parquet", ".pq"), (b"PAR1",), marked=True, streamed=True),
    Format(
        "arrow",
        "Arrow (Feather)",
        (".arrow", ".feather", ".ipc"),
        (b"ARROW1", b"FEA1", ARROW_STREAM),
        marked=True,
        streamed=True,
    ),
    Format(
        "excel",
        "Excel",
        (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
        (b"\xd0\xcf\x11\xe0",),  # .xls; the others are zip archives
        marked=True,
        options=_LINES | {"decimal", "sheet"},
        packages=("pyarrow", "python_calamine"),
    ),
    Format("sav", "SPSS", (".sav", ".zsav"), (b"$FL2", b"$FL3"), True, options=_ENCODED, packages=_LABELLED),
    Format("por", "SPSS portable", (".por",), packages=_LABELLED),
    Format("dta", "Stata", (".dta",), (b"<stata_dta>",), options=_ENCODED, packages=_LABELLED),
    Format(
        "sas7bdat",
        "SAS",
        (".sas7bdat",),
        (b"\0" * 12 + b"\xc2\xea\x81\x60",),
        marked=True,
        options=_ENCODED,
        packages=_LABELLED,
    ),
    Format(
        "xpt",
        "SAS transport",
        (".xpt", ".xport"),
        (b"HEADER RECORD*******",),
        True,
        options=_ENCODED,
        packages=_LABELLED,
    ),
    Format("sss", "Triple-S", (".sss",), options=_ENCODED),
    Format("gzip", "gzip", (".gz",), (b"\x1f\x8b",), marked=True),
    Format("zip", "zip", (".zip",), (b"PK\x03\x04", b"PK\x05\x06"), marked=True),
)
PACKED = ("gzip", "zip")  # a file inside a file
SUFFIXES = {suffix: kind for kind in FORMATS for suffix in kind.suffixes}

_PORTABLE = b"SPSS PORT FILE"  # after as much as 200 bytes of the same in several character sets
# What a workbook has inside that other zip archives have not.
_WORKBOOK = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis", b"xl/", b"_rels/")


def format_of(path: Path) -> Format:
    """The format of a file; DataError for one that is unreadable or of no known kind."""
    first = _first_bytes(path)
    for kind in FORMATS:
        if first.startswith(kind.marks):
            return _of_archive(path, first) if kind.name == "zip" else kind
    if _PORTABLE in first[:512]:
        return SUFFIXES[".por"]
    named = SUFFIXES.get(path.suffix.lower())
    if named is not None and named.marked:
        raise DataError(
            "data.file_damaged",
            f"'{path.name}' is not a {path.suffix} file inside: it is damaged, or its name ends wrongly",
            {"file": path.name},
        )
    if named is not None:
        return named
    if b"\0" not in first or first[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return SUFFIXES[".csv"]
    raise DataError(
        "data.format_unknown",
        f"'{path.name}' is of a kind that cannot be read; use {', '.join(dict.fromkeys(k.title for k in FORMATS))}",
        {"file": path.name},
    )


def _of_archive(path: Path, first: bytes) -> Format:
    """Workbooks are zip archives, too; a damaged archive is what its name says."""
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as archive:
            inside = archive.namelist()
    except (BadZipFile, OSError, ValueError):
        named = SUFFIXES.get(path.suffix.lower())
        workbook = named.name == "excel" if named else any(mark in first for mark in _WORKBOOK)
        return SUFFIXES[".xlsx" if workbook else ".zip"]
    workbook = any(name in ("[Content_Types].xml", "xl/workbook.xml", "content.xml") for name in inside)
    return SUFFIXES[".xlsx" if workbook else ".zip"]


def _first_bytes(path: Path) -> bytes:
    where = {"file": path.name}
    try:
        with path.open("rb") as file:
            first = file.read(4096)
    except FileNotFoundError:
        near = _neighbour(path)
        raise DataError("data.file_not_found", f"there is no file '{path}'{near}", where) from None
    except IsADirectoryError:
        raise DataError("data.is_folder", f"'{path}' is a folder; give the file with the answers", where) from None
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise DataError("data.file_unreadable", f"'{path}' cannot be read: {reason}", where) from None
    if not first:
        raise DataError("data.file_empty", f"'{path.name}' is empty; check that the export was finished", where)
    return first


def _neighbour(path: Path) -> str:
    """A file beside the missing one whose name is nearly the same."""
    from enkat.errors import suggestion

    try:
        others = [other.name for other in path.parent.iterdir() if other.suffix.lower() in SUFFIXES]
    except OSError:
        return "; its folder does not exist either"
    near = suggestion(path.name, others)
    return near if "did you mean" in near else ""
