"""The independent engine itself: small histories worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.engines.measure_baseline import RefusedError
from tests.engines.measure_engine import Answer, Freeze, baseline, measure
from tests.engines.measure_history import (
    half_up,
    history_from_csv,
    invoices_of,
    micros,
    money,
    month_number,
    month_text,
    shares,
)
from tests.engines.measure_placing import counting_month, parts_of, usual_days
from tests.engines.random_histories import no_change_history, random_history

HEADER = "vendor,account,invoice,bill_date,invoice_total,service,class,amount,from,thru"


def bills(*rows: str, account: str = "7") -> str:
    """A bill file of `invoice date service class amount [from thru]`; - is an empty cell."""
    lines = [HEADER]
    for row in rows:
        invoice, billed, service, kind, amount, *days = row.replace(" - ", "  ").split(" ")
        first, last = days or ["", ""]
        cells = ["V", account, invoice, billed, "", service, kind, amount, first, last]
        lines.append(",".join(cells))
    return "\n".join(lines) + "\n"


def monthly(count: int, *lines: str, first: str = "2024-01", day: int = 10) -> list[str]:
    """The same lines on a bill of every month."""
    start = month_number(first)
    return [
        f"{month_text(month)} {month_text(month)}-{day:02d} {line}"
        for month in range(start, start + count)
        for line in lines
    ]


def placed(*rows: str) -> list[tuple[str, str, str, str]]:
    """Month, service, part and amount of all that the rows bill."""
    invoices = invoices_of(history_from_csv([bills(*rows)]))
    usual = usual_days(invoices)
    return sorted(
        (month_text(part.month), part.service, part.kind, money(part.amount))
        for one in invoices
        for part in parts_of(one, counting_month(one, usual[one.of]))
    )


def realized(answer: Answer) -> list[str]:
    return [month["realized"] for month in answer["months"]]


def test_money_is_rounded_half_up_and_written_with_two_to_six_decimals() -> None:
    assert [half_up(Fraction(n, 2)) for n in (1, -1, 3, -3)] == [1, -1, 2, -2]
    assert [money(micros(text)) for text in ("3", "-0.5", "1.234560", "0.000001")] == [
        "3.00",
        "-0.50",
        "1.23456",
        "0.000001",
    ]


def test_shares_add_up_and_the_largest_remainder_gets_the_rest() -> None:
    assert shares(100, [1, 1, 1]) == [34, 33, 33]
    assert shares(-100, [1, 1, 1]) == [-34, -33, -33]
    assert shares(10, [1, 2]) == [3, 7]  # 3.33 and 6.67: the second has the larger remainder


def test_a_bill_of_the_first_dated_a_day_early_counts_in_the_month_after() -> None:
    rows = [f"{m} 2024-{m:02d}-01 S MRC 10" for m in (1, 2, 3)] + ["4 2024-03-31 S MRC 10"]
    assert [month for month, *_ in placed(*rows)] == ["2024-01", "2024-02", "2024-03", "2024-04"]


def test_a_bill_of_the_last_dated_a_day_late_counts_in_the_month_before() -> None:
    # 29 February and 30 April are last days and count as the 31st
    rows = ["1 2024-01-31", "2 2024-02-29", "3 2024-04-01", "4 2024-04-30", "5 2024-05-26"]
    found = placed(*(f"{row} S MRC 10" for row in rows))
    assert [m for m, *_ in found] == ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05"]


def test_the_later_day_is_the_usual_one_on_ties() -> None:
    # one on the 2nd, one on the 28th: usual is 28, so the 2nd of February counts in January
    assert [m for m, *_ in placed("1 2024-02-02 S MRC 1", "2 2024-03-28 S MRC 1")] == [
        "2024-01",
        "2024-03",
    ]


def test_a_quarterly_line_counts_in_three_equal_parts() -> None:
    assert placed("1 2024-01-10 S MRC 100 2024-01-01 2024-03-31") == [
        ("2024-01", "S", "recurring", "33.333334"),
        ("2024-02", "S", "recurring", "33.333333"),
        ("2024-03", "S", "recurring", "33.333333"),
    ]


@pytest.mark.parametrize(
    ("last", "months"),
    [
        ("2024-03-28", 3),  # the day after is the 29th, 3 days before 1 April
        ("2024-03-27", 1),
        ("2024-04-03", 3),
        ("2024-04-04", 1),
        ("2024-01-31", 1),
    ],
)
def test_a_period_is_whole_months_within_three_days(last: str, months: int) -> None:
    assert len(placed(f"1 2024-01-10 S MRC 100 2024-01-01 {last}")) == months


def test_usage_and_one_off_lines_are_never_spread() -> None:
    rows = [f"1 2024-01-10 S {kind} 9 2024-01-01 2024-03-31" for kind in ("USG", "NRC")]
    assert placed(*rows) == [
        ("2024-01", "S", "one_off", "9.00"),
        ("2024-01", "S", "usage", "9.00"),
    ]


def test_lines_of_the_account_follow_the_recurring_sums_of_their_invoice() -> None:
    # sums: A 30, B 60, the account's own -5 (out), so 10.00 splits as 1 : 2
    found = placed(
        "1 2024-01-10 A MRC 30",
        "1 2024-01-10 B MRC 70",
        "1 2024-01-10 B MRC -10",
        "1 2024-01-10 - MRC -5",
        "1 2024-01-10 - TAX 10",
        "1 2024-01-10 - USG -10",
    )
    assert [row[1:] for row in found if row[2] in ("tax", "usage")] == [
        ("A", "tax", "3.333333"),
        ("A", "usage", "-3.333333"),
        ("B", "tax", "6.666667"),
        ("B", "usage", "-6.666667"),
    ]
    assert ("2024-01", "account:7", "recurring", "-5.00") in found


def test_a_tax_is_spread_like_the_lines_that_it_taxes() -> None:
    rows = ["1 2024-01-10 Q MRC 30 2024-01-01 2024-02-29", "1 2024-01-10 Q TAX 3"]
    taxes = [row for row in placed(*rows) if row[2] == "tax"]
    assert taxes == [("2024-01", "Q", "tax", "1.50"), ("2024-02", "Q", "tax", "1.50")]
    # another positive line of one month: the tax stays where it is
    taxes = [row for row in placed(*rows, "1 2024-01-10 Q MRC 1") if row[2] == "tax"]
    assert taxes == [("2024-01", "Q", "tax", "3.00")]
    # its own period goes before that of its service
    own = placed("1 2024-01-10 Q MRC 30", "1 2024-01-10 Q TAX 3 2024-01-01 2024-02-29")
    assert [row[3] for row in own if row[2] == "tax"] == ["1.50", "1.50"]


def test_a_tax_on_one_off_lines_alone_is_one_off() -> None:
    found = placed(
        "1 2024-01-10 S NRC 50",
        "1 2024-01-10 S TAX 4",
        "2 2024-02-10 - TAX 1",
        "3 2024-03-10 - CRD -9",
        "3 2024-03-10 - TAX -1",
        "4 2024-04-10 S NRC 5",
        "4 2024-04-10 S USG 1",
        "4 2024-04-10 S TAX 2",
    )
    assert [row[2:] for row in found] == [
        ("one_off", "4.00"),
        ("one_off", "50.00"),
        ("unallocated", "1.00"),
        ("one_off", "-1.00"),
        ("one_off", "-9.00"),
        ("one_off", "5.00"),
        ("tax", "2.00"),
        ("usage", "1.00"),
    ]


def test_a_baseline_is_made_of_medians_and_a_mean_of_usage() -> None:
    # months 1-4 at 10, 20, 30, 41: the median is 25; usage 1.00 from month 3 on: mean of months 1-4
    # is (1 + 1) / 4 as the first line of the service is that of month 1
    rows = [f"{m} 2024-{m:02d}-10 S MRC {price}" for m, price in enumerate((10, 20, 30, 41), 1)]
    rows += ["3 2024-03-10 S USG 1", "4 2024-04-10 S USG 1", "4 2024-04-10 S NRC 7"]
    answer = baseline(history_from_csv([bills(*rows)]), Freeze("2024-04", 6))
    assert answer["services"] == [
        {"vendor": "V", "service": "S", "mrc": "25.00", "tax": "0.00", "usage": "0.50"}
    ]
    assert answer["one_off"] == "7.00"
    assert answer["thin"] == answer["ended"] == answer["payments"] == []


def test_a_new_service_is_thin_and_its_first_fraction_left_out() -> None:
    # in April N bills a whole 30 and the 15 of half of March: tax 6 * 30 / 45 = 4
    rows = [*monthly(4, "S MRC 10"), "2024-04 2024-04-10 N MRC 30 2024-04-01 2024-04-30"]
    rows += ["2024-04 2024-04-10 N MRC 15 2024-03-16 2024-03-31", "2024-04 2024-04-10 N TAX 6"]
    answer = baseline(history_from_csv([bills(*rows)]), Freeze("2024-04"))
    assert answer["thin"] == [{"vendor": "V", "service": "N", "months": 1}]
    assert answer["services"][0] == {
        "vendor": "V", "service": "N", "mrc": "30.00", "tax": "4.00", "usage": "0.00",
    }  # fmt: skip


def test_a_rare_service_costs_what_it_bills_over_the_time_between() -> None:
    # 30 in January, April, July, October: (30 + 30 + 30) / 9 months
    rows = monthly(10, "S MRC 10") + [f"2024-{m} 2024-{m}-10 R MRC 30" for m in ("01", "04", "07")]
    rows.append("2024-10 2024-10-10 R MRC 30")
    answer = baseline(history_from_csv([bills(*rows)]), Freeze("2024-11"))
    assert answer["services"][0]["mrc"] == "10.00"
    assert answer["thin"] == []


def test_a_service_that_stopped_before_the_last_bill_is_ended() -> None:
    rows = monthly(4, "S MRC 10") + monthly(3, "E MRC 7")
    answer = baseline(history_from_csv([bills(*rows)]), Freeze("2024-04"))
    assert answer["ended"] == [{"vendor": "V", "service": "E", "amount": "21.00"}]
    assert [one["service"] for one in answer["services"]] == ["S"]


def test_usage_without_a_service_has_a_baseline_of_its_account() -> None:
    # unallocated 3, 3, 6 in three covered months: 4 a month; an account without such lines: nothing
    rows = [f"{m} 2024-{m:02d}-10 - USG {amount}" for m, amount in enumerate((3, 3, 6, 1), 1)]
    texts = [bills(*rows), bills(*monthly(4, "S MRC 10", first="2024-01"), account="8")]
    answer = baseline(history_from_csv(texts), Freeze("2024-03"))
    assert answer["unallocated"] == "4.00"
    measured = measure(history_from_csv(texts), Freeze("2024-03"))
    assert measured["unallocated"] == "1.00"
    assert realized(measured) == ["3.00"]


def test_what_was_saved_is_the_counterfactual_less_all_that_counts() -> None:
    # c = 10 + 1; from the 13th month on 11 * 1.03 = 11.33; in the 2nd month a credit of 4 comes
    rows = monthly(16, "S MRC 10", "S TAX 1", first="2024-01")
    rows += ["2024-05 2024-05-10 S CRD -4", "2024-04 2024-04-10 X MRC 2"]
    answer = measure(history_from_csv([bills(*rows)]), Freeze("2024-03", 3, "0.03"))
    assert answer["through"] == "2025-04"
    assert answer["months"][0] == {
        "month": "2024-04", "counterfactual": "11.00", "actual": "13.00", "realized": "-2.00",
        "one_off": "0.00", "realized_recurring": "-2.00",
    }  # fmt: skip
    assert answer["months"][1]["realized"] == "4.00"
    assert answer["months"][1]["realized_recurring"] == "0.00"
    assert answer["months"][12]["counterfactual"] == "11.33"
    assert answer["realized_total"] == "2.33"  # -2 + 4 + 0.33


def test_the_first_missing_bill_stops_the_run() -> None:
    texts = [bills(*monthly(8, "S MRC 10")), bills(*monthly(6, "T MRC 5"), account="8")]
    answer = measure(history_from_csv(texts), Freeze("2024-04"))
    assert (answer["through"], answer["provisional_from"]) == ("2024-06", "2024-07")
    assert answer["waiting_for"] == [{"vendor": "V", "account": "8", "since": "2024-07"}]
    assert realized(answer) == ["0.00", "0.00", "5.00", "5.00"]
    assert answer["realized_total"] == "0.00"
    earlier = measure(history_from_csv(texts), Freeze("2024-04"), "2024-05")
    assert (realized(earlier), earlier["provisional_from"]) == (["0.00"], None)
    with pytest.raises(RefusedError):
        measure(history_from_csv(texts), Freeze("2024-04"), "2024-07")


def test_an_account_ends_by_record_or_by_the_inventory() -> None:
    texts = [bills(*monthly(8, "S MRC 10")), bills(*monthly(6, "T MRC 5"), account="8")]
    ended = history_from_csv(texts, ends=[("V", "8", "2024-06")])
    assert measure(ended, Freeze("2024-04"))["through"] == "2024-08"
    gone = "service,vendor,disconnect_date\nT,,2024-07-01\n"
    assert measure(history_from_csv(texts, gone), Freeze("2024-04"))["through"] == "2024-08"
    # a day later the account bills July too
    later = gone.replace("07-01", "07-02")
    assert measure(history_from_csv(texts, later), Freeze("2024-04"))["waiting_for"] == [
        {"vendor": "V", "account": "8", "since": "2024-07"}
    ]


def test_an_account_of_two_bills_a_month_waits_for_both() -> None:
    rows = monthly(5, "S MRC 10") + [f"x{m} 2024-{m:02d}-12 S USG 2" for m in (1, 2, 3, 4)]
    answer = measure(history_from_csv([bills(*rows)]), Freeze("2024-03"))
    assert answer["through"] == "2024-04"
    assert answer["waiting_for"][0]["since"] == "2024-05"


def test_an_account_of_quarterly_lines_is_covered_by_their_parts() -> None:
    rows = [f"{m} 2024-{m:02d}-10 Q MRC 30 2024-{m:02d}-01 2024-{m + 2:02d}-28" for m in (1, 4, 7)]
    texts = [bills(*rows), bills(*monthly(11, "S MRC 10"), account="8")]
    answer = measure(history_from_csv(texts), Freeze("2024-06"))
    assert answer["through"] == "2024-09"
    assert answer["waiting_for"] == [{"vendor": "V", "account": "7", "since": "2024-10"}]
    assert realized(answer)[:3] == ["0.00", "0.00", "0.00"]


def test_an_account_without_recurring_lines_may_skip_a_month() -> None:
    usage = [row for row in monthly(7, "U USG 4") if not row.startswith("2024-05")]
    texts = [bills(*usage), bills(*monthly(8, "S MRC 10"), account="8")]
    answer = measure(history_from_csv(texts), Freeze("2024-04"))
    # May: a later bill is in, so nothing is missing; June, July: not in each of the three before
    assert answer["through"] == "2024-08"
    assert realized(answer) == ["4.00", "0.00", "0.00", "4.00"]


def test_a_corrected_invoice_replaces_and_a_missing_part_completes() -> None:
    first = f"{HEADER}\nV,7,1,2024-01-10,30,S,MRC,10,,\n"
    rest = f"{HEADER}\nV,7,1,2024-01-10,30,S,MRC,20,,\n"
    other = f"{HEADER}\nV,7,1,2024-01-10,21,S,MRC,20,,\n"
    assert [
        sum(line.amount for line in invoices_of(history_from_csv([first, second]))[0].lines)
        for second in (rest, other)
    ] == [30_000_000, 20_000_000]


def test_payments_are_measured_against_their_average() -> None:
    # 60 in two of the three months since the first payment: 20 a month
    rows = ["2024-02-01,30", "2024-03-31,30", "2024-05-02,12"]
    text = "payer,vendor,payment_date,amount\n" + "".join(f"P,V,{row}\n" for row in rows)
    history = history_from_csv([], payments=text)
    freeze = Freeze("2024-04")
    assert baseline(history, freeze)["payments"] == [
        {"payer": "P", "vendor": "V", "average": "20.00"}
    ]
    answer = measure(history, freeze)
    assert (answer["through"], answer["months"]) == ("2024-05", [])
    assert answer["payments"] == [
        {"month": "2024-05", "payer": "P", "vendor": "V", "counterfactual": "20.00",
         "actual": "12.00", "realized": "8.00"}
    ]  # fmt: skip


def test_a_baseline_of_two_months_is_refused() -> None:
    with pytest.raises(RefusedError):
        baseline(history_from_csv([bills(*monthly(2, "S MRC 10"))]), Freeze("2024-02"))


@pytest.mark.parametrize("seed", range(60))
def test_nothing_changed_nothing_saved(seed: int) -> None:
    sample = no_change_history(seed)
    answer = measure(sample.history(), Freeze(sample.through, sample.months, sample.escalator))
    measured = [one for one in answer["months"] if one["month"] <= answer["through"]]
    assert measured
    assert answer["through"] == sample.expected_through
    for month in measured:
        # parts of a third or a twelfth leave millionths
        assert abs(micros(month["realized"])) < 5_000, month


def test_each_dollar_of_a_bill_counts_once() -> None:
    for seed in range(20):
        invoices = invoices_of(random_history(seed).history())
        for one in invoices:
            billed = sum(line.amount for line in one.lines)
            assert sum(part.amount for part in parts_of(one, 24000)) == billed


def test_random_histories_are_the_same_for_the_same_seed_and_show_everything() -> None:
    assert random_history(3) == random_history(3)
    kinds, found = set(), set()
    for seed in range(25):
        sample = random_history(seed)
        history = sample.history()
        try:
            frozen = baseline(history, Freeze(sample.through, sample.months))
            answer = measure(history, Freeze(sample.through, sample.months))
        except RefusedError:
            found.add("refused")
            continue
        kinds |= {row.cells["class"] for row in history.bills}
        found |= {key for key in ("thin", "ended") if frozen[key]}
        found |= {key for key in ("waiting_for", "provisional_from") if answer[key]}
        found |= {key for key in ("unallocated", "one_off") if frozen[key] != "0.00"}
        found |= {name for name, _ in sample.files}
    assert kinds == {"MRC", "NRC", "OCC", "USG", "SUR", "TAX", "CRD", "ADJ", "LPC"}
    assert found >= {"refused", "thin", "ended", "waiting_for", "provisional_from", "one_off"}
    assert found >= {"unallocated", "completion.csv", "correction.csv"}
