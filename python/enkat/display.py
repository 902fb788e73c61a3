"""How results read in a notebook and a terminal. Display never computes."""

from __future__ import annotations

import html
import math
from typing import TYPE_CHECKING, Any

from enkat.rendering.texts import text_in
from enkat.texts import on_one_line

if TYPE_CHECKING:
    from enkat.estimates import Estimate, Estimates
    from enkat.study import Study
    from enkat.survey import Survey
    from enkat.tables import Records

SHOWN_ROWS = 60
LONGEST_LABEL = 60


def digits(row: Estimate) -> int:
    """Decimals that match the uncertainty: two significant digits of the standard error, as the PDG prints."""
    if row.se is None or row.se <= 1e-9 * abs(row.estimate or 0):  # none, or what rounding left of 0
        return 3
    return max(0, min(12, 1 - math.floor(math.log10(row.se))))


def cells(estimates: Estimates) -> list[list[str]]:
    """The table as texts, "–" where there is no value."""
    names = estimates.columns
    columns: dict[str, list[Any]] = {name: estimates._shown(name) for name in names}
    rows = []
    for index, row in enumerate(estimates):
        decimals = digits(row)
        rows.append([cell(name, columns[name][index], decimals) for name in names])
    return rows


def cell(name: str, value: object, decimals: int) -> str:
    """One value as text."""
    if value is None:
        return "–"
    if isinstance(value, float):
        if name == "df":
            return f"{value:g}"
        return f"{value:.2f}" if name == "deff" else f"{value:.{decimals}f}"
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


def estimates_text(estimates: Estimates) -> str:
    """A plain table for the terminal."""
    named = {*estimates._core.by, "variable", "answer"}
    rows = [
        [shortened(text) if name in named else text for name, text in zip(estimates.columns, row, strict=True)]
        for row in cells(estimates)
    ]
    return "\n".join([*text_table(estimates.columns, rows), *([on_one_line(estimates.note)] if estimates.note else [])])


def estimates_html(estimates: Estimates) -> str:
    """A table for the notebook."""
    return html_table(estimates.columns, cells(estimates), estimates.note)


def record_cells(records: Records) -> list[list[str]]:
    """Records as texts: four significant digits."""
    return [[record_cell(row[name]) for name in records.columns] for row in records]


def record_cell(value: object) -> str:
    """One value of a record as text."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.4g}"
    return (", ".join(map(str, value)) or "–") if isinstance(value, list) else str(value)


def records_text(records: Records) -> str:
    """A plain table for the terminal."""
    return "\n".join(text_table(records.columns, record_cells(records)))


def records_html(records: Records) -> str:
    """A table for the notebook."""
    return html_table(records.columns, record_cells(records), "")


def survey_lines(survey: Survey) -> list[str]:
    """What a survey is, in a few lines."""
    questions = len(survey.codebook.get("questions", []))
    rows = f"{len(survey)} rows" + (f" of {survey._core.rows} (a domain)" if survey._core.has_domain else "")
    known = f"{questions} questions" if questions else f"{len(survey.columns)} columns, no codebook"
    lines = [f"Survey: {rows}, {known}", repr(survey.design), *survey._core.steps, *survey.notes]
    return [on_one_line(line) for line in lines]


def study_lines(study: Study) -> list[str]:
    """What a study is, in a few lines."""
    title = text_in(study.about.get("title"), study.language) or study.folder.name
    ended = study.dispositions
    counts = {
        "invited": ended.invited,
        "complete": ended.complete,
        "partial": ended.partial,
        "broke off": ended.break_off,
    }
    answered = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
    lines = [f"Study: {title} ({study.folder.name})", answered, *survey_lines(study.survey), *study.warnings]
    return [on_one_line(line) for line in lines if line]


def study_text(study: Study) -> str:
    """The study for the terminal."""
    return "\n".join(study_lines(study))


def study_html(study: Study) -> str:
    """The study for the notebook."""
    return paragraphs(study_lines(study))


def paragraphs(lines: list[str]) -> str:
    """Lines for the notebook, the first of them as what they are about."""
    first, *rest = map(html.escape, lines)
    return f"<p><strong>{first}</strong></p>" + "".join(f"<p>{line}</p>" for line in rest)


def survey_text(survey: Survey) -> str:
    """The survey for the terminal."""
    return "\n".join(survey_lines(survey))


def survey_html(survey: Survey) -> str:
    """The survey for the notebook."""
    return paragraphs(survey_lines(survey))
