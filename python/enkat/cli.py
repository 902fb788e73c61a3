"""The command line: `enkat report`, `enkat check`, `enkat audit`, `enkat new`, `enkat show`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from enkat.errors import UsageError

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

Language = Literal["sv", "en"]
Folder = Annotated[Path, typer.Argument(help="The study folder, or the name of a study that ships with enkat.")]
LanguageOption = Annotated[
    Language | None, typer.Option(help="Language of the report; the study's own when not given.")
]
TrustOption = Annotated[
    bool, typer.Option("--trust", help="Read files outside the study's folder, by a path in study.json or a link.")
]


def print_version(asked: bool) -> None:
    """Prints the version and ends; called for --version before anything else."""
    if asked:
        from enkat import __version__

        typer.echo(f"enkat {__version__}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Survey analysis from the answers to the printed report."""


@app.command(epilog="Example: enkat report ryktet-gar -o out/ryktet-gar")
def report(
    folder: Folder,
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder to write to.")],
    language: LanguageOption = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Make a report of a study that is not finished, marked on every page.")
    ] = False,
    show_it: Annotated[bool, typer.Option("--open", help="Open the page in the browser when it is written.")] = False,
    trust: TrustOption = False,
) -> None:
    """Writes a study's report: HTML, PDF, tables, claims and charts. Fails when the answers contradict the text."""
    from enkat.study import SYNTHETIC, load_study

    with steps() as step:
        step("reading the study")
        study = load_study(folder, trust=trust)
        warn(study.warnings)
        if study.synthetic:
            typer.echo(SYNTHETIC[language or study.language])
        step("computing and writing the report")
        files = study.report(out, language=language, draft=draft)
    for file in files:
        typer.echo(str(file))
    page = next((file for file in files if file.suffix == ".html"), None)
    if show_it and page is not None:
        typer.launch(str(page))


@app.command(epilog="Example: enkat check my-study")
def check(folder: Folder, language: LanguageOption = None, trust: TrustOption = False) -> None:
    """Checks every claim of the text against the answers; the exit code is 1 when one is contradicted."""
    from enkat.rendering.build import check_claims
    from enkat.study import SYNTHETIC, load_study

    study = load_study(folder, trust=trust)
    warn(study.warnings)
    if study.synthetic:
        typer.echo(SYNTHETIC[language or study.language])
    checked = check_claims(study, language or study.language)
    for line in checked.lines:
        typer.echo(line)
    if checked.problems:
        for problem in checked.problems:
            typer.echo(f"✗ {problem.message}", err=True)
        raise typer.Exit(1)


@app.command(epilog="Example: enkat audit my-study; of a finished report: enkat audit out/my-study --published")
def audit(
    folder: Annotated[Path, typer.Argument(help="The study folder; with --published, the folder of a report.")],
    published: Annotated[
        bool, typer.Option("--published", help="Audit what a report tells, from its audit.json or its tables (*.csv).")
    ] = False,
    language: LanguageOption = None,
    trust: TrustOption = False,
) -> None:
    """Proves that nobody can be told from what is published: what an attacker can work out of it, number by number.

    The exit code is 1 when a number that is protected can be worked out.
    """
    from enkat.disclosure.proof import proof_of_published, proof_of_study
    from enkat.study import load_study

    proof = proof_of_published(folder) if published else proof_of_study(load_study(folder, trust=trust), language)
    for line in proof.lines:
        typer.echo(line)
    if proof.exposed:
        raise typer.Exit(1)


@app.command(epilog="Example: enkat new my-study --from answers.sav --language en")
def new(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    answers: Annotated[Path, typer.Option("--from", help="The answers: CSV, Excel, SPSS, Stata, SAS or Parquet.")],
    language: Annotated[Language, typer.Option(help="Language of the study.")] = "sv",
    header: Annotated[
        str | None, typer.Option(help="How many header lines there are (0: none), or which: 1,3. Found when not given.")
    ] = None,
    skip: Annotated[int | None, typer.Option(help="Lines above the header. Found when not given.")] = None,
) -> None:
    """Drafts a study folder from a file of answers: study, codebook, indicators, claims and text."""
    from enkat.files.new import draft_study

    def say(text: str) -> None:
        warn((text,))

    for file in draft_study(answers, folder, language, header=header_lines(header), skip=skip, say=say):
        typer.echo(str(file))
    typer.echo(
        f"Fill in the texts and confirm the questions, then: enkat report {folder} -o out (until then with --draft)"
    )


@app.command(epilog='Example: enkat show answers.sav heard_rumours --by region --where "age >= 65"')
def show(
    answers: Annotated[Path, typer.Argument(help="A file of answers.")],
    question: Annotated[
        list[str] | None, typer.Argument(help="Questions or columns; without any, the questions there are.")
    ] = None,
    by: Annotated[list[str] | None, typer.Option(help="A column whose values are the groups; may be repeated.")] = None,
    where: Annotated[
        str | None, typer.Option(help="Among whom: an expression such as \"age >= 65 and region != 'north'\".")
    ] = None,
    mean: Annotated[bool, typer.Option("--mean", help="Means of numbers instead of shares of answers.")] = False,
    codebook: Annotated[Path | None, typer.Option(help="The codebook.json of the answers.")] = None,
    weight: Annotated[str | None, typer.Option(help="The column of sampling weights.")] = None,
) -> None:
    """Shows the answers in a file: shares or means with their intervals, and what there is to know of the file."""
    from enkat import Design, read

    survey = read(answers, codebook=codebook, design=Design(weight=weight))
    survey = survey.where(where) if where is not None else survey
    if not question:
        typer.echo(repr(survey))
        typer.echo(repr(survey.questions))
    elif mean:
        typer.echo(repr(survey.mean(question, by=by)))
    else:
        typer.echo(repr(survey.proportion(question, by=by)))


def header_lines(given: str | None) -> int | list[int] | None:
    """Header lines as the command line has them: "2", or "1,3"."""
    if given is None:
        return None
    try:
        lines = [int(line) for line in given.split(",")]
    except ValueError:
        raise UsageError(
            "usage.header", "--header is a number of lines, such as 2, or which they are, such as 1,3"
        ) from None
    return lines if "," in given else lines[0]


@contextmanager
def steps() -> Iterator[Callable[[str], object]]:
    """A line that says what is being done, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda text: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield status.update


def warn(warnings: tuple[str, ...]) -> None:
    """Warnings go to the terminal's error stream."""
    for warning in warnings:
        typer.echo(f"Warning: {warning}", err=True)
