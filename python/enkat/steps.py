"""What was done to a survey since its rows were read, so that it can be done again: how surveys are pickled."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from enkat import _core
from enkat.errors import UsageError
from enkat.extras import needs

if TYPE_CHECKING:
    import pyarrow

    from enkat.design import Design
    from enkat.files.one_form import Respelt
    from enkat.survey import Survey

P = ParamSpec("P")
S = TypeVar("S")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Step:
    """A verb that made a new survey of one, with what it was given."""

    verb: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]


def step(verb: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Wraps a verb that gives a new survey, which then knows how it was made."""

    @functools.wraps(verb)
    def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        survey = verb(self, *args, **kwargs)
        before: tuple[Step, ...] = vars(self)["_steps"]
        # Copies: what was given can be changed afterwards, what was done with it cannot.
        given = copy.deepcopy((args, dict(kwargs)))
        vars(survey)["_steps"] = (*before, Step(verb.__name__, *given))
        return survey

    return call


def _same(one: object, other: object) -> bool:
    """Equality of what verbs are given, some of which compare cell by cell."""
    if isinstance(one, Step) and isinstance(other, Step):
        return (one.verb, len(one.args)) == (other.verb, len(other.args)) and _same(
            [one.args, one.kwargs], [other.args, other.kwargs]
        )
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return _same([*one.items()], [*other.items()])
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(_same, one, other))
    if hasattr(one, "__array__") or hasattr(other, "__array__"):
        import numpy

        return bool(numpy.array_equal(numpy.asarray(one), numpy.asarray(other)))
    return bool(one == other)


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """Everything that a survey is made of."""

    rows: pyarrow.Table
    codebook: str | None
    design: Design
    respelt: Respelt
    mark: str | None
    language: str
    file_notes: tuple[str, ...]
    steps: tuple[Step, ...]

    @classmethod
    def of(cls, survey: Survey) -> Made:
        """What a survey in memory is made of.

        Raises:
            UsageError: Its rows are read in parts.
            InstallError: pyarrow, whose format the rows are kept in, is not installed.
        """
        if "_table" not in vars(survey):
            raise UsageError(
                "survey.in_parts",
                "the rows of this survey are read in parts from where they are, and it cannot be copied without them: "
                "scan the same source again",
            )
        needs("pyarrow", to="to pickle or compare surveys")
        import pyarrow as pa

        return cls(
            pa.table(survey._table),
            survey._read_with,
            survey.design,
            survey._respelt,
            survey._mark,
            survey._language,
            survey._file_notes,
            survey._steps,
        )

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Made)
            and self.rows.equals(other.rows)
            and self.codebook == other.codebook
            and self.design == other.design
            and (self.mark, self.language, self.file_notes) == (other.mark, other.language, other.file_notes)
            and _same(self.steps, other.steps)
        )

    def survey(self) -> Survey:
        """The survey, made again."""
        from enkat.survey import Survey

        table = _core.Table.from_stream(self.rows.__arrow_c_stream__())
        known = _core.Codebook.parse(self.codebook) if self.codebook is not None else _core.Codebook()
        core = _core.Survey(table, known, self.design.as_dict())
        made = Survey._made(core, self.design, self.respelt)
        vars(made).update(
            _table=table,
            _read_with=self.codebook,
            _mark=self.mark,
            _language=self.language,
            _file_notes=self.file_notes,
        )
        for one in self.steps:
            made = getattr(made, one.verb)(*one.args, **one.kwargs)
        return made
