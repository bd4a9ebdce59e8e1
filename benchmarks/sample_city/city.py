"""Puts the city together: people, plants, migration, bills, payments, truth."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.sample_city.accounts import ALARMS, METRO
from benchmarks.sample_city.bills import SEED, make_book
from benchmarks.sample_city.claims import credit_presence
from benchmarks.sample_city.cloud import bill_cloud
from benchmarks.sample_city.errors import LineErrors
from benchmarks.sample_city.ledger import known_payments, settle
from benchmarks.sample_city.model import City, Finding, Service
from benchmarks.sample_city.moves import migrate, moves
from benchmarks.sample_city.presence import Oddities
from benchmarks.sample_city.prices import price_list
from benchmarks.sample_city.services import Population
from benchmarks.sample_city.write import ethernet_sites


def build() -> City:
    """The whole city, always the same."""
    population = Population(SEED)
    people = _without_some_vendors(population.everything())
    migration = migrate(people)
    planted = Oddities(population, migration.services).everything()
    odd = {(one.service.account.number, one.service.number) for one in planted}
    regular = [one for one in migration.services if (one.account.number, one.number) not in odd]
    regular += migration.seats
    services = [*regular, *(one.service for one in planted)]
    prices = price_list(sorted(ethernet_sites(services)))
    book = make_book(services, prices)
    bill_cloud(book, migration, prices)
    findings = credit_presence(book, planted)
    findings += LineErrors(book, regular).everything()
    ledgers = settle(book)
    findings += [one for ledger in ledgers for one in ledger.findings]
    return City(
        services=services,
        invoices=[invoice for ledger in ledgers for invoice in ledger.invoices],
        payments=known_payments(ledgers),
        findings=sorted(findings, key=_place),
        plan=_plan(people),
    )


def _place(one: Finding) -> tuple[str, str, str, str, int]:
    return one.rule, one.account.number, one.service, one.charge_code, one.first_month


def _plan(services: list[Service]) -> dict[str, int]:
    """How many seats of each use the plan counts."""
    lines = [one for one in services if moves(one) and one.kind in ("centrex", "pots")]
    return {use: sum(one.use == use for one in lines) for use in ("user", "common-area", "fax")}


def _without_some_vendors(services: list[Service]) -> list[Service]:
    """Two rows of the inventory name no vendor; one carrier bills each: that is no error."""
    blank = [
        next(one for one in services if one.account is account and one.billed[0] == 0)
        for account in (ALARMS, METRO)
    ]
    return [replace(one, blank_vendor=True) if one in blank else one for one in services]
