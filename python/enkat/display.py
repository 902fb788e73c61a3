"""How tables and lines read in a notebook and a terminal, whosever they are. Display never computes."""

from __future__ import annotations

import html
import math

from enkat.texts import on_one_line

SHOWN_ROWS = 60
LONGEST_LABEL = 60


def digits(estimate: float | None, se: float | None) -> int:
    """Decimals that match the uncertainty: two significant digits of the standard error, as the PDG prints."""
    if se is None or se <= 1e-9 * abs(estimate or 0):  # none, or what rounding left of 0
        return 3
    return max(0, min(12, 1 - math.floor(math.log10(se))))


def cell(name: str, value: object, decimals: int) -> str:
    """One value as text."""
    if value is None:
        return "–"
    if isinstance(value, float):
        if name == "df":
            return f"{value:g}"
        return f"{value:z.2f}" if name == "deff" else f"{value:z.{decimals}f}"
    return str(value)


def shortened(text: str) -> str:
    """A label as a table of the terminal has room for; one that is a whole question is cut."""
    return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1].rstrip() + "…"


def text_table(header: list[str], rows: list[list[str]]) -> list[str]:
    """The lines of a plain table, each row on one."""
    header, rows = [on_one_line(name) for name in header], [[on_one_line(text) for text in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    lines = [
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in [header, *rows[:SHOWN_ROWS]]
    ]
    return [*lines, *([f"… {len(rows) - SHOWN_ROWS} more rows"] if len(rows) > SHOWN_ROWS else [])]


def html_table(header: list[str], rows: list[list[str]], note: str) -> str:
    """A table for the notebook, with what must be known about all rows as its caption."""
    header, rows = [on_one_line(name) for name in header], [[on_one_line(text) for text in row] for row in rows]
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in header)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in row) + "</tr>" for row in rows[:SHOWN_ROWS]
    )
    more = (
        f"<tfoot><tr><td colspan='{len(header)}'>… {len(rows) - SHOWN_ROWS} more rows</td></tr></tfoot>"
        if len(rows) > SHOWN_ROWS
        else ""
    )
    caption = (
        f"<caption style='caption-side:bottom;text-align:left'>{html.escape(on_one_line(note))}</caption>"
        if note
        else ""
    )
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>{more}</table>"


def record_cell(value: object) -> str:
    """One value of a record as text."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:z.4g}"
    return (", ".join(map(str, value)) or "–") if isinstance(value, list) else str(value)


def html_lines(lines: list[str]) -> str:
    """Lines for the notebook, the first of them as what they are about."""
    first, *rest = map(html.escape, lines)
    return f"<p><strong>{first}</strong></p>" + "".join(f"<p>{line}</p>" for line in rest)
