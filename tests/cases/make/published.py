"""Worked examples that are printed elsewhere with their data, and small ones that can be done by hand.

Every figure is computed here again from its definition and must agree with the printed digits.

Run: python tests/cases/make/published.py
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

CASES = Path(__file__).parents[1]
cases: dict[str, list[dict[str, Any]]] = {}


def data(name: str, **columns: list[Any]) -> None:
    (CASES / "data" / f"{name}.json").write_text(json.dumps(columns) + "\n", encoding="utf-8")


def add(
    id: str, on: str, design: dict[str, Any], call: dict[str, Any], expected: dict[str, Any], tol: float, source: str
) -> None:
    case = {"id": id, "data": on, "design": design, "call": call, "expected": expected, "tol": tol, "source": source}
    cases.setdefault(call["fn"], []).append(case)


def printed(exact: float, text: str) -> float:
    """The exact value, after checking that it rounds to what is printed."""
    digits = len(text.split(".")[1]) if "." in text else 0
    assert f"{exact:.{digits}f}" == text, (exact, text)
    return exact


def petition_sheets() -> None:
    """Cochran, Sampling Techniques (3rd ed., 1977), §2.8: signatures on 50 of 676 petition sheets."""
    source = "Cochran, Sampling Techniques (3rd ed., 1977), table 2.1 and §2.8"
    counts = {
        42: 23, 41: 4, 36: 1, 32: 1, 29: 1, 27: 2, 23: 1, 19: 1, 16: 2, 15: 2,
        14: 1, 11: 1, 10: 1, 9: 1, 7: 1, 6: 3, 5: 2, 4: 1, 3: 1,
    }  # fmt: skip
    signatures = [value for value, times in counts.items() for _ in range(times)]
    assert (len(signatures), sum(signatures), sum(y * y for y in signatures)) == (50, 1471, 54497)
    y = np.array(signatures, dtype=float)
    s2 = printed(y.var(ddof=1), "229.0")
    total = printed(676 * y.mean(), "19888")
    se = float(676 * np.sqrt(s2 / 50 * (1 - 50 / 676)))
    assert abs(total - 1.28 * se - 18107) < 3 and abs(total + 1.28 * se - 21669) < 3  # the book rounds s and 1 - f
    data("petition", signatures=signatures)
    design = {"population": 676}
    add(
        "petition/total",
        "petition",
        design,
        {"fn": "total", "y": "signatures"},
        {"estimate": total, "se": se},
        1e-12,
        source,
    )
    add(
        "petition/mean",
        "petition",
        design,
        {"fn": "mean", "y": "signatures"},
        {"estimate": total / 676, "se": se / 676},
        1e-12,
        source,
    )
    add("petition/variance", "petition", design, {"fn": "variance", "y": "signatures"}, {"estimate": s2}, 1e-12, source)


def cities() -> None:
    """Cochran (1977), table 5.1: sizes of 64 cities in two strata, with the printed variances S²."""
    source = "Cochran, Sampling Techniques (3rd ed., 1977), table 5.1"
    large = [900, 822, 781, 805, 670, 1238, 573, 634, 578, 487, 442, 451, 459, 464, 400, 366]
    small = [
        364, 317, 328, 302, 288, 291, 253, 291, 308, 272, 284, 255, 270, 214, 195, 260, 209, 183, 163, 253, 232, 260,
        201, 147, 292, 164, 143, 169, 139, 170, 150, 143, 113, 115, 123, 154, 140, 119, 130, 127, 100, 107, 114, 111,
        163, 116, 122, 134,
    ]  # fmt: skip
    assert (len(large), sum(large), len(small), sum(small)) == (16, 10070, 48, 9498)
    assert (sum(y * y for y in large), sum(y * y for y in small)) == (7145450, 2141720)
    s1 = printed(float(np.var(large, ddof=1)), "53843")
    s2 = printed(float(np.var(small, ddof=1)), "5581")
    s = printed(float(np.var(large + small, ddof=1)), "52448")
    data("cities", stratum=["large"] * 16 + ["small"] * 48, size=large + small)
    add("cities/variance", "cities", {}, {"fn": "variance", "y": "size"}, {"estimate": s}, 1e-12, source)
    add(
        "cities/variance by stratum",
        "cities",
        {"strata": "stratum"},
        {"fn": "variance", "y": "size", "by": "stratum"},
        {"estimate": [s1, s2]},
        1e-12,
        source,
    )


def ice_cream() -> None:
    """SAS/STAT User's Guide, PROC SURVEYMEANS, Getting Started and Example 1: spending on ice cream of 40 pupils."""
    source = "SAS/STAT 13.1 User's Guide, The SURVEYMEANS Procedure: Getting Started, and Example 1"
    rows = """7 7 7 7 8 12 9 10 7 1 7 10 7 3 8 20 8 19 7 2 7 2 9 15 8 16 7 6 7 6 7 6 9 15 8 17 8 14 9 8 9 8 9 7 7 3 7 12
        7 4 9 14 8 18 9 9 7 2 7 1 7 4 7 11 9 8 8 10 8 13 7 2 9 6 9 11 7 2 7 9"""
    numbers = [int(word) for word in rows.split()]
    grade, spending = numbers[::2], numbers[1::2]
    y, size = np.array(spending, dtype=float), {7: 1824, 8: 1025, 9: 1151}
    data("ice_cream", grade=grade, spending=spending, n=[size[g] for g in grade])
    mean = printed(float(y.mean()), "8.750000")
    se = printed(float(np.sqrt(y.var(ddof=1) / 40 * (1 - 40 / 4000))), "0.845139")
    expected = {"estimate": mean, "se": se, "df": 39}
    low_high = {"ci_low": 7.04054539, "ci_high": 10.4594546}
    call = {"fn": "mean", "y": "spending"}
    add("ice cream/simple", "ice_cream", {"population": 4000}, call, expected, 1e-12, source)
    add("ice cream/simple, printed limits", "ice_cream", {"population": 4000}, call, low_high, 1e-8, source)
    g = np.array(grade)
    parts = [(size[k], y[g == k]) for k in size]
    mean = printed(float(sum(n * part.mean() for n, part in parts) / 4000), "9.141298")
    variance = sum(n**2 * (1 - len(part) / n) * part.var(ddof=1) / len(part) for n, part in parts)
    se = printed(float(np.sqrt(variance) / 4000), "0.531799")
    stratified = {"strata": "grade", "fpc": "n"}
    add("ice cream/stratified", "ice_cream", stratified, call, {"estimate": mean, "se": se, "df": 37}, 1e-12, source)
    add(
        "ice cream/stratified, printed limits",
        "ice_cream",
        stratified,
        call,
        {"ci_low": 8.06377052, "ci_high": 10.2188254},
        1e-8,
        source,
    )

    rows = """7 34 7 7 34 7 7 412 4 9 27 14 7 34 2 9 230 15 9 27 15 7 501 2 9 230 8 9 230 7 7 501 3 8 59 20 7 403 4
        7 403 11 8 59 13 8 59 17 8 143 12 8 143 16 8 59 18 9 235 9 8 143 10 9 312 8 9 235 6 9 235 11 9 312 10 7 321 6
        8 156 19 8 156 14 7 321 3 7 321 12 7 489 2 7 489 9 7 78 1 7 78 10 7 489 2 7 156 1 7 78 6 7 412 6 7 156 2
        9 301 8"""
    numbers = [int(word) for word in rows.split()]
    grade, group, spending = numbers[::3], numbers[1::3], numbers[2::3]
    groups, drawn = {7: 608, 8: 252, 9: 403}, {7: 8, 8: 3, 9: 5}
    weight = [groups[k] / drawn[k] for k in grade]
    data("ice_cream_groups", grade=grade, group=group, spending=spending, groups=[groups[k] for k in grade], w=weight)
    w, y = np.array(weight), np.array(spending, dtype=float)
    mean = printed(float(w @ y / w.sum()), "8.923860")
    variance = 0.0
    for k, m in drawn.items():
        in_grade = [i for i, its in enumerate(grade) if its == k]
        totals = [
            sum(w[i] * (y[i] - mean) for i in in_grade if group[i] == its) for its in {group[i] for i in in_grade}
        ]
        assert len(totals) == m
        variance += (1 - m / groups[k]) * m * float(np.var(totals, ddof=1))
    se = printed(float(np.sqrt(variance) / w.sum()), "0.650859")
    clustered = {"weight": "w", "strata": "grade", "cluster": "group", "fpc": "groups", "nest": True}
    add(
        "ice cream/clusters", "ice_cream_groups", clustered, call, {"estimate": mean, "se": se, "df": 13}, 1e-12, source
    )


def agreement() -> None:
    """Fleiss, Statistical Methods for Rates and Proportions (2nd ed., 1981), table 13.1: kappa = .676."""
    source = "Fleiss, Statistical Methods for Rates and Proportions (2nd ed., 1981), §13.1; its delta-method error"
    table = np.array([[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    names = ["psychotic", "neurotic", "organic"]
    pairs = [(a, b) for i, a in enumerate(names) for j, b in enumerate(names) for _ in range(table[i, j])]
    p = table / 100
    rows, columns = p.sum(1), p.sum(0)
    observed, chance = float(np.trace(p)), float(rows @ columns)
    kappa = printed((observed - chance) / (1 - chance), "0.676")
    z = np.eye(3) * (1 - chance) - (1 - observed) * (columns[:, None] + rows[None, :])
    variance = float((p * z**2).sum() - (p * z).sum() ** 2) / (1 - chance) ** 4 / 99
    data("diagnoses", first=[a for a, _ in pairs], second=[b for _, b in pairs])
    call = {"fn": "kappa", "y": ["first", "second"]}
    add("diagnoses/kappa", "diagnoses", {}, call, {"estimate": kappa, "se": float(np.sqrt(variance))}, 1e-10, source)


def nobody() -> None:
    """Clopper–Pearson at zero: none of 25 (Agresti 2002, §1.4) and none of 20 (Newcombe 1998)."""
    sources = {
        25: ("Agresti, Categorical Data Analysis (2nd ed., 2002), §1.4: none of 25 vegetarian, (0, 0.137)", "0.137"),
        20: ("Newcombe, Statistics in Medicine 17 (1998), table I, method 5: 0 of 20, (0, 0.1684)", "0.1684"),
    }
    for n, (source, text) in sources.items():
        data(f"none_of_{n}", yes=[0] * n)
        high = printed(1 - 0.025 ** (1 / n), text)
        expected = {"estimate": 0, "ci_low": 0, "ci_high": high}
        add(f"none of {n}", f"none_of_{n}", {}, {"fn": "proportion", "y": "yes", "answer": 1}, expected, 1e-10, source)


def quantile_types() -> None:
    """Hyndman & Fan (1996): the nine definitions at ten numbers, as base R's quantile(type = 1..9) prints them."""
    source = "Hyndman & Fan, The American Statistician 50 (1996); R, quantile(1:10, c(.1, .25, .5, .9), type)"
    values = {
        1: [1, 3, 5, 9], 2: [1.5, 3, 5.5, 9.5], 3: [1, 2, 5, 9], 4: [1, 2.5, 5, 9], 5: [1.5, 3, 5.5, 9.5],
        6: [1.1, 2.75, 5.5, 9.9], 7: [1.9, 3.25, 5.5, 9.1],
        8: [1.3666666666666667, 2.9166666666666667, 5.5, 9.6333333333333333],
        9: [1.4, 2.9375, 5.5, 9.6],
    }  # fmt: skip
    data("ten", x=list(range(1, 11)))
    for kind, expected in values.items():
        call = {"fn": "quantile", "y": "x", "p": [0.1, 0.25, 0.5, 0.9], "rule": f"hf{kind}"}
        add(f"ten numbers/hf{kind}", "ten", {}, call, {"estimate": expected}, 1e-12, source)


def raked_by_hand() -> None:
    """A table of two by two keeps its odds ratio when raked, so the raked cells are the root of a quadratic."""
    cells = {("a", "u"): 40, ("a", "v"): 10, ("b", "u"): 20, ("b", "v"): 30}
    rows, columns = {"a": 60, "b": 40}, {"u": 50, "v": 50}
    odds = 40 * 30 / (10 * 20)
    # x (rows_b − columns_u + x) = odds (rows_a − x)(columns_u − x)
    a, b, c = 1 - odds, rows["b"] - columns["u"] + odds * (rows["a"] + columns["u"]), -odds * rows["a"] * columns["u"]
    x = (-b + np.sqrt(b * b - 4 * a * c)) / (2 * a)
    raked = {("a", "u"): x, ("a", "v"): 60 - x, ("b", "u"): 50 - x, ("b", "v"): x - 10}
    assert min(raked.values()) > 0
    people = [cell for cell, n in cells.items() for _ in range(n)]
    weights = [raked[cell] / cells[cell] for cell in people]
    data("two_by_two", row=[r for r, _ in people], column=[k for _, k in people])
    call = {"fn": "rake", "margins": {"row": rows, "column": columns}, "then": "weights"}
    expected = {"weights_head": weights[:20], "sum": 100, "min": min(weights), "max": max(weights)}
    add("two by two/raked", "two_by_two", {}, call, expected, 1e-8, "by hand: raking keeps the odds ratio")
    call = {"fn": "poststratify", "margins": {"row": rows}, "then": "weights"}
    expected = {"weights_head": [60 / 50] * 20, "sum": 100, "min": 40 / 50, "max": 60 / 50}
    add("two by two/poststratified", "two_by_two", {}, call, expected, 1e-12, "by hand: population over sample")


for example in (petition_sheets, cities, ice_cream, agreement, nobody, quantile_types, raked_by_hand):
    example()
for verb, found in cases.items():
    (CASES / verb).mkdir(exist_ok=True)
    text = ",\n".join(json.dumps(case, ensure_ascii=False) for case in found)
    about = json.dumps("worked examples recomputed by tests/cases/make/published.py", ensure_ascii=False)
    (CASES / verb / "published.json").write_text(f'{{"source": {about}, "cases": [\n{text}\n]}}\n', encoding="utf-8")
print({verb: len(found) for verb, found in cases.items()})
