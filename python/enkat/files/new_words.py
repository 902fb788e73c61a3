"""What a drafted study says until its author has filled it in: nothing that could be false."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The texts of a drafted study in one language."""

    yes: str
    no: str
    proposal: str
    title: str
    population: str
    mode: str
    sampling_note: str
    limitation: str
    left_out: str
    summary: str
    answers: str
    question: str
    finding: str
    method: str
    method_text: str

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The texts that only the author can fill in, as far as they are the same in every draft."""
        left_out = self.left_out.partition("{")[0]
        own = (self.title, self.population, self.mode, self.sampling_note, self.limitation, left_out)
        return (*own, self.question, self.finding, self.method_text, self.proposal)


WORDS = {
    "sv": Words(
        yes="Ja",
        no="Nej",
        proposal="förslag: rutor i samma fråga, kontrollera",
        title="Fyll i undersökningens titel",
        population="Fyll i vilka undersökningen handlar om",
        mode="fyll i hur frågorna ställdes",
        sampling_note="Fyll i hur de tillfrågade valdes ut, och ändra sampling i study.json så att det stämmer.",
        limitation="Fyll i vad läsaren behöver veta om undersökningens brister.",
        left_out="Fyll i varför frågan {question} saknas, eller beskriv den i codebook.json. Svaren stämmer inte "
        "med det som programmet gissade om frågan.",
        summary="Kort sagt",
        answers="[{n}]{{claim=\"answers\"}} personer har svarat på enkäten.",
        question="Fyll i vad svaren visar",
        finding="Fyll i vad svaren visar. Bind varje tal i texten till ett påstående i claims.json.",
        method="Om undersökningen",
        method_text="Fyll i hur undersökningen gjordes.",
    ),
    "en": Words(
        yes="Yes",
        no="No",
        proposal="proposal: boxes of the same question, please check",
        title="Fill in the title of the survey",
        population="Fill in who the survey is about",
        mode="fill in how the questions were asked",
        sampling_note="Fill in how the people asked were chosen, and change sampling in study.json to match.",
        limitation="Fill in what the reader needs to know about the limits of the survey.",
        left_out="Fill in why question {question} is missing, or describe it in codebook.json. Its answers do not fit "
        "what the program guessed about it.",
        summary="In short",
        answers="[{n}]{{claim=\"answers\"}} people answered the survey.",
        question="Fill in what the answers show",
        finding="Fill in what the answers show. Bind each number in the text to a claim in claims.json.",
        method="About the survey",
        method_text="Fill in how the survey was carried out.",
    ),
}  # fmt: skip

# A heading is checked like all text: words for numbers, shares and places would have to be bound to a claim.
_QUANTITY = re.compile(
    r"\d|%|\b(en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tjugo|hundra|tusen|\w*del(ar|en)?|var(t|je)?|varannan|"
    r"hälften|halva|flesta|flertal\w*|majoritet\w*|alla|samtliga|få|ingen|inga|inget|procent\w*|första|främst\w*|primär\w*|"
    r"viktigast\w*|vanligast\w*|störst\w*|flest|mest|högst|minst|över|under|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|hundred|thousand|half|thirds?|quarters?|"
    r"fifths?|sixths?|tenths?|every|everyone|all|none|few|most|majority|percent|first|main|primary|foremost|largest|"
    r"biggest|greatest|top|second|other)\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&^-])")


def heading(label: str, words: Words) -> str:
    """The question's label as a heading, or a line to fill in where the label itself speaks of numbers."""
    if not label or _QUANTITY.search(label):
        return words.question
    return _MARKUP.sub(r"\\\1", " ".join(label.split()))
