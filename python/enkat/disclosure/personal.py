"""What a report must never print: columns that tell who answered, and words that people wrote themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from enkat.disclosure.identities import identities
from enkat.errors import Issue
from enkat.files.frames import of_core
from enkat.recognition.cells import texts_of
from enkat.recognition.record import columns_of
from enkat.rendering.prose import Bullets, Paragraph, Quotation, plain

if TYPE_CHECKING:
    import pyarrow as pa

    from enkat.rendering.markdown import Draft
    from enkat.study_folder import StudyFolder

_FEWEST_WORDS = 3  # for a text to be somebody's own words
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_QUOTES = "\"'”’“‘»«"
_QUOTED = re.compile('["”“»«]([^"”“»«]+)["”“»«]')


def who_answered(study: StudyFolder) -> list[Issue]:
    """Indicators and claims that would print who answered, the words of open answers, or the weights."""
    about, table = study.about, of_core(study.survey._table)
    confirmed_not = set(about.get("not_identifying", ()))
    kinds = {one.column: one.kind for one in identities(table) if one.column not in confirmed_not}
    kinds |= {column: kind for column, kind in about.get("identifying", {}).items() if column not in confirmed_not}
    questions = {str(question["name"]): question for question in study.survey.codebook["questions"]}
    problems = []
    for place, name in _named(study):
        question = questions.get(name)
        columns = columns_of(question) if question is not None and "derived" not in question else [name]
        telling = [column for column in columns if column in kinds]
        if telling:
            message = (
                f"{place}: {name!r} tells who answered (column {telling[0]!r}: {kinds[telling[0]]}), and is never "
                "published; take it out, or, if it tells nothing of the kind, name the column in not_identifying in "
                "study.json"
            )
            problems.append(Issue("report.identifies", message, {"column": telling[0], "kind": kinds[telling[0]]}))
        elif about.get("design", {}).get("weight") in columns:
            message = f"{place}: {name!r} is the weight of the design, which nobody was asked; take it out"
            problems.append(Issue("report.weight", message, {"column": name}))
        elif (question is None and _is_text(table, name)) or (question is not None and question["type"] == "text"):
            message = (
                f"{place}: {name!r} holds what people wrote themselves, which is never published as it is; describe it "
                "in codebook.json with the options it has, or take it out"
            )
            problems.append(Issue("report.open_answers", message, {"column": name}))
    return problems


def _named(study: StudyFolder) -> Iterator[tuple[str, str]]:
    for one in study._tables:
        spec = one.spec
        where = spec.get("where", {})
        for name in (spec["question"], *spec.get("by", ()), *(where if isinstance(where, Mapping) else ())):
            yield f"indicators.json: {one.name}", str(name)
    for identifier, claim in study.claims.items():
        for side in (claim, claim.get("than", {})):
            where = side.get("where", {})
            for name in (side.get("question"), *(where if isinstance(where, Mapping) else ())):
                if name is not None:
                    yield f"claims.json: {identifier}", str(name)


def _is_text(table: pa.Table, name: str) -> bool:
    return name in table.column_names and texts_of(table.column(name)) is not None


def quoted_answers(study: StudyFolder, draft: Draft) -> list[Issue]:
    """Open answers that the text quotes without leave: `publish` is true of the question and of the quotation."""
    open_columns = list(_open_columns(study))
    problems = []
    for text, line, published in _own_words(draft):
        for column, allowed, answers in open_columns:
            if not (allowed and published) and _contains(answers, text):
                missing = [] if allowed else [f'"publish": true to question {column!r} in codebook.json']
                missing += [] if published else ['{publish="true"} to the quotation']
                message = (
                    f"report.md, line {line}: this is in an answer to {column!r}, word for word. Where the respondent "
                    f"agrees to be quoted, add {' and '.join(missing)}; else say it in your own words"
                )
                problems.append(Issue("report.quote_unpublished", message, {"line": line, "question": column}))
    return problems


def _open_columns(study: StudyFolder) -> Iterator[tuple[str, bool, pa.ChunkedArray]]:
    """Columns of texts that are no options: their question or name, whether it may be quoted, their cells."""
    table = of_core(study.survey._table)
    closed: set[str] = set()
    open_: dict[str, Mapping[str, Any]] = {}
    for question in study.survey.codebook["questions"]:
        if "derived" not in question:
            columns = columns_of(question)
            open_ |= dict.fromkeys(columns, question) if question["type"] == "text" else {}
            closed |= set() if question["type"] == "text" else set(columns)
    for name in table.column_names:
        if name not in closed and _is_text(table, name):
            texts = texts_of(table.column(name))
            assert texts is not None
            asked = open_.get(name, {})
            yield str(asked.get("name", name)), bool(asked.get("publish")), texts


def _own_words(draft: Draft) -> Iterator[tuple[str, int, bool]]:
    """Everything in the text that could be somebody's answer: sentences and quotations, with their line."""
    sections: Sequence[object] = [*draft.preamble, *(block for part in draft.sections for block in part.blocks)]
    for block in sections:
        if isinstance(block, Quotation):
            for paragraph in block.paragraphs:
                yield from ((text, paragraph.line, block.publish) for text in _pieces(plain(paragraph.parts)))
        elif isinstance(block, Paragraph):
            yield from ((text, block.line, False) for text in _pieces(plain(block.parts)))
        elif isinstance(block, Bullets):
            for item in block.items:
                yield from ((text, item.line, False) for text in _pieces(plain(item.parts)))


def _pieces(text: str) -> Iterator[str]:
    """The sentences of a text, and what stands in quotation marks."""
    whole = " ".join(text.split())
    for sentence in (*_SENTENCE.split(whole), *_QUOTED.findall(whole)):
        words = sentence.strip(_QUOTES + " .!?…")
        if len(words.split()) >= _FEWEST_WORDS:
            yield words


def _contains(answers: pa.ChunkedArray, words: str) -> bool:
    import pyarrow.compute as pc

    return bool(pc.any(pc.match_substring(answers, words, ignore_case=True)).as_py())
