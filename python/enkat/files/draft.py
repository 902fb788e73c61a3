"""A codebook from what a statistics package's file says about its variables.

Only what the file states is used: value labels, declared missing codes, measurement levels and
multiple-response sets. A variable the file says nothing about has no question and is used by its values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from enkat.files.draft_sets import chosen, ticked
from enkat.files.entries import missing_entries, options_of, ordered, stripped
from enkat.files.metadata import Code, FileMetadata, plain
from enkat.files.reading import Content
from enkat.files.ticks import TickedSet
from enkat.files.undeclared import Undeclared, no_answers

if TYPE_CHECKING:
    import pyarrow as pa

# With more values without a label than this, beside labelled ones, a variable is a number with marked values.
MOST_UNLABELLED = 10
MOST_LEVELS = 50
# A scale with words at its ends has at most this many steps: 0 to 10.
MOST_STEPS = 10


def codebook_of(table: pa.Table, metadata: FileMetadata, sets: Sequence[TickedSet], content: Content) -> dict[str, Any]:
    """The codebook of the file, as codebook.json has it; adds a note for everything that was not clear."""
    # The options of a set of boxes are variables: one called "Don't know" is an answer.
    members = {variable for group in sets for variable in (*group.set.variables, *group.columns)}
    questions: list[dict[str, Any]] = []
    for group in sets:
        question = ticked(group, metadata) if group.set.counted is not None else chosen(group, table, metadata)
        if question is None:
            content.notes.append(f"multiple-response set {group.set.name!r} has fewer answers than variables")
        else:
            questions.append(question)
            if question["storage"] == "codes":
                _note_undeclared(question, group.columns, table, content)
    for name, column in zip(table.column_names, table.columns, strict=True):
        if name not in members:
            question = _single(name, column, metadata, content)
            if question:
                questions.append(question)
                _note_undeclared(question, [name], table, content, metadata.value_labels.get(name, {}))
    _distinct_question_names(questions, table.column_names)
    return {"schema_version": 1, "questions": questions}


def _single(name: str, column: pa.ChunkedArray, metadata: FileMetadata, content: Content) -> dict[str, Any] | None:
    """A question held by one variable; None when the file says nothing about its answers."""
    labels = {stripped(code): label for code, label in metadata.value_labels.get(name, {}).items()}
    measure = metadata.measures.get(name, "unknown")
    numeric = _is_number(column)
    declared = labels or name in metadata.missing
    if not (numeric or _is_text(column)) or not (declared or (numeric and measure in ("nominal", "ordinal"))):
        return {"name": name, "type": "number", **_label(name, metadata)} if numeric and measure == "scale" else None
    observed = [plain(code) for code in column.unique().drop_null().to_pylist()]
    missing = [code for code in ordered({*observed, *labels}) if metadata.is_missing(name, code)]
    options = {code: label for code, label in labels.items() if code not in missing}
    unlabelled = [code for code in observed if code not in options and code not in missing]
    question: dict[str, Any] = {"name": name, "type": "single", **_label(name, metadata)}
    answers = {code: label for code, label in options.items() if code not in no_answers(options)}
    if numeric and _has_labelled_ends(answers, unlabelled):
        question["type"] = "scale"
    elif _counts(numeric, measure, answers, unlabelled) or _counts(numeric, measure, options, unlabelled):
        question["type"] = "number"
        if answers:
            content.notes.append(
                f"{name!r} is read as a number; the labels of some of its values are not used, "
                "and none of these is declared as missing"
            )
    elif not answers and not numeric:
        question["type"] = "text" if len(unlabelled) > MOST_LEVELS or not unlabelled else "single"
    elif measure == "ordinal" or (measure == "scale" and answers):
        question["type"] = "scale" if numeric else "single"
    if question["type"] in ("single", "scale"):
        if answers and unlabelled and question["type"] == "single":
            content.notes.append(f"{name!r} has values without a label; they are answers named by their value")
        question["options"] = options_of({code: options.get(code, "") for code in ordered({*options, *unlabelled})})
    return {**question, **missing_entries(missing, labels)}


def _counts(numeric: bool, measure: str, options: dict[Code, str], unlabelled: list[Code]) -> bool:
    """True when a numeric variable holds amounts rather than coded answers."""
    if not numeric:
        return False
    if not options:
        return measure not in ("nominal", "ordinal") or not unlabelled or len(unlabelled) > MOST_LEVELS
    fractions = any(isinstance(code, float) for code in unlabelled)
    return fractions or len(unlabelled) > MOST_UNLABELLED or (measure == "scale" and len(unlabelled) > len(options))


def _has_labelled_ends(answers: dict[Code, str], unlabelled: list[Code]) -> bool:
    """True for a rating such as 0 to 10 with words at both ends, whatever its level of measurement is said to be."""
    codes = [*answers, *unlabelled]
    if not unlabelled or len(answers) < 2 or not all(isinstance(code, int) for code in codes):
        return False
    steps = [int(code) for code in codes]
    ends = (min(steps), max(steps))
    return ends[1] - ends[0] <= MOST_STEPS and all(end in answers for end in ends)


def _note_undeclared(
    question: dict[str, Any],
    columns: Sequence[str],
    table: pa.Table,
    content: Content,
    labels: Mapping[Code, str] | None = None,
) -> None:
    """Keeps the values that occur and that their labels call no answer, unless they are declared."""
    if labels is None:
        labels = {option["code"]: option["label"] for option in question["options"]}
    declared = {entry["code"] for entry in question.get("missing", [])}
    found = {stripped(code): label for code, label in no_answers(labels).items() if stripped(code) not in declared}
    if found:
        present = {plain(code) for name in columns for code in table.column(name).unique().drop_null().to_pylist()}
        found = {code: found[code] for code in ordered(found) if code in present}
    if found:
        content.undeclared.append(Undeclared(question["name"], found))


def _label(name: str, metadata: FileMetadata) -> dict[str, str]:
    return {"label": metadata.labels[name]} if name in metadata.labels else {}


def _distinct_question_names(questions: list[dict[str, Any]], columns: list[str]) -> None:
    """A set must not take the name of a variable, because both can be asked for."""
    for question in questions:
        if question["type"] == "multiple" and question["name"] in columns:
            question["name"] += "_set"


def _is_number(column: pa.ChunkedArray) -> bool:
    from pyarrow import types as is_a

    return bool(is_a.is_floating(column.type) or is_a.is_integer(column.type))


def _is_text(column: pa.ChunkedArray) -> bool:
    from pyarrow import types as is_a

    return bool(is_a.is_large_string(column.type) or is_a.is_string(column.type))
