"""Each task as somebody calls enkat in a notebook."""

from benchmarks.calls import Answer, Call, Row
from benchmarks.data import ITEMS, Floats
from benchmarks.prepared import Prepared

from enkat.estimates import Estimates
from enkat.weighting import Totals

NAME = "enkat"


def answer_of(estimates: Estimates) -> Answer:
    """Groups and, where the variable is a question, its options: "3/item_0"."""
    return Answer.of(
        Row("/".join([*row.by, *([row.answer] if row.answer in ITEMS else [])]) or "all", row.estimate or 0.0, row.se)
        for row in estimates
    )


def weights_of(weights: Floats) -> Answer:
    return Answer.of_weights(weights)


def mean(data: Prepared) -> Call:
    survey = data.survey
    return Call(NAME, lambda: survey.mean("y"), answer_of)


def mean_by_20(data: Prepared) -> Call:
    survey = data.survey
    return Call(NAME, lambda: survey.mean("y", by="dom20"), answer_of)


def items_by_3(data: Prepared) -> Call:
    survey = data.survey
    return Call(NAME, lambda: survey.proportion("items", by="dom3"), answer_of)


def ratio(data: Prepared) -> Call:
    survey = data.survey
    return Call(NAME, lambda: survey.ratio("y", "x"), answer_of)


def median(data: Prepared) -> Call:
    survey = data.survey
    return Call(NAME, lambda: survey.quantile("y", 0.5), answer_of)


def rake(data: Prepared) -> Call:
    survey, margins = data.survey, data.margins
    return Call(NAME, lambda: survey.rake(margins).weights, weights_of)


def rake_equal(data: Prepared) -> Call:
    survey, rows = data.equal_survey, data.shape.rows
    sizes = {name: {key: share * rows / 100 for key, share in of.items()} for name, of in data.shares.items()}
    return Call(NAME, lambda: survey.rake(sizes).weights, weights_of)


def calibrate(data: Prepared) -> Call:
    survey = data.survey
    totals: Totals = {"dom3": data.margins["dom3"], "age4": data.margins["age4"], "x": data.x_total}
    return Call(NAME, lambda: survey.calibrate("~ dom3 + age4 + x", totals).weights, weights_of)


def bootstrap_200(data: Prepared) -> Call:
    survey = data.survey
    return Call(NAME, lambda: survey.replicate("bootstrap", replicates=200, seed=1).proportion("items"), answer_of)


def bootstrap_1000_raked(data: Prepared) -> Call:
    survey = data.raked_survey
    return Call(NAME, lambda: survey.replicate("bootstrap", replicates=1000, seed=1).proportion("items"), answer_of)


def supplied_by_20(data: Prepared) -> Call:
    survey = data.replicated_survey
    return Call(NAME, lambda: survey.mean("y", by="dom20"), answer_of)
