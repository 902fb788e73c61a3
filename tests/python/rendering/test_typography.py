"""Numbers and spaces."""

from __future__ import annotations

from enkat.rendering.typography import NBSP, count, percent, polish, quoted


def test_numbers_follow_the_language() -> None:
    assert count(1473, "sv") == f"1{NBSP}473"
    assert count(1473, "en") == "1,473"
    assert percent(62, "sv") == f"62{NBSP}%"
    assert percent(62, "en") == "62%"


def test_what_belongs_together_is_not_broken_over_two_lines() -> None:
    text = polish("9 av 10, 1 473 svarande, 15 procent, 31 mars 2023")
    assert text == f"9{NBSP}av{NBSP}10, 1{NBSP}473 svarande, 15{NBSP}procent, 31{NBSP}mars 2023"


def test_years_in_a_row_are_not_taken_for_thousands() -> None:
    assert polish("2021 2022") == "2021 2022"


def test_quotation_marks_follow_the_language() -> None:
    assert quoted("Ja", "sv") == "”Ja”"
    assert quoted("Yes", "en") == "“Yes”"
