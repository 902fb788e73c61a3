"""What was published, as files: audit.json beside a report, releases.json in the study."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from enkat.disclosure.figure import Figure
from enkat.disclosure.publication import Publication
from enkat.disclosure.quantity import Policy
from enkat.disclosure.variables import Column, Link
from enkat.errors import DataError

AUDIT = "audit.json"
RELEASES = "releases.json"


def write_audit(publication: Publication, out: Path) -> Path:
    """Writes all that a report tells of numbers of respondents, so that anybody can audit it again.

    It holds what is printed and no more: where a figure is withheld, that it is.
    """
    content = {
        "schema_version": 1,
        "policy": asdict(publication.policy),
        "columns": [asdict(column) for column in publication.columns.values()],
        "links": [asdict(link) for link in publication.links],
        "figures": [figure.to_json() for figure in publication.figures],
    }
    path = out / AUDIT
    path.write_text(_json(content), encoding="utf-8")
    return path


def read_audit(folder: Path) -> Publication:
    """The publication that an audit.json tells of.

    Raises:
        DataError: There is none, or it cannot be read.
        ReportError: With everything that is wrong in it.
    """
    from enkat.files.schema import read_checked

    content = read_checked(folder / AUDIT)
    columns = {str(one["name"]): Column(**{**one, "answers": tuple(one["answers"])}) for one in content["columns"]}
    figures = tuple(Figure.from_json(row) for row in content["figures"])
    links = tuple(Link(tuple(one["columns"]), tuple(map(tuple, one["patterns"]))) for one in content["links"])
    return Publication(figures, columns, Policy(**content["policy"]), links)


def released_before(folder: Path, answers: str, *, is_part: bool = False) -> list[Figure]:
    """All that releases.json says has been released from the same answers, known by their SHA-256.

    Raises:
        DataError: The study's answers are a part of those, and nothing is known of what was released from the whole.
    """
    if is_part and not any(one["answers_sha256"] == answers for one in _releases(folder)):
        raise DataError(
            "disclosure.no_releases",
            f"study.json: part_of: the answers are a part of others, but {RELEASES} has nothing that was released from "
            "those; copy it from the folder of the whole study, so that both are audited together, and copy it back "
            "when this is reported",
            {"file": RELEASES},
        )
    return [
        Figure.from_json(row) for one in _releases(folder) if one["answers_sha256"] == answers for row in one["figures"]
    ]


def keep_release(folder: Path, publication: Publication, medium: str, answers: str) -> None:
    """Adds to releases.json what had not been released from the same answers before."""
    releases = list(_releases(folder))
    known = {_row(row) for one in releases if one["answers_sha256"] == answers for row in one["figures"]}
    told = [figure.to_json() for figure in publication.figures if not figure.withheld]
    new = [row for row in told if row["printed"] and _row(row) not in known]
    if not new:
        return
    release = {
        "id": hashlib.sha256(_json(new).encode()).hexdigest()[:12],
        "date": datetime.date.today().isoformat(),
        "medium": medium,
        "answers_sha256": answers,
        "policy": publication.policy.version,
        "figures": new,
    }
    content = {"schema_version": 1, "releases": [*releases, release]}
    (folder / RELEASES).write_text(_json(content), encoding="utf-8")


def _releases(folder: Path) -> Iterable[Mapping[str, Any]]:
    from enkat.files.schema import read_checked

    path = folder / RELEASES
    releases: list[Mapping[str, Any]] = read_checked(path)["releases"] if path.exists() else []
    return releases


def _row(row: Mapping[str, Any]) -> str:
    """A figure without the place where it was printed."""
    return _json({key: value for key, value in row.items() if key != "printed"})


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
