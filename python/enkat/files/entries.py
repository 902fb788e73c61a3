"""The entries of a question in a codebook: its options and its missing codes, from their labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from enkat.files.metadata import Code, plain
from enkat.files.reasons import reason_of


def options_of(labels: dict[Code, str]) -> list[dict[str, Any]]:
    """Options named by their label, or by their code where they have none; a repeated label gets its code."""
    codes = list(labels)
    shown = distinct_labels([labels[code].strip() or str(code) for code in codes], codes)
    return [{"name": name, "code": code, "label": name} for name, code in zip(shown, codes, strict=True)]


def distinct_labels(labels: list[str], codes: Sequence[Code]) -> list[str]:
    """The labels, with its code after each that occurs twice."""
    times = Counter(labels)
    return [f"{label} ({code})" if times[label] > 1 else label for label, code in zip(labels, codes, strict=True)]


def missing_entries(codes: Iterable[Code], labels: dict[Code, str]) -> dict[str, Any]:
    """The `missing` of a question, with the reason that each code's label names; nothing without codes."""
    entries = []
    for code in codes:
        label = labels.get(code, "").strip()
        entries.append({"code": code, "reason": reason_of(label), **({"label": label} if label else {})})
    return {"missing": entries} if entries else {}


def stripped(code: Code) -> Code:
    """A code without the blanks that fill up text in SPSS, and 1.0 as 1."""
    return code.rstrip() if isinstance(code, str) else plain(code)


def ordered(codes: Iterable[Code]) -> list[Code]:
    """Numbers by value, then text."""
    return sorted((plain(code) for code in codes), key=lambda code: (isinstance(code, str), code))
