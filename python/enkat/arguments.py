"""Arguments that verbs share: names, words, levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from enkat.design import columns
from enkat.errors import UsageError

Names = str | Sequence[str]
Missing = Literal["drop", "error", "level"]
Interval = Literal["logit", "wald", "wilson", "beta", "xlogit", "asin", "likelihood"]


def check_level(level: object) -> None:
    """A confidence level is a number; whether it is one that can be used is for the core to say."""
    if isinstance(level, bool) or not isinstance(level, (int, float)):
        raise UsageError("usage.level", "level is a share between 0 and 1, such as 0.95")


def check_words(**options: object) -> None:
    """Options that are chosen by a word are given as one."""
    for name, word in options.items():
        if not isinstance(word, str):
            raise UsageError(f"usage.{name}", f"{name} is given as a text", {"argument": name})


def by_columns(by: Names | None) -> list[str]:
    """The `by` argument as a list."""
    return columns(by, "by")


def values(given: object) -> list[str]:
    """A value or a list of values as the texts the codebook knows them by."""
    for plain in ("tolist", "to_list", "to_pylist"):  # of NumPy and pandas, of polars, of pyarrow
        if hasattr(given, plain):
            given = getattr(given, plain)()
            break
    many = given if isinstance(given, (list, tuple, set, frozenset)) else [given]
    return [value_text(value) for value in many]


def value_text(value: object) -> str:
    """How a value is written as the name or code of an answer: 1.0 is 1, True is true."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def option_names(question: Mapping[str, Any]) -> dict[str, str]:
    """Codes and labels of a question's options, each with the option's name; ambiguous ones are left out."""
    found: dict[str, str] = {}
    ambiguous: set[str] = set()
    for option in question.get("options", []):
        labels = option.get("label", {})
        texts = labels.values() if isinstance(labels, Mapping) else [labels]
        for text in {str(option.get("code", "")), *texts} - {option["name"]}:
            if found.setdefault(text, option["name"]) != option["name"]:
                ambiguous.add(text)
    return {text: name for text, name in found.items() if text not in ambiguous}


def numbers(given: object, role: str) -> list[float]:
    """A number or a list of numbers as a list."""
    for plain in ("tolist", "to_list", "to_pylist"):
        if hasattr(given, plain):
            given = getattr(given, plain)()
            break
    many = list(given) if isinstance(given, (list, tuple, range)) else [given]
    if not all(isinstance(number, (int, float)) and not isinstance(number, bool) for number in many):
        raise UsageError(f"usage.{role}", f"{role} is a number or a list of numbers", {"argument": role})
    return [float(number) for number in many]
