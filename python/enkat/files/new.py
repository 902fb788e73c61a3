"""Drafts a study folder from a file of answers, for `enkat new`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from enkat.disclosure.identities import identities
from enkat.errors import DataError, UsageError
from enkat.files.contradicted import contradicted
from enkat.files.controls import Controls
from enkat.files.guess import identifier, weight_column
from enkat.files.new_questions import CLOSED, answered, drafted_questions
from enkat.files.new_words import WORDS, Words, heading
from enkat.files.read import read_table
from enkat.files.reading import Reading


def draft_study(
    answers: Path,
    folder: Path,
    language: str,
    *,
    header: int | Sequence[int] | None = None,
    skip: int | None = None,
    say: Callable[[str], object] = lambda text: None,
) -> list[Path]:
    """Copies the answers into a folder and drafts the study, its codebook and its text beside them.

    The draft makes a report with `draft=True`; what only its author can know is marked to be filled in, questions that
    were guessed are listed to be confirmed, and columns that tell who answered are kept apart. No file that is already
    there is overwritten.

    Args:
        answers: The file with the answers.
        folder: The folder to make; it may exist but must not hold files of these names.
        language: "sv" or "en".
        header, skip: Header lines of the answers and lines above them, as in `enkat.read`; study.json keeps them.
        say: Called with what the author must know: every question that was left out, because its answers contradict
            what its column was taken for (the limitations in study.json name it too), labels that were changed.

    Returns:
        The files written.

    Raises:
        DataError: The answers cannot be read, or files would be overwritten.
        UsageError: An unknown language.

    Example:
        >>> [file.name for file in draft_study(Path("answers.csv"), Path("my-study"), "sv")]
        ['answers.csv', 'study.json', 'codebook.json', 'indicators.json', 'claims.json', 'report.md']
    """
    if language not in WORDS:
        raise UsageError.unknown(language, WORDS)
    words = WORDS[language]
    reading = read_table(answers, header=header, skip=skip)
    lines = {"header": header, "skip": skip}
    if reading.issues:
        raise DataError.of(reading.issues)
    sources = reading.parts or (answers,)
    copies = [folder / f"answers{source.suffix.lower()}" for source in sources]
    identity = identifier(reading.table)
    telling = {one.column: one for one in identities(reading.table) if one.column != identity}
    for one in telling.values():
        say(f"kept apart: {one.column!r} tells who answered ({one.kind}); study.json lists it, confirm that it does")
    weight = weight_column(reading.table)
    if weight is not None:
        say(f"used as the weight: {weight!r}; where it is an answer, take it out of design in study.json")
    controls = Controls()  # headings of columns become labels
    drafted: list[dict[str, Any]] = controls.of_codebook(
        drafted_questions(reading, {identity, weight, *telling}, words)
    )
    of_guesses = {question["name"] for question in drafted if question.pop("guessed", False)}
    for note in controls.notes():
        say(note)
    problems = contradicted(drafted, reading.table)
    for problem in problems:
        say(f"left out of codebook.json: {problem}")
    limitations = [words.limitation, *(words.left_out.format(question=problem.question) for problem in problems)]
    left_out = {problem.question for problem in problems}
    questions = [question for question in drafted if question["name"] not in left_out]
    guessed = [question["name"] for question in questions if question["name"] in of_guesses]
    asked = [question for question in questions if question["type"] != "text" and answered(question, reading.table)]
    indicators = [_indicator(question) for question in asked]
    contents = {
        "study.json": {
            **_study(reading, folder.resolve().name, copies[0].name, identity, language, words, lines, limitations),
            "design": {"weight": weight} if weight is not None else {},
            **({"identifying": {one.column: one.kind for one in telling.values()}} if telling else {}),
            **({"unconfirmed": guessed} if guessed else {}),
        },
        "codebook.json": {"schema_version": 1, "language": language, "questions": questions},
        "indicators.json": {"schema_version": 1, "indicators": indicators},
        "claims.json": {"schema_version": 1, "claims": [{"id": "answers", "kind": "respondents"}]},
    }
    files = {
        folder / name: json.dumps(content, ensure_ascii=False, indent=2) + "\n" for name, content in contents.items()
    }
    files[folder / "report.md"] = _report(asked, reading.table.num_rows, words)
    _refuse_to_overwrite([*copies, *files])
    folder.mkdir(parents=True, exist_ok=True)
    for source, copy in zip(sources, copies, strict=True):
        shutil.copyfile(source, copy)
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    return [*copies, *files]


def _refuse_to_overwrite(paths: list[Path]) -> None:
    there = [path.name for path in paths if path.exists()]
    if there:
        raise DataError(
            "data.file_exists",
            f"{', '.join(there)} already in '{paths[0].parent}'; choose another folder or remove them first",
            {"files": there},
        )


def _indicator(question: Mapping[str, Any]) -> dict[str, Any]:
    estimator = "proportion" if question["type"] in CLOSED else "mean"
    label = {"label": question["label"]} if "label" in question else {}
    name = "_".join(str(question["name"]).split())
    return {"name": name, "estimator": estimator, "question": question["name"], **label}


def _study(
    reading: Reading,
    name: str,
    file: str,
    identity: str | None,
    language: str,
    words: Words,
    lines: Mapping[str, int | Sequence[int] | None],
    limitations: list[str],
) -> dict[str, Any]:
    dialect = reading.dialect
    written = (
        {"csv": {"delimiter": dialect.delimiter, "decimal": dialect.decimal, "encoding": dialect.encoding}}
        if dialect
        else {}
    )
    return {
        "schema_version": 1,
        "name": name,
        "language": language,
        "title": words.title,
        "population": words.population,
        "mode": words.mode,
        # The value that promises least, until the author knows better.
        "sampling": "nonprobability",
        "sampling_note": words.sampling_note,
        **({"id": identity} if identity else {}),
        "answers": {
            "file": file,
            "origin": "collected",
            **{key: value for key, value in lines.items() if value is not None},
            "sha256": reading.sha256,
        },
        "limitations": limitations,
        **written,
    }


def _report(questions: list[dict[str, Any]], rows: int, words: Words) -> str:
    sections = [
        f"# {words.title}",
        f'{{section="summary"}}\n## {words.summary}\n\n- {words.answers.format(n=rows)}',
    ]
    for question in questions:
        indicator = _indicator(question)["name"]
        title = heading(str(question.get("label", "")), words)
        sections.append(f'{{section="question" indicator="{indicator}"}}\n## {title}\n\n{words.finding}')
    sections.append(f'{{section="method"}}\n## {words.method}\n\n{words.method_text}')
    return "\n\n".join(sections) + "\n"
