"""Why a code is not an answer, from the words of its label."""

from __future__ import annotations

import re

_WORDS = {
    "not_asked": (
        "ej tillfråg", "inte tillfråg", "ställdes inte", "ej aktuell", "inte aktuell", "ej tillämp",
        "inte tillämp", "not asked", "not applic", "does not apply", "inapplicable", "not administered",
        "filter", "skip pattern", "ikke relevant", "ikke spurt", "ikke spurgt", "ei koske", "ei kysytty",
        "trifft nicht zu", "nicht gefragt", "nicht erhoben",
    ),
    "refused": (
        "vill ej", "vill inte", "vägra", "avstår", "avböj", "vil ikke", "ønsker ikke", "nekte", "kieltäyt",
        "verweiger", "möchte nicht",
        "refus", "prefer not", "rather not", "not want to",
    ),
    "dont_know": (
        "vet ej", "vet inte", "osäker", "ingen uppfattning", "ingen åsikt", "kan inte", "kan ej", "vet ikke",
        "ved ikke", "ei osaa", "en osaa", "weiß nicht", "weiss nicht",
        "don't know", "don’t know", "dont know", "do not know", "not sure", "unsure", "no opinion",
        "can't say",
    ),
}  # fmt: skip

# A label that says no more than that there is no answer.
_NO_ANSWER = re.compile(
    r"(system )?missing( value)?|missing data|no (answer|response|reply|data)( given)?|not (answered|stated|"
    r"ascertained|available|asked|applicable|administered|reached|determined)|n\.?/?[ad]\.?|dk|nr|dk/na|dk/nr|ref|"
    r"(don['’]?t|do not|doesn['’]?t|does not) know|does not apply|inapplicable|(question )?not asked|unknown|"
    r"refus(ed|al)( to answer)?|prefer(red|s)? not to (say|answer)|would rather not say|no opinion|"
    r"can['’]?t (say|choose)|skipped|left blank|blank|undetermined|"
    r"vet (ej|inte)|(ej|inget) svar|(ej|inte) (besvarad|tillfrågad|aktuell?t?|tillämplig)|uppgift saknas|saknas|"
    r"(vill|kan) (ej|inte) svara|bortfall|internt bortfall|ingen (uppgift|uppfattning|åsikt)|okänd|"
    r"v[ei][dt] ikke|ikke (besvart|besvaret|relevant|spurt|spurgt|aktuel|aktuelt|oppgitt|oplyst)|ubesvart|ubesvaret|"
    r"intet svar|ikke svar|ingen svar|(vil|ønsker) ikke (å |at )?svare?|uoppgitt|uoplyst|"
    r"e[in] osaa sanoa|e[in] vastausta|ei koske|ei tietoa|puuttuu|puuttuva tieto|ei halua vastata|"
    r"keine? (angabe|antwort|daten)|wei(ß|ss) nicht|verweigert|nicht (beantwortet|gefragt|erhoben)|"
    r"fehlend(er wert)?|k\.? ?a\.?",
    re.IGNORECASE,
)
# "-9. Refused", "(99) No answer", "Don't know (volunteered)", "Missing; not available"
_BESIDE = re.compile(r"^\W*(-?\d+\W+)?|\s*[(\[].*$")
_PARTS = re.compile(r"\s*(?:[;/,:–]|\s-\s|\bor\b|\beller\b|\boder\b|\btai\b)\s*")


def reason_of(label: str) -> str:
    """The missing reason a label names; `skipped` when it names none of the others."""
    words = label.lower()
    return next((reason for reason, signs in _WORDS.items() if any(sign in words for sign in signs)), "skipped")


def means_no_answer(label: str) -> bool:
    """True for a label that says nothing but that there is no answer: "No answer", "Vet ej", "-9 Refused"."""
    words = _BESIDE.sub("", label.strip()).strip(" .")
    parts = [part for part in _PARTS.split(words) if part]
    return bool(parts) and (
        _NO_ANSWER.fullmatch(words) is not None or all(_NO_ANSWER.fullmatch(part) is not None for part in parts)
    )
