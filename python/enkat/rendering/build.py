"""From a study to its report: the author's text, the checked claims and the computed figures as one model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from enkat.errors import ReportError
from enkat.files.text import read_text
from enkat.language import catalogue
from enkat.rendering.build_claims import Checked, check_text
from enkat.rendering.build_exhibits import Exhibits
from enkat.rendering.build_method import assumptions, method_facts, response
from enkat.rendering.build_sections import Computed, section
from enkat.rendering.codebook_texts import Questions
from enkat.rendering.markdown import Draft, read_draft
from enkat.rendering.model import Language, Report, TextSection
from enkat.rendering.prose import Words
from enkat.rendering.running import with_running_texts
from enkat.rendering.texts import period, sentence, text_in
from enkat.rendering.typography import count, percent
from enkat.rendering.unfinished import unfinished

if TYPE_CHECKING:
    from enkat.disclosure.release import Release
    from enkat.rendering.build_method import Response
    from enkat.study_folder import StudyFolder


def build_report(study: StudyFolder, language: str, draft: bool = False) -> Report:
    """The report of a study, ready to be written; `draft` says that what is unfinished is marked instead of refused.

    Raises:
        ReportError: With every problem of the text, and every claim that the answers contradict.
    """
    catalogue(language)  # an unknown language is refused before anything is computed
    questions = Questions(study.survey.codebook, language)
    text = draft_of(study, language)
    released = release_of(study, language)
    checked = released.checked
    left = unfinished(study.folder, study.about)
    problems = [*text.issues, *([] if draft else left), *checked.problems]
    if problems:
        raise ReportError.of(problems)
    rate = response(study)
    makes = Exhibits(study, questions, rate.nonresponse if rate else None, language)
    named = {name for part in text.sections for name in part.attributes.get("indicator", "").split()}
    tables = {one.name: one for one in released.indicators}
    exhibits = {
        name: makes.exhibit(one, [tables[net] for net in one.spec.get("nets", ())])
        for name, one in tables.items()
        if name in named
    }
    limitations = tuple(sentence(text_in(text, language)) for text in study.about.get("limitations", ()))
    computed = Computed(checked, exhibits, method_facts(study, rate, language), limitations)
    sections = tuple(section(part, computed) for part in text.sections)
    if text.preamble:
        purpose = (Words(catalogue(language).say("section.preamble")),)
        sections = (TextSection(purpose, text.preamble), *sections)
    about = study.about
    report = Report(
        name=str(about["name"]),
        language=cast("Language", language),
        title=text_in(about["title"], language),
        subtitle=text_in(about.get("subtitle"), language),
        publisher=text_in(about.get("publisher"), language),
        year=str(about.get("year", "")),
        strip=_strip(study, rate, language),
        source=text_in(about.get("source"), language) or text_in(about["title"], language),
        sections=sections,
        claims=checked.ledger,
        synthetic=study.synthetic,
        assumptions=assumptions(study, questions, language),
        notes=text.notes,
        keywords=tuple(text_in(about.get(key), language) for key in ("title", "publisher") if about.get(key)),
        answers_sha256=study.sha256,
        generator="enkat",
        draft=draft and bool(left),
    )
    return cast("Report", with_running_texts(report))


def check_claims(study: StudyFolder, language: str) -> Checked:
    """Every claim of the study's text checked, without the report; problems of the text come first."""
    draft = draft_of(study, language)
    checked = release_of(study, language).checked
    return replace(checked, problems=[*draft.issues, *checked.problems])


def release_of(study: StudyFolder, language: str) -> Release:
    """Tables and claims as they may leave, audited as a whole; computed once."""
    if language not in study._releases:
        study._releases[language] = _release(study, language)
    return cast("Release", study._releases[language])


def _release(study: StudyFolder, language: str) -> Release:
    """The release that the tables and the text make; without a text, claims are those that have words of their own."""
    from enkat.disclosure.kept import released_before
    from enkat.disclosure.personal import quoted_answers, who_answered
    from enkat.disclosure.release import release

    questions = Questions(study.survey.codebook, language)
    try:
        draft = draft_of(study, language)
    except ReportError as error:
        if error.code != "report.no_text":
            raise
        draft = Draft("", (), (), (), ())
    checked = check_text(study, draft, questions, language)
    checked.problems += [*who_answered(study), *quoted_answers(study, draft)]
    before = released_before(study.folder, study._whole_sha256, is_part="part_of" in study.about)
    return release(study, study._tables, checked, questions, before, language)


def draft_of(study: StudyFolder, language: str) -> Draft:
    """The text in a language: report.<language>.md, or report.md in the study's own."""
    path = study.folder / f"report.{language}.md"
    if not path.exists() and language == study.language:
        path = study.folder / "report.md"
    if not path.exists():
        raise ReportError(
            "report.no_text",
            f"there is no {path.name} in {study.folder}; write it, or ask for language '{study.language}'",
            {"language": language},
        )
    return read_draft(read_text(path), language, study.claims, study._indicator_names)


def _strip(study: StudyFolder, rate: Response | None, language: str) -> tuple[str, ...]:
    words, about = catalogue(language), study.about
    answers = study.dispositions.complete + study.dispositions.partial
    parts = [words.say("strip.answers", n=count(answers, language))]
    if rate is not None:
        parts.append(words.say("strip.rate", percent=percent(rate.percent, language)))
    parts += [text_in(about.get("mode"), language), period(about.get("dates"), language)]
    return tuple(part for part in parts if part)
