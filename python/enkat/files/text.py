"""A text file of a study: a codebook, or the words of a report."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from enkat.errors import DataError


def read_text(path: str | os.PathLike[str]) -> str:
    """The text of a UTF-8 file, without its byte order mark and in normal form C."""
    file = Path(path)
    where = {"file": file.name}
    try:
        return unicodedata.normalize("NFC", file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise DataError("data.file_not_found", f"there is no file '{file}'", where) from None
    except UnicodeDecodeError:
        raise DataError("data.encoding", f"'{file.name}' is not UTF-8; save it as UTF-8", where) from None
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise DataError("data.file_unreadable", f"'{file}' cannot be read: {reason}", where) from None
