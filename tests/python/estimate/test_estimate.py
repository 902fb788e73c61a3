"""Estimates as a table: columns, rows by name, frames, covariance, notes."""

import numpy
import pandas
import polars
import pytest

import enkat

DATA = pandas.DataFrame(
    {
        "age": [31, 44, 52, 29, None, 61],
        "region": ["north", "south", "south", "north", "south", "north"],
        "heard": [1, 0, 1, 1, 1, None],
    }
)
CODEBOOK = {
    "schema_version": 1,
    "questions": [
        {
            "name": "heard",
            "type": "single",
            "label": "Heard",
            "options": [
                {"name": "yes", "code": 1, "label": {"sv": "Ja", "en": "Yes"}},
                {"name": "no", "code": 0, "label": {"sv": "Nej", "en": "No"}},
                {"name": "maybe", "code": 2, "label": {"sv": "Kanske", "en": "Maybe"}},
            ],
        }
    ],
}


@pytest.fixture
def survey() -> enkat.Survey:
    return enkat.Survey(DATA, CODEBOOK)


def test_columns_are_in_the_order_of_the_contract(survey: enkat.Survey) -> None:
    shares = survey.proportion("heard", by="region")
    assert shares.columns == [
        "region",
        "variable",
        "answer",
        "estimate",
        "se",
        "ci_low",
        "ci_high",
        "df",
        "n",
        "count",
        "deff",
        "note",
    ]


def test_options_nobody_chose_stay_as_rows_with_zero(survey: enkat.Survey) -> None:
    row = survey.proportion("heard")["maybe"]
    assert (row.estimate, row.count, row.n) == (0, 0, 5)


def test_a_row_is_found_by_name_code_or_label(survey: enkat.Survey) -> None:
    shares = survey.proportion("heard", by="region")
    assert shares["south", "yes"] == shares["south", "1"] == shares["south", "Ja"] == shares["south", "Yes"]


def test_an_unknown_row_is_a_key_error_that_lists_the_rows(survey: enkat.Survey) -> None:
    with pytest.raises(KeyError, match="'south', 'yes'"):
        survey.proportion("heard", by="region")["west", "yes"]


def test_frames_hold_the_same_table(survey: enkat.Survey) -> None:
    means = survey.mean("age", by="region")
    assert isinstance(means.to_polars(), polars.DataFrame)
    assert polars.DataFrame(means).equals(means.to_polars())
    assert means.to_pandas()["estimate"].tolist() == pytest.approx([(31 + 29 + 61) / 3, 48])


def test_the_covariance_has_the_squared_standard_errors_on_its_diagonal(survey: enkat.Survey) -> None:
    means = survey.mean("age", by="region")
    assert means.covariance.diagonal() ** 0.5 == pytest.approx(means.to_pandas()["se"].tolist())


def test_several_variables_have_each_their_own_base() -> None:
    survey = enkat.Survey(DATA)
    both = survey.mean(["age", "heard"])
    assert [row.n for row in both] == [5, 5]
    assert both["age"].estimate == survey.mean("age")["age"].estimate


def test_item_nonresponse_is_counted_and_shown(survey: enkat.Survey) -> None:
    assert survey.mean("age")["age"].note.startswith("missing:1")
    with pytest.raises(enkat.EstimateError, match="1 rows have not answered"):
        survey.mean("age", missing="error")
    assert survey.proportion("heard", missing="level")["missing"].count == 1


def test_a_domain_keeps_the_design_and_counts_missing_filters(survey: enkat.Survey) -> None:
    domain = survey.where(heard="yes")
    assert len(domain) == 4
    assert "1 rows are outside the domain" in domain.mean("age").note


def test_results_read_in_text_and_html(survey: enkat.Survey) -> None:
    shares = survey.proportion("heard")
    assert "estimate" in repr(shares) and "<th scope" in shares._repr_html_()
    assert "6 rows" in repr(survey)


def test_a_plot_is_a_chart_with_a_description(survey: enkat.Survey) -> None:
    assert "3 estimates" in survey.proportion("heard").plot().to_dict()["description"]


def test_declared_categories_keep_their_order_and_the_unused_ones() -> None:
    groups = pandas.Categorical(["b", "a", "b", "a"], categories=["b", "a", "z"])
    enum = polars.Series(["b", "a", "b", "a"], dtype=polars.Enum(["b", "a", "z"]))
    for data in (pandas.DataFrame({"g": groups}), polars.DataFrame({"g": enum})):
        assert enkat.Survey(data).proportion("g").column("answer") == ["b", "a", "z"]


def test_the_order_of_rows_and_threads_change_no_bit() -> None:
    random = numpy.random.default_rng(1473)
    rows = 300_000  # enough for several threads
    data = pandas.DataFrame(
        {
            "y": random.normal(size=rows),
            "g": random.integers(0, 7, rows),
            "h": random.integers(0, 5, rows),
            "w": random.lognormal(size=rows),
        }
    )
    design = enkat.Design(weight="w", strata="h")
    sorted_rows = data.sort_values("y")
    first, second = (enkat.Survey(d, design=design).mean("y", by="g") for d in (data, sorted_rows))
    assert first.column("estimate") == second.column("estimate")
    assert first.column("se") == second.column("se")


def test_a_question_of_ten_thousand_answers_costs_what_is_asked_for() -> None:
    rows = pandas.DataFrame({"g": [f"L{i}" for i in range(10_000)] * 2 + ["L5"], "y": 1.0})
    survey = enkat.Survey(rows)
    everything, one = survey.proportion("g"), survey.proportion("g", answer="L5")
    assert len(everything) == 10_000
    share = 3 / 20_001
    assert one.estimate == pytest.approx(share, rel=1e-14)
    assert one.se == pytest.approx((share * (1 - share) / 20_000) ** 0.5, rel=1e-12)
    assert (one["L5"].n, one["L5"].count) == (20_001, 3)
    assert everything["L5"].se == one.se
    clustered = enkat.Survey(rows.assign(c=range(20_001)), design=enkat.Design(cluster="c")).proportion(
        "g", answer="L5"
    )
    assert clustered.se == pytest.approx(one.se, rel=1e-12)


def test_an_item_that_nobody_ticked_is_one_of_the_battery() -> None:
    boxes = enkat.Survey(
        pandas.DataFrame({"a": [1, 0, 1, 0, None], "b": [0, 0, 0, 0, 0], "c": [1.0] * 5, "d": [2, 0, 0, 1, 1]})
    )
    ticked = boxes.proportion(["a", "b", "c"], answer=1)
    assert ticked.column("estimate") == [0.5, 0.0, 1.0]
    assert ticked.column("n") == [4, 5, 5]
    assert ticked.column("count") == [2, 0, 5]
    assert boxes.proportion(["a", "b", "c"], answer=0).column("count") == [2, 5, 0]
    assert [row.answer for row in boxes.proportion("b")] == ["0"]  # on its own it is what it holds
    with pytest.raises(enkat.UsageError, match="'b' has no answer '1'"):
        boxes.proportion("b", answer=1)
    with pytest.raises(enkat.UsageError, match="'b' has no answer '2'"):  # 2 is no answer to a box
        boxes.proportion(["b", "a"], answer=2)


def test_an_item_that_nobody_ticked_is_found_in_parts_as_well() -> None:
    parts = [pandas.DataFrame({"a": [1, 0], "b": [0, 0]}), pandas.DataFrame({"a": [0, 1], "b": [0, 0]})]
    assert enkat.scan(lambda: parts).proportion(["a", "b"], answer=1).column("estimate") == [0.5, 0.0]


def test_as_many_groups_as_there_are_values() -> None:
    # Shares of 40,000 answers are no table; means of 40,000 groups are.
    data = pandas.DataFrame({"y": [i % 7 for i in range(80_000)], "g": [f"g{i % 40_000}" for i in range(80_000)]})
    means = enkat.Survey(data).mean("y", by="g")
    assert len(means) == 40_000
    assert means["g17",].estimate == pytest.approx((17 % 7 + 40_017 % 7) / 2)


def test_groups_of_a_column_that_is_true_or_false() -> None:
    data = pandas.DataFrame({"y": [1, 2, 6], "b": [True, False, True], "i": [1, 2, 1]})
    survey = enkat.Survey(data)
    assert survey.mean("y", by="b")["true",].estimate == survey.mean("y", by="b")[1,].estimate == 3.5
    assert survey.mean("y", by="i")[1,].estimate == 3.5
