"""Calls with an unknown keyword are refused with the nearest known one, instead of a bare TypeError."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from enkat.errors import UsageError

P = ParamSpec("P")
R = TypeVar("R")


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """Wraps a public function or method so that an unknown keyword is a UsageError that suggests a known one."""
    parameters = inspect.signature(function).parameters
    if any(parameter.kind is inspect.Parameter.VAR_KEYWORD for parameter in parameters.values()):
        raise TypeError(f"{function.__name__} takes any keyword: there is nothing to check")
    known = [name for name in parameters if name != "self"]

    @functools.wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        for name in kwargs:
            if name not in parameters:
                raise UsageError.unknown(name, known)
        return function(*args, **kwargs)

    return call
