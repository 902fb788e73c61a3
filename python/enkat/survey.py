"""A survey: answers, codebook and design. Every verb returns estimates or a new Survey; nothing is changed in place."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, overload

from enkat import _core
from enkat.arguments import Interval, Names, by_columns, check_level, check_words, values
from enkat.claim_sides import Than, claim_side, claim_side_of
from enkat.deriving import derived_question
from enkat.design import Design
from enkat.display import html_lines
from enkat.errors import CodebookError, UsageError
from enkat.estimates import Estimates
from enkat.estimating import Estimating
from enkat.extras import needs
from enkat.keywords import checked
from enkat.labels import Labels
from enkat.progress import progress
from enkat.row_expressions import codebook_with_trees, row_expression
from enkat.steps import Made, Step, step
from enkat.tables import Records
from enkat.texts import json_in_one_form, on_one_line, one_form
from enkat.weighting import Weighting

if TYPE_CHECKING:
    import narwhals
    import numpy
    import pandas
    import polars
    import pyarrow

    from enkat.files.one_form import Respelt
    from enkat.verdict import Verdict

Codebook = Mapping[str, Any] | str | os.PathLike[str]
FORMS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")  # of survey tools, whose columns are those of an export


class Survey(Estimating, Weighting):
    """Answers with their codebook and sampling design.

    Args:
        data: A pandas, polars or pyarrow table, or anything with the Arrow PyCapsule interface; one row a respondent.
        codebook: A path to codebook.json, or its content as a mapping. None: columns are read as they are, and no
            question is recognised in them, as `enkat.read` does in files: `enkat.read(file).codebook` is the codebook
            that it makes, for frames with the same columns.
        design: How the sample was drawn.

    Raises:
        CodebookError: With every problem of the codebook.
        DataError: With every problem of the answers, by row and column.
        DesignError: Missing or negative weights, clusters that are not nested, populations smaller than the sample …

    Example:
        >>> import pandas
        >>> data = pandas.DataFrame({"age": [31, 44, 52], "region": ["north", "south", "south"]})
        >>> survey = enkat.Survey(data, design=enkat.Design(population=120))
        >>> survey.mean("age")[("age",)].estimate
        42.333333333333336
    """

    design: Design
    _language: str  # of the labels that are shown; empty: the codebook's own
    _file_notes: tuple[str, ...]
    _table: _core.Table  # the rows; where they are in memory
    _read_with: str | None  # the codebook, as it was given; likewise
    _steps: tuple[Step, ...]  # what was done since
    _respelt: Respelt  # texts brought into one Unicode form; of data in parts, those that were met so far

    @checked
    def __init__(self, data: Any, codebook: Codebook | None = None, design: Design | None = None) -> None:
        from enkat.files.frames import as_table
        from enkat.files.one_form import Respelt, in_one_form
        from enkat.recognition.frames import nothing_recognised

        if design is not None and not isinstance(design, Design):
            raise UsageError("usage.design", "design is an enkat.Design, such as enkat.Design(weight='w')")
        design = design or Design()
        respelt = Respelt()
        table = in_one_form(as_table(data), respelt)
        text = codebook_text(codebook) if codebook is not None else None
        known = _core.Codebook.parse(text) if text is not None else _core.Codebook()
        made = Survey._made(_core.Survey(table, known, design.as_dict()), design, respelt)
        notes = nothing_recognised(table.names) if codebook is None else []
        self.__dict__.update(made.__dict__, _table=table, _read_with=text, _file_notes=tuple(notes))

    @classmethod
    def _made(cls, core: _core.Survey, design: Design, respelt: Respelt) -> Survey:
        """A survey that nothing was done to yet."""
        survey = cls.__new__(cls)
        survey._respelt = respelt
        survey.design = design
        survey._core = core
        survey._mark = None
        survey._language = ""
        survey._file_notes = ()
        survey._steps = ()
        survey._together = one_after_another
        return survey

    @classmethod
    def _of(cls, core: Any, like: Any) -> Self:
        survey = cls.__new__(cls)
        survey.__dict__.update(like.__dict__, _core=core)
        return survey

    def _in_language(self, language: str) -> Survey:
        """The same survey, whose results are shown with the labels of a language."""
        survey = self._of(self._core, self)
        survey._language = language
        return survey

    def __reduce__(self) -> tuple[Callable[[Made], Survey], tuple[Made]]:
        """Pickled as its rows, codebook and design with what was done since, which is done again: the same figures."""
        return Made.survey, (Made.of(self),)

    def __copy__(self) -> Survey:
        return self  # nothing is changed in place

    def __deepcopy__(self, memo: object) -> Survey:
        return self

    def __eq__(self, other: object) -> bool:
        """Whether two surveys in memory have the same rows, codebook and design, and the same was done to them."""
        if not isinstance(other, Survey):
            return NotImplemented
        both_in_memory = "_table" in vars(self) and "_table" in vars(other)
        return self is other or (both_in_memory and Made.of(self) == Made.of(other))

    def __hash__(self) -> int:
        return hash((self._core.rows, tuple(self._core.columns), len(self._steps)))

    @property
    def _labels(self) -> Labels:
        return Labels(self._core.codebook, self._language)

    def _noted(self, notes: Sequence[str]) -> Survey:
        """The same survey with notes about the file it was read from."""
        survey = self._of(self._core, self)
        survey._file_notes = tuple(notes)
        return survey

    def _marked(self, mark: str | None) -> Survey:
        """The same survey, whose results all say `mark` (synthetic answers)."""
        survey = self._of(self._core, self)
        survey._mark = mark
        return survey

    # What there is ------------------------------------------------------------------------------------------------

    @property
    def weights(self) -> numpy.ndarray[Any, numpy.dtype[numpy.float64]]:
        """The final weight of every row, an array that cannot be written."""
        return self._core.weights()

    @property
    def notes(self) -> list[str]:
        """What to know about this survey before reading its estimates."""
        return [*([self._mark] if self._mark else []), *self._core.notes(), *self._file_notes, *self._respelt.notes()]

    @property
    def columns(self) -> list[str]:
        """Names of the columns of the answers."""
        return self._core.columns

    @property
    def codebook(self) -> dict[str, Any]:
        """The codebook, as codebook.json writes it; it shows as a table of its questions."""
        from enkat.codebook import Codebook as Shown

        return Shown(self._core.codebook.to_json(), self._language)

    @property
    def questions(self) -> Records:
        """The questions as a table: what they are, how many rows of the domain answered, why others did not.

        Bases are rows, without rows of weight 0. `made` says how a derived question was made. Columns that are no
        question are in `columns`.

        Example:
            >>> survey.questions.columns
            ['name', 'label', 'type', 'options', 'base', 'missing', 'made']
        """
        from enkat.extract import question_rows

        names = ("name", "label", "type", "options", "base", "missing", "made")
        return Records(names, [*question_rows(self)])

    # Taking it out ------------------------------------------------------------------------------------------------

    @checked
    def to_arrow(self, *, labels: bool = False, weights: str | None = None) -> pyarrow.Table:
        """The rows of the domain as a pyarrow.Table: columns as they are, questions as their answers are understood.

        Args:
            labels: Answers as their labels. Otherwise single answers are the names of the options, and those to a
                scale its numbers. Options of a multiple question are a column of true and false each, either way.
            weights: The name of a further column with the final weights.

        Returns:
            A row a respondent. What is no answer (missing codes, questions not asked) is null.

        Raises:
            EstimateError: `estimate.in_memory_only` for data that are scanned.

        Example:
            >>> survey.where("age >= 50").to_arrow(labels=True).num_rows
            15
        """
        from enkat.extract import Extract

        if weights is not None:
            check_words(weights=weights)
        return Extract(self, labels).table(weights)

    @checked
    def to_pandas(self, *, labels: bool = False, weights: str | None = None) -> pandas.DataFrame:
        """The rows of the domain as a pandas.DataFrame, as `to_arrow` gives them.

        Args:
            labels: Answers as their labels.
            weights: The name of a further column with the final weights.

        Returns:
            A row a respondent.

        Raises:
            EstimateError: `estimate.in_memory_only` for data that are scanned.

        Example:
            >>> survey.to_pandas(labels=True)["occupation"].iloc[0]
            'therapist'
        """
        needs("pandas", to="to make a frame of pandas")
        frame: pandas.DataFrame = self.to_arrow(labels=labels, weights=weights).to_pandas()
        return frame

    @checked
    def to_polars(self, *, labels: bool = False, weights: str | None = None) -> polars.DataFrame:
        """The rows of the domain as a polars.DataFrame, as `to_arrow` gives them.

        Args:
            labels: Answers as their labels.
            weights: The name of a further column with the final weights.

        Returns:
            A row a respondent.

        Raises:
            EstimateError: `estimate.in_memory_only` for data that are scanned.

        Example:
            >>> survey.to_polars().height
            40
        """
        needs("polars", to="to make a frame of Polars")
        import polars

        frame = polars.from_arrow(self.to_arrow(labels=labels, weights=weights))
        assert isinstance(frame, polars.DataFrame)
        return frame

    def __getitem__(self, name: str) -> narwhals.Series[Any]:
        """A column, or the answers to a question with one answer a row, of the rows of the domain.

        It is a narwhals Series over Arrow: it compares (survey["age"] > 65 is a mask for `where`), calculates, and
        `to_pandas()`, `to_polars()` and `to_arrow()` give it to other libraries.
        """
        import narwhals

        from enkat.extract import Extract

        if not isinstance(name, str):
            raise UsageError("usage.column", "a column is given by its name, such as survey['age']")
        return narwhals.from_native(Extract(self, labels=False).column(one_form(name)), series_only=True)

    def __len__(self) -> int:
        """Rows of the domain with positive weight."""
        return self._core.domain_rows

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        return html_lines(self._lines())

    def _lines(self) -> list[str]:
        """What the survey is, in a few lines."""
        questions = len(self.codebook.get("questions", []))
        rows = f"{len(self)} rows" + (f" of {self._core.rows} (a domain)" if self._core.has_domain else "")
        known = f"{questions} questions" if questions else f"{len(self.columns)} columns, no codebook"
        lines = [f"Survey: {rows}, {known}", repr(self.design), *self._core.steps, *self.notes]
        return [on_one_line(line) for line in lines]

    # Domains ------------------------------------------------------------------------------------------------------

    @overload
    def where(self, mask: str | Mapping[str, object] | None = None, /, **equals: object) -> Survey: ...
    @overload
    def where(self, mask: object, /) -> Survey: ...
    @step
    def where(self, mask: object = None, /, **equals: object) -> Survey:
        """The respondents who meet every condition: a domain of the same sample, never a smaller sample.

        Args:
            mask: An expression over columns and questions, such as "age >= 65 and region != 'north'"; or a mapping
                from any column name to a value or a list of values; or one true or false a row.
            **equals: Columns and the value (or list of values, any of them) they must have: name, code or label. On a
                multiple question: ticked any of them. Beside an expression or a mapping, both must hold.

        Expressions have Python's grammar: == != < <= > >= (also chained: 18 <= age <= 65), between(age, 18, 65), in and
        not in, `is None` or missing(age), and, or, not, + - * / **. Answers are named by name, code or label in
        quotation marks; 'children' in areas asks for an option of a multiple question, ticked(areas, 'children',
        'youth') for any of several; dates are '2024-01-31'. Names that are no identifiers stand in backticks.

        Returns:
            A new Survey. Rows are outside where a missing answer leaves it open whether they meet the conditions; they
            are counted in the note of the estimates.

        Raises:
            UsageError: An unknown or ambiguous value, a comparison that cannot be made, or a mask of the wrong length.
            DataError: An unknown column.

        Example:
            >>> survey.where("age >= 40 and occupation == 'therapist'")
            Survey: 6 rows of 40 (a domain), 3 questions
            Design(population=1500)
            >>> survey.where(occupation="therapist", area=["children", "youth"])
            Survey: 8 rows of 40 (a domain), 3 questions
            Design(population=1500)
        """
        conditions: list[Mapping[str, object]] = []
        if isinstance(mask, str):
            conditions.append(row_expression(mask))
        elif mask is not None and not isinstance(mask, Mapping):
            if equals:
                raise UsageError("usage.where", "give either a mask or conditions, not both")
            from enkat.files.frames import as_mask

            return self._of(self._core.where_mask(as_mask(mask)), self)
        named = {**(mask if isinstance(mask, Mapping) else {}), **equals}
        conditions += [{"column": one_form(str(name)), "values": values(value)} for name, value in named.items()]
        if not conditions:
            raise UsageError("usage.where", 'where() needs a condition, such as where("age >= 65")')
        return self._of(self._core.where(conditions), self)

    # What is made of questions ------------------------------------------------------------------------------------

    @checked
    @step
    def derive(
        self,
        name: str,
        of: str | None = None,
        *,
        bands: Mapping[str, tuple[float | None, float | None]] | None = None,
        cuts: Sequence[float] | None = None,
        collapse: Mapping[str, object] | None = None,
        any_of: object = None,
        all_of: object = None,
        count_of: object = None,
        dates: Literal["week", "month", "quarter", "year"] | None = None,
        where: str | None = None,
        number: str | None = None,
        cross: str | Sequence[str] | None = None,
        label: str | Mapping[str, str] | None = None,
        labels: Mapping[str, str | Mapping[str, str]] | None = None,
    ) -> Survey:
        """A question made of others, used like any other: in one of these ways, each but the last three `of` one.

        Args:
            name: What it is called.
            of: The question or column that it is made from.
            bands: Bands of a number, with both ends in them: {"18–29": (18, 29), "65+": (65, None)}.
            cuts: Where bands of a number begin: [30, 65] gives below 30, 30 to below 65, 65 and above.
            collapse: Answers put together, in this order: {"satisfied": ["very", "fairly"], "other": [...]}; every
                answer is in one group.
            any_of: Yes where any of these answers was given or ticked: a net, such as the two best of a scale. Its
                interval is that of a share.
            all_of: Yes where all of these options of a multiple question were ticked.
            count_of: How many of these options were ticked, a number.
            dates: Weeks (ISO 8601), months, quarters or years of a column of dates.
            where: Yes where an expression holds, as in `where`.
            number: A number computed from columns and questions: "hours / 60".
            cross: The combinations of answers: "sex:region", or a list of names.
            label: Its short title.
            labels: Labels of its answers, by name.

        Returns:
            A new Survey. A row has no answer for want of those it would be made from, with the same reason, or because
            it is in no group (`outside`). `survey.questions` shows how each is made, and `survey.codebook` keeps it.

        Raises:
            CodebookError: It cannot be made so: unknown answers, bands that meet, answers in no group.
            UsageError: No way or several, or a name that is taken.

        Example:
            >>> survey.derive("older", where="age >= 50").proportion("older")
            variable  answer  estimate  se     ci_low  ci_high  df  n   count  deff  note
            older     yes     0.375     0.076  0.237   0.537    39  40  15     1.00
            older     no      0.625     0.076  0.463   0.763    39  40  25     1.00
        """
        question = derived_question(
            name, of, label, labels, bands=bands, cuts=cuts, collapse=collapse, any_of=any_of, all_of=all_of,
            count_of=count_of, dates=dates, where=where, number=number, cross=cross,
        )  # fmt: skip
        return self._of(self._core.derive(question), self)

    @checked
    def ranking(
        self, question: str, *, by: Names | None = None, interval: Interval = "logit", level: float = 0.95
    ) -> Estimates:
        """Shares of the answers to a question with their places, and which places each may have.

        Args:
            question: A single, multiple or choose-at-most-k question.
            by: Column or columns whose combinations of values are the groups.
            interval: As in `proportion`.
            level: Joint confidence of all places of a group.

        Returns:
            Estimates with `rank` (ties share the best place) and `rank_low` to `rank_high`, the places that exact
            McNemar tests of all pairs (Holm) do not rule out. Residual and exclusive options are not ranked.

        Raises:
            EstimateError: `estimate.ranking_design` when the sample has weights, strata or clusters.

        Example:
            >>> survey.ranking("factors")
            variable  answer    estimate  se     ci_low  ci_high  rank  rank_low  rank_high  df  n   count  deff  note
            factors   time      0.800     0.063  0.643   0.899    1     1         1          39  40  32     1.00
            factors   contact   0.400     0.077  0.258   0.561    2     2         2          39  40  16     1.00
            factors   language  0.100     0.047  0.037   0.244    3     3         3          39  40  4      1.00

        Source: Mogstad, Romano, Shaikh & Wilhelm (2024), with exact tests; Holm (1979).
        """
        if not isinstance(question, str):
            raise UsageError("usage.question", "ranking() takes one question by its name")
        check_words(interval=interval)
        check_level(level)
        with progress("ranking") as report:
            core = _core.rank(self._core, one_form(question), by_columns(by), level, interval, report)
        return Estimates(core, self._names(core, [question], by), self._mark, self._labels)

    @checked
    def check(
        self,
        text: str,
        *,
        question: str | None = None,
        answer: Names | None = None,
        where: str | Mapping[str, object] | None = None,
        than: Than | None = None,
        of: Literal["share", "count"] | None = None,
        scope: Literal["respondents", "population"] = "respondents",
        kind: Literal["share", "threshold", "rank", "respondents"] | None = None,
        base: Literal["answered", "all"] = "answered",
        top: int | None = None,
        policy: Literal["sv-press", "strict", "nearest"] = "sv-press",
        language: Literal["sv", "en"] | None = None,
    ) -> Verdict:
        """Whether words such as "9 av 10", "mer än hälften", "40 procent", "främst" or "dubbelt så många" hold.

        Args:
            text: The words, in Swedish or English.
            question: The question they are about.
            answer: The answer (name, code or label); several: any of them. For ranks: the answers that are first.
            where: Among whom, as in `where`.
            than: Of words that compare ("twice as many", "more often"): what with, as far as it differs. Another group,
                `{"where": {"sex": "man"}}`; another answer, `{"answer": "no"}`; or another question.
            of: Of words that compare: the share of each group ("share", which is meant when nothing is said), or how
                many people there are ("count").
            scope: Whether the sentence is about those who answered or about the population.
            kind: What the words are, where they do not say it themselves.
            base: Shares of those who answered the question, or of all respondents.
            top: For ranks: each of the answers is among the `top` first (default: as many as there are answers).
            policy: How far round figures reach: "sv-press" (9 of 10 is 85–95 per cent), "strict", or "nearest".
            language: Language of the words and of the verdict; when not given, the one that the words are in (Swedish
                for those of both, such as "40 %").

        Returns:
            Verdict: exact arithmetic for the respondents; for the population an equivalence test with the
            Korn–Graubard interval, and `r_star`, how much likelier those who agree may have answered before it fails.

        Raises:
            ReportError: Words that are not understood, or state nothing that can be checked; it says which, and what
                they could have been.

        Example:
            >>> verdict = survey.check("7 out of 10", question="heard_rumours", answer="yes")
            >>> verdict.interval, verdict.estimate, verdict.respondents
            ((0.65, 0.75), 0.7, 'holds')

            >>> survey.check(
            ...     "more often", question="heard_rumours", answer="yes", than={"answer": "no"}, language="en"
            ... ).respondents
            'holds'

        Source: reporting rules in docs/claims.md; Schuirmann (1987) for equivalence; Korn & Graubard (1998).
        """
        from enkat.verdict import Verdict

        check_words(text=text, **({} if language is None else {"language": language}))
        text = one_form(text)
        claim: dict[str, object] = {"id": text, "scope": scope, "base": base, "policy": policy}
        claim |= {key: value for key, value in {"kind": kind, "top": top, "of": of}.items() if value is not None}
        claim |= claim_side(question, answer, where)
        if than is not None:
            claim["than"] = claim_side_of(than)
        options = _core.CheckOptions(language=language or _core.language_of(text), synthetic=self._mark is not None)
        return Verdict(_core.check(self._core, claim, text, options))


def one_after_another(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """The results of several calls, where rows are in memory and are read at no cost."""
    return [call() for call in calls]


def codebook_text(codebook: Codebook) -> str:
    """The JSON text of a codebook given as a path, a mapping, or text; its texts are in one Unicode form."""
    half = CodebookError(
        "codebook.encoding",
        "a text of the codebook has half of a character in it (a lone surrogate), as bytes read in a wrong encoding"
        " leave it: write that text anew",
    )
    return codebook_with_trees(json_in_one_form(_json_of(codebook), half))


def _json_of(codebook: Codebook) -> str:
    if isinstance(codebook, Mapping):
        try:
            return json.dumps(codebook, ensure_ascii=False)
        except (TypeError, ValueError, RecursionError):
            raise CodebookError(
                "codebook.syntax",
                "the codebook holds what codebook.json cannot: it is made of mappings, lists, texts and numbers",
            ) from None
    from enkat.files.text import read_text

    if not isinstance(codebook, (str, os.PathLike)):
        raise UsageError("usage.codebook", "codebook is the path of a codebook.json, or its content as a mapping")
    if isinstance(codebook, str) and codebook.lstrip().startswith("{"):
        return codebook
    if Path(codebook).suffix.lower() in FORMS:
        raise UsageError(
            "usage.codebook",
            "the form of a survey tool is read with its export: enkat.read(export, codebook=form); the `codebook` of"
            " that survey is what codebook.json holds",
        )
    return read_text(codebook)
