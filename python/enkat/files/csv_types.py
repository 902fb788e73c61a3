"""The columns of a CSV file as numbers, dates or text, with one decimal mark for the whole file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enkat.files import columns, conversions
from enkat.files.columns import Grouping, Kind, Profile
from enkat.files.quoting import Quoting
from enkat.files.reading import Content, few
from enkat.texts import one_form

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Decimal:
    """The decimal mark of a file, and whether the caller said so."""

    mark: str
    told: bool = False

    @property
    def kind(self) -> Kind:
        """What columns with this mark are."""
        return Kind.decimal_comma if self.mark == "," else Kind.decimal_point

    @property
    def other(self) -> str:
        """The mark that is not it."""
        return "." if self.mark == "," else ","


def decimal_mark(profiles: Iterable[Profile], delimiter: str) -> str:
    """The mark of most columns of decimals; where none tells, the one that goes with the delimiter.

    What may be codes that were ticked ("1,2") tells nothing. Where commas separate cells, a comma is the decimal mark
    only if it is one beyond doubt somewhere, and no column has a decimal point.
    """
    sure = [profile for profile in profiles if not profile.one_group and not profile.codes]
    counted = Counter(profile.kind for profile in sure)
    comma, point = counted[Kind.decimal_comma], counted[Kind.decimal_point]
    if delimiter == ",":
        return "," if not point and any(profile.certain for profile in sure) else "."
    if comma == point:
        return "," if delimiter == ";" else "."
    return "," if comma > point else "."


def doubtful_commas(profiles: Mapping[str, Profile], delimiter: str, quoting: Quoting) -> frozenset[str]:
    """Columns whose cells may be codes that were ticked, "1,2", as well as numbers with a decimal comma.

    They are numbers where the file is written so: another column has decimal commas beyond doubt, or semicolons
    separate cells, and the commas did not need the quotation marks that stand around them.
    """
    codes = {name for name, profile in profiles.items() if profile.kind is Kind.decimal_comma and profile.codes}
    sure = any(
        profile.kind is Kind.decimal_comma and not profile.codes and not profile.one_group
        for profile in profiles.values()
    )
    if delimiter == ",":
        return frozenset(codes)
    if sure:
        return frozenset(codes & quoting.quoted) if quoting.some else frozenset()
    return frozenset(codes & quoting.quoted if delimiter == ";" else codes)


def typed(
    cells: pa.Table,
    profiles: Iterable[Profile],
    decimal: Decimal,
    content: Content,
    *,
    text_columns: Collection[str] = (),
    doubtful: Collection[str] = (),
) -> pa.Table:
    """The table with each column of text cells as what it is; what is not sure is noted or a problem.

    `text_columns` are text whatever their cells look like. in those of `doubtful` a comma may be no decimal comma.
    """
    import pyarrow as pa

    by_name = {}
    for name, column, profile in zip(cells.column_names, cells.columns, profiles, strict=True):
        is_text = one_form(name) in text_columns
        found = None if is_text else _typed_column(name, column, profile, decimal, name in doubtful, content)
        if found is None:
            found = column
            if profile.blanks:
                content.trimmed[name] = profile.blanks
                found = conversions.trimmed(column)
        by_name[name] = found
    return pa.table(by_name)


def _typed_column(
    name: str, column: pa.ChunkedArray, profile: Profile, decimal: Decimal, doubtful: bool, content: Content
) -> pa.ChunkedArray | None:
    """The column as numbers, dates or truth values; None when it is text."""
    import pyarrow as pa

    kind = profile.kind
    if kind is Kind.nothing:
        return column.cast(pa.float64())
    if kind is Kind.boolean:
        return conversions.as_booleans(column)
    if kind is Kind.integer:
        return conversions.as_integers(column)
    if doubtful and not decimal.told:
        content.notes.append(
            f"column {name!r} is text: what has a comma in it may be several codes that were ticked, or a number; give "
            "decimal=',' if it is a decimal comma" + (", decimal='.' if it separates thousands" * profile.one_group)
        )
    elif kind in (decimal.kind, Kind.unmarked):
        return conversions.as_numbers(column, decimal.mark)
    elif kind in (Kind.date, Kind.timestamp):
        dates = conversions.as_dates(column, kind)
        if dates is not None:
            return dates
        content.notes.append(f"column {name!r} is text: it has dates that are not in the calendar")
    elif kind is Kind.decimal_mixed:
        rows = conversions.rows_with_mark(column, decimal.other)
        content.problem(
            "data.mixed_decimal",
            f"column {name!r} has decimal comma and point (not {decimal.mark!r} in rows {few(rows)}); use one",
            column=name,
            rows=rows,
        )
    elif kind is Kind.thousands or (kind in (Kind.decimal_comma, Kind.decimal_point) and profile.one_group):
        return _grouped(name, column, profile, decimal, content)
    elif kind in (Kind.decimal_comma, Kind.decimal_point):
        content.notes.append(
            f"column {name!r} is text: its decimal mark is not the file's {decimal.mark!r}; give decimal= if it is"
        )
    elif kind is Kind.leading_zeros:
        content.notes.append(f"column {name!r} is text: its codes have leading zeros or more than 18 digits")
    elif profile.numbers > profile.others > 0:
        content.notes.append(f"column {name!r} is text: it has cells that are not numbers ({profile.others})")
    return None


def _grouped(
    name: str, column: pa.ChunkedArray, profile: Profile, decimal: Decimal, content: Content
) -> pa.ChunkedArray | None:
    """Numbers with marks between their thousands; None where they cannot be told from something else."""
    grouping = profile.grouping
    if profile.one_group and decimal.told:
        grouping = Grouping(decimal.other, decimal.mark)
    if profile.kind is Kind.thousands and profile.codes:
        content.notes.append(
            f"column {name!r} is text: its groups of three digits may be several codes or parts of one number; remove "
            "what separates thousands if they are numbers"
        )
        return None
    if grouping is None or grouping.group == decimal.mark:
        content.problem(
            "data.thousand_separator",
            f"column {name!r} has thousand separators, or decimals that look like them (1.234 may be 1234): give "
            "decimal= to say which, or remove them",
            column=name,
        )
        return None
    content.notes.append(f"column {name!r} is read as numbers: what separates their thousands was taken out")
    plain = conversions.without_groups(column, grouping.group)
    kind = columns.profile(plain).kind
    return conversions.as_integers(plain) if kind is Kind.integer else conversions.as_numbers(plain, grouping.decimal)
