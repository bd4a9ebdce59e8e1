"""The independent forecast engine against numbers worked out by hand, and its invariants."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Any

import pytest

from .forecast_amounts import cents, fraction, micros, money_text
from .forecast_engine import forecast
from .forecast_metrics import irr
from .forecast_roots import growth_roots

HEAD = '[scenario]\nname = "Plan"\nstart = "2026-01"\nmonths = {months}\ndiscount_rate = 0.10\n'
ALL_MIGRATE = '[[disposition]]\nwhen = { service = "*" }\naction = "migrate"\n'
WAVE = '[[wave]]\nname = "W"\nwhen = { service = "*" }\ncutover = "2026-03"\n'


def service(name: str, cost: str, **cells: str) -> dict[str, str]:
    row = {"service": name, "service_type": "pots", "status": "active", "vendor": "Bell"}
    return row | {"monthly_cost": cost, "contract": "", "use": ""} | cells


def contract(name: str, end: str, clause: str) -> dict[str, str]:
    return {"contract": name, "effective_to": end, "early_termination": clause}


def plan(months: int, *parts: str) -> dict[str, Any]:
    return tomllib.loads(HEAD.format(months=months) + "".join(parts), parse_float=Decimal)


def column(answer: dict[str, Any], name: str) -> list[str]:
    return [row[name] for row in answer["months"]]


def test_money_is_rounded_half_up_away_from_zero_and_spelled_as_short_as_two_decimals() -> None:
    assert micros(fraction("0.0000005")) == 1
    assert micros(fraction("-0.0000005")) == -1
    assert micros(fraction("0.00000049")) == 0
    assert cents(Decimal("-1.005")) == -1_010_000
    assert [money_text(n) for n in (0, 1_500_000, -1_234_567, -10)] == [
        "0.00",
        "1.50",
        "-1.234567",
        "-0.00001",
    ]


def test_a_plan_with_dual_run_lag_lead_tax_and_contingency_is_as_worked_out_by_hand() -> None:
    # Services of 100 and 50 cut over in month 3. Dual run 1 and lag 1 keep the old bill whole to
    # month 4. Seats, one month before the cutover: 10 * 2 * 1.1 = 22 from month 2 on. Handsets at
    # the cutover: 30 * 2 * 1.1 = 66.
    wave = WAVE + "dual_run_months = 1\nbilling_lag_months = 1\n"
    seats = '[[recurring]]\nname = "S"\nprice = "10.00"\nquantity = 2\nlead_months = 1\n'
    phones = '[[one_time]]\nname = "H"\nprice = "30.00"\nquantity = 2\n'
    scenario = plan(6, "contingency = 0.1\n", ALL_MIGRATE, wave, seats, "tax_rate = 0.1\n", phones)
    answer = forecast(scenario, [service("A", "100.00"), service("B", "50")], [])
    assert column(answer, "month")[0] == "2026-01"
    assert column(answer, "baseline") == ["150.00"] * 6
    assert column(answer, "legacy") == ["150.00"] * 4 + ["0.00"] * 2
    assert column(answer, "new_recurring") == ["0.00"] + ["22.00"] * 5
    assert column(answer, "one_time") == ["0.00", "0.00", "66.00", "0.00", "0.00", "0.00"]
    assert column(answer, "net") == ["0.00", "-22.00", "-88.00", "-22.00", "128.00", "128.00"]
    cumulative = ["0.00", "-22.00", "-110.00", "-132.00", "-4.00", "124.00"]
    assert column(answer, "cumulative") == cumulative
    metrics = answer["metrics"]
    assert (metrics["total_savings"], metrics["peak_funding"]) == ("124.00", "-132.00")
    assert metrics["run_rate_annual"] is None
    assert metrics["payback_months"] == 5 + 4 / 128
    # benefits 2 * 150 - 5 * 22 = 190, spent 66
    assert metrics["roi_undiscounted"] == pytest.approx(124 / 66, abs=1e-15)


def test_a_ramp_over_two_waves_follows_the_share_of_the_services() -> None:
    # A (30.00) moves in thirds from month 1: 1/3, 2/3, 1. B and C (60.00 each) move at once in 3.
    # Share = 1/9, 2/9, 1. Of 90.00 one-time A's wave bears a third in 1, the other 60 in 3.
    waves = (
        '[[wave]]\nname = "1"\nwhen = { service = "a" }\ncutover = "2026-01"\nramp_months = 3\n'
        '[[wave]]\nname = "2"\nwhen = { service = "nobody" }\ncutover = "2026-03"\n'
    )
    seats = '[[recurring]]\nname = "S"\nprice = "9.00"\nper = "migrated-service"\n'
    phones = '[[one_time]]\nname = "H"\nprice = "30.00"\nper = "migrated-service"\n'
    rows = [service("A", "30"), service("B", "60"), service("C", "60")]
    answer = forecast(plan(3, ALL_MIGRATE, waves, seats, phones), rows, [])
    assert column(answer, "legacy") == ["140.00", "130.00", "0.00"]
    assert column(answer, "new_recurring") == ["3.00", "6.00", "27.00"]
    assert column(answer, "one_time") == ["30.00", "0.00", "60.00"]


def test_a_third_is_rounded_once_for_each_service_and_each_item() -> None:
    # keep 2/3 of 0.01 = 0.0066666.. -> 0.006667 for each of two services, 0.013334 together
    wave = WAVE.replace("2026-03", "2026-01") + "ramp_months = 3\n"
    rows = [service("A", "0.01"), service("B", "0.01")]
    answer = forecast(plan(1, ALL_MIGRATE, wave), rows, [])
    assert column(answer, "legacy") == ["0.013334"]


def test_parts_of_a_one_time_item_that_fall_in_one_month_are_added_before_rounding() -> None:
    # 0.00001 over three waves: thirds of 10 micros, 3 + 3 apart would make 6, together 6.67 -> 7
    waves = "".join(
        f'[[wave]]\nname = "{name}"\nwhen = {{ service = "{name}" }}\ncutover = "{cutover}"\n'
        for name, cutover in (("A", "2026-02"), ("B", "2026-02"), ("C", "2026-03"))
    )
    item = '[[one_time]]\nname = "H"\nprice = "0.00001"\nquantity = 1\n'
    rows = [service(name, "1") for name in "ABC"]
    answer = forecast(plan(3, ALL_MIGRATE, waves, item), rows, [])
    assert column(answer, "one_time") == ["0.00", "0.000007", "0.000003"]


def test_prices_step_up_after_every_twelve_months() -> None:
    # 100 * 1.05 in month 13; seats 10 * 1.1 ^ 2 in month 25
    seats = '[[recurring]]\nname = "S"\nprice = "10"\nquantity = 1\nfrom = "2026-02"\n'
    scenario = plan(25, "legacy_escalator = 0.05\n", ALL_MIGRATE, WAVE, seats, "escalator = 0.1\n")
    answer = forecast(scenario, [service("A", "100")], [])
    assert [column(answer, "baseline")[t - 1] for t in (1, 12, 13, 25)] == [
        "100.00",
        "100.00",
        "105.00",
        "110.25",
    ]
    assert [column(answer, "new_recurring")[t - 1] for t in (1, 2, 13, 25)] == [
        "0.00",
        "10.00",
        "11.00",
        "12.10",
    ]


def test_counts_are_those_of_the_migrating_services_alone() -> None:
    rows = [
        service("A", "1", user="ann", site="HALL", service_type="DID-block", channels="20"),
        service("B", "1", user="ann", site="", service_type="did-block", channels=""),
        service("C", "1", user="", site="ANNEX", channels="23"),
        service("D", "1", user="bob", site="YARD", use="fax", service_type="did-block"),
        service("E", "1", user="cy", site="POOL", status="ordered", service_type="did-block"),
    ]
    keep = '[[disposition]]\nwhen = { use = "FAX" }\naction = "disconnect"\n'
    wave = WAVE.replace("2026-03", "2026-01")
    for per, count in (("user", "1.00"), ("site", "2.00"), ("did", "21.00")):
        item = f'[[recurring]]\nname = "S"\nprice = "2"\nper = "{per}"\nfactor = 0.5\n'
        answer = forecast(plan(1, keep, ALL_MIGRATE, wave, item), rows, [])
        assert column(answer, "new_recurring") == [count]


def test_when_nothing_migrates_the_share_is_that_of_the_disconnected() -> None:
    scenario = plan(
        4,
        ALL_MIGRATE.replace("migrate", "disconnect"),
        WAVE + "dual_run_months = 5\nbilling_lag_months = 1\n",
        '[[recurring]]\nname = "S"\nprice = "1"\nper = "migrated-service"\n',
    )
    answer = forecast(scenario, [service("A", "10")], [])
    assert column(answer, "legacy") == ["10.00", "10.00", "10.00", "0.00"]  # no dual run
    assert column(answer, "new_recurring") == ["0.00", "0.00", "1.00", "1.00"]


@pytest.mark.parametrize(
    ("end", "clause", "fees"),
    [
        # the last billed month is February, half of 40 a month
        ("2026-05-31", "remaining:50", "60.00"),
        ("2026-05-30", "remaining:50", "40.00"),
        ("2026-02-28", "remaining:50", "0.00"),
        ("2025-01-01", "remaining:50", "0.00"),
        ("", "remaining:50", "0.00"),
        ("2026-05-31", "flat:99.50", "99.50"),
        ("2026-03-15", "flat:99.50", "99.50"),
        ("2026-02-28", "flat:99.50", "0.00"),
        ("2026-05-31", "none", "0.00"),
        ("2026-05-31", "", "0.00"),
    ],
)
def test_early_termination_falls_in_the_last_billed_month(end: str, clause: str, fees: str) -> None:
    scenario = plan(3, "contingency = 0.5\nlegacy_escalator = 0.5\n", ALL_MIGRATE, WAVE)
    rows = [service("A", "40", contract="C")]
    answer = forecast(scenario, rows, [contract("C", end, clause)])
    assert column(answer, "termination") == ["0.00", fees, "0.00"]


def test_the_end_of_a_contract_is_the_latest_of_its_rows_and_open_when_one_is_empty() -> None:
    scenario, rows = plan(3, ALL_MIGRATE, WAVE), [service("A", "40", contract="C")]
    terms = [contract("C", "2026-03-31", ""), contract("C", "2026-04-30", "remaining:100")]
    assert column(forecast(scenario, rows, terms), "termination")[1] == "80.00"
    terms.append(contract("C", "", ""))
    assert column(forecast(scenario, rows, terms), "termination")[1] == "0.00"


def test_a_flat_fee_falls_once_at_the_latest_end_and_not_while_an_active_service_stays() -> None:
    waves = (
        '[[wave]]\nname = "1"\nwhen = { service = "A" }\ncutover = "2026-02"\n'
        '[[wave]]\nname = "2"\nwhen = { service = "B" }\ncutover = "2026-03"\nramp_months = 2\n'
    )
    terms = [contract("C", "2030-12-31", "flat:500")]
    rows = [service("A", "1", contract="C"), service("B", "1", contract="C")]
    rows.append(service("OLD", "1", contract="C", status="disconnected"))
    answer = forecast(plan(4, ALL_MIGRATE, waves), rows, terms)
    assert column(answer, "termination") == ["0.00", "0.00", "500.00", "0.00"]
    retain = '[[disposition]]\nwhen = { service = "S*" }\naction = "retain"\n'
    rows.append(service("STAYS", "1", contract="C"))
    answer = forecast(plan(4, retain, ALL_MIGRATE, waves), rows, terms)
    assert set(column(answer, "termination")) == {"0.00"}


def test_termination_is_not_before_month_1_and_not_after_the_last() -> None:
    rows, terms = [service("A", "10", contract="C")], [contract("C", "2026-12-31", "flat:7")]
    early = forecast(plan(2, ALL_MIGRATE, WAVE.replace("2026-03", "2026-01")), rows, terms)
    assert column(early, "termination") == ["7.00", "0.00"]
    late = forecast(plan(2, ALL_MIGRATE, WAVE, "billing_lag_months = 1\n"), rows, terms)
    assert column(late, "termination") == ["0.00", "0.00"]


def invested(discounting: str) -> dict[str, Any]:
    """100 spent upfront; 110 saved in month 12 alone, the last, by a disconnect."""
    scenario = plan(
        12,
        f'discounting = "{discounting}"\n',
        ALL_MIGRATE.replace("migrate", "disconnect"),
        WAVE.replace("2026-03", "2026-12"),
        '[[one_time]]\nname = "H"\nprice = "100"\nquantity = 1\nmonth = "upfront"\n',
    )
    return forecast(scenario, [service("A", "110")], [])


@pytest.mark.parametrize(
    ("discounting", "npv"),
    [
        ("month-end", "0.00"),  # 110 / 1.1 - 100
        ("year-end", "0.00"),
        ("month-mid", "0.40"),  # 110 * 1.1 ^ (-11.5 / 12) = 100.397915
        ("year-mid", "4.88"),  # 110 * 1.1 ^ -0.5 = 104.880885
        ("nominal-monthly", "-0.43"),  # 110 / 1.104713067 = 99.573367
    ],
)
def test_each_convention_discounts_by_its_own_factor(discounting: str, npv: str) -> None:
    answer = invested(discounting)
    assert answer["metrics"]["npv"] == npv
    assert answer["metrics"]["irr"] == pytest.approx(0.10, abs=1e-12)  # whatever the discounting
    assert answer["metrics"]["mirr"] == pytest.approx(0.10, abs=1e-12)
    assert answer["metrics"]["run_rate_annual"] == "110.00"


def test_an_upfront_item_has_its_own_row_before_month_1() -> None:
    rows = invested("month-end")["months"]
    assert len(rows) == 13
    assert rows[0] == {
        "month": "upfront",
        "baseline": "0.00",
        "legacy": "0.00",
        "new_recurring": "0.00",
        "one_time": "100.00",
        "termination": "0.00",
        "net": "-100.00",
        "cumulative": "-100.00",
    }
    assert rows[1]["month"] == "2026-01"


def test_every_root_of_a_flow_is_found_and_two_roots_are_no_irr() -> None:
    # -100 x^2 + 230 x - 132 = -100 (x - 1.1)(x - 1.2)
    assert [float(x) for x in growth_roots([-100, 230, -132])] == pytest.approx([1.1, 1.2])
    assert irr([-100, 230, -132]) is None
    assert irr([0, -100, 110]) == pytest.approx(1.1**12 - 1)
    assert [float(x) for x in growth_roots([100, -220, 121])] == pytest.approx([1.1])  # touches
    assert growth_roots([0, 0, 0]) == growth_roots([5, 0, 3]) == growth_roots([]) == []
    assert growth_roots([-1, 0, 0, 12**3]) == []  # +1100 % a month lies outside


def test_payback_counts_from_the_month_after_the_cumulative_was_last_negative() -> None:
    # legacy 10 falls by 10 from month 1 on: +10 a month, less 15 in month 2 and 25 in month 4:
    # net 10, -5, 10, -15, 10, 10; cumulative 10, 5, 15, 0, 10, 20: never negative
    def payback(second: str) -> tuple[Any, str]:
        items = "".join(
            f'[[one_time]]\nname = "{at}"\nprice = "{price}"\nquantity = 1\nmonth = "{at}"\n'
            for at, price in (("2026-02", "15"), ("2026-04", second))
        )
        wave = WAVE.replace("2026-03", "2026-01")
        answer = forecast(plan(6, ALL_MIGRATE, wave, items), [service("A", "10")], [])
        return answer["metrics"]["payback_months"], answer["metrics"]["peak_funding"]

    assert payback("25") == (0.0, "0.00")
    assert payback("29") == (4.4, "-4.00")  # -4 after month 4, +10 in month 5
    assert payback("60") == (None, "-35.00")  # cumulative -15 at the end


BASELINE = {
    "through": "2025-06",
    "escalator": "0.10",
    "services": [
        {"vendor": "Bell", "service": "A", "mrc": "100", "tax": "10", "usage": "5"},
        {"vendor": "Bell", "service": "B", "mrc": "40", "tax": "0", "usage": "0"},
        {"vendor": "Bell", "service": "account:1", "mrc": "-30", "tax": "0", "usage": "0"},
    ],
}
AS_BILLED = {"account": "1", "service_type": "pots", "site": "HALL", "has_mrc_lines": True}


def with_baseline(account_mrc: str, dispositions: str) -> dict[str, Any]:
    services = [{**entry, **AS_BILLED} for entry in BASELINE["services"]]  # type: ignore[dict-item]
    services[2]["mrc"] = account_mrc
    inventory = [service("A", "999", vendor="", contract="C"), service("NEW", "777")]
    scenario = plan(8, dispositions, WAVE.replace("2026-03", "2026-01"))
    terms = [contract("C", "2026-03-31", "remaining:100")]
    return forecast(scenario, inventory, terms, {**BASELINE, "services": services})


ONLY_A = '[[disposition]]\nwhen = { service = ["A", "NEW"] }\naction = "migrate"\n'


def test_a_baseline_gives_the_costs_and_counts_its_escalator_from_its_own_end() -> None:
    # 115 + 40 - 30 = 125; month 1 is k = 7, so month 7 is k = 13: 125 * 1.1
    answer = with_baseline("-30", ONLY_A)
    assert column(answer, "baseline") == ["125.00"] * 6 + ["137.50"] * 2
    # 100 a month of MRC alone, not escalated, for February and March
    assert column(answer, "termination")[0] == "200.00"


def test_an_account_discount_goes_by_what_is_left_of_the_account() -> None:
    # A gone, B (40 of 155) stays: -30 * 40 / 155 = -7.741935.., so 40 - 7.741935
    assert column(with_baseline("-30", ONLY_A), "legacy")[0] == "32.258065"


def test_an_account_charge_stays_while_any_service_of_the_account_stays() -> None:
    assert column(with_baseline("30", ONLY_A), "legacy")[0] == "70.00"
    all_of_account = '[[disposition]]\nwhen = { service = ["A", "B", "NEW"] }\naction = "replace"\n'
    assert column(with_baseline("30", all_of_account), "legacy")[0] == "0.00"


def test_a_service_known_from_bills_only_moves_when_it_is_named() -> None:
    by_account = '[[disposition]]\nwhen = { account = "1" }\naction = "migrate"\n'
    assert column(with_baseline("30", ONLY_A + by_account), "legacy")[0] == "0.00"
    by_use = '[[disposition]]\nwhen = { use = "" }\naction = "migrate"\n'
    assert column(with_baseline("30", by_use), "legacy")[0] == "70.00"
