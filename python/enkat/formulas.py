"""Formulas of variables and their crossings, "~ sex + age:region": read by formulaic, and nothing in them is run."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from enkat.errors import EnkatError, UsageError
from enkat.extras import needs
from enkat.texts import one_form

# A formula has no parts (|) and no variables that are not named (.).
_OPERATORS = frozenset({"~", "+", "-", "*", "/", "in", ":", "**", "^"})
_CROSSING = frozenset({"*", "/", "in", ":"})
_MOST_TERMS = 10_000


def formula_terms(formula: str, known: Sequence[str]) -> tuple[list[list[str]], bool]:
    """The terms of a formula as lists of crossed variables, and whether it has an intercept.

    `known` are names of columns: they may have dots in them. Any other name stands in backticks, a backtick in it
    written twice.
    """
    if not isinstance(formula, str):
        raise UsageError("usage.formula", "formula is a text such as '~ sex + age'")
    needs("formulaic", to="to read formulas")
    from formulaic.errors import FormulaicError
    from formulaic.parser.types import Factor

    from enkat.expressions import QUOTED, unquoted

    formula = one_form(formula)
    names: dict[str, str] = {}  # stand-ins: formulaic reads `1` as a number and `x``y` as nothing
    prefix = "_name_"
    while prefix in formula:
        prefix += "_"

    def placeholder(match: re.Match[str]) -> str:
        return names.setdefault(unquoted(match[0]), f"{prefix}{len(names)}_")

    try:
        parsed = _parser().get_terms(QUOTED.sub(placeholder, formula))
    except EnkatError:
        raise
    except (FormulaicError, SyntaxError, ValueError, TypeError, IndexError, RecursionError) as wrong:
        raise UsageError(
            "usage.formula",
            f"{formula!r} is no formula: write it like '~ sex + age', with names that are no identifiers in backticks",
        ) from wrong
    right = getattr(parsed, "rhs", parsed)
    if right is not parsed:
        raise UsageError("usage.formula", f"{formula!r} has a left side: a calibration has none, write '~ sex + age'")
    stands_for = {stand_in: name for name, stand_in in names.items()}
    terms, intercept = [], False
    for term in right:
        numbers = [factor for factor in term.factors if factor.eval_method is Factor.EvalMethod.LITERAL]
        variables = [factor for factor in term.factors if factor not in numbers]
        if not variables:
            intercept = True
            continue
        unread = [
            factor.expr
            for factor in variables
            if factor.eval_method is not Factor.EvalMethod.LOOKUP and factor.expr not in known
        ]
        if unread:
            shown = re.sub(rf"{prefix}\d+_", lambda match: f"`{stands_for[match[0]]}`", str(term))
            raise UsageError("usage.formula", f"'{shown}' is no variable or crossing of variables: make it a column")
        terms.append([stands_for.get(factor.expr, factor.expr) for factor in variables])
    return terms, intercept


def _parser() -> Any:
    """Formulaic's, without operators that a calibration has no meaning for, and with an end to crossings."""
    from formulaic.parser import DefaultFormulaParser, DefaultOperatorResolver
    from formulaic.parser.types import Operator

    def bounded(operator: Operator) -> Operator:
        def to_terms(*terms: Any) -> Any:
            _refuse_many(operator.symbol, terms)
            return operator.to_terms(*terms)

        return Operator(
            operator.symbol,
            arity=operator.arity,
            precedence=operator.precedence,
            associativity=operator.associativity,
            fixity=operator.fixity,
            to_terms=to_terms,
            accepts_context=operator.accepts_context,
            structural=operator.structural,
        )

    class Operators(DefaultOperatorResolver):  # type: ignore[misc]
        @property
        def operators(self) -> list[Operator]:
            all_of_them = super().operators
            return [bounded(one) for one in all_of_them if one.symbol in _OPERATORS and not one.disabled]

    return DefaultFormulaParser(operator_resolver=Operators())


def _refuse_many(symbol: str, terms: Sequence[Any]) -> None:
    """All terms that an operator makes are made one by one, so there must be few."""
    if symbol in _CROSSING:
        made = math.prod(map(len, terms))
    elif symbol in ("**", "^"):
        of, (power, *_) = terms
        digits = str(power)
        made = len(of) ** int(digits) if digits.isdecimal() and len(digits) < 3 else _MOST_TERMS * len(digits)
    else:
        return
    if made > _MOST_TERMS:
        raise UsageError(
            "usage.formula",
            f"'{symbol}' makes more than {_MOST_TERMS:,} crossings of the formula's variables: write those that there"
            " are totals of",
        )
