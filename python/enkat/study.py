"""A study: a folder with everything from the answers to the report."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enkat import _core
from enkat.arguments import check_words, value_text
from enkat.design import Design
from enkat.display import html_lines
from enkat.errors import DataError, EnkatError, Issue, ReportError, UsageError, suggestion
from enkat.estimates import Estimates
from enkat.extras import EXTRAS, needs
from enkat.files.declared import text_columns
from enkat.files.read import read_table
from enkat.keywords import checked
from enkat.recognition.reasons import with_reasons
from enkat.rendering.texts import text_in
from enkat.row_expressions import spec_with_tree
from enkat.study_folder import Dispositions, Indicator, StudyFolder, read_json
from enkat.survey import Survey, codebook_text
from enkat.texts import on_one_line, one_form

if TYPE_CHECKING:
    import pyarrow

    from enkat.disclosure.release import Release
    from enkat.verdict import Verdict

BUNDLED = Path(__file__).parent / "studies"
KINDS = ("study", "codebook", "indicators", "claims", "releases")  # of JSON files in a study's folder

SYNTHETIC = {
    "sv": "Svaren är syntetiska: de är framställda för att ge de publicerade siffrorna och är inga människors svar.",
    "en": "The answers are synthetic: they are made to give the published figures and are nobody's answers.",
}


@dataclass(frozen=True, repr=False)
class Study(StudyFolder):
    """A study folder that has been read: `survey`, `indicators` and `claims`, and the report they make.

    Get one with `enkat.load_study(folder)`.
    """

    @cached_property
    def indicators(self) -> dict[str, Estimates]:
        """Estimates of every indicator, by name."""
        return {indicator.name: indicator.estimates for indicator in self._tables}

    @cached_property
    def computed(self) -> Sequence[Indicator]:
        """Every indicator with its estimates and its table as it may be published beside all others and the claims."""
        return self._released(self.language).indicators

    def _released(self, language: str) -> Release:
        """What leaves in a language, audited as a whole."""
        needs(*EXTRAS["report"], to="to check the text and tables of a study")
        from enkat.rendering.build import release_of

        return release_of(self, language)

    def check(self, claim: str, text: str, language: str | None = None, percent_step: int = 1) -> Verdict:
        """What the answers say about the words `text` bound to a claim of this study."""
        from enkat.verdict import Verdict

        check_words(claim=claim, text=text, **({} if language is None else {"language": language}))
        if claim not in self.claims:
            raise ReportError("report.unknown_claim", f"claims.json has no claim {claim!r}", {"claim": claim})
        if percent_step not in (1, 5, 10) or isinstance(percent_step, (bool, float)):
            raise UsageError("usage.percent_step", "percent_step is the precision of a document's percents: 1, 5 or 10")
        options = _core.CheckOptions(
            language=language or self.language,
            synthetic=self.synthetic,
            percent_step=percent_step,
            invited=self.dispositions.invited,
        )
        return Verdict(_core.check(self.survey._core, spec_with_tree(self.claims[claim]), text, options))

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        return html_lines(self._lines())

    def _lines(self) -> list[str]:
        """What the study is, in a few lines."""
        title = text_in(self.about.get("title"), self.language) or self.folder.name
        ended = self.dispositions
        counts = {
            "invited": ended.invited,
            "complete": ended.complete,
            "partial": ended.partial,
            "broke off": ended.break_off,
        }
        answered = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
        lines = [f"Study: {title} ({self.folder.name})", answered, *self.survey._lines(), *self.warnings]
        return [on_one_line(line) for line in lines if line]

    @checked
    def report(self, out: str | os.PathLike[str], *, language: str | None = None, draft: bool = False) -> list[Path]:
        """Writes the report: report.html, report.pdf, tables.xlsx, claims.json, charts/ and audit.json.

        What it tells of respondents is added to releases.json in the study's folder, and whatever is reported from the
        same answers later is audited together with it. Strike out there what was never handed out.

        Args:
            out: The folder to write to; made when it is not there.
            language: "sv" or "en"; the study's own when not given.
            draft: Makes a report of a study that is not finished, with a mark on every page, which releases nothing.

        Returns:
            The files written.

        Raises:
            ReportError: With every claim that the answers contradict (sentence, estimate, and what would be true),
                every number in the text that is bound to no claim, whatever would tell who answered, and, without
                `draft`, every text still to be filled in and every question that was guessed and is not confirmed.
        """
        needs(*EXTRAS["report"], to="to make a report")
        from enkat.disclosure.kept import keep_release, write_audit
        from enkat.rendering.build import build_report
        from enkat.rendering.write import write_report

        written = language or self.language
        report = build_report(self, written, draft)
        paths = write_report(report, Path(out))
        publication = self._released(written).publication
        paths.append(write_audit(publication, Path(out)))
        if not (self.synthetic or report.draft):  # nobody's answers need no protection from what comes later
            keep_release(self.folder, publication, f"report, {written}", self._whole_sha256)
            for other in set(self._releases) - {written}:  # audited before this was out
                del self._releases[other]
        return paths


@checked
def load_study(folder: str | os.PathLike[str], *, trust: bool = False) -> Study:
    """Reads a study folder, or a study that ships with enkat by its name ("ryktet-gar").

    Args:
        folder: A folder with study.json, codebook.json, the answers, indicators.json, claims.json and report.md.
        trust: Files may lie outside the folder, by a path in study.json or a link: for folders of one's own.

    Returns:
        Study.

    Raises:
        DataError: The folder or a file of it is missing or damaged; `study.file_outside` for files that lie elsewhere.
        EnkatError: Whatever is wrong in its files, all problems of a file at once.

    Example:
        >>> study = enkat.load_study("ryktet-gar")
        >>> sorted(study.indicators)[:2]
        ['against', 'against_by_occupation']
    """
    if not isinstance(folder, (str, os.PathLike)):
        raise UsageError("usage.folder", "a study is given by its folder, or by its name")
    path = Path(folder)
    if not path.is_dir() and (BUNDLED / str(folder)).is_dir():
        path = BUNDLED / str(folder)
    if not path.is_dir():
        bundled = ", ".join(sorted(p.name for p in BUNDLED.iterdir() if p.is_dir()))
        raise DataError(
            "data.no_study",
            f"there is no folder {str(folder)!r}; studies that ship with enkat: {bundled}",
            {"folder": str(folder)},
        )
    if not trust:
        refuse_outside(path, [*(f"{kind}.json" for kind in KINDS), *(text.name for text in path.glob("report*.md"))])
    about = read_json(path / "study.json")
    file = path / about["answers"]["file"]
    if not trust:
        refuse_outside(path, [about["answers"]["file"]])
    lines = {key: about["answers"][key] for key in ("sheet", "header", "skip") if key in about["answers"]}
    declared = text_columns(codebook_text(path / "codebook.json"))
    reading = read_table(file, **about.get("csv", {}), **lines, text_columns=declared)
    if reading.issues:
        raise DataError.of(reading.issues)
    id_column = about.get("id")
    design = Design(**{**about.get("design", {}), **({"id": id_column} if id_column else {})})
    rows = with_reasons(reading.table, codebook_text(path / "codebook.json"), reading.letters, design)
    problems = problems_of_answers(rows.table, path / "codebook.json", id_column)
    if problems:
        raise DataError.of(problems)
    table, dispositions = respondents(rows.table, about.get("dispositions", {}))
    notes = [*reading.notes, *reading.respelt.notes(), *rows.notes]
    survey = Survey(table, path / "codebook.json", design)._noted(notes)
    survey = survey._marked(mark_of(about))._in_language(str(about.get("language", "sv")))
    warnings = [*changed_answers(reading.sha256, about), *dispositions.warnings]
    return Study(path, about, survey, dispositions, tuple(warnings), reading.sha256)


def refuse_outside(folder: Path, names: Sequence[str]) -> None:
    """A DataError for files of a study that lie elsewhere, however they are named or linked."""
    issues = [
        Issue(
            "study.file_outside",
            f"{name!r} lies outside the study's folder; copy the file into it, so that the folder is all there is to "
            "hand on, or trust the folder (trust=True, in a terminal --trust)",
            {"file": name},
        )
        for name in names
        if not (folder / name).resolve().is_relative_to(folder.resolve())
    ]
    if issues:
        raise DataError.of(issues)


def problems_of_answers(table: pyarrow.Table, codebook: Path, id_column: str | None) -> list[Issue]:
    """Everything the codebook does not allow and every id that occurs twice, by the rows of the file.

    All rows are looked at, also those of people who broke off: a row's number is its place in the file.
    """
    every = Survey(table, codebook)
    problems: list[Issue] = list(every._core.check_answers())
    if id_column:
        try:
            Survey(table, codebook, Design(id=id_column))
        except EnkatError as error:
            problems += error.issues or [Issue(error.code, error.message, error.context)]
    return problems


def mark_of(about: Mapping[str, Any]) -> str | None:
    """The sentence that every result carries while the answers are synthetic."""
    if about["answers"]["origin"] != "synthetic":
        return None
    return SYNTHETIC.get(str(about.get("language", "sv")), SYNTHETIC["en"])


def changed_answers(sha256: str, about: Mapping[str, Any]) -> list[str]:
    """A warning when the answers are not the ones study.json describes."""
    expected = about["answers"].get("sha256")
    if not expected or expected == sha256:
        return []
    kept = (
        "; they are still marked as synthetic, until answers.origin says collected"
        if about["answers"]["origin"] == "synthetic"
        else ""
    )
    return [f"{about['answers']['file']} is not the file whose SHA-256 study.json gives{kept}"]


def respondents(table: pyarrow.Table, spec: Mapping[str, Any]) -> tuple[pyarrow.Table, Dispositions]:
    """The rows of complete and partial respondents, and how many rows had each disposition."""
    import pyarrow
    import pyarrow.compute as compute

    column = spec.get("column")
    if column is None:
        return table, Dispositions(complete=table.num_rows, invited=spec.get("invited"))
    column = one_form(column)
    if column not in table.column_names:
        raise DataError(
            "data.unknown_column",
            f"study.json: dispositions: there is no column {column!r}{suggestion(column, table.column_names)}",
            {"column": column},
        )
    status = compute.cast(table[column], pyarrow.string())

    def rows(kind: str) -> pyarrow.ChunkedArray:
        return compute.fill_null(
            compute.is_in(status, pyarrow.array(map(value_text, spec.get(kind, [])), pyarrow.string())), False
        )

    complete, partial, break_off = rows("complete"), rows("partial"), rows("break_off")
    kept = table.filter(compute.or_(complete, partial))
    ended = [table.filter(mask).num_rows for mask in (complete, partial, break_off)]
    unknown = table.num_rows - sum(ended)
    return kept, Dispositions(ended[0], ended[1], ended[2], unknown, spec.get("invited"))
