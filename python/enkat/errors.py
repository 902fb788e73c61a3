"""The errors of enkat: each has a stable code, a context, and a sentence that says what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

SHOWN_ISSUES = 20


@dataclass(frozen=True)
class Issue:
    """One problem of a file or a request: a code, a sentence, and where it is (never a person's answer)."""

    code: str
    message: str
    context: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message


class EnkatError(ValueError):
    """Any failure of enkat; `code` is stable, `context` says where, `issues` lists every problem found."""

    def __init__(
        self,
        code: str,
        message: str,
        context: Mapping[str, object] | None = None,
        issues: Sequence[Issue] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.context: dict[str, object] = dict(context or {})
        self.issues: list[Issue] = list(issues)

    def __str__(self) -> str:
        if not self.issues or [issue.message for issue in self.issues] == [self.message]:
            return self.message
        lines = [self.message, *(f"  - {issue.message}" for issue in self.issues[:SHOWN_ISSUES])]
        unshown = len(self.issues) - SHOWN_ISSUES
        return "\n".join(lines + ([f"  … and {unshown} more (see .issues)"] if unshown > 0 else []))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.code, self.message, self.context, self.issues)

    @classmethod
    def of(cls, issues: Sequence[Issue]) -> Self:
        """One error that carries all these issues; its code and context are those of the first."""
        first = issues[0]
        more = f" (and {len(issues) - 1} more problems)" if len(issues) > 1 else ""
        return cls(first.code, first.message + more, first.context, issues)


class CodebookError(EnkatError):
    """The codebook contradicts itself or cannot be read."""


class DataError(EnkatError):
    """The answers, or the file they are in, have a problem."""


class UnknownColumn(DataError, KeyError):  # noqa: N818 - the name says what is wrong
    """The table has no such column; also a KeyError."""

    @classmethod
    def named(cls, name: str, known: Iterable[str]) -> Self:
        """The error for a column that is not there, suggesting the nearest name that is."""
        return cls("data.unknown_column", f"there is no column {name!r}{suggestion(name, known)}", {"column": name})


class DesignError(EnkatError):
    """The sampling design does not fit the answers."""


class EstimateError(EnkatError):
    """No estimate of the call can exist."""


class IndicatorError(EnkatError):
    """An indicator asks for something that cannot be computed."""


class InstallError(EnkatError, ImportError):
    """A package is not installed that this needs, and which extra of enkat brings it; also an ImportError."""


class ReportError(EnkatError):
    """The report's text or its claims have a problem."""


class UsageError(EnkatError, TypeError):
    """The call itself is wrong: an unknown keyword, option or kind of object; also a TypeError."""

    @classmethod
    def unknown(cls, name: str, known: Iterable[str]) -> Self:
        """The error for a keyword or option that does not exist, suggesting the nearest one that does."""
        return cls("usage.unknown", f"{name!r} is not known here{suggestion(name, known)}", {"name": name})


def suggestion(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the known name nearest to a misspelt one, or what there is to choose from."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1)
    if near:
        return f"; did you mean {near[0]!r}?"
    if not names:
        return ""
    return f"; choose one of {', '.join(map(repr, names[:10]))}" + (", …" if len(names) > 10 else "")
