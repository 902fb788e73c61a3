"""Imputations of what is not known, combined into one estimate: multiply imputed data and plausible values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from enkat import _core
from enkat.arguments import Interval, Names, check_words, columns
from enkat.errors import UsageError
from enkat.estimates import Estimates
from enkat.keywords import checked
from enkat.texts import one_form

Imputed = Sequence[str] | Mapping[str, Sequence[str]]
Variables = list[tuple[str, list[str]]]  # what each is called ("": by its columns) and its columns


@checked
def combine(
    estimates: Iterable[Estimates], *, variable: Names | None = None, interval: Interval = "logit"
) -> Estimates:
    """One table from the same estimates of several imputations, by Rubin's rules.

    Args:
        estimates: The tables of the imputations: the same call with each imputed data set or plausible value.
        variable: What the variable is called together (a list where there are several); as it is, or
            "first…last" where the tables name it differently.
        interval: Of shares, as in `Survey.proportion` (not "kish").

    Returns:
        Estimates: the mean of each row with the covariance W + (1 + 1/m)B, W the mean of the covariances that the
        design gives and B the one between the imputations; `df` by Barnard & Rubin from the design's own. `note` says
        the fraction of missing information. `n` and `count` are the smallest base, and the count that all share.

    Raises:
        UsageError: `combine.rows` where the tables have not the same rows; fewer than two tables.

    Example:
        >>> imputed = [data.assign(age=data["age"] + shift) for shift in (-1, 0, 2)]
        >>> enkat.combine([enkat.Survey(each).mean("age") for each in imputed])
        variable  answer  estimate  se   ci_low  ci_high  df       n   count  deff  note
        age       –       44.8      2.6  38.6    51.1     6.06023  40  –      –     imputed.missing_information:0.59
        3 imputations are combined by Rubin's rules; the fraction of missing information is 0.59

    Source: Rubin (1987), Multiple Imputation for Nonresponse in Surveys, §3.1; Barnard & Rubin (1999), Biometrika 86.
    """
    tables = list(estimates) if isinstance(estimates, Iterable) else []
    if not tables or not all(isinstance(table, Estimates) for table in tables):
        raise UsageError("usage.combine", "combine() takes a list of Estimates, one of each imputation")
    check_words(interval=interval)
    core = _core.combine([table._core for table in tables], columns(variable, "variable"), interval)
    mark = next((table._mark for table in tables if table._mark), None)
    return Estimates(core, tables[0]._names, mark, tables[0]._labels)


def imputed_variables(y: object, imputed: Imputed) -> Variables:
    """The imputed variables of a call: a list of columns is one variable, a mapping names several."""
    if y is not None:
        raise UsageError("usage.imputed", "give either columns or imputed=, the columns that impute one variable")
    if isinstance(imputed, Mapping):
        return [(one_form(str(name)), columns(of, "imputed")) for name, of in imputed.items()]
    if isinstance(imputed, str) or not isinstance(imputed, Iterable):
        raise UsageError("usage.imputed", "imputed is a list of columns, such as ['PV1MATH', 'PV2MATH']")
    return [("", columns(imputed, "imputed"))]


def combined_columns(estimates: Estimates, variables: Variables, interval: Interval = "logit") -> Estimates:
    """The estimates of all columns as one of each variable."""
    core = _core.combine_columns(estimates._core, variables, interval)
    return Estimates(core, estimates._names, estimates._mark, estimates._labels)
