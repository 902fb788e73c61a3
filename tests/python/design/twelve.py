"""Twelve respondents in six workplaces of two regions; the figures in the tests that use them are R survey's."""

import pandas

import enkat

DATA = pandas.DataFrame(
    {
        "region": ["north"] * 6 + ["south"] * 6,
        "workplace": [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6],
        "sector": list("xyxyxxyyxyxy"),
        "sex": list("kkmmkmkmmkkm"),
        "hours": [3, 5, 2, 8, 6, 4, 9, 7, 5, 6, 3, 8],
        "cases": [1, 2, 1, 4, 3, 2, 5, 3, 2, 4, 1, 3],
        "w": [2, 3, 2, 1, 2, 2, 4, 3, 5, 4, 3, 4],
        "name": [f"secret-{row}" for row in range(12)],
    }
)
DESIGN = enkat.Design(weight="w", strata="region", cluster="workplace")
SECTOR = {"x": 20, "y": 24}
SEX = {"k": 23, "m": 21}


def survey(design: enkat.Design = DESIGN, **columns: object) -> enkat.Survey:
    """The twelve, with other columns where a test needs them."""
    return enkat.Survey(DATA.assign(**columns), design=design)


def pairs() -> enkat.Survey:
    """Two workplaces a region."""
    return enkat.Survey(DATA[DATA.workplace.isin([1, 2, 4, 5])], design=DESIGN)
