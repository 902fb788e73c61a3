"""
The C++ core of enkat. Use it through the package; names here may change.
"""
from __future__ import annotations
import collections.abc
import numpy
import numpy.typing
import typing
import typing_extensions
__all__: list[str] = ['Cells', 'Codebook', 'Estimates', 'Parts', 'PartsBase', 'Pass', 'Precision', 'Reliability', 'Survey', 'Table', 'balance', 'calibrate', 'check', 'check_answers', 'combine', 'combine_columns', 'compute_indicators', 'contrast', 'estimate', 'estimators', 'find_lint', 'find_unbound', 'indicator_estimators', 'language_of', 'percent_step', 'poststratify', 'precision', 'quantiles', 'rake', 'rank', 'reliability', 'replicate', 'response_rates', 'standardize', 'threads_allowed', 'trim', 'weighting']
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
class Cells:
    """
    The cells of a column, copied from arrays of NumPy.
    """
    def __init__(self, format: str, values: numpy.ndarray, present: numpy.ndarray | None = None, categories: Cells | None = None, ordered: bool = False) -> None:
        ...
class Table:
    """
    Columns over Arrow buffers, borrowed where the type allows it.
    """
    @staticmethod
    def from_columns(names: collections.abc.Sequence[str], columns: collections.abc.Sequence[Cells | Table], rows: typing.SupportsInt | typing.SupportsIndex) -> Table:
        """
        Columns of these names, each in one piece: cells, or the only column of a table.
        """
    @staticmethod
    def from_stream(capsule: typing_extensions.CapsuleType) -> Table:
        """
        Reads an Arrow C stream.
        """
    def __arrow_c_stream__(self, requested_schema: typing.Any = None) -> typing_extensions.CapsuleType:
        """
        The columns as they were read.
        """
    def composable_texts(self) -> dict[str, list[str] | None]:
        """
        Texts that may not be in normal form C, by column; None where they are no UTF-8.
        """
    def rewritten(self, names: collections.abc.Sequence[str], instead: collections.abc.Mapping[str, collections.abc.Mapping[str, str]]) -> Table:
        """
        The table with other names, and other texts in the place of some.
        """
    @property
    def names(self) -> list[str]:
        ...
    @property
    def rows(self) -> int:
        ...
    @property
    def unread(self) -> dict[str, str]:
        """
        Columns whose type is not read, with the type.
        """
class PartsBase:
    pass
class Parts(PartsBase):
    """
    Data that are read in parts.
    """
    def __init__(self, run: typing.Any) -> None:
        ...
class Pass:
    """
    A pass over the rows of data read in parts.
    """
    def __init__(self, columns: Table, design: typing.Any, sent: bytes) -> None:
        """
        The pass that `sent` describes.
        """
    def add(self, found: bytes) -> None:
        """
        Adds what was found in other rows.
        """
    def see(self, batch: typing_extensions.CapsuleType, before: typing.SupportsInt | typing.SupportsIndex) -> None:
        """
        Sees a batch of the rows.
        """
    @property
    def found(self) -> bytes:
        """
        What was found so far.
        """
    @property
    def sent(self) -> bytes:
        """
        All that somebody with some of the rows needs for this pass.
        """
class Survey:
    """
    Answers, codebook and design; immutable.
    """
    @staticmethod
    def in_parts(columns: Table, codebook: Codebook, design: typing.Any, parts: PartsBase, progress: typing.Any = None) -> Survey:
        ...
    def __init__(self, table: Table, codebook: Codebook, design: typing.Any) -> None:
        ...
    def answers(self, question: str) -> dict[str, typing.Any]:
        """
        The answers of all rows to a question of the codebook.
        """
    def check_answers(self) -> list[typing.Any]:
        ...
    def declared_question(self, name: str) -> typing.Any:
        """
        A question of the codebook, or None.
        """
    def derive(self, question: typing.Any) -> Survey:
        """
        The survey with one question more, made of others, as codebook.json has it.
        """
    def inside(self) -> numpy.typing.NDArray[numpy.uint8]:
        """
        1 for rows of the domain.
        """
    def notes(self) -> list[str]:
        ...
    def question(self, name: str) -> typing.Any:
        """
        A question, or a column without a codebook read as one.
        """
    def question_counts(self) -> list[typing.Any]:
        """
        For each question the rows with an answer, and with each reason.
        """
    def weights(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    def where(self, conditions: typing.Any) -> Survey:
        """
        Conditions are {'column': …, 'values': […]}, or expressions with their trees.
        """
    def where_mask(self, mask: typing.Annotated[numpy.typing.ArrayLike, numpy.uint8]) -> Survey:
        ...
    @property
    def codebook(self) -> Codebook:
        ...
    @property
    def columns(self) -> list[str]:
        ...
    @property
    def conditions(self) -> typing.Any:
        """
        Those of the domain, where data are read in parts.
        """
    @property
    def domain_rows(self) -> int:
        ...
    @property
    def has_domain(self) -> bool:
        ...
    @property
    def rows(self) -> int:
        ...
    @property
    def steps(self) -> list[str]:
        """
        What was done to the weights, and where variances come from if not from the design.
        """
class Estimates:
    """
    Estimates of one call with their joint covariance.
    """
    def __getstate__(self) -> bytes:
        ...
    def __setstate__(self, arg0: bytes) -> None:
        ...
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
    def shares(self) -> bool:
        ...
    @property
    def size(self) -> int:
        ...
class Precision:
    """
    How precise one estimate is, relative to its size and to a simple random sample.
    """
    @property
    def answer(self) -> str | None:
        """
        the answer counted; none for a number
        """
    @property
    def by(self) -> list[str]:
        """
        values of the by columns
        """
    @property
    def cv(self) -> float | None:
        """
        coefficient of variation: se / |estimate|; none at 0
        """
    @property
    def deff(self) -> float | None:
        """
        variance relative to a simple random sample without replacement
        """
    @property
    def deff_replace(self) -> float | None:
        """
        variance relative to a simple random sample with replacement
        """
    @property
    def deft(self) -> float | None:
        """
        standard error relative to a simple random sample with replacement
        """
    @property
    def effective_n(self) -> float | None:
        """
        n / deff_replace: answers drawn with replacement that are as precise
        """
    @property
    def estimate(self) -> float | None:
        """
        the value
        """
    @property
    def n(self) -> int:
        """
        rows in the base, unweighted
        """
    @property
    def se(self) -> float | None:
        """
        standard error
        """
    @property
    def variable(self) -> str:
        """
        question or column
        """
class Reliability:
    """
    Whether one proportion may be presented, and why not.
    """
    @property
    def answer(self) -> str | None:
        """
        the answer counted
        """
    @property
    def by(self) -> list[str]:
        """
        values of the by columns
        """
    @property
    def ci_high(self) -> float | None:
        """
        upper end of Korn-Graubard's 95 % interval
        """
    @property
    def ci_low(self) -> float | None:
        """
        lower end of Korn-Graubard's 95 % interval
        """
    @property
    def codes(self) -> list[str]:
        """
        why not, and what to look at
        """
    @property
    def df(self) -> float | None:
        """
        degrees of freedom
        """
    @property
    def effective_n(self) -> float | None:
        """
        effective sample size, at most n
        """
    @property
    def estimate(self) -> float | None:
        """
        the proportion
        """
    @property
    def n(self) -> int:
        """
        rows in the base, unweighted
        """
    @property
    def relative_width(self) -> float | None:
        """
        width / proportion; none at 0
        """
    @property
    def reliable(self) -> bool:
        """
        may be presented
        """
    @property
    def variable(self) -> str:
        """
        question or column
        """
    @property
    def width(self) -> float | None:
        """
        width of the interval
        """
def balance(survey: Survey, terms: collections.abc.Sequence[collections.abc.Sequence[str]]) -> typing.Any:
    """
    Shares and means before and after calibration, with their targets.
    """
def calibrate(survey: Survey, terms: collections.abc.Sequence[collections.abc.Sequence[str]], intercept: bool, totals: typing.Any, method: str = 'linear', bounds: typing.Annotated[collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], "FixedSize(2)"] | None = None, unit: str | None = None, covariance: typing.Any = None, progress: typing.Any = None) -> Survey:
    """
    Weights as near to those before as the totals of auxiliaries allow.
    """
def check(survey: Survey, claim: typing.Any, text: str, language: str, synthetic: bool, percent_step: typing.SupportsInt | typing.SupportsIndex = 1, invited: typing.SupportsInt | typing.SupportsIndex | None = None) -> typing.Any:
    """
    The verdict of words on the answers.
    """
def check_answers(table: Table, codebook: Codebook) -> list[typing.Any]:
    """
    All problems of the answers against their codebook.
    """
def combine(estimates: collections.abc.Sequence[Estimates], variables: collections.abc.Sequence[str], interval: str) -> Estimates:
    """
    Estimates of imputations as one, by Rubin's rules.
    """
def combine_columns(estimates: Estimates, variables: collections.abc.Sequence[tuple[str, collections.abc.Sequence[str]]], interval: str) -> Estimates:
    """
    Estimates of columns that are imputations of variables, each variable as one.
    """
def compute_indicators(survey: Survey, indicators: typing.Any, progress: typing.Any = None) -> list[typing.Any]:
    """
    Estimates and published rows of every indicator, in the order of the file.
    """
def contrast(estimates: Estimates, names: collections.abc.Sequence[str], expressions: collections.abc.Sequence[typing.Any]) -> Estimates:
    ...
def estimate(survey: Survey, estimator: str, variables: collections.abc.Sequence[str], by: collections.abc.Sequence[str], missing: str, level: typing.SupportsFloat | typing.SupportsIndex, *, others: collections.abc.Sequence[str] = [], answers: collections.abc.Sequence[str] = [], points: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] = [], interval: str = 'logit', progress: typing.Any = None) -> Estimates:
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
def indicator_estimators() -> list[str]:
    """
    Names of those that a report can show.
    """
def language_of(text: str) -> str:
    """
    The language that words are a phrase of: 'sv' or 'en'.
    """
def percent_step(text: str, language: str) -> int:
    """
    The precision of a document's percents: 10, 5 or 1.
    """
def poststratify(survey: Survey, margin: typing.Any, progress: typing.Any = None) -> Survey:
    """
    Weights brought to the totals of the levels of one category or crossing.
    """
def precision(estimates: Estimates) -> list[Precision]:
    ...
def quantiles(survey: Survey, variables: collections.abc.Sequence[str], probabilities: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], by: collections.abc.Sequence[str], rule: str, interval: str, missing: str, level: typing.SupportsFloat | typing.SupportsIndex, progress: typing.Any = None) -> Estimates:
    ...
def rake(survey: Survey, margins: typing.Any, progress: typing.Any = None) -> Survey:
    """
    Weights brought to the totals of several margins at once.
    """
def rank(survey: Survey, question: str, by: collections.abc.Sequence[str], level: typing.SupportsFloat | typing.SupportsIndex, interval: str, progress: typing.Any = None) -> Estimates:
    ...
def reliability(estimates: Estimates) -> list[Reliability]:
    ...
def replicate(survey: Survey, method: str, replicates: typing.SupportsInt | typing.SupportsIndex, seed: typing.SupportsInt | typing.SupportsIndex, bootstrap: str, rho: typing.SupportsFloat | typing.SupportsIndex, mse: bool) -> Survey:
    """
    The survey with variances from replicates of its sample.
    """
def response_rates(complete: typing.SupportsInt | typing.SupportsIndex, partial: typing.SupportsInt | typing.SupportsIndex, break_off: typing.SupportsInt | typing.SupportsIndex, invited: typing.SupportsInt | typing.SupportsIndex) -> typing.Any:
    """
    AAPOR's and Surveyföreningen's rates for a survey of invited persons.
    """
def standardize(estimates: Estimates, whole: Estimates, columns: collections.abc.Sequence[str], levels: collections.abc.Sequence[collections.abc.Sequence[str]], sizes: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> Estimates:
    ...
def threads_allowed() -> int:
    """
    How many threads a pass may use.
    """
def trim(survey: Survey, upper: typing.SupportsFloat | typing.SupportsIndex, lower: typing.SupportsFloat | typing.SupportsIndex = 0.0) -> Survey:
    """
    Weights cut to [lower, upper]; the excess is spread equally over the rows that are not cut.
    """
def weighting(survey: Survey) -> typing.Any:
    """
    How unequal the weights are, before and after calibration.
    """
