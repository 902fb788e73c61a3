"""Arguments that verbs share: names, words, numbers, mappings, in the kinds that NumPy and pandas give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from enkat.errors import UsageError
from enkat.texts import one_form

if TYPE_CHECKING:
    import numpy.typing

Names = str | Sequence[str]
Missing = Literal["drop", "error", "level"]
Interval = Literal["logit", "wald", "wilson", "beta", "xlogit", "asin", "likelihood", "kish"]


def check_level(level: object) -> None:
    """A confidence level is a number; whether it is one that can be used is for the core to say."""
    if isinstance(level, bool) or not isinstance(level, (int, float)):
        raise UsageError("usage.level", "level is a share between 0 and 1, such as 0.95")


def check_words(**options: object) -> None:
    """Options that are chosen by a word, and single names, are given as texts."""
    for name, word in options.items():
        if not isinstance(word, str):
            raise UsageError(f"usage.{name}", f"{name} is given as a text", {"argument": name})
        one_form(word)


def columns(given: str | Sequence[str] | None, role: str) -> list[str]:
    """A column name or a list of them as a list."""
    if given is None:
        return []
    if isinstance(given, str):
        return [one_form(given)]
    names = list(given) if isinstance(given, Iterable) else [given]
    if not all(isinstance(name, str) for name in names):
        raise UsageError("usage.columns", f"`{role}` is a column name or a list of column names", {"argument": role})
    return [one_form(name) for name in names]


def by_columns(by: Names | None) -> list[str]:
    """The `by` argument as a list."""
    names = columns(by, "by")
    if len(set(names)) < len(names):
        raise UsageError("usage.by", f"`by` names a column twice: {', '.join(names)}", {"by": names})
    return names


def plain(given: Any) -> Any:
    """What NumPy, pandas, polars and pyarrow wrap – a number or a list – as Python's own; anything else as it is."""
    for unwrap in ("tolist", "to_list", "to_pylist", "as_py"):
        if hasattr(given, unwrap):
            return getattr(given, unwrap)()
    return given


def values(given: object) -> list[str]:
    """A value or a list of values as the texts the codebook knows them by."""
    given = plain(given)
    many = given if isinstance(given, (list, tuple, set, frozenset)) else [given]
    return [value_text(value) for value in many]


def value_text(value: object) -> str:
    """How a value is written as the name or code of an answer: 1.0 is 1, True is true, ("woman", 1) is woman:1."""
    if isinstance(value, tuple):
        return ":".join(map(value_text, value))
    if getattr(getattr(value, "dtype", None), "kind", "") in {"b", "i", "u", "f"}:
        value = plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return one_form(str(value))


def key_texts(key: object) -> str | list[str]:
    """A name or a value as the core reads it: of a crossing, given as a tuple, one text for each of its parts.

    Joined, ("x:y", "z") and ("x", "y:z") would be the same.
    """
    return [value_text(part) for part in key] if isinstance(key, tuple) else value_text(key)


def option_names(question: Mapping[str, Any]) -> dict[str, str]:
    """Codes and labels of a question's options, each with the option's name; left out where they are ambiguous.

    One that is the name of another option names that.
    """
    found: dict[str, str] = {}
    ambiguous: set[str] = {option["name"] for option in question.get("options", [])}
    for option in question.get("options", []):
        labels = option.get("label", {})
        texts = labels.values() if isinstance(labels, Mapping) else [labels]
        for text in {str(option.get("code", "")), *texts}:
            if found.setdefault(text, option["name"]) != option["name"]:
                ambiguous.add(text)
    return {text: name for text, name in found.items() if text not in ambiguous}


def numbers(given: object, role: str) -> list[float]:
    """A number or a list of numbers as a list."""
    given = plain(given)
    many: list[Any] = [plain(item) for item in given] if isinstance(given, (list, tuple, range)) else [given]
    if not all(isinstance(number, (int, float)) and not isinstance(number, bool) for number in many):
        raise UsageError(f"usage.{role}", f"{role} is a number or a list of numbers", {"argument": role})
    return [float(number) for number in many]


def number(given: object, role: str, what: str = "") -> float:
    """One number, of any kind that has a value as such; not a text that looks like one."""
    value: Any = plain(given)
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        raise UsageError(f"usage.{role}", f"{what or role} is a number", {"argument": role})
    return float(value)


def whole(given: object, role: str) -> int:
    """One whole number that is not negative and that the core can hold."""
    value = plain(given)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        raise UsageError(
            f"usage.{role}", f"{role} is a whole number, 0 or more and of at most 63 bits", {"argument": role}
        )
    return value


def sizes(given: Any, name: str) -> list[tuple[str | list[str], float]]:
    """The size of each value of a category or crossing, from a mapping or a pandas Series; each value once."""
    if not is_mapping(given):
        raise UsageError(
            "usage.totals", f"'{name}' needs a number for each of its values, such as {{'woman': 1200, 'man': 300}}"
        )
    found: list[tuple[str | list[str], float]] = []
    for value, size in given.items():
        found.append((key_texts(value), number(size, "totals", f"what '{name}' gives for '{value_text(value)}'")))
    refuse_twice([key for key, _ in found], name)
    return found


def refuse_twice(keys: Sequence[str | list[str]], name: str) -> None:
    """Raises UsageError `usage.totals` where two keys are the same when they are read as texts (1 and 1.0)."""
    seen: set[tuple[str, ...]] = set()
    for key in keys:
        parts = (key,) if isinstance(key, str) else tuple(key)
        if parts in seen:
            raise UsageError("usage.totals", f"'{name}' gives '{':'.join(parts)}' more than once", {"argument": name})
        seen.add(parts)


def is_mapping(given: object) -> bool:
    """Whether this maps keys to values, as a dict or a pandas Series does."""
    return isinstance(given, Mapping) or (hasattr(given, "items") and hasattr(given, "keys"))


def matrix(given: numpy.typing.ArrayLike | None, role: str) -> list[list[float]]:
    """A matrix of finite numbers as a list of rows; empty where none is given."""
    if given is None:
        return []
    import numpy

    try:
        rows = numpy.asarray(given, dtype=float)
    except (TypeError, ValueError):
        rows = numpy.empty(0)
    if rows.ndim != 2 or not numpy.isfinite(rows).all():
        raise UsageError(f"usage.{role}", f"{role} is a matrix of numbers, with as many rows as columns")
    listed: list[list[float]] = rows.tolist()
    return listed
