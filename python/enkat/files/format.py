"""Which format a file has: its first bytes decide, its suffix only where the bytes are silent."""

from __future__ import annotations

from pathlib import Path

from enkat.errors import DataError

SUFFIXES = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".tab": "csv",
    ".parquet": "parquet", ".pq": "parquet",
    ".xlsx": "excel", ".xlsm": "excel", ".xlsb": "excel", ".xls": "excel", ".ods": "excel",
    ".sav": "sav", ".zsav": "sav", ".por": "por", ".dta": "dta", ".sas7bdat": "sas7bdat",
}  # fmt: skip

_FIRST_BYTES = {
    b"PAR1": "parquet",
    b"PK\x03\x04": "excel",
    b"\xd0\xcf\x11\xe0": "excel",
    b"$FL2": "sav",
    b"$FL3": "sav",
    b"<stata_dta>": "dta",
    b"\0" * 12 + b"\xc2\xea\x81\x60": "sas7bdat",
}
# Formats whose files always begin with the bytes above: a file that does not is damaged or of another kind.
_MARKED = {"parquet", "excel", "sav", "sas7bdat"}


def format_of(path: Path) -> str:
    """csv, parquet, excel, sav, por, dta or sas7bdat; an unreadable or unknown file is a DataError."""
    first = _first_bytes(path)
    for mark, kind in _FIRST_BYTES.items():
        if first.startswith(mark):
            return kind
    named = SUFFIXES.get(path.suffix.lower())
    if named in _MARKED:
        raise DataError(
            "data.file_damaged",
            f"'{path.name}' is not a {path.suffix} file inside: it is damaged, or its name ends wrongly",
            {"file": path.name},
        )
    if named is not None:
        return named
    if b"\0" not in first or first[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "csv"
    raise DataError(
        "data.format_unknown",
        f"'{path.name}' is of a kind that cannot be read; use CSV, Parquet, Excel, SPSS, Stata or SAS",
        {"file": path.name},
    )


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
