from telecom_audit.charts.spend_words import rows, title
from tests.charts.drawings import context, spend


def test_small_vendors_are_drawn_together_and_their_sum_is_kept():
    frame = spend({f"V{place}": [100 - place] for place in range(8)})
    found = {row["vendor"]: row["amount"] for row in rows(frame)}
    assert next(iter(found)) == "V0"
    assert found["2 other vendors"] == "187.00"
    assert len(found) == 7


def test_a_month_without_bills_is_shown_as_nothing():
    frame = spend({"A": [10, 0, 30]})
    frame = frame[frame["amount_micros"] != 0]
    assert [(row["month"], row["amount"]) for row in rows(frame)] == [
        ("2025-01", "10.00"),
        ("2025-02", "0.00"),
        ("2025-03", "30.00"),
    ]


def test_the_title_compares_the_last_year_with_the_one_before():
    frame = spend({"A": [100] * 12 + [80] * 12})
    assert title(frame, context()) == (
        "Spend averaged $80 a month over the last year, 20\N{NO-BREAK SPACE}% below the year before"
    )


def test_payments_are_called_payments():
    assert title(spend({"A": [100]}, "payments"), context()) == "Payments of $100 in 1 month"
