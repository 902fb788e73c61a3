"""Expressions such as "a - b" or "log(`65+` / young)" as trees of rows, which the core evaluates."""

from __future__ import annotations

import ast
import keyword
import math
import re

from enkat.errors import UsageError, suggestion

OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
}


def expression_tree(text: str, rows: dict[str, int]) -> object:
    """The expression as a tree of numbers, rows, operators and calls.

    Args:
        text: Arithmetic with names of rows; names that are no identifiers stand in backticks.
        rows: Names of the rows and their numbers; of the names of one row the shortest first.

    Raises:
        UsageError: `usage.expression` when it is no such expression, `usage.unknown_row` for an unknown name.
    """
    if not isinstance(text, str):
        raise UsageError("usage.expression", "an expression is a text, such as 'a - b'")
    quoted: list[str] = []

    def placeholder(match: re.Match[str]) -> str:
        quoted.append(match[1])
        return f"_quoted_{len(quoted) - 1}_"

    try:
        body = ast.parse(re.sub(r"`([^`]*)`", placeholder, text).strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise UsageError(
            "usage.expression",
            f"{text!r} is no expression: write it like 'a - b' or 'log(a / b)', with names that are no identifiers in "
            "backticks",
        ) from None

    def row(name: str) -> object:
        if match := re.fullmatch(r"_quoted_(\d+)_", name):
            name = quoted[int(match[1])]
        if name not in rows:
            shortest = {number: known for known, number in reversed(rows.items())}
            raise UsageError(
                "usage.unknown_row",
                f"no row is named {name!r} (names that are no identifiers stand in backticks)"
                + suggestion(name, shortest.values()),
            )
        return {"row": rows[name]}

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


def written(name: str) -> str:
    """A name as an expression writes it."""
    return name if name.isidentifier() and not keyword.iskeyword(name) else f"`{name}`"
