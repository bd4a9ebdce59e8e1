"""Small scenarios and situations for the tests of the migration model."""

from __future__ import annotations

from fractions import Fraction

from telecom_audit.migration.contracts import ContractRow
from telecom_audit.migration.forecast import ForecastMonth, forecast_months
from telecom_audit.migration.plan import Plan
from telecom_audit.migration.resolve import Edition, KnownService, Situation, resolve
from telecom_audit.migration.scenario_file import read_scenario
from telecom_audit.months import day_number, month_number

MICROS = 1_000_000
CAPTIONS = frozenset(
    {"service", "service_type", "site", "user", "use", "vendor", "account", "channels", "floor"}
)


def scenario_text(*tables: str, head: str = "") -> str:
    """A scenario of 24 months from 2026-01 at 0 % with these tables."""
    start = "" if "start" in head else 'start = "2026-01"\n'
    months = "" if "months" in head else "months = 24\n"
    rate = "" if "discount_rate" in head else "discount_rate = 0\n"
    return "\n".join([f'[scenario]\nname = "Plan"\n{start}{months}{rate}{head}\n', *tables])


def disposition(action: str, when: str, more: str = "") -> str:
    return f'[[disposition]]\naction = "{action}"\nwhen = {{ {when} }}\n{more}\n'


def wave(name: str, cutover: str, when: str = 'service = "*"', more: str = "") -> str:
    return f'[[wave]]\nname = "{name}"\ncutover = "{cutover}"\nwhen = {{ {when} }}\n{more}\n'


def recurring(price: str, more: str, name: str = "Seat") -> str:
    return f'[[recurring]]\nname = "{name}"\nprice = "{price}"\n{more}\n'


def one_time(price: str, more: str, name: str = "Handset") -> str:
    return f'[[one_time]]\nname = "{name}"\nprice = "{price}"\n{more}\n'


MOVE_ALL = disposition("migrate", 'service = "*"')


def service(name: str, cost: str = "100", contract: str = "", **cells: str) -> KnownService:
    """An active row of the inventory that costs so much a month, all of it MRC."""
    micros = round(float(cost) * MICROS)
    known = dict.fromkeys(CAPTIONS, "") | {"service": name, "service_type": "pots"} | cells
    return KnownService(
        "Bell", name, name, known, True, known["use"], contract, (micros, 0, 0), micros, micros,
        (known["account"],),
    )  # fmt: skip


def billed(name: str, cost: str, account: str = "A", **cells: str) -> KnownService:
    """A service that only bills know."""
    micros = round(float(cost) * MICROS)
    known = {"vendor": "Bell", "account": account, "service": name, "service_type": "", "site": ""}
    return KnownService(
        "Bell", name, name, known | cells, False, "", "", (micros, 0, 0), micros, micros, (account,)
    )  # fmt: skip


def contract(name: str, clause: str, to: str = "", commitment: int | None = None) -> ContractRow:
    return ContractRow(name, day_number(to) if to else None, clause, commitment)


def situation(
    *services: KnownService,
    contracts: tuple[ContractRow, ...] = (),
    edition: Edition | None = None,
) -> Situation:
    return Situation(services, contracts, CAPTIONS, edition)


def edition(through: str, escalator: int = 0) -> Edition:
    return Edition(1, month_number(through), Fraction(escalator, 100))


def planned(text: str, *services: KnownService, **known: object) -> Plan:
    return resolve(read_scenario(text), situation(*services, **known))  # type: ignore[arg-type]


def months(plan: Plan) -> dict[int, ForecastMonth]:
    """The months by their number in the plan; 0 is the upfront row."""
    return {
        0 if one.month is None else one.month - plan.start + 1: one for one in forecast_months(plan)
    }


def column(plan: Plan, name: str, last: int = 6) -> list[float]:
    """A column of months 1 … last, in currency units."""
    found = months(plan)
    return [getattr(found[month], name) / MICROS for month in range(1, last + 1)]
