"""Rows that are not respondents of their own: events and repeated instruments of REDCap."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

INSTRUMENT, EVENT = "redcap_repeat_instrument", "redcap_event_name"


def repeats_note(table: pa.Table) -> str:
    """What the rows are, where a record has several; empty where the file does not say that one has."""
    import pyarrow.compute as pc

    there = [name for name in (INSTRUMENT, EVENT) if name in table.column_names]
    records = len(pc.unique(table.column(0))) if table.num_columns else 0
    if not there or records == table.num_rows:
        return ""
    filled = table.num_rows - table.column(there[0]).null_count
    what = (
        f"{filled} repeat an instrument and are not respondents; where('{INSTRUMENT} is missing') are the others"
        if there[0] == INSTRUMENT
        else f"one for each event; where({EVENT}=…) are those of one"
    )
    return f"{table.num_rows} rows are of {records} records: {what}"
