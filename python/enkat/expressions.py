"""Expressions such as "a - b" or "age >= 65 and region != 'north'": Python's grammar, with names of ours, as trees."""

from __future__ import annotations

import ast
import keyword
import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

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
TEXT = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
WORDS = re.compile(f"(?P<quoted>{TEXT})|{NAMES.pattern}", re.DOTALL)
Rows = dict[tuple[str, ...], int]
T = TypeVar("T")


@dataclass(frozen=True)
class Shift:
    """From a place in what was parsed on, how much further the text is."""

    place: int
    by: int


@dataclass
class Parsed:
    """An expression as Python's grammar reads it, and what its names were written as."""

    text: str
    example: str  # of such an expression, for messages
    source: str = ""  # what is parsed: the text with stand-ins for names that Python would not read as they are
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by stand-in: their parts
    shifts: list[Shift] = field(default_factory=list)

    def parts(self, identifier: str) -> tuple[str, ...]:
        """The parts of the name that an identifier stands for."""
        return self.names.get(identifier, (identifier,))

    def place(self, node: ast.expr) -> int:
        """The character of the text where a part begins, from 1."""
        return self.place_in_text(len(self.source.encode()[: node.col_offset].decode()))

    def place_in_text(self, place: int) -> int:
        """The character of the text, from 1, that a character of the source, from 0, is."""
        known = bisect_right(self.shifts, place, key=lambda shift: shift.place)
        return place + 1 + (self.shifts[known - 1].by if known else 0)

    def error(self, problem: str, at: int | None = None) -> UsageError:
        """The error for a part, by its place in the text."""
        where = f" at character {at}" if at is not None and at > 1 else ""
        return UsageError(
            "usage.expression",
            f"in {self.text!r}{where}: {problem}",
            {"expression": self.text} | ({"at": at} if at is not None else {}),
        )

    def tree(self, convert: Callable[[ast.expr], T]) -> T:
        """What `convert` makes of the expression.

        Raises UsageError `usage.expression` when it is none.
        """
        at = None
        try:
            return convert(ast.parse(self.source, mode="eval").body)
        except SyntaxError as error:
            at = self.place_in_text(max(0, (error.offset or 1) - 1))
        except (ValueError, RecursionError, MemoryError) as error:
            if isinstance(error, UsageError):
                raise
        raise self.error(
            f"this is no expression: write it like {self.example}, with names that are no identifiers in backticks", at
        )


def parsed(text: object, example: str) -> Parsed:
    """An expression whose names were found.

    Args:
        text: The expression. Names that are no identifiers stand in backticks, a backtick in them is written twice.
            Several names joined by ":" outside the backticks are the parts of one. Texts stand in quotation marks.
        example: What such an expression looks like, for messages.
    """
    if not isinstance(text, str):
        raise UsageError("usage.expression", f"an expression is a text, such as {example}")
    expression = Parsed(one_form(text).strip(), example)
    further = 0

    def placeholder(match: re.Match[str]) -> str:
        """A name that Python reads as it is; it would read others (the letter of "10²") as something else."""
        nonlocal further
        if match["quoted"] or ("`" not in match[0] and (match[0].isascii() or ":" in match[0])):
            return match[0]
        parts = re.findall(NAME, match[0])
        stand_in = f"{prefix}{len(expression.names)}_"
        expression.names[stand_in] = tuple(map(unquoted, parts))
        further += len(match[0]) - len(stand_in)
        expression.shifts.append(Shift(match.end() - further, further))
        return stand_in

    prefix = "_name_"
    while prefix in expression.text:
        prefix += "_"
    expression.source = WORDS.sub(placeholder, expression.text).replace("\n", " ")
    return expression


def expression_tree(text: str, rows: Rows) -> object:
    """The expression of a contrast as a tree of numbers, rows, operators and calls.

    Args:
        text: Arithmetic with names of rows, as `parsed` reads it.
        rows: The parts of the rows' names (one, where it is written as a whole) and their numbers; of the names of one
            row the shortest first.

    Raises:
        UsageError: `usage.expression` when it is no such expression, `usage.unknown_row` for an unknown name.
    """
    expression = parsed(text, "'a - b' or 'log(a / b)'")

    shortest = {number: known for known, number in reversed(rows.items())}
    meant = with_backticks(expression.text, shortest.values())
    write = f": write {meant!r}" if meant != expression.text else ""
    used: set[int] = set()

    def row(identifier: str) -> object:
        parts = expression.parts(identifier)
        if parts not in rows:
            raise UsageError(
                "usage.unknown_row",
                f"no row is named {':'.join(parts)!r} (names that are no identifiers stand in backticks)"
                + (write or suggestion(written(parts), map(written, shortest.values()))),
            )
        used.add(rows[parts])
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
        raise expression.error(
            "this is no arithmetic: use + - * / **, parentheses, numbers, names of rows, and functions such as log",
            expression.place(node),
        )

    try:
        found = expression.tree(tree)
    except UsageError as error:
        if error.code != "usage.expression" or not write:
            raise
        raise UsageError(error.code, f"{error.message}{write}", error.context) from None
    if not used and write:  # of numbers only: they were meant as names
        raise expression.error(f"this names no row (numbers are numbers){write}")
    return found


def with_backticks(text: str, names: Iterable[Sequence[str]]) -> str:
    """The expression with the names of rows as they must be written, wherever they stand in it as they are."""
    as_written = {":".join(parts): written(parts) for parts in names}
    unlike = sorted((name for name, wanted in as_written.items() if wanted != name), key=len, reverse=True)
    if not unlike or "`" in text:
        return text
    pattern = "|".join(map(re.escape, unlike))
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda match: as_written[match[0]], text)


def crossed_names(text: str) -> list[str]:
    """The names in "sex:region"; those that are no identifiers stand in backticks, as in every expression."""
    names = re.findall(NAME, one_form(text))
    if ":".join(names) != one_form(text).strip():
        raise UsageError(
            "usage.expression",
            f"{text!r} is no crossing: write it like 'sex:region', with names that are no identifiers in backticks",
        )
    return [unquoted(name) for name in names]


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
