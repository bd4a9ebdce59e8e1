"""What a scenario file may say, and what is refused by name."""

from __future__ import annotations

from fractions import Fraction

import pytest

from telecom_audit.errors import RefusedError
from telecom_audit.migration.scenario_file import read_scenario
from tests.migration.plans import (
    MOVE_ALL,
    disposition,
    one_time,
    recurring,
    scenario_text,
    wave,
)

# the file of the contract, section 4
WHOLE = """
[scenario]
name = "Hosted UC, two waves"
start = "2026-01"
months = 60
discount_rate = 0.03
discounting = "month-end"
legacy_escalator = 0.00
contingency = 0.10
less_audit = true

[[disposition]]
when = { use = ["elevator", "fire-alarm"] }
action = "retain"
[[disposition]]
when = { service_type = ["pots", "centrex", "pri"] }
action = "migrate"
kind = "uc-user"
override = "Ann: agreed with the fire marshal"

[[wave]]
name = "Downtown"
when = { site = ["CITYHALL", "ANNEX"] }
cutover = "2026-04"
ramp_months = 1
dual_run_months = 1
billing_lag_months = 1

[[recurring]]
name = "User seat"
price = "18.95"
quantity = 480
per = ""
lead_months = 0
from = ""
bill = { vendor = "CloudVoice", charge_code = "SEAT" }
escalator = 0.03
tax_rate = 0.08

[[one_time]]
name = "Handset"
price = "140.00"
quantity = 480
per = ""
month = ""

[[uncertain]]
input = { table = "recurring", name = "User seat", key = "price" }
distribution = "pert"
low = "17.00"
mode = "18.95"
high = "22.00"
"""


def test_the_file_of_the_contract_is_read_exactly() -> None:
    scenario = read_scenario(WHOLE)
    assert scenario.discount_rate == Fraction(3, 100)
    assert scenario.recurring[0].tax_rate == Fraction(8, 100)
    assert scenario.recurring[0].amount.price == 18_950_000
    assert scenario.recurring[0].bill == ("CloudVoice", "SEAT")
    assert scenario.one_time[0].month is None
    assert scenario.uncertain[0].values == (("low", "17.00"), ("mode", "18.95"), ("high", "22.00"))


def test_what_is_left_out_has_the_defaults_of_the_contract() -> None:
    text = scenario_text(MOVE_ALL, wave("A", "2026-02"), recurring("1", 'per = "user"'))
    scenario = read_scenario(text)
    rule = scenario.waves[0]
    assert (rule.ramp_months, rule.dual_run_months, rule.billing_lag_months) == (1, 0, 0)
    assert (scenario.contingency, scenario.discounting) == (0, "month-end")
    assert (scenario.less_audit, scenario.legacy_escalator) == (True, None)
    item = scenario.recurring[0]
    assert (item.lead_months, item.escalator, item.tax_rate, item.amount.factor) == (0, 0, 0, 1)


REFUSED = {
    "no TOML": ("[scenario", "TOML"),
    "no scenario": (MOVE_ALL, "'scenario' is missing"),
    "unknown table": (scenario_text("[extra]\na = 1"), "'extra'"),
    "unknown key of the scenario": (scenario_text(head="colour = 1"), "'colour'"),
    "unknown key of a wave": (scenario_text(wave("A", "2026-01", more="lag = 1")), "'lag'"),
    "unknown key of a disposition": (scenario_text(MOVE_ALL + "name = 'x'"), "'name'"),
    "unknown key of an item": (scenario_text(recurring("1", "quantity = 1\ntax = 1")), "'tax'"),
    "unknown key of a cost": (scenario_text(one_time("1", "quantity = 1\nfrom = ''")), "'from'"),
    "unknown key of a bill": (
        scenario_text(
            recurring("1", 'quantity = 1\nbill = { vendor = "A", charge_code = "B", x = 1 }')
        ),
        "'x'",
    ),
    "unknown key of an uncertain input": (
        WHOLE.replace('low = "17.00"', 'low = "17.00"\nmean = "18.00"'),
        "'mean'",
    ),
    "an uncertain input that is no key": (
        WHOLE.replace('key = "price"', 'key = "colour"'),
        "'colour'",
    ),
    "an uncertain input of no item": (
        WHOLE.replace('"recurring", name = "User seat"', '"recurring", name = "Sofa"'),
        "'Sofa'",
    ),
    "uncertain without its high": (WHOLE.replace('high = "22.00"', ""), "'high'"),
    "missing name": ("[scenario]\nstart = '2026-01'\nmonths = 1\ndiscount_rate = 0", "'name'"),
    "missing months": ("[scenario]\nname = 'a'\nstart = '2026-01'\ndiscount_rate = 0", "'months'"),
    "missing rate": ("[scenario]\nname = 'a'\nstart = '2026-01'\nmonths = 1", "'discount_rate'"),
    "missing start": ("[scenario]\nname = 'a'\nmonths = 1\ndiscount_rate = 0", "'start'"),
    "missing cutover": (scenario_text("[[wave]]\nname = 'A'\nwhen = {}"), "'cutover'"),
    "missing when": (scenario_text("[[disposition]]\naction = 'retain'"), "'when'"),
    "missing action": (scenario_text("[[disposition]]\nwhen = {}"), "'action'"),
    "missing price": (scenario_text("[[recurring]]\nname = 'A'\nquantity = 1"), "'price'"),
    "a month that is not one": (scenario_text(head='start = "2026-13"'), "not a month"),
    "a cutover before the start": (scenario_text(wave("A", "2025-12")), "before the start"),
    "a month before the start": (
        scenario_text(one_time("1", 'quantity = 1\nmonth = "2025-12"')),
        "before the start",
    ),
    "from before the start": (
        scenario_text(recurring("1", 'quantity = 1\nfrom = "2025-12"')),
        "before the start",
    ),
    "from with a lead": (
        scenario_text(recurring("1", 'quantity = 1\nfrom = "2026-02"\nlead_months = 1')),
        "lead_months",
    ),
    "money as a number": (
        scenario_text("[[one_time]]\nname = 'A'\nprice = 1.5\nquantity = 1"),
        "price is not a string",
    ),
    "money that is none": (scenario_text(recurring("$5", "quantity = 1")), "not an amount"),
    "a rate as a string": (scenario_text(head='discount_rate = "0.03"'), "not a number"),
    "a rate of minus one": (scenario_text(head="discount_rate = -1.0"), "not above -1"),
    "a rate beyond all measure": (
        scenario_text(head="discount_rate = 1" + 400 * "0"),
        "no number",
    ),
    "a number of too many digits": (scenario_text(head="months = 1" + 5000 * "0"), "TOML"),
    "a hexadecimal number of too many digits": (
        scenario_text(head="months = 0x" + 5000 * "f"),
        "not from 1 to 1200",
    ),
    "an exponent beyond all measure": (
        scenario_text(head="discount_rate = 1e99999999999999999999"),
        "beyond all measure",
    ),
    "lists beyond all measure": ("a = " + 9000 * "[" + 9000 * "]", "beyond all measure"),
    "a quantity beyond all measure": (
        scenario_text(recurring("1", "quantity = 1" + 400 * "0")),
        "no number",
    ),
    "an end after all months": (
        scenario_text(head='start = "9999-06"\nmonths = 8'),
        "after 9999-12",
    ),
    "no finite rate": (scenario_text(head="discount_rate = nan"), "no number"),
    "a part of a month": (scenario_text(wave("A", "2026-01", more="ramp_months = 1.5")), "whole"),
    "no ramp": (scenario_text(wave("A", "2026-01", more="ramp_months = 0")), "from 1"),
    "negative months": (scenario_text(wave("A", "2026-01", more="dual_run_months = -1")), "from 0"),
    "an unknown action": (scenario_text(disposition("move", "")), "'move'"),
    "an unknown kind": (scenario_text(MOVE_ALL + 'kind = "phone"'), "'phone'"),
    "an unknown discounting": (scenario_text(head='discounting = "daily"'), "'daily'"),
    "an unknown driver": (scenario_text(recurring("1", 'per = "desk"')), "'desk'"),
    "per beside quantity": (scenario_text(recurring("1", 'per = "user"\nquantity = 1')), "exclude"),
    "neither": (scenario_text(recurring("1", "")), "neither quantity nor per"),
    "an override without a reason": (scenario_text(MOVE_ALL + 'override = "Ann"'), "who and why"),
    "a number in when": (scenario_text(disposition("retain", "site = 5")), "when.site"),
    "two waves of a name": (scenario_text(wave("A", "2026-01"), wave("A", "2026-02")), "'A'"),
    "two items with a bill": (
        scenario_text(
            *[recurring("1", f'quantity = 1\nbill = {{ vendor = "V", charge_code = "{code}" }}')
              for code in ("S", " S ")]
        ),
        "have the bill",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_says_something_else_is_refused_with_a_remedy(text: str, words: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        read_scenario(text)
    assert words in refusal.value.message
    assert refusal.value.remedy
    assert refusal.value.exit_code == 3
