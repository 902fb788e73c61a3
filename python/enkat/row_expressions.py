"""Expressions over the rows of a survey, such as "age >= 65 and region != 'north'", as trees the core evaluates."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from typing import Any

from enkat.errors import UsageError
from enkat.expressions import OPERATORS, Parsed, is_finite, parsed

Tree = dict[str, Any]

COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
MISSING = ("None", "missing")
WORDS_OF_BITS: dict[type[ast.operator], str] = {ast.BitAnd: "and", ast.BitOr: "or"}


def row_expression(text: object) -> Tree:
    """The expression with its tree: names, values and operations, each with the character where it begins.

    Args:
        text: Comparisons (also chained), `in`, `not in`, `is None`, `and`, `or`, `not`, arithmetic, and the functions
            between, missing and ticked. What names and values mean is for the core to say, which knows the survey.

    Raises:
        UsageError: `usage.expression`, with the place of what is not understood.
    """
    expression = parsed(text, "\"age >= 65 and region != 'north'\"")
    return {"text": expression.text, "tree": expression.tree(Reader(expression).tree)}


def tree_or_problem(text: str) -> Tree:
    """The same of an expression in a file, whose problems are told with all others: {"text": …, "problem": …}."""
    try:
        return row_expression(text)
    except UsageError as error:
        return {"text": text, "problem": error.message}


def with_tree(where: object) -> object:
    """The conditions of a file or an argument: an expression with its tree, anything else as it is."""
    return [tree_or_problem(where)] if isinstance(where, str) else where


def spec_with_tree(spec: Mapping[str, Any]) -> dict[str, Any]:
    """An indicator or a claim as the core reads it: its `where` with a tree, where that is an expression.

    So has what a claim compares with.
    """
    read = dict(spec)
    if isinstance(read.get("where"), str):
        read["where"] = with_tree(read["where"])
    if isinstance(read.get("than"), Mapping):
        read["than"] = spec_with_tree(read["than"])
    return read


def question_with_trees(question: Mapping[str, Any]) -> dict[str, Any]:
    """A question of a codebook as the core reads it: its expressions (`asked_if`, `derived`) with their trees."""
    read = dict(question)
    if isinstance(read.get("asked_if"), str):
        read["asked_if"] = tree_or_problem(read["asked_if"])
    derived = read.get("derived")
    if isinstance(derived, Mapping):
        read["derived"] = {
            key: tree_or_problem(part) if key in ("where", "number") and isinstance(part, str) else part
            for key, part in derived.items()
        }
    return read


def codebook_with_trees(text: str) -> str:
    """The JSON text of a codebook as the core reads it; one that has no expressions, or is no JSON, as it is."""
    if '"asked_if"' not in text and '"derived"' not in text:
        return text
    try:
        codebook = json.loads(text, object_pairs_hook=_once)
        read = {**codebook, "questions": [question_with_trees(question) for question in codebook["questions"]]}
    except (ValueError, KeyError, TypeError, RecursionError):
        return text
    return text if read == codebook else json.dumps(read, ensure_ascii=False)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The core tells keys that occur twice, so nothing is made of them here."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


class Reader:
    """Turns what Python's grammar read into a tree of ours."""

    def __init__(self, expression: Parsed) -> None:
        self._expression = expression

    def tree(self, node: ast.expr) -> Tree:
        """The tree of a part of the expression."""
        match node:
            case ast.Constant(value=bool() | str() as value):
                return self._leaf(node, value=value)
            case ast.Constant(value=float() | int() as number) if is_finite(number):
                return self._leaf(node, value=number)
            case ast.Constant(value=None):
                raise self._refused(node, "None is compared with `is`: write `age is None`, or missing(age)")
            case ast.Name(id=identifier):
                return self._leaf(node, name=self._name(node, identifier))
            case ast.BoolOp(op=operator, values=values):
                return self._op(node, "and" if isinstance(operator, ast.And) else "or", *map(self.tree, values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._op(node, "not", self.tree(operand))
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=float() | int() as number)) if is_finite(number):
                return self._leaf(node, value=-number)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self._op(node, "-", self.tree(operand))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.tree(operand)
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in OPERATORS:
                return self._op(node, OPERATORS[type(operator)], self.tree(left), self.tree(right))
            case ast.BinOp(op=operator, right=right) if type(operator) in WORDS_OF_BITS:
                word = WORDS_OF_BITS[type(operator)]
                raise self._refused(right, f"write `{word}` before this, as in \"age > 18 {word} region == 'north'\"")
            case ast.Compare(left=left, ops=operators, comparators=rights):
                lefts = [left, *rights[:-1]]
                pairs = [self._compared(*pair) for pair in zip(lefts, operators, rights, strict=True)]
                return pairs[0] if len(pairs) == 1 else self._op(node, "and", *pairs)
            case ast.Call(func=ast.Name(id="between"), args=[value, low, high], keywords=[]):
                pairs = [self._compared(value, ast.GtE(), low), self._compared(value, ast.LtE(), high)]
                return self._op(node, "and", *pairs)
            case ast.Call(func=ast.Name(id="ticked"), args=[asked, *options], keywords=[]) if options:
                return self._op(node, "ticked", self.tree(asked), *map(self._value, options))
            case ast.Call(func=ast.Name(id=function), args=args, keywords=[]) if function not in ("between", "ticked"):
                return self._op(node, function, *map(self.tree, args))
            case ast.Call(func=ast.Name(id="between")):
                raise self._refused(node, "between() takes three: between(age, 18, 65) is 18 <= age <= 65")
            case ast.Call(func=ast.Name(id="ticked")):
                raise self._refused(node, "ticked() takes a question and options: ticked(areas, 'children', 'youth')")
        raise self._refused(
            node,
            "this is not understood: use == != < <= > >=, in, is None, and, or, not, + - * / **, parentheses, numbers,"
            " texts in quotation marks, and names",
        )

    def _compared(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> Tree:
        match operator:
            case ast.Is() | ast.IsNot() if ast.unparse(right) in MISSING:
                return self._negated(left, isinstance(operator, ast.IsNot), self._op(left, "missing", self.tree(left)))
            case ast.Is() | ast.IsNot():
                raise self._refused(right, "`is` asks whether there is an answer (`age is None`); else write ==")
            case ast.In() | ast.NotIn():
                return self._negated(left, isinstance(operator, ast.NotIn), self._among(left, right))
        return self._op(left, COMPARISONS[type(operator)], self.tree(left), self.tree(right))

    def _among(self, left: ast.expr, right: ast.expr) -> Tree:
        """One of several values, or an option that is ticked in a multiple question."""
        if isinstance(right, ast.Name):
            return self._op(left, "ticked", self.tree(right), self._value(left))
        values = right.elts if isinstance(right, (ast.Tuple, ast.List, ast.Set)) else [right]
        if not values:
            raise self._refused(right, "there is nothing in this list: give at least one value")
        return self._op(left, "in", self.tree(left), *map(self._value, values))

    def _value(self, node: ast.expr) -> Tree:
        tree = self.tree(node)
        if "value" not in tree:
            raise self._refused(node, "a number or a text in quotation marks stands here")
        return tree

    def _negated(self, node: ast.expr, wanted: bool, tree: Tree) -> Tree:
        return self._op(node, "not", tree) if wanted else tree

    def _name(self, node: ast.expr, identifier: str) -> str:
        parts = self._expression.parts(identifier)
        if len(parts) > 1:
            raise self._refused(node, "a name that has a colon in it stands in backticks as a whole")
        return parts[0]

    def _leaf(self, node: ast.expr, **what: object) -> Tree:
        return {**what, "at": self._expression.place(node)}

    def _op(self, node: ast.expr, name: str, *args: Tree) -> Tree:
        return {"op": name, "args": list(args), "at": self._expression.place(node)}

    def _refused(self, node: ast.expr, problem: str) -> UsageError:
        return self._expression.error(problem, self._expression.place(node))
