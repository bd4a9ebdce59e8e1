"""The scenario file of the city: what its plan promised before the migration began."""

from __future__ import annotations

from benchmarks.sample_city.cloud import (
    FIRST,
    HANDSET_PRICES,
    HANDSETS_A_HUNDRED_USERS,
    PORT_PRICE,
    PROJECT_PRICE,
    TRAINING_PRICE,
)
from benchmarks.sample_city.model import MONTHS, dollars, month_text
from benchmarks.sample_city.moves import PLANNED
from benchmarks.sample_city.places import SITES

NAME = "Hosted UC, two waves"
HORIZON = 60
HEAD = """\
# Synthetic. The plan of the invented City of Marlow Parish: two waves to a hosted service.

[scenario]
name = "{name}"
start = "2025-01"
months = {horizon}
discount_rate = 0.03
discounting = "month-end"
legacy_escalator = 0.00
contingency = 0.10

[[disposition]]
when = {{ use = ["elevator", "fire-alarm", "burglar-alarm", "911", "scada", "gate"] }}
action = "retain"

[[disposition]]
when = {{ service_type = "pots", use = ["modem", "election"] }}
action = "retain"

[[disposition]]
when = {{ service_type = ["mobile", "toll-free", "private-line", "mpls", "ethernet"] }}
action = "retain"

[[disposition]]
when = {{ service_type = ["broadband", "dsl"] }}
action = "retain"

[[disposition]]
when = {{ service_type = "voicemail" }}
action = "disconnect"

[[disposition]]
when = {{ service_type = ["centrex", "pri", "did-block"] }}
action = "migrate"

[[disposition]]
when = {{ service_type = "pots", use = ["user", "common-area", "fax"] }}
action = "migrate"
"""
WAVE = """
[[wave]]
name = "{name}"
when = {{ site = [{sites}] }}
cutover = "{cutover}"
ramp_months = 2
dual_run_months = 1
billing_lag_months = 1
"""
RECURRING = """
[[recurring]]
name = "{name}"
price = "{price}"
{quantity}
bill = {{ vendor = "Cirrus Voice", charge_code = "{code}" }}
tax_rate = 0.07
"""
ONE_TIME = """
[[one_time]]
name = "{name}"
price = "{price}"
{quantity}
"""
UNCERTAIN = """
[[uncertain]]
input = { table = "recurring", name = "User seat", key = "price" }
distribution = "pert"
low = "27.50"
mode = "28.95"
high = "32.00"

[[uncertain]]
input = { table = "one_time", name = "Desk phone", key = "price" }
distribution = "triangular"
low = "72.00"
mode = "79.00"
high = "108.00"
"""


def _wave(name: str, wave: int) -> str:
    sites = ", ".join(f'"{site.code}"' for site in SITES if site.wave == wave and site.weight)
    return WAVE.format(name=name, sites=sites, cutover=month_text(PLANNED[wave]))


def scenario_text(plan: dict[str, int]) -> str:
    """The file, with the quantities that the plan counted."""
    recurring = [
        ("User seat", 2895, f"quantity = {plan['user']}", "SEAT"),
        ("Common area phone", 1495, f"quantity = {plan['common-area']}", "CAP"),
        ("Cloud fax port", 1495, f"quantity = {plan['fax']}", "FAXP"),
        ("SIP call path", 2100, "quantity = 46", "SIP"),
        ("Direct-dial number", 20, 'per = "did"', "DIDN"),
        ("Managed voice support", 185000, 'quantity = 1\nfrom = "2025-01"', "MGD"),
    ]
    sets = plan["user"] * HANDSETS_A_HUNDRED_USERS // 100
    one_time = [
        ("Desk phone", HANDSET_PRICES[FIRST], f"quantity = {sets}"),
        ("Number port", PORT_PRICE, 'per = "migrated-service"'),
        ("Project management and design", PROJECT_PRICE, 'quantity = 1\nmonth = "2025-01"'),
        ("Training", TRAINING_PRICE, 'quantity = 1\nmonth = "2025-02"'),
    ]
    parts = [HEAD.format(name=NAME, horizon=HORIZON)]
    parts += [_wave("Downtown", 1), _wave("Branches and plants", 2)]
    parts += [
        RECURRING.format(name=name, price=dollars(cents), quantity=quantity, code=code)
        for name, cents, quantity, code in recurring
    ]
    parts += [
        ONE_TIME.format(name=name, price=dollars(cents), quantity=quantity)
        for name, cents, quantity in one_time
    ]
    return "".join(parts) + UNCERTAIN


def order_text(city: str, bills: list[str]) -> str:
    """The steps in which `demo` takes the city in."""
    halves = {year: [name for name in bills if f"-{year}" in name] for year in ("2024", "2025")}
    quoted = {year: ",\n    ".join(f'"{name}"' for name in names) for year, names in halves.items()}
    last = month_text(MONTHS // 2 - 1)
    return f"""\
# Synthetic. What `demo` does with the sample city, step by step.

[project]
organization = "{city}"
currency = "USD"
fiscal_year_start = 7
tax_exempt = true
late_charge_exempt = false

[[step]]
import = ["sites.csv", "contracts.csv", "inventory-2024-12.csv"]

[[step]]
import = [
    {quoted["2024"]},
    "payments-2024.csv",
]

[[step]]
audit = {{}}

[[step]]
freeze = {{ through = "{last}", months = 12, escalator = 0, by = "sample" }}

[[step]]
scenario = "scenario.toml"

[[step]]
import = ["inventory-2025-12.csv"]

[[step]]
import = [
    {quoted["2025"]},
    "payments-2025.csv",
]

[[step]]
audit = {{}}
"""
