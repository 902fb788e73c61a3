"""Columns that tell who answered: names, addresses and numbers of people, by their heading or their cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from enkat.recognition.cells import texts_of

if TYPE_CHECKING:
    import pyarrow as pa

Kind: TypeAlias = Literal["name", "e-mail", "telephone", "personal number", "address", "IP address", "position", "id"]

# Whole headings, in Swedish and English; "Kommunens namn" is no person's.
_HEADINGS: tuple[tuple[Kind, str], ...] = (
    ("name", r"(ditt |your |full[ -]?|f[öo]r-? ?och ?efter|f[öo]r|efter|first[ _-]?|last[ _-]?|sur)?(namn|name)"
             r"|respondent'?s? name|vad heter du|what is your name|namn och .*|name and .*"),
    ("e-mail", r".*(e-?post|e-?mail|mejl|mailadress).*"),
    ("telephone", r".*(telefon|mobilnummer|mobilnr|tel\.?nr|phone|mobile number).*|mobil|tel\.?"),
    ("personal number", r".*(personnummer|pers\.?nr|samordningsnummer|f[öo]delsenummer|social security|ssn).*"),
    ("address", r"(din |your |hem|post|gatu|home |street |postal )*(adress|address)"),
    ("IP address", r"ip|ip[ _-]?(adress|address).*"),
    ("position", r".*(latitude?|longitude?|latitud|longitud|gps|koordinat|coordinates?).*"),
    ("id", r"id|.*[_ -]id|i?respid|respondent[ _-]?(id|nr|nummer|number)|case ?(id|nr)?|l[öo]pnr|l[öo]pnummer|uuid"
           r"|anst[äa]llningsnummer|anst\.?nr|medlemsnummer|medlemsnr|employee (id|number)"
           r"|member(ship)? number|record.*"),
)  # fmt: skip
# A heading says so only of cells that differ from row to row; "Mobil" of yes and no is a question.
_ALIKE: frozenset[Kind] = frozenset(("name", "position", "IP address"))
_CELLS: tuple[tuple[Kind, str], ...] = (
    ("e-mail", r"^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$"),
    # Twelve or ten digits with a day of birth (of samordningsnummer: plus 60), as Skatteverket writes them.
    ("personal number", r"^(18|19|20)?\d{2}(0[1-9]|1[0-2])([06][1-9]|[1278]\d|[39][01])[-+ ]?\d{4}$"),
    ("telephone", r"^(\+\d{1,3}|00\d{1,3}|0)[ \d()-]{6,15}\d$"),
    ("IP address", r"^\d{1,3}(\.\d{1,3}){3}$|^[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){3,7}$"),
    ("id", r"^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$"),
    ("position", r"^-?\d{1,2}\.\d{3,}[,; ]+-?\d{1,3}\.\d{3,}.*$"),
)  # fmt: skip
_PERSON = r"^\p{Lu}[\p{L}'’-]+( \p{Lu}[\p{L}'’.-]*){1,3}$"
_MOST = 0.5  # of the cells, for a kind of cell to be what the column holds
_DISTINCT = 0.9  # of the cells, for names of people rather than of places; and for numbers that tell people apart
_FEWEST = 5  # cells, for their looks to say anything


@dataclass(frozen=True, slots=True)
class Identity:
    """A column that tells who answered, what of them it tells, and what shows it."""

    column: str
    kind: Kind
    by: Literal["heading", "cells"]


def identities(table: pa.Table) -> list[Identity]:
    """The columns of a table that tell who answered, in their order; what is doubtful is listed, to be confirmed."""
    found = (_identity(str(name), table.column(name)) for name in table.column_names)
    return [one for one in found if one is not None]


def _identity(name: str, column: pa.ChunkedArray) -> Identity | None:
    if column.null_count == len(column):
        return None
    heading = " ".join(name.replace("_", " ").split()).rstrip(" :?.")
    for kind, pattern in _HEADINGS:
        if re.fullmatch(pattern, heading, re.IGNORECASE) and (kind in _ALIKE or _tells_apart(column)):
            return Identity(name, kind, "heading")
    cells = _kind_of_cells(column)
    return None if cells is None else Identity(name, cells, "cells")


def _tells_apart(column: pa.ChunkedArray) -> bool:
    import pyarrow.compute as pc

    values = column.drop_null()
    return bool(pc.count_distinct(values).as_py() >= _DISTINCT * len(values))


def _kind_of_cells(column: pa.ChunkedArray) -> Kind | None:
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = texts_of(column)
    if texts is None and pa.types.is_integer(column.type):
        texts = column.cast(pa.string())
    if texts is None:
        return None
    cells = pc.utf8_trim_whitespace(texts.drop_null())
    cells = cells.filter(pc.greater(pc.utf8_length(cells), 0))
    if len(cells) < _FEWEST:
        return None

    def share(pattern: str) -> float:
        matches: float = pc.mean(pc.match_substring_regex(cells, pattern).cast(pa.int8())).as_py()
        return matches

    for kind, pattern in _CELLS:
        if share(pattern) > _MOST and (kind != "personal number" or _tells_apart(cells)):
            return kind
    return "name" if _tells_apart(cells) and share(_PERSON) > _MOST else None
