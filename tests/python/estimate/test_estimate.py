"""Estimates as a table: columns, rows by name, frames, covariance, notes."""

import numpy
import pandas
import polars
import pytest
import scipy.stats

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


def test_a_by_column_is_named_once() -> None:
    with pytest.raises(enkat.UsageError, match="twice") as error:
        enkat.Survey(pandas.DataFrame({"y": [1.0, 2.0], "g": ["a", "b"]})).mean("y", by=["g", "g"])
    assert error.value.code == "usage.by"


@pytest.mark.parametrize("name", ["variable", "answer", "n", "estimate", "note", "width"])
def test_a_by_column_called_as_a_column_of_results_keeps_its_values(name: str) -> None:
    people = pandas.DataFrame({"y": [1.0, 2, 3, 4], name: ["p", "q", "p", "q"]})
    table = enkat.Survey(people).mean("y", by=name)
    assert table[("q",)].estimate == 3
    assert table.to_pandas()[f"{name} (by)"].tolist() == table.column(f"{name} (by)") == ["p", "q"]
    assert table.column("estimate") == [2, 3]
    assert repr(table).split()[:3] == [name, "(by)", "variable"]
    assert [row[f"{name} (by)"] for row in table.precision()] == ["p", "q"]


def test_no_two_by_columns_get_one_name() -> None:
    people = pandas.DataFrame({"y": [1.0, 2, 3, 4], "n": ["p", "q", "p", "q"], "n (by)": ["r", "r", "s", "s"]})
    for by in (["n", "n (by)"], ["n (by)", "n"]):
        frame = enkat.Survey(people).mean("y", by=by).to_pandas()
        assert frame["n (by)"].tolist() == people.groupby(by).first().reset_index()["n (by)"].tolist()
        assert sorted(frame["n (by) (by)"]) == ["p", "p", "q", "q"]


def test_weights_that_add_up_to_the_sample_but_for_rounding_leave_no_design_effect() -> None:
    random = numpy.random.default_rng(0)
    for _ in range(20):
        w = random.uniform(1, 5, 60)
        people = pandas.DataFrame({"y": random.normal(size=60), "w": w / w.sum() * 60, "N": 200.0})
        mean = enkat.Survey(people, design=enkat.Design(weight="w", fpc="N")).mean("y")
        assert mean.deff is None
        assert "deff.all_drawn" in next(iter(mean)).note


def test_covariances_that_no_memory_holds_are_refused() -> None:
    groups = 16_385
    table = enkat.Survey(pandas.DataFrame({"y": range(groups), "g": range(groups)})).mean("y", by="g")
    with pytest.raises(enkat.EstimateError, match="contrasts") as error:
        _ = table.covariance
    assert error.value.code == "estimate.too_many_cells"


def test_kish_takes_its_own_size_where_psus_do_not_differ() -> None:
    people = pandas.DataFrame({"q": [0, 1, 1, 0, 1, 1, 0, 1, 1], "psu": [1, 1, 1, 2, 2, 2, 3, 3, 3]})
    share = enkat.Survey(people, design=enkat.Design(cluster="psu")).proportion("q", answer="1", interval="kish")
    assert share.se == 0
    t, n, p = scipy.stats.t.ppf(0.975, 2), 9, 2 / 3
    centre, half = p + t**2 / (2 * n), t * (p * (1 - p) / n + t**2 / (4 * n**2)) ** 0.5
    expected = ((centre - half) / (1 + t**2 / n), (centre + half) / (1 + t**2 / n))
    assert (share.ci_low, share.ci_high) == pytest.approx(expected, rel=1e-12)


def test_what_rounds_to_zero_has_no_sign() -> None:
    people = pandas.DataFrame({"a": [1.0, 2, 3, 4], "b": [1.0, -1, -1, 1]})
    assert "-0.0" not in repr(enkat.Survey(people).correlation("a", "b"))
