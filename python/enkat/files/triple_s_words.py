"""What the variables of a Triple-S survey and their codes are called."""

from __future__ import annotations

from collections.abc import Mapping

from enkat.files.metadata import Code, FileMetadata, MissingRange, ResponseSet
from enkat.files.reading import Content
from enkat.files.reasons import means_no_answer
from enkat.files.triple_s_cells import boxes, choices
from enkat.files.triple_s_record import TripleS, Variable

_LOGICAL: dict[Code, str] = {1: "Yes", 0: "No"}


def metadata_of(survey: TripleS, content: Content) -> FileMetadata:
    """The labels, codes and sets of the variables, as of any file that has them."""
    found = FileMetadata()
    for variable in survey.variables:
        label = variable.label or variable.name
        labels = codes_of(variable)
        if variable.kind == "multiple" and variable.subfields:
            names = choices(variable)
            found.value_labels.update(dict.fromkeys(names, labels))
            found.sets.append(ResponseSet(variable.name, label, tuple(names)))
        elif variable.kind == "multiple":
            columns = boxes(variable)
            found.labels.update({column: variable.codes[code] or code for code, column in columns.items()})
            found.sets.append(ResponseSet(variable.name, label, tuple(columns.values()), counted="1"))
        else:
            found.labels[variable.name] = label
            _add(variable, labels, found, content)
    return found


def codes_of(variable: Variable) -> dict[Code, str]:
    """The labels of codes, as numbers where all are."""
    if variable.kind == "logical":
        return _LOGICAL
    numeric = all(code.isdigit() for code in variable.codes)
    return {int(code) if numeric else code: label for code, label in variable.codes.items()}


def _add(variable: Variable, labels: Mapping[Code, str], found: FileMetadata, content: Content) -> None:
    if variable.kind == "quantity":
        # A code of a quantity is no amount; one that says so is no answer either, the others are ("500 or more").
        special = {code: label for code, label in labels.items() if means_no_answer(label)}
        found.measures[variable.name] = "scale"
        found.missing[variable.name] = [MissingRange(float(code), float(code)) for code in special]
        labels = {float(code): label for code, label in labels.items()}
    elif variable.kind in ("single", "logical"):
        found.measures[variable.name] = "nominal"
    if labels:
        found.value_labels[variable.name] = dict(labels)
