from telecom_audit.charts.registry import charts
from telecom_audit.charts.savings_words import rows, title
from tests.charts.drawings import context, savings


def test_the_registry_finds_each_chart_under_its_own_key():
    assert [chart.key for chart in charts()] == ["savings", "spend"]


def test_the_title_says_the_share_of_the_plan_over_complete_months():
    frame = savings([100, 100, 100], [90, 92, 1], late=1)
    assert title(frame, context()) == "Realized savings stand at 91\N{NO-BREAK SPACE}% of plan"


def test_the_title_says_the_distance_when_a_share_of_the_plan_means_nothing():
    assert title(savings([-500], [-750]), context()) == "Realized savings are $250 below plan"
    assert title(savings([-500], [-500]), context()) == "Realized savings are exactly as planned"
    assert title(savings([500], [-500]), context()).endswith("k below plan")


def test_without_a_plan_the_title_says_what_was_realized():
    found = title(savings([], [300, 200]), context())
    assert found == "Realized savings amount to $500 in 2 months"
    assert title(savings([], [-300]), context()) == "Bills exceed the baseline by $300 in 1 month"


def test_the_table_twin_has_the_drawn_figures_and_their_sums():
    found = rows(savings([100, 50, 25], [90, 70], late=1))
    assert found == [
        {
            "month": "2025-01",
            "projected": "100.00",
            "realized": "90.00",
            "cumulative_projected": "100.00",
            "cumulative_realized": "90.00",
            "provisional": False,
        },
        {
            "month": "2025-02",
            "projected": "50.00",
            "realized": "70.00",
            "cumulative_projected": "150.00",
            "cumulative_realized": "160.00",
            "provisional": True,
        },
        {
            "month": "2025-03",
            "projected": "25.00",
            "realized": None,
            "cumulative_projected": "175.00",
            "cumulative_realized": None,
            "provisional": False,
        },
    ]
