"""tables.xlsx: a sheet per indicator (wording, base, whole percents), and claims, method and assumptions."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from enkat.language import Catalogue, catalogue
from enkat.rendering import marks
from enkat.rendering.ledger import both
from enkat.rendering.model import MethodSection, Report, exhibits
from enkat.rendering.sheet import Sheet, Styles
from enkat.rendering.sheet_indicator import indicator_rows

if TYPE_CHECKING:
    from pathlib import Path

# A fixed moment instead of now: two runs on the same answers give the same file.
_CREATED = datetime.datetime(2020, 1, 1)


def write_workbook(report: Report, path: Path) -> None:
    """Write all tables of the report to an Excel file; every sheet says so when the answers are synthetic.

    >>> write_workbook(report, Path("tables.xlsx"))
    """
    import xlsxwriter

    words = catalogue(report.language)
    book = xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {
            "title": marks.title(report),
            "subject": words.say("workbook.subject", title=marks.title(report)),
            "author": marks.author(report),
            "keywords": ", ".join(report.keywords),
            "comments": marks.mark(report),
            "created": _CREATED,
        }
    )
    styles = Styles(book)
    contents = Sheet(book, styles, words.say("workbook.contents"), report, marks.title(report))
    listed: list[tuple[str, str]] = []
    for number, exhibit in enumerate(exhibits(report), start=1):
        sheet = Sheet(book, styles, f"{number} {exhibit.name}", report, exhibit.title)
        indicator_rows(sheet, exhibit, words)
        listed.append((sheet.name, exhibit.title))
    for key, fill in (
        ("workbook.claims", _claims),
        ("workbook.method", _method),
        ("workbook.assumptions", _assumptions),
    ):
        if key == "workbook.assumptions" and not report.assumptions:
            continue
        sheet = Sheet(book, styles, words.say(key), report, words.say(key))
        fill(sheet, report)
        listed.append((sheet.name, words.say(key)))
    contents.line(report.subtitle)
    for part in report.strip:
        contents.line(part)
    contents.table((words.say("workbook.sheet"), words.say("workbook.title")), (34, 80))
    for name, title in listed:
        contents.link_row(name, title)
    book.close()


def _claims(sheet: Sheet, report: Report) -> None:
    words = catalogue(report.language)
    if report.synthetic:
        sheet.line(words.say("claims.opening", publisher=report.publisher))
    keys = ("id", "words", "claims", "verdict", "estimate", "base", "scope", "says", "lint")
    header = tuple(words.say("claims.words" if key == "claims" else f"claims.{key}") for key in keys)
    sentence = words.say("workbook.text")
    sheet.table((*header[:2], sentence, *header[3:]), (7, 26, 52, 26, 9, 9, 18, 70, 34))
    for claim in report.claims:
        verdict, scope = words.say(f"verdict.{claim.verdict}"), words.say(f"scope.{claim.scope}")
        share, base = _sides(claim.percent, claim.than_percent, words), _sides(claim.base, claim.than_base, words)
        cells = (claim.id, claim.words, claim.sentence, verdict, share, base, scope, claim.says)
        sheet.row((*cells, " ".join(claim.lint)))


def _sides(first: int | None, second: int | None, words: Catalogue) -> int | str | None:
    """A number, or those of the two sides of a comparison as a text."""
    return first if second is None else both(words, str(first), str(second))


def _method(sheet: Sheet, report: Report) -> None:
    words = catalogue(report.language)
    sheet.table((words.say("workbook.term"), words.say("workbook.text")), (30, 110))
    for section in report.sections:
        if isinstance(section, MethodSection):
            for fact in section.facts:
                sheet.row((fact.term, fact.text))
            for limitation in section.limitations:
                sheet.row((words.say("method.limitations"), limitation))


def _assumptions(sheet: Sheet, report: Report) -> None:
    words = catalogue(report.language)
    sheet.line(words.say("assumptions.intro"))
    header = tuple(words.say(f"assumptions.{key}") for key in ("question", "answers", "value", "why"))
    sheet.table(header, (40, 50, 34, 50))
    for item in report.assumptions:
        sheet.row((item.question, item.answers, item.value, item.why))
