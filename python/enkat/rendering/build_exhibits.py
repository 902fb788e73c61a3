"""Indicators as exhibits: the published rows with labels, the marks of assumed figures, and the caption."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from enkat.language import Catalogue, catalogue
from enkat.rendering import shown
from enkat.rendering.build_claims import among
from enkat.rendering.model import Bar, Caption, Chart, Exhibit, Figure
from enkat.rendering.texts import period, sentence, text_in

if TYPE_CHECKING:
    from enkat.rendering.codebook_texts import Questions
    from enkat.study_folder import Indicator, StudyFolder


class Exhibits:
    """Makes exhibits of a study's indicators in one language."""

    def __init__(self, study: StudyFolder, questions: Questions, nonresponse: int | None, language: str) -> None:
        self._study = study
        self._questions = questions
        self._nonresponse = nonresponse
        self._language = language
        self._words: Catalogue = catalogue(language)
        answers = study.about["answers"]
        self._assumed = answers.get("assumed", []) if study.synthetic else []

    def exhibit(self, indicator: Indicator, nets: Sequence[Indicator] = ()) -> Exhibit:
        """The indicator as shown in its question card; `nets` are bars of its chart, too."""
        spec, question = indicator.spec, str(indicator.spec["question"])
        title = text_in(spec.get("label"), self._language) or self._title(spec, question)
        wording = self._questions.wording(question)
        if spec["estimator"] in ("proportion", "ranking"):
            chart = self._chart(indicator, title, question)
            chart = replace(chart, rows=(*chart.rows, *(bar for net in nets for bar in self._net(net))))
            caption = self._caption(spec, question, chart.rows)
            return Exhibit(indicator.name, title, wording, caption, chart=chart)
        figures = tuple(self._figure(spec, question, row) for row in indicator.published)
        return Exhibit(indicator.name, title, wording, self._caption(spec, question, figures), figures=figures)

    def _title(self, spec: Mapping[str, Any], question: str) -> str:
        label = self._questions.label(question)
        by = ", ".join(self._questions.label(name).lower() for name in spec.get("by", ()))
        return self._words.say("exhibit.by", label=label, by=by) if by else label

    def _chart(self, indicator: Indicator, title: str, question: str) -> Chart:
        spec = indicator.spec
        wanted = {self._questions.name(question, str(answer)) for answer in spec.get("answers", ())}
        rows = tuple(
            self._bar(spec, question, row)
            for row in indicator.published
            if not wanted or self._questions.name(question, str(row["answer"])) in wanted
        )
        whiskers = any(bar.low is not None for bar in rows)
        return Chart(indicator.name, title, rows, self._questions.ordered(question), whiskers)

    def _net(self, net: Indicator) -> tuple[Bar, ...]:
        """Answers taken together, under the label of their indicator."""
        question = str(net.spec["question"])
        label = text_in(net.spec.get("label"), self._language) or self._questions.label(question)
        return tuple(replace(bar, label=label, net=True) for bar in self._chart(net, label, question).rows)

    def _bar(self, spec: Mapping[str, Any], question: str, row: Mapping[str, Any]) -> Bar:
        answer = self._questions.name(question, str(row["answer"]))
        about = row.get("about")
        withheld = bool(row["withheld"]) and (about is None or about.percent is None)
        whiskers = self._whiskers(spec) and not row["withheld"]
        low, high = row["rank_low"], row["rank_high"]
        # The places an answer could have had are about uncertainty, as whiskers are, not about respondents.
        rank = row["rank"] if not whiskers or low is None or low == high else f"{low}–{high}"
        return Bar(
            label=self._questions.answer(question, answer),
            group=self._group(spec, row),
            percent=None if withheld else row["percent"] if about is None else about.percent,
            base=row["base"] if about is None or about.base is None else about.base,
            low=row["low"] if whiskers else None,
            high=row["high"] if whiskers else None,
            withheld=withheld,
            coarse=about is not None and about.percent_unit > 1,
            rounded=about is not None and about.base_unit > 1,
            assumed=self._is_assumed(spec, question, answer, row["by"]),
            residual=self._questions.residual(question, answer),
            rank="" if withheld or rank is None else str(rank),
        )

    def _whiskers(self, spec: Mapping[str, Any]) -> bool:
        """Whether intervals are shown: where asked for, else only for probability samples."""
        return bool(spec.get("whiskers", self._study.about.get("sampling") == "probability"))

    def _figure(self, spec: Mapping[str, Any], question: str, row: Mapping[str, Any]) -> Figure:
        from babel.numbers import format_decimal

        withheld = bool(row["withheld"])
        value = "" if withheld or row["value"] is None else format_decimal(row["value"], "#,##0.##", self._language)
        label, assumed = self._questions.label(question), self._is_assumed(spec, question, "", row["by"])
        return Figure(label, self._group(spec, row), value, row["base"], withheld, assumed)

    def _group(self, spec: Mapping[str, Any], row: Mapping[str, Any]) -> str:
        by = zip(spec.get("by", ()), row["by"], strict=True)
        return " · ".join(self._questions.answer(name, str(value)) for name, value in by)

    def _is_assumed(self, spec: Mapping[str, Any], question: str, answer: str, group: Sequence[str]) -> bool:
        """Whether no published source gives the figure; for some only the breakdown, or other groups, are assumed."""
        broken_down = bool(spec.get("by") or spec.get("where"))
        return any(
            entry["question"] == question
            and (not entry.get("answers") or answer in map(str, entry["answers"]))
            and (broken_down or not entry.get("by", False))
            and not self._is_published(spec, group, entry.get("except", {}))
            for entry in self._assumed
        )

    def _is_published(
        self, spec: Mapping[str, Any], group: Sequence[str], published: Mapping[str, Sequence[object]]
    ) -> bool:
        """Whether the figure is of a group that `except` names by all its columns: those of `by` and of `where`."""
        by, where = dict(zip(spec.get("by", ()), group, strict=True)), spec.get("where", {})
        if isinstance(where, str):  # which `except` does not name
            return False
        named = {column: self._names(column, values) for column, values in published.items()}
        return (
            bool(published)
            and {*by, *where} == set(published)
            and all(value in named[column] for column, value in by.items())
            and all(self._names(column, values) == named[column] for column, values in where.items())
        )

    def _names(self, question: str, answers: object) -> set[str]:
        many = answers if isinstance(answers, list) else [answers]
        return {self._questions.name(question, str(answer)) for answer in many}

    def _caption(self, spec: Mapping[str, Any], question: str, rows: tuple[Bar, ...] | tuple[Figure, ...]) -> Caption:
        words, about = self._words, self._study.about
        weighted = about.get("design", {}).get("weight")
        text = words.say("method.weighted" if weighted else "method.unweighted")
        if any(isinstance(row, Bar) and row.low is not None for row in rows):
            text += " " + self._interval(spec)
        elif about.get("sampling") != "probability":
            text += " " + words.say("method.synthetic" if self._study.synthetic else "method.no_interval")
        remarks = [words.say("remark.withheld")] if any(row.withheld for row in rows) else []
        if any(isinstance(row, Bar) and (row.coarse or row.rounded) for row in rows):
            remarks.append(words.say("remark.about"))
        if any(isinstance(row, Figure) and row.assumed for row in rows):
            remarks.append(words.say("remark.assumed"))
        source = self._source([row.assumed for row in rows if not row.withheld])
        answers = self._questions.how(question)
        asked = self._questions.routing(question)
        return Caption(self._base(spec, rows), answers, text, source, tuple(remarks), asked)

    def _source(self, assumed: Sequence[bool]) -> str:
        """The survey and its fieldwork, and who assumed figures; of those that are all assumed, only that."""
        words, about = self._words, self._study.about
        if all(assumed) and self._assumed:
            return words.say("caption.assumed", maker="enkat")
        source = sentence(text_in(about.get("source"), self._language))
        dates = period(about.get("dates"), self._language)
        parts = [source, words.say("caption.fieldwork", dates=dates) if dates else ""]
        parts.append(words.say("caption.assumed_some", maker="enkat") if any(assumed) else "")
        return " ".join(filter(None, parts))

    def _interval(self, spec: Mapping[str, Any]) -> str:
        if self._study.about.get("sampling") == "probability":
            return self._words.say("method.interval_sample", level=f"{100 * spec.get('level', 0.95):g}")
        return self._words.say(
            "method.interval_census", nonresponse=".." if self._nonresponse is None else self._nonresponse
        )

    def _base(self, spec: Mapping[str, Any], rows: tuple[Bar, ...] | tuple[Figure, ...]) -> str:
        words, who = self._words, among(spec.get("where"), self._questions)
        bases = {row.group: shown.base([row], self._language) for row in rows if row.base is not None}
        if spec.get("by"):
            named = ", ".join(f"{group} {number}" for group, number in bases.items())
            text = words.say("base.groups", groups=named)
            text = f"{who}. {text}" if who else text
        else:
            number = next(iter(bases.values()), shown.WITHHELD)
            text = words.say("base.who", who=who, n=number) if who else words.say("base.everyone", n=number)
        return sentence(text)
