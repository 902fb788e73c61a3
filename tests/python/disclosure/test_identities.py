"""Which columns tell who answered, and which only look like it."""

import pyarrow as pa
import pytest

from enkat.disclosure.identities import identities

PEOPLE = ["Anna Berg", "Bo Ek", "Carl Öst", "Di Li", "Eva Ås", "Fia Åhl"]


@pytest.mark.parametrize(
    ("heading", "cells", "kind"),
    [
        ("Namn", ["Anna"] * 6, "name"),
        ("För- och efternamn", PEOPLE, "name"),
        ("Last name:", ["Berg"] * 6, "name"),
        ("Vem är du", PEOPLE, "name"),
        ("Din e-postadress", [f"{i}" for i in range(6)], "e-mail"),
        ("kontakt", [f"a{i}@kommun.se" for i in range(6)], "e-mail"),
        ("Mobil", [f"{i}" for i in range(6)], "telephone"),
        ("kontakt", [f"070-123 45 6{i}" for i in range(6)], "telephone"),
        ("nr", [f"8001{10 + i}-123{i}" for i in range(6)], "personal number"),
        ("nr", [198001101234 + 10_000 * i for i in range(6)], "personal number"),
        ("IP Address", ["10.0.0.1"] * 6, "IP address"),
        ("x", [f"192.168.0.{i}" for i in range(6)], "IP address"),
        ("Location Latitude", [59.3] * 6, "position"),
        ("respondent_id", [1, 2, 3, 4, 5, 6], "id"),
        ("Medlemsnummer", [1, 2, 3, 4, 5, 6], "id"),
    ],
)
def test_columns_that_tell_who_answered(heading: str, cells: list[object], kind: str) -> None:
    (found,) = identities(pa.table({heading: cells, "q": ["Ja", "Nej"] * 3}))
    assert (found.column, found.kind) == (heading, kind)


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Kommunens namn", ["Lund", "Malmö"] * 3),
        ("Mobil", ["Ja", "Nej"] * 3),
        ("Använder du e-post?", ["Ja", "Nej"] * 3),
        ("grupp_id", [1, 1, 1, 2, 2, 2]),
        ("ort", ["New York", "Stora Höga"] * 3),
        ("postnummer", ["12345"] * 6),
        ("lön", [31_200, 28_400, 30_000, 41_000, 22_900, 35_500]),
        ("kommentar", ["Chefen lyssnar inte", "Allt är bra", "Nej", "Vet ej", "Mer tid", "Fler kollegor"]),
        ("tom", [None] * 6),
    ],
)
def test_columns_that_do_not(heading: str, cells: list[object]) -> None:
    assert identities(pa.table({heading: pa.array(cells)})) == []
