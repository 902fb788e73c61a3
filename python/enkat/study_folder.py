"""A study folder as it was read: what reports, audits and claims are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from enkat import _core
from enkat.estimates import Estimates
from enkat.progress import progress
from enkat.row_expressions import spec_with_tree
from enkat.survey import Survey


@dataclass(frozen=True)
class Dispositions:
    """How the answering of the questionnaire ended, in rows."""

    complete: int
    partial: int = 0
    break_off: int = 0
    unknown: int = 0
    invited: int | None = None

    @property
    def warnings(self) -> list[str]:
        """What a user should know about rows that are not in the survey."""
        if not self.unknown:
            return []
        return [f"{self.unknown} rows have a status that study.json does not list; they are not in the survey"]


@dataclass(frozen=True)
class Indicator:
    """An indicator of the study with its estimates and its published table."""

    spec: Mapping[str, Any]
    estimates: Estimates
    published: Sequence[Mapping[str, Any]]

    @property
    def name(self) -> str:
        """The indicator's name in indicators.json."""
        return str(self.spec["name"])


@dataclass(frozen=True, repr=False)
class StudyFolder:
    """The files of a study: its survey, what was asked of it, and what is said of it."""

    folder: Path
    about: Mapping[str, Any]
    survey: Survey
    dispositions: Dispositions
    warnings: tuple[str, ...] = ()
    sha256: str = ""  # of the file of answers, as it was read

    @property
    def synthetic(self) -> bool:
        """Whether the answers are synthetic, so that every result must say so."""
        return bool(self.about["answers"]["origin"] == "synthetic")

    @property
    def language(self) -> str:
        """The study's own language."""
        return str(self.about.get("language", "sv"))

    @property
    def _whole_sha256(self) -> str:
        """Of the file of all answers, where these are a part of another study's."""
        return str(self.about.get("part_of", {}).get("answers_sha256", self.sha256))

    @cached_property
    def _indicator_names(self) -> list[str]:
        return [str(spec["name"]) for spec in read_json(self.folder / "indicators.json")["indicators"]]

    @cached_property
    def _tables(self) -> list[Indicator]:
        """Every indicator with its estimates and its table, each question protected by itself."""
        specs = read_json(self.folder / "indicators.json")
        results = []
        read = {**specs, "indicators": [spec_with_tree(spec) for spec in specs["indicators"]]}
        with progress("indicators") as report:
            computed = _core.compute_indicators(self.survey._core, read, report)
        for spec, (core, published) in zip(specs["indicators"], computed, strict=True):
            shares = spec["estimator"] in ("proportion", "ranking")
            names = self.survey._names(core, [spec["question"]] if shares else [], spec.get("by"))
            estimates = Estimates(core, names, self.survey._mark, self.survey._labels)
            results.append(Indicator(spec, estimates, published))
        return results

    @cached_property
    def claims(self) -> dict[str, Mapping[str, Any]]:
        """The claims of claims.json, by id."""
        return {str(claim["id"]): claim for claim in read_json(self.folder / "claims.json")["claims"]}

    @cached_property
    def _releases(self) -> dict[str, Any]:
        """What leaves in each language (`disclosure.release.Release`), once somebody has asked for it."""
        return {}


def read_json(path: Path) -> dict[str, Any]:
    """A JSON file of a study, checked against its schema; all problems at once."""
    from enkat.files.schema import read_checked

    return read_checked(path)
