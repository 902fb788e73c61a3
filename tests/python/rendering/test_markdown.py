"""report.md as sections."""

from __future__ import annotations

import pytest

from enkat.rendering.markdown import Draft, read_draft
from enkat.rendering.prose import Bound, Bullets, Link, NoteMark, Paragraph, Quotation, bound_claims, plain

TEXT = """# Ryktet går

{section="summary"}
## Kort sagt

- Bland *socialsekreterare* uppger [9 av 10]{claim="C3"} det.[^1]

{section="question" indicator="experience"}
## [Tre av fyra]{claim="C2"} har mött det

Så kallad "felaktig" information.

{section="quotes"}
## Ur rapporten

{source="Vision, 2023"}
> Det finns stor risk.

{section="recommendations"}
## Vision föreslår

- Att det blir en lag. {claims="C2 C3"}
- Att staten betalar. {position=true}

[^1]: En *not*.
"""


def read(text: str) -> Draft:
    return read_draft(text, "sv", claims={"C2", "C3"}, indicators={"experience"})


def codes(text: str) -> list[tuple[str, object]]:
    return [(issue.code, issue.context["line"]) for issue in read(text).issues]


def test_a_text_becomes_sections_with_claims_notes_and_sources() -> None:
    draft = read(TEXT)
    assert draft.issues == ()
    assert draft.title == "Ryktet går"
    assert [section.kind for section in draft.sections] == [
        "summary",
        "question",
        "quotes",
        "recommendations",
    ]
    summary, question, quotes, asks = draft.sections
    assert isinstance(summary.blocks[0], Bullets)
    item = summary.blocks[0].items[0]
    assert bound_claims(item.parts) == ("C3",)
    assert NoteMark(1) in item.parts
    assert isinstance(question.heading[0], Bound)
    assert plain(question.heading) == "Tre av fyra har mött det"
    assert question.attributes["indicator"] == "experience"
    assert isinstance(quotes.blocks[0], Quotation)
    assert quotes.blocks[0].source == "Vision, 2023"
    assert isinstance(asks.blocks[0], Bullets)
    first, second = asks.blocks[0].items
    assert (plain(first.parts), first.claims, first.position) == ("Att det blir en lag.", ("C2", "C3"), False)
    assert (second.claims, second.position) == ((), True)
    assert plain(draft.notes[0].paragraphs[0].parts) == "En not."


def test_straight_quotation_marks_become_those_of_the_language() -> None:
    paragraph = read(TEXT).sections[1].blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.parts) == "Så kallad ”felaktig” information."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ingen rubrik.", ("report.no_title", 1)),
        ('# T\n\n{section="sumary"}\n## A\n\n- B', ("report.unknown_section", 4)),
        ('# T\n\n{section="question"}\n## A', ("report.missing_attribute", 4)),
        ('# T\n\n{section="question" indicator="x"}\n## A', ("report.unknown_indicator", 4)),
        ('# T\n\n{section="summary" colour="red"}\n## A\n\n- B', ("report.unknown_attribute", 4)),
        ("# T\n\n## A\n\n[9 av 10]{claim=C9}", ("report.unknown_claim", 5)),
        ('# T\n\n## A\n\n[9 av 10]{claim="C2', ("report.broken_attribute", 5)),
        ('# T\n\n## A\n\n[9 av 10]{clam="C2"}', ("report.unknown_attribute", 5)),
        ('# T\n\n{section="recommendations"}\n## A\n\n- Att.', ("report.unsupported_recommendation", 6)),
        ('# T\n\n{section="summary"}\n## A\n\nText.', ("report.missing_list", 4)),
        ('# T\n\n{section="quotes"}\n## A\n\n> Citat.', ("report.missing_source", 4)),
        ('# T\n\n{section="voices" role="r"}\n## A\n\nText.', ("report.missing_attribute", 4)),
        (
            '# T\n\n{section="voices" role="r" source="s"}\n## A\n\n[9 av 10]{claim="C2"}',
            ("report.claim_in_voice", 4),
        ),
        ("# T\n\n## A\n\n    kod", ("report.unsupported", 5)),
    ],
)
def test_a_problem_is_reported_with_its_line(text: str, expected: tuple[str, int]) -> None:
    assert expected in codes(text)


def test_all_problems_are_reported_together_in_the_order_of_the_text() -> None:
    found = codes('# T\n\n{section="quotes"}\n## A\n\n> Citat.\n\n## B\n\n[x]{claim=C8} och [y]{claim=C9}')
    assert found == [("report.missing_source", 4), ("report.unknown_claim", 10), ("report.unknown_claim", 10)]


@pytest.mark.parametrize(
    "end", ["Att **det** blir en lag.[^1]", "Att det blir **en lag**", "Att det blir en lag.[^1]\n "]
)
def test_what_stands_before_the_attributes_of_an_item_is_kept(end: str) -> None:
    draft = read(TEXT.replace("Att staten betalar.", end))
    item = draft.sections[-1].blocks[0].items[-1]  # type: ignore[union-attr]
    assert draft.issues == ()
    assert item.position
    assert plain(item.parts).startswith("Att det blir en lag")
    assert (NoteMark(1, again=True) in item.parts) == ("[^1]" in end)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert()",
        "//host/a",
        "blob:a",
        "feed:a",
        "file:///etc/passwd",
        "data:text/html,a",
        "",
        "/etc",
        "&#98;lob:a",
    ],
)
def test_a_link_to_anything_but_a_page_an_address_or_a_file_beside_is_refused(address: str) -> None:
    assert codes(f"# T\n\n## A\n\n[words]({address})") == [("report.link", 5)]


@pytest.mark.parametrize(
    "address", ["https://a.b/c", "HTTP://a.b", "mailto:a@b.se", "tables.xlsx", "#claim-C2", "a/b?c:d"]
)
def test_a_link_to_a_page_an_address_or_a_file_beside_is_one(address: str) -> None:
    draft = read(f"# T\n\n## A\n\n[words]({address})")
    assert not draft.issues
    (paragraph,) = draft.sections[0].blocks
    assert isinstance(paragraph, Paragraph) and isinstance(paragraph.parts[0], Link)


def test_emphasis_in_emphasis_is_read_as_deep_as_somebody_writes() -> None:
    assert codes("# T\n\n## A\n\n" + "*" * 3000 + "a" + "*" * 3000) == [("report.unsupported", 5)]
    assert not read("# T\n\n## A\n\n**a *b [c](https://d.e)* f**").issues
