"""Header lines that carry the marks of a survey tool."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from enkat.files.header_evidence import evidence, kind_of
from enkat.files.heading import Layout

Row = Sequence[str]

_LOOKED_AT = 12
_IMPORT_ID = re.compile(r"""\{\s*["']ImportId["']\s*:.*\}""", re.DOTALL)
OPEN_RESPONSES = frozenset({"open-ended response", "öppet svar"})
RESPONSES = frozenset({"response", "svar", "antwort", "réponse", "respuesta"}) | OPEN_RESPONSES
_QUALTRICS = frozenset({"StartDate", "EndDate", "RecordedDate", "ResponseId", "ResponseID", "IPAddress", "Finished"})
_RESPONDENT_ID = re.compile(r"respondent ?id", re.IGNORECASE)
_SOSCI = frozenset({"CASE", "QUESTNNR", "STARTED"})


def tool_lines(rows: Sequence[Row], start: int) -> Layout | None:
    """The layout of an export of Qualtrics, SurveyMonkey or SoSci Survey from a line on; None for others."""
    numbers = [number for number, row in enumerate(rows[: start + _LOOKED_AT], 1) if number >= start and any(row)]
    if len(numbers) < 2:
        return None
    for place, number in enumerate(numbers[1:4], 1):
        if _has_import_ids(rows[number - 1]):
            names = max(0, place - 2)
            return Layout(tuple(numbers[names : place + 1]), tuple(numbers[:names]), tool="qualtrics")
    first, second = (rows[number - 1] for number in numbers[:2])
    header = (numbers[0], numbers[1])
    answers = [row for row in rows[numbers[1] :] if any(row)]
    if _names_again(first, second):
        return Layout(header, tool="qualtrics")
    if list(first[:2]) == ["V1", "V2"] and second[0].replace(" ", "").lower() == "responseid":
        return Layout(header, tool="qualtrics")
    if _is_surveymonkey(first, second, answers):
        return Layout(header, tool="surveymonkey")
    if set(first) >= _SOSCI and _is_wording(second, answers):
        return Layout(header, tool="sosci")
    return None


def import_id(cell: str) -> str:
    """Qualtrics' own name of a column, with the choice where the column holds one: QID12-3."""
    if not _IMPORT_ID.fullmatch(cell):
        return ""
    try:
        found = json.loads(cell if '"' in cell else cell.replace("'", '"'))
    except ValueError:
        return ""
    return "-".join(str(found[key]) for key in ("ImportId", "choiceId") if key in found)


def is_response(cell: str) -> bool:
    """Whether SurveyMonkey's second line says only that the column holds the answer."""
    return cell.lower() in RESPONSES


def is_open_response(cell: str) -> bool:
    """True for what stands under a question in whose place everybody writes words of their own."""
    return cell.lower() in OPEN_RESPONSES


def _has_import_ids(row: Row) -> bool:
    cells = [cell for cell in row if cell]
    return bool(cells) and sum(bool(_IMPORT_ID.fullmatch(cell)) for cell in cells) >= 0.8 * len(cells)


def _names_again(first: Row, second: Row) -> bool:
    """Whether the second line has Qualtrics' own columns with blanks in their names, as its workbooks have."""
    named = [(name, text) for name, text in zip(first, second, strict=False) if name in _QUALTRICS]
    same = [name for name, text in named if text.replace(" ", "").lower() == name.replace(" ", "").lower()]
    return len(same) > 1 and 2 * len(same) >= len(named)


def _is_surveymonkey(first: Row, second: Row, answers: Sequence[Row]) -> bool:
    """A question stands over its first option; under one answer stands "Response"."""
    respondent = bool(_RESPONDENT_ID.fullmatch(first[0])) and (not second[0] or second[0] == first[0])
    responses = any(is_response(cell) for cell in second)
    if respondent and not second[0] and answers and all(row[0] for row in answers) and "" in first:
        return True  # everyone has a number
    if not (respondent or responses) or any(kind_of(cell) in ("number", "date") for cell in second):
        return False
    blank = [number for number, cell in enumerate(first) if not cell]
    filled = sum(number < len(second) and bool(second[number]) for number in blank)
    return filled >= 0.9 * len(blank) and (responses or bool(blank)) and not evidence(second, answers).against


def _is_wording(row: Row, answers: Sequence[Row]) -> bool:
    found = evidence(row, answers)
    return not found.against and (found.typed > 0 or not answers)
