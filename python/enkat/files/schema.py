"""A study's JSON files, checked against their JSON Schema: every problem at once, each with its place."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from enkat.errors import (
    CodebookError,
    DataError,
    EnkatError,
    IndicatorError,
    Issue,
    ReportError,
    suggestion,
)
from enkat.extras import needs
from enkat.texts import json_in_one_form

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

_SCHEMAS = Path(__file__).parents[1] / "schemas"
_ERRORS: dict[str, tuple[str, type[EnkatError]]] = {
    "study": ("study", DataError),
    "codebook": ("codebook", CodebookError),
    "indicators": ("indicator", IndicatorError),
    "claims": ("claim", ReportError),
    "audit": ("disclosure", ReportError),
    "releases": ("disclosure", ReportError),
}
_TYPES = {
    "string": "a text", "number": "a number", "integer": "a whole number", "boolean": "true or false",
    "array": "a list", "object": "an object",
}  # fmt: skip


def read_checked(path: Path) -> dict[str, Any]:
    """The content of study.json, codebook.json, indicators.json, claims.json, audit.json or releases.json.

    Raises the error class of that file with every problem in `issues`: unknown and missing keys, wrong
    types and values, keys that occur twice, or the line and column where it is not JSON.
    """
    kind = path.name.split(".")[0]
    topic, error = _ERRORS[kind]
    content = _parsed(path, topic, error)
    issues = [_issue(problem, path.name, topic) for problem in _sorted(_validator(kind), content)]
    if issues:
        raise error.of(issues)
    return content


@cache
def _validator(kind: str) -> Validator:
    needs("jsonschema", to="to check the files of a study")
    from jsonschema import Draft202012Validator

    schema = (_SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(schema))


def _sorted(validator: Validator, content: object) -> list[ValidationError]:
    return sorted(validator.iter_errors(content), key=lambda problem: [str(step) for step in problem.absolute_path])


def _parsed(path: Path, topic: str, error: type[EnkatError]) -> dict[str, Any]:
    where: dict[str, object] = {"file": path.name}

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        for key in keys:
            if keys.count(key) > 1:
                sentence = f"{path.name}: key {key!r} occurs twice in the same object; remove one"
                raise error(f"{topic}.duplicate_key", sentence, {**where, "key": key})
        return dict(pairs)

    def no_number(word: str) -> NoReturn:
        raise error(f"{topic}.syntax", f"{path.name}: {word[:20]} is not JSON; write a number or null", where)

    def fraction(digits: str) -> float:
        number = float(digits)
        return number if math.isfinite(number) else no_number(digits)

    def integer(digits: str) -> int:
        return int(digits) if len(digits) < 19 else no_number(digits)  # what the core counts with has 64 bits

    try:
        text = path.read_text(encoding="utf-8-sig")
        sentence = f"{path.name} has half of a character in a text (a lone surrogate); write that text anew"
        plain = json_in_one_form(text, error(f"{topic}.encoding", sentence, where))
        content = json.loads(
            text if topic == "study" else plain,  # the study names a file, and files are called what they are
            object_pairs_hook=once,
            parse_constant=no_number,
            parse_float=fraction,
            parse_int=integer,
        )
    except FileNotFoundError:
        sentence = f"the study folder has no {path.name}; `enkat new` drafts one from the answers"
        raise DataError("data.file_not_found", sentence, where) from None
    except UnicodeDecodeError:
        raise error(f"{topic}.encoding", f"{path.name} is not UTF-8; save it as UTF-8", where) from None
    except OSError as problem:
        reason = problem.strerror or "it cannot be opened"
        raise DataError("data.file_unreadable", f"{path.name} cannot be read: {reason}", where) from None
    except json.JSONDecodeError as problem:
        raise error(
            f"{topic}.syntax",
            f"{path.name} is not valid JSON at line {problem.lineno}, column {problem.colno}: "
            "look for a missing comma, quotation mark or bracket there",
            {**where, "line": problem.lineno, "column": problem.colno},
        ) from None
    except RecursionError:
        sentence = f"{path.name} has brackets in brackets, thousands deep: it is no such file"
        raise error(f"{topic}.syntax", sentence, where) from None
    if not isinstance(content, dict):
        raise error(f"{topic}.wrong_type", f"{path.name} must be an object, {{…}}", where)
    return content


def _issue(problem: ValidationError, file: str, topic: str) -> Issue:
    at = "/" + "/".join(map(str, problem.absolute_path)) if problem.absolute_path else ""
    code, words = _words(problem)
    return Issue(f"{topic}.{code}", f"{file}{at}: {words}", {"file": file, "at": at})


def _words(problem: ValidationError) -> tuple[str, str]:
    """The kind of problem and the end of its sentence."""
    rule, demanded = problem.validator, problem.validator_value
    if rule == "additionalProperties" and isinstance(problem.instance, dict):
        known = list(problem.schema.get("properties", {}))
        unknown = [key for key in problem.instance if key not in known]
        return "unknown_key", "; ".join(f"there is no key {key!r} here{suggestion(key, known)}" for key in unknown)
    if rule == "required" and isinstance(problem.instance, dict):
        absent = [key for key in demanded if key not in problem.instance]
        return "missing_key", f"it needs {', '.join(map(repr, absent))}"
    if rule == "dependentRequired":
        return "missing_key", f"it needs {', '.join(repr(key) for keys in demanded.values() for key in keys)}"
    if problem.schema is False or rule is None:
        return "key_does_not_apply", "this key does not apply here; remove it"
    if rule == "enum":
        return "unknown_value", f"must be one of {', '.join(map(repr, demanded))}"
    if rule == "const":
        return ("schema_version" if demanded == 1 else "unknown_value"), f"must be {demanded!r}"
    if rule == "type":
        kinds = demanded if isinstance(demanded, list) else [demanded]
        return "wrong_type", f"must be {' or '.join(_TYPES[kind] for kind in kinds)}"
    if rule == "anyOf" and "language" in str(problem.schema):
        return "wrong_type", 'must be a text, or one text per language: {"sv": "…", "en": "…"}'
    return "wrong_value", _RULES.get(str(rule), "has a value that is not allowed").format(demanded)


_RULES = {
    "minLength": "must not be empty",
    "maxLength": "must have at most {} characters",
    "minItems": "must have at least {} entries",
    "maxItems": "must have at most {} entries",
    "minProperties": "must have at least {} entry",
    "uniqueItems": "must not have the same entry twice",
    "minimum": "must be at least {}",
    "exclusiveMinimum": "must be above {}",
    "exclusiveMaximum": "must be below {}",
    "pattern": "must have the form {}",
}
