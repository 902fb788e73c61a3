"""
The C++ core of enkat. Use it through the package; names here may change.
"""
from __future__ import annotations
import collections.abc
import numpy
import numpy.typing
import typing
import typing_extensions
__all__: list[str] = ['Cells', 'CheckOptions', 'Codebook', 'EstimateRequest', 'Estimates', 'Parts', 'PartsBase', 'Pass', 'Precision', 'QuantileRequest', 'Reliability', 'ReplicateRequest', 'Survey', 'Table', 'Verdict', 'balance', 'calibrate', 'check', 'check_answers', 'combine', 'combine_columns', 'compute_indicators', 'contrast', 'estimate', 'estimators', 'find_lint', 'find_unbound', 'indicator_estimators', 'language_of', 'percent_step', 'poststratify', 'precision', 'quantiles', 'rake', 'rank', 'reliability', 'replicate', 'response_rates', 'standardize', 'threads_allowed', 'trim', 'weighting']
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
class ReplicateRequest:
    """
    How replicates are made.
    """
    def __eq__(self, arg0: typing.Any) -> bool:
        ...
    def __getstate__(self) -> bytes:
        ...
    def __hash__(self) -> int:
        ...
    def __init__(self, *, method: str = '', replicates: typing.SupportsInt | typing.SupportsIndex = 0, seed: typing.SupportsInt | typing.SupportsIndex = 0, bootstrap: str = 'rao-wu', rho: typing.SupportsFloat | typing.SupportsIndex = 0.0, mse: bool = True) -> None:
        ...
    def __reduce_ex__(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> typing.Any:
        ...
    def __repr__(self) -> str:
        ...
    def __setstate__(self, arg0: bytes) -> None:
        ...
    def asdict(self) -> dict[str, typing.Any]:
        ...
    @property
    def bootstrap(self) -> str:
        """
        rao-wu, canty-davison or preston
        """
    @property
    def method(self) -> str:
        """
        JK1, JKn, BRR, Fay or bootstrap
        """
    @property
    def mse(self) -> bool:
        """
        whether deviations are from the full sample's estimate
        """
    @property
    def replicates(self) -> int:
        """
        of the bootstrap: how many
        """
    @property
    def rho(self) -> float:
        """
        Fay's, from 0 to 1
        """
    @property
    def seed(self) -> int:
        """
        of the bootstrap: what its draws are made of
        """
class Estimates:
    """
    Estimates of one call with their joint covariance.
    """
    def __getstate__(self) -> bytes:
        ...
    def __reduce_ex__(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> typing.Any:
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
class EstimateRequest:
    """
    One call: which estimator, of what, among whom.
    """
    def __eq__(self, arg0: typing.Any) -> bool:
        ...
    def __getstate__(self) -> bytes:
        ...
    def __hash__(self) -> int:
        ...
    def __init__(self, *, estimator: str = '', variables: collections.abc.Sequence[str] = [], others: collections.abc.Sequence[str] = [], by: collections.abc.Sequence[str] = [], answers: collections.abc.Sequence[str] = [], points: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] = [], points_of_cell: collections.abc.Sequence[collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]] = [], any_of: bool = False, everyone: bool = False, missing: str = 'drop', level: typing.SupportsFloat | typing.SupportsIndex = 0.95, interval: str = 'logit') -> None:
        ...
    def __reduce_ex__(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> typing.Any:
        ...
    def __repr__(self) -> str:
        ...
    def __setstate__(self, arg0: bytes) -> None:
        ...
    def asdict(self) -> dict[str, typing.Any]:
        ...
    @property
    def answers(self) -> list[str]:
        """
        only these answers
        """
    @property
    def any_of(self) -> bool:
        """
        whether the answers count as one
        """
    @property
    def by(self) -> list[str]:
        """
        columns or questions that make the groups
        """
    @property
    def estimator(self) -> str:
        """
        which statistic
        """
    @property
    def everyone(self) -> bool:
        """
        whether the base is every row
        """
    @property
    def interval(self) -> str:
        """
        how intervals of shares are made
        """
    @property
    def level(self) -> float:
        """
        of confidence
        """
    @property
    def missing(self) -> str:
        """
        what to do with rows that have not answered
        """
    @property
    def others(self) -> list[str]:
        """
        the second of each pair
        """
    @property
    def points(self) -> list[float]:
        """
        of a distribution function
        """
    @property
    def points_of_cell(self) -> list[list[float]]:
        """
        of a distribution function, cell by cell
        """
    @property
    def variables(self) -> list[str]:
        """
        questions or columns
        """
class QuantileRequest:
    """
    Which quantiles, of what, among whom.
    """
    def __eq__(self, arg0: typing.Any) -> bool:
        ...
    def __getstate__(self) -> bytes:
        ...
    def __hash__(self) -> int:
        ...
    def __init__(self, *, variables: collections.abc.Sequence[str] = [], probabilities: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] = [], by: collections.abc.Sequence[str] = [], rule: str = 'math', interval: str = 'mean', missing: str = 'drop', level: typing.SupportsFloat | typing.SupportsIndex = 0.95) -> None:
        ...
    def __reduce_ex__(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> typing.Any:
        ...
    def __repr__(self) -> str:
        ...
    def __setstate__(self, arg0: bytes) -> None:
        ...
    def asdict(self) -> dict[str, typing.Any]:
        ...
    @property
    def by(self) -> list[str]:
        """
        columns or questions that make the groups
        """
    @property
    def interval(self) -> str:
        """
        how intervals are made
        """
    @property
    def level(self) -> float:
        """
        of confidence
        """
    @property
    def missing(self) -> str:
        """
        what to do with rows that have not answered
        """
    @property
    def probabilities(self) -> list[float]:
        """
        which quantiles: from 0 to 1
        """
    @property
    def rule(self) -> str:
        """
        what a quantile is between two answers
        """
    @property
    def variables(self) -> list[str]:
        """
        questions or columns
        """
class Precision:
    """
    How precise one estimate is, relative to its size and to a simple random sample.
    """
    def __eq__(self, arg0: typing.Any) -> bool:
        ...
    def __getstate__(self) -> bytes:
        ...
    def __hash__(self) -> int:
        ...
    def __reduce_ex__(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> typing.Any:
        ...
    def __repr__(self) -> str:
        ...
    def __setstate__(self, arg0: bytes) -> None:
        ...
    def asdict(self) -> dict[str, typing.Any]:
        ...
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
    def __eq__(self, arg0: typing.Any) -> bool:
        ...
    def __getstate__(self) -> bytes:
        ...
    def __hash__(self) -> int:
        ...
    def __reduce_ex__(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> typing.Any:
        ...
    def __repr__(self) -> str:
        ...
    def __setstate__(self, arg0: bytes) -> None:
        ...
    def asdict(self) -> dict[str, typing.Any]:
        ...
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
class CheckOptions:
    """
    How words are checked besides the claim itself.
    """
    def __eq__(self, arg0: typing.Any) -> bool:
        ...
    def __getstate__(self) -> bytes:
        ...
    def __hash__(self) -> int:
        ...
    def __init__(self, *, language: str = 'sv', synthetic: bool = False, percent_step: typing.SupportsInt | typing.SupportsIndex = 1, invited: typing.SupportsInt | typing.SupportsIndex | None = None) -> None:
        ...
    def __reduce_ex__(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> typing.Any:
        ...
    def __repr__(self) -> str:
        ...
    def __setstate__(self, arg0: bytes) -> None:
        ...
    def asdict(self) -> dict[str, typing.Any]:
        ...
    @property
    def invited(self) -> int | None:
        """
        how many were invited
        """
    @property
    def language(self) -> str:
        """
        of the words: sv or en
        """
    @property
    def percent_step(self) -> int:
        """
        precision of the document's percents
        """
    @property
    def synthetic(self) -> bool:
        """
        whether the answers are
        """
class Verdict:
    """
    How a claim came out and why.
    """
    def __eq__(self, arg0: typing.Any) -> bool:
        ...
    def __getstate__(self) -> bytes:
        ...
    def __hash__(self) -> int:
        ...
    def __init__(self, arg0: Verdict) -> None:
        ...
    def __reduce_ex__(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> typing.Any:
        ...
    def __repr__(self) -> str:
        ...
    def __setstate__(self, arg0: bytes) -> None:
        ...
    def asdict(self) -> dict[str, typing.Any]:
        ...
    @property
    def ci_high(self) -> float | None:
        """
        upper end of the interval the verdict rests on
        """
    @property
    def ci_low(self) -> float | None:
        """
        lower end of the interval the verdict rests on
        """
    @property
    def count(self) -> int | None:
        """
        rows that gave the answer, unweighted
        """
    @property
    def estimate(self) -> float | None:
        """
        the share that the words are held against, weighted where there are weights; of a comparison the ratio or difference
        """
    @property
    def fails(self) -> bool:
        """
        contradicted in the claim's own scope: a report must not be built with it
        """
    @property
    def id(self) -> str:
        """
        the claim
        """
    @property
    def interval(self) -> tuple[float, float] | None:
        """
        what the words cover
        """
    @property
    def kind(self) -> str:
        """
        share, percent, threshold, rank, count …
        """
    @property
    def lint(self) -> list[str]:
        """
        remarks on the wording
        """
    @property
    def measure(self) -> str | None:
        """
        of a comparison: ratio or difference
        """
    @property
    def n(self) -> int | None:
        """
        rows in the base, unweighted
        """
    @property
    def percent(self) -> int | None:
        """
        the share in whole per cent, as tables and charts print it
        """
    @property
    def population(self) -> str | None:
        """
        the verdict about the population, had they been drawn at random
        """
    @property
    def population_finding(self) -> str | None:
        """
        supported, uncertain, misrounded, contradicted, insufficient, unchecked
        """
    @property
    def r_star(self) -> float | None:
        """
        how many times likelier those who agree may have answered before it fails
        """
    @property
    def r_star_high(self) -> float | None:
        """
        how many times likelier the others may have answered before it fails
        """
    @property
    def rank(self) -> list[int]:
        """
        places of the claimed answers
        """
    @property
    def rank_high(self) -> list[int]:
        """
        worst places in the joint confidence set
        """
    @property
    def rank_low(self) -> list[int]:
        """
        best places in the joint confidence set
        """
    @property
    def respondents(self) -> str | None:
        """
        the verdict about those who answered
        """
    @property
    def respondents_finding(self) -> str | None:
        """
        holds, fails, insufficient, unchecked
        """
    @property
    def says(self) -> str:
        """
        the verdict in a sentence
        """
    @property
    def scope(self) -> str:
        """
        respondents or population: whom the words are about
        """
    @property
    def text(self) -> str:
        """
        the words
        """
    @property
    def than_count(self) -> int | None:
        """
        rows that gave the other answer, unweighted
        """
    @property
    def than_n(self) -> int | None:
        """
        rows in the base of the other share, unweighted
        """
    @property
    def than_percent(self) -> int | None:
        """
        of a comparison: the other share in whole per cent
        """
    @property
    def than_unweighted(self) -> int | None:
        """
        the same without weights, where there are weights
        """
    @property
    def unweighted(self) -> int | None:
        """
        of weighted shares: the share of those who answered, in whole per cent
        """
    @property
    def winner_p(self) -> float | None:
        """
        p-value of the first against the second
        """
    @property
    def would_be_true(self) -> str | None:
        """
        what the words could say instead
        """
def balance(survey: Survey, terms: collections.abc.Sequence[collections.abc.Sequence[str]]) -> typing.Any:
    """
    Shares and means before and after calibration, with their targets.
    """
def calibrate(survey: Survey, terms: collections.abc.Sequence[collections.abc.Sequence[str]], intercept: bool, totals: typing.Any, method: str = 'linear', bounds: typing.Annotated[collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], "FixedSize(2)"] | None = None, unit: str | None = None, covariance: typing.Any = None, progress: typing.Any = None) -> Survey:
    """
    Weights as near to those before as the totals of auxiliaries allow.
    """
def check(survey: Survey, claim: typing.Any, text: str, options: CheckOptions) -> Verdict:
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
def estimate(survey: Survey, request: EstimateRequest, progress: typing.Any = None) -> Estimates:
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
def quantiles(survey: Survey, request: QuantileRequest, progress: typing.Any = None) -> Estimates:
    ...
def rake(survey: Survey, margins: typing.Any, progress: typing.Any = None) -> Survey:
    """
    Weights brought to the totals of several margins at once.
    """
def rank(survey: Survey, question: str, by: collections.abc.Sequence[str], level: typing.SupportsFloat | typing.SupportsIndex, interval: str, progress: typing.Any = None) -> Estimates:
    ...
def reliability(estimates: Estimates) -> list[Reliability]:
    ...
def replicate(survey: Survey, request: ReplicateRequest) -> Survey:
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
