"""Makes the synthetic answers of this study: python make_answers.py

The microdata were never published. figures.json holds every figure that was, and everything that had to
be assumed; this script lays out 1,473 respondents so that each published figure comes out at its published
rounding, checks that it does, and writes synthetic_answers.csv and, in study.json, the file's SHA-256 and the table of
assumptions. Counts are laid out exactly; chance (a fixed seed) only decides who gives which answer.
"""

import csv
import hashlib
import io
import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
FIGURES: dict[str, Any] = json.loads((FOLDER / "figures.json").read_text(encoding="utf-8"))
CODEBOOK: dict[str, Any] = json.loads((FOLDER / "codebook.json").read_text(encoding="utf-8"))
ASSUMED: dict[str, Any] = FIGURES["assumed"]
OCCUPATIONS: list[str] = FIGURES["occupations"]
QUESTIONS: dict[str, Any] = {question["name"]: question for question in CODEBOOK["questions"]}
CHILDREN_AND_YOUTH = {"children", "youth"}

Chosen = dict[int, set[str]]  # respondent → answers; who did not answer is absent


def names(question: str) -> list[str]:
    return [option["name"] for option in QUESTIONS[question]["options"]]


def code(question: str, answer: str) -> str:
    option = next(option for option in QUESTIONS[question]["options"] if option["name"] == answer)
    return str(option.get("code", answer))


def rounded(size: int, shares: list[float]) -> list[int]:
    """Whole numbers in these shares that add up to `size` (largest remainders)."""
    counts = [int(size * share) for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda i: counts[i] - size * shares[i])
    for i in by_remainder[: size - sum(counts)]:
        counts[i] += 1
    return counts


class Respondents:
    """The respondents, who they are, and the seeded chance that decides who gives which answer."""

    def __init__(self, size: int, seed: int) -> None:
        self.everyone = list(range(size))
        # Only Random.random() is promised to give the same numbers in every version of Python.
        self.chance = random.Random(seed)
        # One leaning per respondent ties the answers of a person together, as they are in life.
        self.leaning = [self.chance.random() for _ in self.everyone]
        self.occupation: dict[int, str] = {}
        self.area: dict[int, str] = {}

    def shuffled(self, rows: Iterable[int]) -> list[int]:
        return [row for _, row in sorted((self.chance.random(), row) for row in rows)]

    def leaning_first(self, rows: Iterable[int]) -> list[int]:
        return [row for _, row in sorted((-self.leaning[row] - 2 * self.chance.random(), row) for row in rows)]

    def answering(self, rows: Iterable[int], unanswered: int) -> list[list[int]]:
        """Those who answer, one list per occupation."""
        answering = self.shuffled(rows)[unanswered:]
        return [[row for row in answering if self.occupation[row] == occupation] for occupation in OCCUPATIONS]

    def describe(self) -> None:
        remaining = self.shuffled(self.everyone)
        sizes = rounded(len(remaining), ASSUMED["occupation"]["shares"])
        for occupation, size in zip(OCCUPATIONS, sizes, strict=True):
            self.occupation.update(dict.fromkeys(remaining[:size], occupation))
            remaining = remaining[size:]
        shares = ASSUMED["area"]["shares"]
        for i, group in enumerate(self.answering(self.everyone, ASSUMED["area"]["unanswered"])):
            for area, size in zip(shares, rounded(len(group), [shares[a][i] for a in shares]), strict=True):
                self.area.update(dict.fromkeys(group[:size], area))
                group = group[size:]


def single_experience(people: Respondents) -> dict[int, str]:
    assumed = ASSUMED["heard_rumours"]
    answers: dict[int, str] = {}
    for i, group in enumerate(people.answering(people.everyone, assumed["refused"])):
        young = [row for row in group if people.area.get(row) in CHILDREN_AND_YOUTH]
        others = [row for row in group if people.area.get(row) not in CHILDREN_AND_YOUTH]
        for rows, share in ((young, assumed["children_youth"][i]), (others, assumed["others"][i])):
            yes = set(people.leaning_first(rows)[: round(share * len(rows))])
            answers.update({row: "yes" if row in yes else "no" for row in rows})
    return answers


def multiple(people: Respondents, question: str, asked: Iterable[int]) -> Chosen:
    """Each answer by its exact share in each occupation; who ticks nothing chose "none", if there is one."""
    assumed = ASSUMED[question]
    chosen: Chosen = {}
    for i, group in enumerate(people.answering(asked, assumed["unanswered"])):
        chosen.update({row: set() for row in group})
        for answer, shares in assumed["shares"].items():
            for row in people.leaning_first(group)[: round(shares[i] * len(group))]:
                chosen[row].add(answer)
        if "pair" in assumed:
            add_pair(people, group, assumed["pair"], i, chosen)
        if "none" not in names(question):
            give_everyone_one(people, group, chosen)
    return {row: answers or {"none"} for row, answers in chosen.items()}


def give_everyone_one(people: Respondents, group: list[int], chosen: Chosen) -> None:
    """Without "none" a blank would be no answer: those with most answers hand one each to those without."""
    without = [row for row in group if not chosen[row]]
    generous = sorted(people.shuffled(group), key=lambda row: -len(chosen[row]))
    for row, giver in zip(without, generous, strict=False):
        given = people.shuffled(range(len(chosen[giver])))[0]
        answer = sorted(chosen[giver])[given]
        chosen[giver].remove(answer)
        chosen[row].add(answer)


def add_pair(people: Respondents, group: list[int], pair: dict[str, Any], i: int, chosen: Chosen) -> None:
    """Two answers with both their shares and the share that gives either one laid out."""
    first, second = pair["answers"]
    ordered = people.leaning_first(group)
    both, first_only, second_only = (round(pair[key][i] * len(group)) for key in ("both", "first_only", "second_only"))
    for row in ordered[: both + first_only]:
        chosen[row].add(first)
    for row in ordered[:both] + ordered[both + first_only : both + first_only + second_only]:
        chosen[row].add(second)


def choose_three(people: Respondents) -> Chosen:
    """At most three answers each, every answer by its exact share in each occupation."""
    assumed = ASSUMED["trust_factors"]
    chosen: Chosen = {}
    for i, group in enumerate(people.answering(people.everyone, assumed["unanswered"])):
        left = {answer: round(shares[i] * len(group)) for answer, shares in assumed["shares"].items()}
        too_few = 3 * len(group) - sum(left.values())
        one_answer = too_few // 6
        sizes = [1] * one_answer + [2] * (too_few - 2 * one_answer)
        sizes += [3] * (len(group) - len(sizes))
        # Answers with most left go first: this finds a table with these margins if there is one (Gale 1957).
        for row, size in zip(people.shuffled(group), reversed(sizes), strict=True):
            most_left = sorted(left, key=lambda answer: -left[answer])[:size]
            chosen[row] = set(most_left)
            for answer in most_left:
                left[answer] -= 1
        assert not any(left.values())
        mix(people, group, chosen)
    return chosen


def mix(people: Respondents, group: list[int], chosen: Chosen) -> None:
    """Two people exchange one answer each, many times: no one's number and no answer's share changes."""
    for _ in range(20 * len(group)):
        a, b = (group[int(people.chance.random() * len(group))] for _ in range(2))
        give, take = sorted(chosen[a] - chosen[b]), sorted(chosen[b] - chosen[a])
        if give and take:
            given = give[int(people.chance.random() * len(give))]
            taken = take[int(people.chance.random() * len(take))]
            chosen[a] = chosen[a] - {given} | {taken}
            chosen[b] = chosen[b] - {taken} | {given}


def time_and_prevention(people: Respondents) -> tuple[dict[int, str], dict[int, str]]:
    """The two questions laid out together, so that "more than half" holds for each and for both at once."""
    assumed, scale = ASSUMED["time_and_prevention"], ASSUMED["prevention_works"]
    time: dict[int, str] = {}
    prevention: dict[int, str] = {}
    for i, group in enumerate(people.answering(people.everyone, 0)):
        ordered = people.leaning_first(group)
        shares = [assumed[key][i] for key in ("time_only", "both", "prevention_only")]
        time_only, both, prevention_only = (round(share * len(group)) for share in shares)
        negative = ordered[time_only : time_only + both + prevention_only]
        time.update({row: "no" if place < time_only + both else "yes" for place, row in enumerate(ordered)})
        for rows, milder, stronger, share in (
            (negative, "badly", "not_at_all", scale["badly_of_the_negative"]),
            (
                sorted(set(group) - set(negative)),
                "fairly_well",
                "very_well",
                scale["fairly_well_of_the_positive"],
            ),
        ):
            cut = round(share * len(rows))
            prevention.update({row: milder if k < cut else stronger for k, row in enumerate(people.shuffled(rows))})
    for answers, question in ((time, "enough_time"), (prevention, "prevention_works")):
        for row in people.shuffled(people.everyone)[: ASSUMED[question]["dont_know"]]:
            answers[row] = "dont_know"
    return time, prevention


def ticks(question: str, answers: set[str] | None) -> dict[str, str]:
    if answers is None:
        return {f"{question}_{name}": "" for name in names(question)}
    return {f"{question}_{name}": str(int(name in answers)) for name in names(question)}


def delimited(question: str, answers: set[str] | None) -> str:
    return "|".join(code(question, name) for name in names(question) if name in (answers or set()))


def coded(question: str, answer: str) -> str:
    missing = {entry["reason"]: str(entry["code"]) for entry in QUESTIONS[question]["missing"]}
    return missing[answer] if answer in missing else code(question, answer)


def make_rows() -> list[dict[str, str]]:
    people = Respondents(FIGURES["respondents"], FIGURES["seed"])
    people.describe()
    heard = single_experience(people)
    topics = multiple(people, "rumour_topics", [row for row, answer in heard.items() if answer == "yes"])
    support = multiple(people, "support_consequences", people.everyone)
    work = multiple(people, "work_consequences", people.everyone)
    trust = choose_three(people)
    measures = multiple(people, "measures", people.everyone)
    time, prevention = time_and_prevention(people)
    commenting: set[int] = set()
    for share, group in zip(ASSUMED["comment"]["shares"], people.answering(people.everyone, 0), strict=True):
        commenting.update(people.shuffled(group)[: round(share * len(group))])
    rows = []
    for row in people.everyone:
        factors = [code("trust_factors", name) for name in sorted(trust.get(row, set()))]
        factors = [factors[place] for place in people.shuffled(range(len(factors)))]
        rows.append(
            {"id": str(10001 + row), "status": "complete", "occupation": people.occupation[row]}
            | {"area": code("area", people.area[row]) if row in people.area else ""}
            | {"heard_rumours": coded("heard_rumours", heard.get(row, "refused"))}
            | {"rumour_topics": delimited("rumour_topics", topics.get(row))}
            | ticks("support_consequences", support.get(row))
            | ticks("work_consequences", work.get(row))
            | {f"trust_{place + 1}": factors[place] if place < len(factors) else "" for place in range(3)}
            | {"measures": delimited("measures", measures.get(row))}
            | {"enough_time": coded("enough_time", time[row])}
            | {"prevention_works": coded("prevention_works", prevention[row])}
            | {"comment": ASSUMED["comment"]["placeholder"] if row in commenting else ""}
        )
    return rows


def given(row: dict[str, str], question: str) -> set[str] | None:
    """The answers a row as written gives to a question; None when it gives none."""
    spec = QUESTIONS[question]
    if spec.get("storage") == "columns":
        cells = {name: row[f"{question}_{name}"] for name in names(question)}
        return {name for name, cell in cells.items() if cell == "1"} if any(cells.values()) else None
    columns = spec.get("columns", [question])
    codes = {cell for column in columns for cell in row[column].split("|") if cell}
    answers = {name for name in names(question) if code(question, name) in codes}
    return answers or None


def check(rows: list[dict[str, str]]) -> None:
    """Every published figure at its published rounding, on the base that answered and on the base of all."""
    for figure in FIGURES["published_together"]:
        parts = [(part["question"], set(part["answers"])) for part in figure["all_of"]]
        both = [row for row in rows if all((given(row, question) or set()) & wanted for question, wanted in parts)]
        answered = [row for row in rows if all(given(row, question) for question, _ in parts)]
        for size in (len(answered), len(rows)):
            assert figure["at_least"] <= len(both) / size < figure["below"], (figure["claim"], len(both) / size)
    for figure in FIGURES["published"] + FIGURES["published_first"]:
        question, wanted = figure["question"], set(figure["answers"])
        among = figure.get("among", {})
        base = [row for row in rows if all((given(row, key) or set()) & set(among[key]) for key in among)]
        answers = [answer for row in base if (answer := given(row, question)) is not None]
        if "below" in figure:
            count = sum(bool(answer & wanted) for answer in answers)
            for size in (len(answers), len(base)):
                assert figure["at_least"] <= count / size < figure["below"], (figure["claim"], count / size)
        else:
            counts = {name: sum(name in answer for answer in answers) for name in names(question)}
            foremost = sorted(counts, key=lambda name: -counts[name])[: len(wanted)]
            assert set(foremost) == wanted, (figure["claim"], counts)


def by_occupation(shares: list[float]) -> dict[str, str]:
    parts = [f"{occupation} {100 * share:.0f}" for occupation, share in zip(OCCUPATIONS, shares, strict=True)]
    return {"sv": ", ".join(parts) + " procent", "en": ", ".join(parts) + " per cent"}


def assumptions() -> list[dict[str, Any]]:
    """The table of assumptions in study.json: one line per assumed figure."""
    why = FIGURES["why"]
    lines: list[dict[str, Any]] = []

    def add(question: str, answers: list[str], by: bool, value: dict[str, str], reason: str) -> None:
        chosen: dict[str, Any] = {"answers": answers} if answers else {}
        published = {"except": FIGURES["published_group"][reason]} if reason in FIGURES["published_group"] else {}
        lines.append({"question": question} | chosen | published | {"by": by, "value": value, "why": why[reason]})

    add("occupation", [], False, by_occupation(ASSUMED["occupation"]["shares"]), "shares")
    for area, shares in ASSUMED["area"]["shares"].items():
        add("area", [area], False, by_occupation(shares), "shares")
    for key in ("children_youth", "others"):
        value = by_occupation(ASSUMED["heard_rumours"][key])
        add(
            "heard_rumours",
            ["yes"],
            True,
            {lang: f"{why[key][lang]}: {value[lang]}" for lang in value},
            "working_with_children",
        )
    pair = ASSUMED["support_consequences"]["pair"]
    for place, answer in enumerate(pair["answers"]):
        only = pair["second_only" if place else "first_only"]
        add(
            "support_consequences",
            [answer],
            True,
            by_occupation([a + b for a, b in zip(pair["both"], only, strict=True)]),
            "breakdown",
        )
    for question in (
        "rumour_topics",
        "support_consequences",
        "work_consequences",
        "trust_factors",
        "measures",
    ):
        assumed = ASSUMED[question]
        for answer, shares in assumed["shares"].items():
            published = answer in assumed.get("published", [])
            partly = answer in assumed.get("published_for_socialsekreterare", [])
            reason = "breakdown" if published else "one_occupation" if partly else "shares"
            add(question, [answer], published, by_occupation(shares), reason)
        if "none" in names(question):
            add(question, ["none"], False, why["rest"], "shares")
    joint = ASSUMED["time_and_prevention"]
    for question, only in (("enough_time", "time_only"), ("prevention_works", "prevention_only")):
        shares = [a + b for a, b in zip(joint["both"], joint[only], strict=True)]
        value = by_occupation(shares)
        add(
            question,
            [],
            False,
            {lang: f"{why[question][lang]}: {value[lang]}" for lang in value},
            "threshold",
        )
    # Derived from the two: the answers taken together, and both shortcomings at once.
    prevention = by_occupation([a + b for a, b in zip(joint["both"], joint["prevention_only"], strict=True)])
    for question, key, value in (
        ("prevention_poor", "prevention_works", prevention),
        ("time_and_prevention", "together", by_occupation(joint["both"])),
    ):
        add(question, [], False, {lang: f"{why[key][lang]}: {value[lang]}" for lang in value}, "threshold")
    add("comment", [], False, why["placeholder"], "testimony")
    return lines


def answers_file(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def study_file(answers: bytes) -> str:
    """study.json with the hash of these answers and the table of assumptions; all else stays as it is."""
    study = json.loads((FOLDER / "study.json").read_text(encoding="utf-8"))
    study["answers"]["sha256"] = hashlib.sha256(answers).hexdigest()
    study["answers"]["assumed"] = assumptions()
    return json.dumps(study, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    rows = make_rows()
    check(rows)
    answers = answers_file(rows)
    (FOLDER / "synthetic_answers.csv").write_bytes(answers)
    (FOLDER / "study.json").write_text(study_file(answers), encoding="utf-8")


if __name__ == "__main__":
    main()
