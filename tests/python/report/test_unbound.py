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


def test_offsets_are_bytes_of_utf_8() -> None:
    text = "Hälften åkte, 40 procent stannade"
    (_, item) = _core.find_unbound(text, "sv", [])
    assert text.encode()[item["offset"] : item["offset"] + item["length"]].decode() == "40 procent"


def test_wording_to_reconsider_has_its_code() -> None:
    lint = _core.find_lint("hela 9 av 10 säger att det leder till oro", "sv")
    assert [(item["text"], item["kind"]) for item in lint] == [("hela", "INTENS"), ("leder till", "CAUSAL")]
