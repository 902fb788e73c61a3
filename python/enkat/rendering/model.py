"""The report as records: all that the HTML page, the PDF, the workbook and claims.json say.

The core has computed, rounded and withheld; a renderer only sets what it finds here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from enkat.rendering.prose import Block, Inlines, Note

Language: TypeAlias = Literal["sv", "en"]
Verdict: TypeAlias = Literal[
    "holds",  # respondents: the estimate is within what the words cover
    "fails",  # respondents: it is not
    "supported",  # population: supported, as if the answers were random
    "uncertain",  # population: compatible, but uncertain
    "misrounded",  # population: wrongly rounded, within the uncertainty
    "contradicted",  # population: contradicted
    "insufficient",  # the base is too small to say
    "unchecked",  # vague or causal words: nothing to compare with
]


@dataclass(frozen=True, slots=True)
class Bar:
    """One share: an answer among all or in a group. `low` and `high` only where whiskers are asked for."""

    label: str
    group: str = ""
    percent: int | None = None
    base: int | None = None
    low: int | None = None
    high: int | None = None
    withheld: bool = False  # too few answers to publish
    coarse: bool = False  # the percent is the nearest 5 or 10
    rounded: bool = False  # so is the base, to tens or hundreds
    assumed: bool = False  # synthetic answers: no published source gives this figure
    residual: bool = False  # "other", "none of these": shown last, never ranked
    net: bool = False  # answers taken together: shown after the answers, never ranked
    rank: str = ""  # "1" or, where answers cannot be told apart, "1–2"


@dataclass(frozen=True, slots=True)
class Chart:
    """The shares of one indicator. `ordered`: the answers have their own order (a scale) and keep it."""

    name: str
    title: str
    rows: tuple[Bar, ...]
    ordered: bool = False
    whiskers: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is not a share (a mean, a total, a ratio), rounded as published."""

    label: str
    group: str
    value: str  # as set in the report's language; "" when withheld
    base: int | None
    withheld: bool = False
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """What was asked: in the survey's own words, or in ours (never in quotation marks)."""

    text: str
    published: bool


@dataclass(frozen=True, slots=True)
class Caption:
    """What a reader must know about a figure: who answered, how, how it was computed, where it comes from."""

    base: str
    answers: str
    method: str
    source: str
    remarks: tuple[str, ...] = ()
    asked: str = ""  # to whom the question was put, where not to everyone


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One indicator as shown: the question, the chart or the figures, and the caption."""

    name: str
    title: str
    wording: Wording
    caption: Caption
    chart: Chart | None = None
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """A claim of the text and what the answers say about it."""

    id: str
    words: str  # the words that are bound: "9 av 10"
    sentence: str  # the sentence they stand in, the first where several have the same words
    kind: str
    verdict: Verdict
    says: str  # the core's sentence; for an unchecked claim why it cannot be checked
    scope: Literal["respondents", "population"] = "respondents"
    topic: str = ""  # the question's short title: "Erfarenhet av felaktig information"
    answers: str = ""  # the answers that are counted: "Ja"
    about: str = ""  # among whom: "socialsekreterare som arbetar med barn och unga"
    percent: int | None = None
    base: int | None = None
    than_percent: int | None = None  # of a comparison: the share of the other side …
    than_base: int | None = None  # … and its base, where it is not the same
    places: tuple[int, ...] = ()  # of a rank: the place of each answer
    count: int | None = None  # of a claim about the number of respondents or of those invited
    out_of_ten: int | None = None  # k of a claim "k av 10"
    assumed: bool = False
    lint: tuple[str, ...] = ()
    again: tuple[str, ...] = ()  # further sentences with the same words


@dataclass(frozen=True, slots=True)
class TextSection:
    """Running text; `background` and `method` are set like any text."""

    heading: Inlines
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class SummaryItem:
    """A claim card: a sentence and the claims in it."""

    parts: Inlines
    claims: tuple[ClaimResult, ...]


@dataclass(frozen=True, slots=True)
class SummarySection:
    """What the report says in short."""

    heading: Inlines
    blocks: tuple[Block, ...]
    items: tuple[SummaryItem, ...]


@dataclass(frozen=True, slots=True)
class QuestionSection:
    """A finding, its text and what it rests on."""

    heading: Inlines
    blocks: tuple[Block, ...]
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class VoiceSection:
    """What is said outside the survey: a role and a source, never a person, and no claims."""

    heading: Inlines
    blocks: tuple[Block, ...]
    role: str
    source: str


@dataclass(frozen=True, slots=True)
class QuoteSection:
    """Quotations, each with its source."""

    heading: Inlines
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation and the claims that support it; none when it is a position."""

    parts: Inlines
    claims: tuple[ClaimResult, ...]


@dataclass(frozen=True, slots=True)
class RecommendationSection:
    """What the publisher asks for."""

    heading: Inlines
    blocks: tuple[Block, ...]
    items: tuple[Recommendation, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the method box: "Svarsfrekvens", and what is to be said about it."""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class MethodSection:
    """How the survey was made: the author's text and the generated box."""

    heading: Inlines
    blocks: tuple[Block, ...]
    facts: tuple[Fact, ...]
    limitations: tuple[str, ...]


Section: TypeAlias = (
    TextSection | SummarySection | QuestionSection | VoiceSection | QuoteSection | RecommendationSection | MethodSection
)


@dataclass(frozen=True, slots=True)
class Assumption:
    """A figure of synthetic answers that no published source gives."""

    question: str
    answers: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report, ready to be set. While `synthetic`, or a `draft`, every artefact says so by itself."""

    name: str
    language: Language
    title: str
    subtitle: str
    publisher: str
    year: str
    strip: tuple[str, ...]  # the survey in one line: answers, response rate, mode, dates
    source: str
    sections: tuple[Section, ...]
    claims: tuple[ClaimResult, ...]  # one for each wording, in the order of the text
    synthetic: bool
    assumptions: tuple[Assumption, ...] = ()
    notes: tuple[Note, ...] = ()
    keywords: tuple[str, ...] = ()
    answers_sha256: str = ""
    generator: str = "enkat"
    draft: bool = False  # what its author must fill in or confirm is not done


def exhibits(report: Report) -> tuple[Exhibit, ...]:
    """All indicators shown in the report, in order."""
    cards = (section for section in report.sections if isinstance(section, QuestionSection))
    return tuple(exhibit for card in cards for exhibit in card.exhibits)


def assumptions_by_question(report: Report) -> dict[str, tuple[Assumption, ...]]:
    """The assumed figures, question by question, in the order given."""
    questions = dict.fromkeys(item.question for item in report.assumptions)
    return {name: tuple(item for item in report.assumptions if item.question == name) for name in questions}
