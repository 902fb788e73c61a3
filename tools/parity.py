"""Writes docs/parity.md: how far enkat and R survey are apart in the reference cases.

The section "Where we differ on purpose" is written by hand in the page itself and stays as it is.

Run: python tools/parity.py [--check]
"""

import argparse
import math
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/parity.md"
sys.path.insert(0, str(ROOT / "tests/python/estimate"))

from test_cases import differences, read_cases  # noqa: E402

# What a case exercises, first match wins: R's functions and ours.
RULES: list[tuple[str, str, str]] = [
    ("phase2", 'twophase(method = "full")', "Design(phase2=…)"),
    ("joint", "svydesign(pps = ppsmat(…), variance)", "Design(joint_probabilities=…, variance=…)"),
    ("pps brewer", 'svydesign(pps = "brewer")', 'Design(pps="brewer")'),
    ("pps overton", 'svydesign(pps = "overton", variance)', 'Design(pps="overton", variance=…)'),
    ("pps hartley-rao", "svydesign(pps = HR(…), variance)", 'Design(pps="hartley-rao", sum_pi2_n=…, variance=…)'),
    ("pps poisson", "svydesign(pps = poisson_sampling(…))", 'Design(pps="poisson")'),
    ("supplied BRR", 'svrepdesign(type = "BRR")', 'Design(replicate_weights=…, method="BRR")'),
    ("supplied Fay", 'svrepdesign(type = "Fay")', 'Design(replicate_weights=…, method="Fay", rho=…)'),
    ("supplied JKn", 'svrepdesign(type = "JKn")', 'Design(replicate_weights=…, method="JKn", scale=…, rscales=…)'),
    ("supplied SDR", 'svrepdesign(type = "ACS")', 'Design(replicate_weights=…, method="SDR")'),
    ("supplied bootstrap", 'svrepdesign(type = "bootstrap")', 'Design(replicate_weights=…, method="bootstrap")'),
    (
        "supplied other",
        'svrepdesign(type = "other")',
        'Design(replicate_weights=…, method="other", scale=…, rscales=…)',
    ),
    (
        "replicated then calibrated",
        "as.svrepdesign, then postStratify or calibrate",
        "replicate(…), then a calibration",
    ),
    ("made JK1", 'as.svrepdesign(type = "JK1")', 'replicate("JK1")'),
    ("made JKn", 'as.svrepdesign(type = "JKn")', 'replicate("JKn")'),
    ("made BRR", 'as.svrepdesign(type = "BRR")', 'replicate("BRR")'),
    ("made Fay", 'as.svrepdesign(type = "Fay")', 'replicate("Fay", rho=…)'),
    ("single", "options(survey.lonely.psu)", "Design(single_psu=…)"),
    ("poststratify", "postStratify", "poststratify"),
    ("rake", 'calibrate(calfun = "raking") on margins', "rake"),
    ("calibrate linear", 'calibrate(calfun = "linear")', 'calibrate(method="linear")'),
    ("calibrate linear bounded", 'calibrate(calfun = "linear", bounds)', 'calibrate(method="linear", bounds=…)'),
    ("calibrate raking", 'calibrate(calfun = "raking")', 'calibrate(method="raking")'),
    ("calibrate logit bounded", 'calibrate(calfun = "logit", bounds)', 'calibrate(method="logit", bounds=…)'),
    ("trim", "trimWeights", "trim"),
    ("interval logit", 'svyciprop(method = "logit")', 'proportion(interval="logit")'),
    ("interval wald", 'svyciprop(method = "mean")', 'proportion(interval="wald")'),
    ("interval beta", 'svyciprop(method = "beta")', 'proportion(interval="beta")'),
    ("interval xlogit", 'svyciprop(method = "xlogit")', 'proportion(interval="xlogit")'),
    ("interval asin", 'svyciprop(method = "asin")', 'proportion(interval="asin")'),
    ("interval wilson", 'svyciprop(method = "wilson")', 'proportion(interval="wilson")'),
    ("interval likelihood", 'svyciprop(method = "likelihood")', 'proportion(interval="likelihood")'),
    ("contrast", "svycontrast", "estimates.contrast"),
    ("by", "svyby(covmat = TRUE)", "by="),
    ("where", "subset", "where"),
    ("deff", 'deff = TRUE, deff = "replace"', "estimates, column deff"),
    ("mean", "svymean", "mean"),
    ("total", "svytotal", "total"),
    ("ratio", "svyratio", "ratio"),
    ("proportion", "svymean of a factor", "proportion"),
    ("quantile", "svyquantile(qrule, interval.type)", "quantile(rule=…, interval=…)"),
    ("cdf", "svycdf, svymean of indicators", "cdf"),
    ("geometric_mean", "exp of svymean of log(y)", "geometric_mean"),
    ("variance", "svyvar", "variance"),
    ("covariance", "svyvar of two", "covariance"),
    ("correlation", "svyvar, svycontrast", "correlation"),
    ("standardized_mean", "svystandardize, svymean", "standardized_mean"),
    ("kappa", "svykappa", "kappa"),
    ("alpha", "svycralpha", "alpha"),
]

BY_HAND = "## Where we differ on purpose"


@dataclass
class Row:
    """What is known about one function of R."""

    cases: int = 0
    largest: dict[str, float] = field(default_factory=lambda: defaultdict(float))


def kind(case: dict[str, Any]) -> str:
    """Which rule a case belongs to: what is special about its design, else about its call."""
    design, call = case["design"], case["call"]
    fn = str(call["fn"])
    if "phase2" in design:
        return "phase2"
    if "joint_probabilities" in design:
        return "joint"
    if "pps" in design:
        return f"pps {design['pps']}"
    if "replicate_weights" in design:
        return f"supplied {design['method']}"
    if "replicates" in design:
        return "replicated then calibrated" if "then" in call else f"made {design['replicates']['method']}"
    if "single_psu" in design or case["data"] == "single_whole":
        return "single"
    if fn == "calibrate":
        return f"calibrate {call['method']}{' bounded' if 'bounds' in call else ''}"
    if fn in ("poststratify", "rake", "trim", "contrast"):
        return fn
    if fn == "proportion" and "interval" in call:
        return f"interval {call['interval']}"
    if fn in ("mean", "total", "ratio", "proportion"):
        if "by" in call:
            return "by"
        if "where" in call:
            return "where"
        if set(case["expected"]) == {"deff"}:
            return "deff"
    return fn


def at_most(difference: float) -> str:
    """One significant digit, rounded up, so that the page does not depend on the machine's last bits."""
    difference = max(difference, 1e-12)  # below that are the last bits of either side
    exponent = math.floor(math.log10(difference))
    digit = math.ceil(difference / 10.0**exponent - 1e-9)
    return f"≤ {digit}e{exponent}" if digit < 10 else f"≤ 1e{exponent + 1}"


def page() -> str:
    rows: dict[str, Row] = defaultdict(Row)
    sources: dict[str, int] = defaultdict(int)
    failed: list[str] = []
    for case in read_cases():
        row = rows[kind(case)]
        row.cases += 1
        sources[case["source"]] += 1
        try:
            found = differences(case)
        except Exception as error:
            failed.append(f"{case['id']}: {type(error).__name__}: {error}")
            continue
        if not all(value <= case["tol"] for value in found.values()):
            failed.append(f"{case['id']}: {found}")
        for name, value in found.items():
            side = "estimate" if name in ("estimate", "weights_head", "sum", "min", "max") else "uncertainty"
            row.largest[side] = max(row.largest[side], value)
    if failed:
        raise SystemExit("\n".join([*failed, f"{len(failed)} cases do not agree; docs/parity.md is not written"]))
    known = [name for name, _, _ in RULES]
    if unknown := set(rows) - set(known):
        raise SystemExit(f"no line for {sorted(unknown)}: add one to RULES")
    lines = [
        "# Parity with R `survey`",
        "",
        "Generated by `python tools/parity.py` from the reference cases in `tests/cases`, which the tests of both "
        "languages run. A difference is relative to the expected figure (covariances: to the largest of the matrix), "
        "the largest over all cases, rounded up; *uncertainty* is standard errors, covariances, limits, degrees of "
        "freedom and design effects. A case stands in the first line that fits it.",
        "",
        "| R | enkat | cases | estimates | uncertainty |",
        "|---|---|--:|--:|--:|",
    ]
    for name, theirs, ours in RULES:
        if name in rows:
            largest = rows[name].largest
            figures = [at_most(largest[side]) if side in largest else "–" for side in ("estimate", "uncertainty")]
            lines.append(f"| `{theirs}` | `{ours}` | {rows[name].cases} | {figures[0]} | {figures[1]} |")
    lines += ["", f"{sum(sources.values())} cases in all, by where the figures come from:", ""]
    lines += [f"- {source}: {count}" for source, count in sorted(sources.items(), key=lambda item: (-item[1], item[0]))]
    lines += [
        "",
        "Figures are held to 1e-8, quantiles to 1e-7, calibrated samples to 1e-6 (R iterates), likelihood intervals to "
        "1e-4 and, where the share is near 0, to 5e-4 (R interpolates). Figures of 4.5 that 4.1.1 has as well are the "
        'same there, but for totals under "adjust". Beside these, `tests/python/estimate/test_enumeration.py` draws '
        "every sample of small populations: on average each estimator and each estimated variance is right.",
        "",
        written_by_hand(),
    ]
    return "\n".join(lines)


def written_by_hand() -> str:
    """The last section of the page, which this script keeps."""
    text = PAGE.read_text(encoding="utf-8")
    if BY_HAND not in text:
        raise SystemExit(f"docs/parity.md has lost its section '{BY_HAND}'")
    return text[text.index(BY_HAND) :]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only say whether docs/parity.md is up to date")
    check = parser.parse_args().check
    text = page()
    if check and PAGE.read_text(encoding="utf-8") != text:
        raise SystemExit("docs/parity.md is not what tools/parity.py writes: run it")
    if not check:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
