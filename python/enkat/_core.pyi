"""
The C++ core of enkat. Use it through the package; names here may change.
"""
from __future__ import annotations
import collections.abc
import numpy
import numpy.typing
import typing
import typing_extensions
__all__: list[str] = ['Codebook', 'Estimates', 'Survey', 'Table', 'check', 'check_answers', 'compute_indicators', 'estimate', 'estimators', 'find_lint', 'find_unbound', 'percent_step', 'rank', 'response_rates']
class Codebook:
    """
    The questions of a survey.
    """
    @staticmethod
    def parse(text: str) -> Codebook:
        """
        Reads a codebook from JSON text; all problems at once.
        """
    def __init__(self) -> None:
        ...
    def to_json(self) -> typing.Any:
        ...
class Table:
    """
    Columns over Arrow buffers, borrowed where the type allows it.
    """
    @staticmethod
    def from_stream(capsule: typing_extensions.CapsuleType) -> Table:
        """
        Reads an Arrow C stream.
        """
    @property
    def names(self) -> list[str]:
        ...
    @property
    def rows(self) -> int:
        ...
class Survey:
    """
    Answers, codebook and design; immutable.
    """
    def __init__(self, table: Table, codebook: Codebook, design: typing.Any) -> None:
        ...
    def check_answers(self) -> list[typing.Any]:
        ...
    def notes(self) -> list[str]:
        ...
    def question(self, name: str) -> typing.Any:
        """
        A question, or a column without a codebook read as one.
        """
    def weights(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    def where(self, conditions: collections.abc.Sequence[tuple[str, collections.abc.Sequence[str]]]) -> Survey:
        ...
    def where_mask(self, mask: typing.Annotated[numpy.typing.ArrayLike, numpy.uint8]) -> Survey:
        ...
    @property
    def codebook(self) -> Codebook:
        ...
    @property
    def columns(self) -> list[str]:
        ...
    @property
    def domain_rows(self) -> int:
        ...
    @property
    def has_domain(self) -> bool:
        ...
    @property
    def rows(self) -> int:
        ...
class Estimates:
    """
    Estimates of one call with their joint covariance.
    """
    def column(self, name: str) -> typing.Any:
        ...
    def covariance(self) -> typing.Annotated[numpy.typing.NDArray[numpy.float64], "[m, n]"]:
        ...
    def notes(self) -> list[str]:
        ...
    @property
    def by(self) -> list[str]:
        ...
    @property
    def level(self) -> float:
        ...
    @property
    def ranked(self) -> bool:
        ...
    @property
    def size(self) -> int:
        ...
def check(survey: Survey, claim: typing.Any, text: str, language: str, synthetic: bool, percent_step: typing.SupportsInt | typing.SupportsIndex = 1, invited: typing.SupportsInt | typing.SupportsIndex | None = None) -> typing.Any:
    """
    The verdict of words on the answers.
    """
def check_answers(table: Table, codebook: Codebook) -> list[typing.Any]:
    """
    All problems of the answers against their codebook.
    """
def compute_indicators(survey: Survey, indicators: typing.Any, progress: typing.Any = None) -> list[typing.Any]:
    """
    Estimates and published rows of every indicator, in the order of the file.
    """
def estimate(survey: Survey, estimator: str, variables: collections.abc.Sequence[str], denominators: collections.abc.Sequence[str], by: collections.abc.Sequence[str], answers: collections.abc.Sequence[str], missing: str, level: typing.SupportsFloat | typing.SupportsIndex, interval: str, progress: typing.Any = None) -> Estimates:
    ...
def estimators() -> list[str]:
    """
    Names of the estimators.
    """
def find_lint(text: str, language: str) -> typing.Any:
    """
    Wording to reconsider.
    """
def find_unbound(text: str, language: str, bound: collections.abc.Sequence[tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsInt | typing.SupportsIndex]]) -> typing.Any:
    """
    Numbers, shares, thresholds and rank statements outside the bound ranges.
    """
def percent_step(text: str, language: str) -> int:
    """
    The precision of a document's percents: 10, 5 or 1.
    """
def rank(survey: Survey, question: str, by: collections.abc.Sequence[str], level: typing.SupportsFloat | typing.SupportsIndex, interval: str, progress: typing.Any = None) -> Estimates:
    ...
def response_rates(complete: typing.SupportsInt | typing.SupportsIndex, partial: typing.SupportsInt | typing.SupportsIndex, break_off: typing.SupportsInt | typing.SupportsIndex, invited: typing.SupportsInt | typing.SupportsIndex) -> typing.Any:
    """
    AAPOR's and Surveyföreningen's rates for a survey of invited persons.
    """
