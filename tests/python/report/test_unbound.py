"""Numbers that no claim stands for are found where they stand."""

from enkat import _core


def found(text: str, language: str = "sv", bound: list[tuple[int, int]] | None = None) -> list[tuple[str, str]]:
    return [(item["text"], item["kind"]) for item in _core.find_unbound(text, language, bound or [])]


def test_shares_percents_and_ranks_are_found() -> None:
    assert found("9 av 10 och 40 procent") == [("9 av 10", "share"), ("40 procent", "percent")]
    assert found("more than half of them", "en") == [("more than half", "threshold")]


def test_bound_words_and_years_are_free() -> None:
    assert found("9 av 10 svarade under 2023", bound=[(0, 7)]) == []


def test_offsets_are_bytes_of_utf_8() -> None:
    text = "Hälften åkte, 40 procent stannade"
    (_, item) = _core.find_unbound(text, "sv", [])
    assert text.encode()[item["offset"] : item["offset"] + item["length"]].decode() == "40 procent"


def test_wording_to_reconsider_has_its_code() -> None:
    lint = _core.find_lint("hela 9 av 10 säger att det leder till oro", "sv")
    assert [(item["text"], item["kind"]) for item in lint] == [("hela", "INTENS"), ("leder till", "CAUSAL")]
