"""Small studies as folders, and random ones with the kinds of tables and claims that linked tables are made of."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas

import enkat


def single(name: str, *answers: str, **more: object) -> dict[str, object]:
    """A question with one answer."""
    return {"name": name, "type": "single", "options": [{"name": answer} for answer in answers], **more}


def share(name: str, question: str = "q", **more: object) -> dict[str, object]:
    """An indicator of shares."""
    return {"name": name, "estimator": "proportion", "question": question, **more}


def study_of(
    folder: Path,
    answers: pandas.DataFrame,
    questions: Sequence[Mapping[str, object]],
    indicators: Sequence[Mapping[str, object]],
    claims: Sequence[Mapping[str, object]] = (),
    text: str = "# T\n",
    **about: object,
) -> enkat.Study:
    """The study that a folder with these files is."""
    folder.mkdir(exist_ok=True)
    answers.to_csv(folder / "answers.csv", index=False)
    head: dict[str, object] = {"schema_version": 1}
    kept: dict[str, dict[str, object]] = {
        "study.json": {
            "name": "s",
            "language": "en",
            "title": "T",
            "sampling": "nonprobability",
            "answers": {"file": "answers.csv", "origin": "collected"},
            **about,
        },
        "codebook.json": {"language": "en", "questions": list(questions)},
        "indicators.json": {"indicators": list(indicators)},
        "claims.json": {"claims": list(claims)},
    }
    for name, content in kept.items():
        (folder / name).write_text(json.dumps(head | content), encoding="utf-8")
    (folder / "report.md").write_text(text, encoding="utf-8")
    return enkat.load_study(folder)


def rows_of(counts: Mapping[tuple[str, ...], int], columns: Sequence[str]) -> pandas.DataFrame:
    """As many rows of each combination of answers as it says."""
    return pandas.DataFrame([row for row, number in counts.items() for _ in range(number)], columns=list(columns))


@dataclass(frozen=True)
class Drawn:
    """A random study: who answered what, which tables and claims are published, and what a reader is after."""

    answers: pandas.DataFrame
    columns: dict[str, list[str]]
    indicators: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    sensitive: bool

    @property
    def questions(self) -> list[dict[str, object]]:
        """The codebook's questions."""
        return [
            single(name, *answers, sensitive=self.sensitive and name == "q") for name, answers in self.columns.items()
        ]


def draw(seed: int) -> Drawn:
    """Thirty to a hundred and forty people, two to five tables of eleven kinds, up to three claims."""
    chance = random.Random(seed)
    people = chance.choice([30, 45, 60, 90, 140])
    regions, sexes = ["n", "s", "e"][: chance.choice([2, 3])], ["m", "w"]
    answers = ["yes", "no"] if chance.random() < 0.5 else ["a", "b", "c"]
    in_region, in_answer, yes = (
        [chance.random() + 0.1 for _ in regions],
        [chance.random() + 0.05 for _ in answers],
        chance.random(),
    )
    rows = [
        (
            chance.choices(regions, in_region)[0] if chance.random() > 0.03 else None,
            chance.choices(sexes, [0.3, 0.7])[0],
            chance.choices(answers, in_answer)[0] if chance.random() > 0.08 else None,
            ("y" if chance.random() < yes else "x") if chance.random() > 0.05 else None,
        )
        for _ in range(people)
    ]
    kinds: list[dict[str, Any]] = [
        {"question": "q"},
        {"question": "q", "by": ["reg"]},
        {"question": "q", "by": ["sex"]},
        {"question": "q", "by": ["reg", "sex"]},
        {"question": "q", "by": ["o"]},
        {"question": "q", "where": {"reg": regions[:2]}},
        {"question": "o"},
        {"question": "o", "by": ["q"]},
        {"question": "o", "by": ["reg"]},
        {"question": "reg"},
        {"question": "reg", "by": ["q"]},
    ]
    indicators = [share(f"i{k}", **kind) for k, kind in enumerate(chance.sample(kinds, chance.randint(2, 5)))]
    claims = []
    for number in range(chance.randint(0, 3)):
        where = {"reg": chance.sample(regions, chance.randint(1, len(regions)))} if chance.random() < 0.7 else {}
        where |= {"sex": [chance.choice(sexes)]} if chance.random() < 0.3 else {}
        claim = {"id": f"C{number}", "kind": "share", "question": "q", "answers": [chance.choice(answers)]}
        claim |= {"where": where, "text": "less than 100 percent"}
        claims.append(claim | ({"base": "all"} if chance.random() < 0.3 else {}))
    columns = {"q": answers, "reg": regions, "sex": sexes, "o": ["x", "y"]}
    frame = pandas.DataFrame(rows, columns=["reg", "sex", "q", "o"])
    return Drawn(frame, columns, indicators, claims, chance.random() < 0.7)
