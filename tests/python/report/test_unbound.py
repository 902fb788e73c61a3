"""Numbers in a text that no claim answers for."""

from enkat import _core


def found(text: str, language: str = "sv", bound: list[tuple[int, int]] | None = None) -> list[str]:
    return [finding["text"] for finding in _core.find_unbound(text, language, bound or [])]


def test_shares_percents_thresholds_and_ranks_are_found() -> None:
    assert found("Nio av tio svarar ja, 23 procent nej.") == ["Nio av tio", "23 procent"]
    assert found("More than half agree.", "en") == ["More than half"]


def test_bound_words_years_and_quotations_are_free() -> None:
    text = "Å 9 av 10 år 2023, ”3 av 4”."
    start = len(text[: text.index("9")].encode())
    assert found(text, bound=[(start, len(b"9 av 10"))]) == []
