"""Drafts a study folder from a file of answers, for `enkat new`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enkat.errors import DataError, UsageError
from enkat.files.guess import guess_question, identifier, multiple_question, propose_multiple
from enkat.files.new_words import WORDS, Words, heading
from enkat.files.read import read_table
from enkat.files.reading import Reading

if TYPE_CHECKING:
    import pyarrow as pa

_CLOSED = ("single", "multiple", "top_k", "scale")


def draft_study(answers: Path, folder: Path, language: str) -> list[Path]:
    """Copies the answers into a folder and drafts the study, its codebook and its text beside them.

    The draft makes a report as it stands; what only its author can know is marked to be filled in. A file that is
    already there is never overwritten.

    Args:
        answers: The file with the answers.
        folder: The folder to make; it may exist but must not hold files of these names.
        language: "sv" or "en".

    Returns:
        The files written.

    Raises:
        DataError: The answers cannot be read, or files would be overwritten.
        UsageError: An unknown language.

    Example:
        >>> draft_study(Path("answers.sav"), Path("my-study"), "sv")  # doctest: +SKIP
    """
    if language not in WORDS:
        raise UsageError.unknown(language, WORDS)
    words = WORDS[language]
    reading = read_table(answers)
    if reading.issues:
        raise DataError.of(reading.issues)
    copy = folder / f"answers{answers.suffix.lower()}"
    identity = identifier(reading.table)
    questions = _questions(reading, identity, words)
    asked = [
        question
        for question in questions
        if question["type"] != "text" and _answered(question, reading.table)
    ]
    indicators = [_indicator(question) for question in asked]
    contents = {
        "study.json": _study(reading, folder.resolve().name, copy.name, identity, language, words),
        "codebook.json": {"schema_version": 1, "language": language, "questions": questions},
        "indicators.json": {"schema_version": 1, "indicators": indicators},
        "claims.json": {"schema_version": 1, "claims": [{"id": "answers", "kind": "respondents"}]},
    }
    files = {
        folder / name: json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        for name, content in contents.items()
    }
    files[folder / "report.md"] = _report(asked, reading.table.num_rows, words)
    _refuse_to_overwrite([copy, *files])
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(answers, copy)
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    return [copy, *files]


def _refuse_to_overwrite(paths: list[Path]) -> None:
    there = [path.name for path in paths if path.exists()]
    if there:
        raise DataError(
            "data.file_exists",
            f"{', '.join(there)} already in '{paths[0].parent}'; choose another folder or remove them first",
            {"files": there},
        )


def _questions(reading: Reading, identity: str | None, words: Words) -> list[dict[str, Any]]:
    """What the file says of its questions, and guesses for other columns, in column order."""
    known: list[dict[str, Any]] = (reading.codebook or {}).get("questions", [])
    covered = {identity} | {column for question in known for column in columns_of(question)}
    covered |= {variable for question in known for variable in _set_variables(question)}
    free = [name for name in reading.table.column_names if name not in covered]
    proposed = propose_multiple(reading.table, free)
    boxes = {column for group in proposed for column in group.columns}
    questions = [*known, *(multiple_question(group, {}, words.proposal) for group in proposed)]
    for name in free:
        if name not in boxes:
            guessed = guess_question(name, reading.table.column(name), (words.yes, words.no))
            questions += [guessed] if guessed else []
    return _in_column_order(_with_distinct_names(questions), reading.table.column_names)


def columns_of(question: Mapping[str, Any]) -> list[str]:
    """The columns that hold the answers to a question."""
    if question.get("storage") == "columns":
        return [str(option["column"]) for option in question["options"]]
    return [str(name) for name in question.get("columns", [question.get("column", question["name"])])]


def _with_distinct_names(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    taken: set[str] = set()
    for question in questions:
        name = str(question["name"])
        if name in taken:
            number = next(n for n in range(2, len(questions) + 2) if f"{name}_{n}" not in taken)
            if question["type"] != "multiple":
                question.setdefault("column", name)
            question["name"] = f"{name}_{number}"
        taken.add(question["name"])
    return questions


def _set_variables(question: Mapping[str, Any]) -> list[str]:
    """The variables behind the 0/1 columns of a set, which its options have as codes."""
    ticked = question["type"] == "multiple" and question["storage"] == "columns"
    return [str(option["code"]) for option in question["options"]] if ticked else []


def _in_column_order(questions: list[dict[str, Any]], columns: list[str]) -> list[dict[str, Any]]:
    place = {name: number for number, name in enumerate(columns)}

    def first(question: dict[str, Any]) -> int:
        # A column made for a set stands last in the table; the set belongs where its variables are.
        return min(place[name] for name in [*columns_of(question), *_set_variables(question)])

    return sorted(questions, key=first)


def _answered(question: Mapping[str, Any], table: pa.Table) -> bool:
    """True when at least one row holds an answer, so that an estimate can exist."""
    import pyarrow as pa
    import pyarrow.compute as pc

    missing = [str(entry["code"]) for entry in question.get("missing", [])]
    for name in columns_of(question):
        values = table.column(name).drop_null()
        if not missing and len(values):
            return True
        if pa.types.is_floating(values.type) and len(values):
            whole = values.unique()
            shown = pa.array([str(int(v)) if float(v).is_integer() else str(v) for v in whole.to_pylist()])
        else:
            shown = values.unique().cast(pa.string())
        if not pc.all(pc.is_in(shown, value_set=pa.array(missing, pa.string())), min_count=0).as_py():
            return True
    return False


def _indicator(question: Mapping[str, Any]) -> dict[str, Any]:
    estimator = "proportion" if question["type"] in _CLOSED else "mean"
    label = {"label": question["label"]} if "label" in question else {}
    name = "_".join(str(question["name"]).split())
    return {"name": name, "estimator": estimator, "question": question["name"], **label}


def _study(
    reading: Reading, name: str, file: str, identity: str | None, language: str, words: Words
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
        "design": {},
        "answers": {"file": file, "origin": "collected", "sha256": reading.sha256},
        "limitations": [words.limitation],
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
