"""Expressions such as "a - b" or "log(`65+` / young)" as trees of rows, which the core evaluates."""

from __future__ import annotations

import ast
import keyword
import math
import re
from collections.abc import Sequence

from enkat.errors import UsageError, suggestion
from enkat.texts import one_form

OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
}


QUOTED = re.compile(r"`(?:[^`]|``)*`")
NAME = rf"{QUOTED.pattern}|[^\W\d]\w*"
NAMES = re.compile(f"(?:{NAME})(?::(?:{NAME}))*")
Rows = dict[tuple[str, ...], int]


def expression_tree(text: str, rows: Rows) -> object:
    """The expression as a tree of numbers, rows, operators and calls.

    Args:
        text: Arithmetic with names of rows; names that are no identifiers stand in backticks, a backtick in them is
            written twice. Several names joined by ":" outside the backticks are the parts of one.
        rows: The parts of the rows' names (one, where it is written as a whole) and their numbers; of the names of one
            row the shortest first.

    Raises:
        UsageError: `usage.expression` when it is no such expression, `usage.unknown_row` for an unknown name.
    """
    if not isinstance(text, str):
        raise UsageError("usage.expression", "an expression is a text, such as 'a - b'")
    text = one_form(text)
    names: dict[str, tuple[str, ...]] = {}

    def placeholder(match: re.Match[str]) -> str:
        """A name that Python reads as it is; it would read others (the letter of "10²") as something else."""
        if "`" not in match[0] and (match[0].isascii() or ":" in match[0]):
            return match[0]
        parts = re.findall(NAME, match[0])
        stand_in = f"{prefix}{len(names)}_"
        names[stand_in] = tuple(map(unquoted, parts))
        return stand_in

    prefix = "_name_"
    while prefix in text:
        prefix += "_"
    try:
        body = ast.parse(NAMES.sub(placeholder, text).strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise UsageError(
            "usage.expression",
            f"{text!r} is no expression: write it like 'a - b' or 'log(a / b)', with names that are no identifiers in "
            "backticks",
        ) from None

    def row(identifier: str) -> object:
        parts = names.get(identifier, (identifier,))
        if parts not in rows:
            shortest = {number: known for known, number in reversed(rows.items())}
            raise UsageError(
                "usage.unknown_row",
                f"no row is named {':'.join(parts)!r} (names that are no identifiers stand in backticks)"
                + suggestion(written(parts), map(written, shortest.values())),
            )
        return {"row": rows[parts]}

    def tree(node: ast.expr) -> object:
        match node:
            case ast.Constant(value=float() | int() as number) if is_finite(number):
                return number
            case ast.Name(id=name):
                return row(name)
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in OPERATORS:
                return {"op": OPERATORS[type(operator)], "args": [tree(left), tree(right)]}
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return {"op": "-", "args": [tree(operand)]}
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return tree(operand)
            case ast.Call(func=ast.Name(id=function), args=args, keywords=[]):
                return {"call": function, "args": [tree(arg) for arg in args]}
        raise UsageError(
            "usage.expression",
            f"{text!r} has a part that is no arithmetic: use + - * / **, parentheses, numbers, names of rows, and "
            "functions such as log",
        )

    return tree(body)


def is_finite(number: float) -> bool:
    """Whether a number of an expression is one that can be calculated with."""
    try:
        return not isinstance(number, bool) and math.isfinite(number)
    except OverflowError:
        return False


def unquoted(name: str) -> str:
    """A name as it is: without the backticks that it may stand in."""
    return name[1:-1].replace("``", "`") if name.startswith("`") else name


def written(parts: Sequence[str]) -> str:
    """The parts of a name as an expression writes them: in backticks what is no identifier."""
    return ":".join(
        part if part.isidentifier() and not keyword.iskeyword(part) else f"`{part.replace('`', '``')}`"
        for part in parts
    )
