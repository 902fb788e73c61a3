"""What the text cells of a column are: numbers, dates, true and false, or text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from enkat.files.blanks import as_read

if TYPE_CHECKING:
    import pyarrow as pa

# Cells of a column of numbers that say "no number here". In a column of text they are text.
NOT_A_NUMBER = ("", "NA", "NaN", "nan")

_INTEGER = r"^-?(0|[1-9]\d{0,17})$"
_LEADING_ZERO = r"^-?\d+$"
_POINT = r"^[+-]?((0|[1-9]\d*)?\.\d+|(0|[1-9]\d*)\.?)([eE][+-]?\d+)?$|^[+-]?[Ii]nf$"
_COMMA = r"^[+-]?((0|[1-9]\d*)?,\d+|(0|[1-9]\d*),?)([eE][+-]?\d+)?$|^[+-]?[Ii]nf$"
_THOUSANDS = (
    r"^[+-]?\d{1,3}([ \x{a0}\x{202f}'’]\d{3})+([.,]\d+)?$"
    r"|^[+-]?\d{1,3}(,\d{3})+\.\d+$|^[+-]?\d{1,3}(\.\d{3})+,\d+$"
    r"|^[+-]?\d{1,3}(,\d{3}){2,}$|^[+-]?\d{1,3}(\.\d{3}){2,}$"
)
_ONE_GROUP = r"^[+-]?[1-9]\d{0,2}[.,]\d{3}$"
# What stands between thousands, for a pattern and for its removal.
GROUPS = {"blank": r"[ \x{a0}\x{2009}\x{202f}'’]", ".": r"\.", ",": ","}
# Lists of codes: one or two of them at a comma; all of three digits at commas or blanks.
_CODES = r"^[1-9]\d{0,2}(,[1-9]\d{0,2})?$"
_LONG_CODES = r"^\d{3}([ ,]\d{3})*$"
_CERTAIN_FRACTION = r",(\d{4,}|0\d*)$"
_BOOLEAN = r"^(TRUE|FALSE|True|False|true|false)$"
_DATE = r"^\d{4}-\d{2}-\d{2}$"
_TIMESTAMP = r"^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$"


class Kind(Enum):
    """What all cells of a column can be read as."""

    nothing = auto()
    boolean = auto()
    integer = auto()
    unmarked = auto()  # numbers without a decimal mark that are not plain integers: +5, 1e3, Inf
    decimal_point = auto()
    decimal_comma = auto()
    decimal_mixed = auto()
    thousands = auto()
    date = auto()
    timestamp = auto()
    leading_zeros = auto()
    text = auto()


@dataclass(frozen=True)
class Grouping:
    """How thousands and decimals of a column of numbers are marked."""

    group: str  # "blank" (also one that does not break, and an apostrophe), "." or ","
    decimal: str


@dataclass(frozen=True)
class Profile:
    """What a column's cells are."""

    kind: Kind
    one_group: bool = False  # each mark could also separate thousands (1,234)
    codes: bool = False  # the cells could also be lists of codes (1,2)
    certain: bool = False  # a decimal comma that is nothing else, even between commas: 0,8731
    grouping: Grouping | None = None  # of thousands; None where cells contradict each other
    numbers: int = 0
    others: int = 0
    blanks: int = 0  # cells with blanks at their ends, or with some that do not break


def profile(column: pa.ChunkedArray) -> Profile:
    """Looks once at each distinct cell of a column of text."""
    import pyarrow.compute as pc

    counted = pc.value_counts(column.drop_null())
    values, counts = counted.field("values"), counted.field("counts")
    cells = as_read(values)
    changed = pc.sum(counts.filter(pc.not_equal(values, cells))).as_py() or 0
    return replace(_profile(cells, counts), blanks=changed)


def _profile(cells: pa.Array, all_counts: pa.Array) -> Profile:
    import pyarrow as pa
    import pyarrow.compute as pc

    present = pc.invert(pc.is_in(cells, value_set=pa.array(NOT_A_NUMBER, pa.large_string())))
    counts = all_counts.filter(present)
    numeric_cells = cells.filter(present)

    def are(pattern: str, values: pa.Array = numeric_cells) -> pa.Array:
        return pc.match_substring_regex(values, pattern)

    def every(mask: pa.Array) -> bool:
        return bool(pc.all(mask, min_count=0).as_py())

    if len(cells) == 0:
        return Profile(Kind.nothing)
    if len(numeric_cells) == 0:
        return Profile(Kind.text)
    if every(are(_BOOLEAN)):
        return Profile(Kind.boolean)
    integer = are(_INTEGER)
    if every(integer):
        return Profile(Kind.integer)
    if every(are(_LEADING_ZERO)):
        return Profile(Kind.leading_zeros)
    point, comma = are(_POINT), are(_COMMA)
    number = pc.or_(point, comma)
    whole = pc.and_(point, comma)
    if every(number):
        if every(whole):
            return Profile(Kind.unmarked)
        marked = numeric_cells.filter(pc.invert(whole))
        one_group = every(are(_ONE_GROUP, marked))
        if every(point):
            return Profile(Kind.decimal_point, one_group)
        if not every(comma):
            return Profile(Kind.decimal_mixed, one_group)
        certain = bool(pc.any(are(_CERTAIN_FRACTION, marked)).as_py())
        return Profile(Kind.decimal_comma, one_group, codes=every(are(_CODES)), certain=certain)
    if every(pc.or_(number, are(_THOUSANDS))):
        return Profile(Kind.thousands, codes=every(are(_LONG_CODES)), grouping=_grouping(numeric_cells))
    if every(are(_DATE)):
        return Profile(Kind.date)
    if every(are(_TIMESTAMP)):
        return Profile(Kind.timestamp)
    numbers = pc.sum(counts.filter(number)).as_py() or 0
    return Profile(Kind.text, numbers=numbers, others=pc.sum(counts).as_py() - numbers)


def _grouping(cells: pa.Array) -> Grouping | None:
    """The one way to read all cells as numbers; None where there is no one way."""
    import pyarrow.compute as pc

    for group, mark in GROUPS.items():
        for decimal in (",", "."):
            if group == decimal:
                continue
            pattern = rf"^[+-]?(\d{{1,3}}({mark}\d{{3}})+|\d+)(\{decimal}\d+)?$"
            if pc.all(pc.match_substring_regex(cells, pattern)).as_py():
                return Grouping(group, decimal)
    return None
