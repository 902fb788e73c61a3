"""Which lines of a table are its header, which stand above it, and which are answers.

What the caller says is done. Else lines are a header only where the lines below show it, and what was found is said;
where both readings are possible, that is said as well, with the option that chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from enkat.errors import UsageError
from enkat.files.above import Start, first_filled, start_below_titles
from enkat.files.header_evidence import Evidence, evidence, kind_of, numbered, shared
from enkat.files.header_tools import tool_lines
from enkat.files.heading import Layout
from enkat.files.options import ReadOptions
from enkat.files.reading import Content, few

Row = Sequence[str]
LOOKED_AT = 60  # records: enough to see what columns hold
_MOST_HEADER = 4


def find_layout(rows: Sequence[Row], options: ReadOptions, content: Content) -> Layout:
    """The layout of a table by its first rows, with notes of what was found and of what is not sure.

    Args:
        rows: The first lines, from line 1 of the file on, with cells as plain text; a blank line has none.
        options: `header` and `skip` as the caller gave them.
        content: Gets the notes.

    Raises:
        UsageError: Lines are named that the file does not have.
    """
    if options.header is not None:
        told = _told(rows, options)
        marked = tool_lines(rows, told.header[0]) if told.header else None
        if marked is not None and marked.header == told.header:
            told = replace(told, tool=marked.tool)
        content.notes.append(f"header lines as given: {_lines(told.header) if told.header else 'none'}{_above(told)}")
        return told
    if options.skip is not None:
        layout = _below(rows, first_filled(rows, options.skip), content)
        content.notes.append(f"lines above the header as given{_above(layout)}")
        return layout
    start = start_below_titles(rows) if tool_lines(rows, 1) is None else first_filled(rows, 0)
    layout = _below(rows, start, content)
    if layout.skipped:
        content.notes.append(
            f"{_lines(layout.skipped)} above the header left out; give header=[{layout.skipped[-1]}, "
            f"{', '.join(map(str, layout.header))}] if line {layout.skipped[-1]} belongs to it"
        )
    return layout


def _told(rows: Sequence[Row], options: ReadOptions) -> Layout:
    if isinstance(options.header, tuple):
        header = options.header
        if header[-1] > len(rows):
            raise UsageError("usage.header", f"header= names line {header[-1]}, which is not one of the first lines")
        others = tuple(line for line in range(1, header[-1]) if line not in header and any(rows[line - 1]))
        return Layout(header, others)
    assert options.header is not None
    start = first_filled(rows, options.skip or 0)
    if start.line + options.header - 1 > len(rows):
        raise UsageError("usage.header", "header= and skip= name more lines than the file has, or than headers take")
    return Layout(tuple(range(start.line, start.line + options.header)), start.skipped)


def _below(rows: Sequence[Row], start: Start, content: Content) -> Layout:
    """The header lines from the first on: none, one or several."""
    marked = tool_lines(rows, start.line)
    if marked is not None:
        content.notes.append(_said(marked))
        return replace(marked, skipped=(*start.skipped, *marked.skipped))
    if start.line > len(rows):
        return Layout((start.line,), start.skipped)
    first = rows[start.line - 1]
    below = _without_repeated(first, [row for row in rows[start.line :] if any(row)])
    count = _header_lines(first, below, content, start.line)
    layout = Layout(tuple(range(start.line, start.line + count)), start.skipped)
    if count == 0:
        content.notes.append(
            f"the file has no header line: line {start.line} looks like the answers below it, so the columns are called"
            " column_1, column_2 …; give header=1 if it names them"
        )
    elif count > 1:
        content.notes.append(_said(layout))
    elif first[0] and not any(first[1:]) and any(any(row[1:]) for row in below):
        content.notes.append(
            f"line {start.line} was read as the header line, though it names one column only; give skip={start.line} if"
            " it is a title"
        )
    return layout


def _without_repeated(first: Row, below: list[Row]) -> list[Row]:
    """The lines below the first without those that are the same header, of exports put one below the other."""
    others = [row for row in below if row != first]
    found = evidence(first, others) if len(others) < len(below) else Evidence()
    return others if found.typed and not found.against else below


def _header_lines(first: Row, below: Sequence[Row], content: Content, line: int) -> int:
    for count in range(min(_MOST_HEADER, len(below) - 1), 1, -1):
        if all(_is_header(first, below[number], below[count - 1 :]) for number in range(count - 1)):
            return count
    found = evidence(first, below)
    if not found.typed and found.against:
        if numbered(first):
            content.notes.append(_unsure_first(line))
            return 1
        if found.values or (found.against > 1 and not found.words and shared(first, below)):
            return 0
        content.notes.append(_unsure_first(line))
        return 1
    if found.against > found.typed and not numbered(first):
        content.notes.append(_unsure_first(line))
        return 1
    if len(below) > 1 and (doubt := _doubt(first, below[0], evidence(below[0], below[1:]))):
        option = f"header=[{line}, {line + 1}]" if line > 1 else "header=2"
        content.notes.append(
            f"line {line + 1} {doubt}; it was read as a respondent: give {option} if it is a second header line"
        )
    return 1


def _is_header(first: Row, row: Row, answers: Sequence[Row]) -> bool:
    """Whether a line below the first belongs to the header beyond doubt."""
    found = evidence(row, answers)
    if _are_wordings(first, row, found) and found.words > 1:
        return True
    if _completes(first, row) and found.blank and found.all_typed and not found.against:
        return True
    if not _may_be_header(found):
        return False
    if _completes(first, row) or _is_longer(row, first):
        return found.typed > 1 or found.words > 0
    return found.typed > 2 and len(answers) > 2


def _doubt(first: Row, row: Row, found: Evidence) -> str:
    """Why a line that was read as a respondent may be a header line; nothing where it is none."""
    if _may_be_header(found):
        return "has words where the lines below it have numbers"
    if _completes(first, row) and not found.against:
        return "has words where the first has no names"
    return "reads like questions" if _are_wordings(first, row, found) else ""


def _may_be_header(found: Evidence) -> bool:
    return not found.against and found.typed > 0 and found.all_typed


def _are_wordings(first: Row, row: Row, found: Evidence) -> bool:
    """Whether a line reads like questions, which no answer repeats, below names that are shorter."""
    if found.against or not found.all_typed or not _is_longer(row, first):
        return False
    texts = [cell for cell in row if cell]
    return 2 * sum(cell.endswith("?") or cell.count(" ") > 1 for cell in texts) >= len(texts)


def _completes(first: Row, row: Row) -> bool:
    """Whether a line has words wherever the first line has none, as options below a question."""
    blank = [number for number, cell in enumerate(first) if not cell and number > 0]
    return bool(blank) and all(number < len(row) and kind_of(row[number]) == "word" for number in blank)


def _is_longer(row: Row, first: Row) -> bool:
    """Whether most columns have a text, and texts are longer than names, as wordings are."""
    texts = [cell for cell in row if cell]
    names = [cell for cell in first if cell]
    if not names or 2 * len(texts) < len(names):
        return False
    return sum(map(len, texts)) / len(texts) >= 1.5 * sum(map(len, names)) / len(names)


def _unsure_first(line: int) -> str:
    return (
        f"line {line} was read as the header line, the names of the columns, but looks like the answers below it: give "
        "header=0 if it is a respondent"
    )


def _said(layout: Layout) -> str:
    tools = {
        "qualtrics": "of Qualtrics: names, wordings and the tool's own names",
        "surveymonkey": "of SurveyMonkey: questions, and their options below them",
        "sosci": "of SoSci Survey: names, and wordings below them",
        None: "above the answers",
    }
    second = "; the second is no respondent" if len(layout.header) == 2 else ""
    return f"{_lines(layout.header)} are header lines {tools[layout.tool]}{second}"


def _above(layout: Layout) -> str:
    return f"; left out above them: {_lines(layout.skipped)}" if layout.skipped else ""


def _lines(numbers: Sequence[int]) -> str:
    return f"line{'s' if len(numbers) > 1 else ''} {few(list(numbers))}"
