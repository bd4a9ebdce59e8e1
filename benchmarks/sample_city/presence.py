"""Planted errors of presence: services that are billed and should not be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from benchmarks.sample_city.accounts import (
    ACCESS,
    ALARMS,
    CIRCUITS,
    LINES,
    METRO,
    MOBILE,
    TRUNKS,
)
from benchmarks.sample_city.model import MONTHS, Account, Service
from benchmarks.sample_city.moves import REAL
from benchmarks.sample_city.places import BY_CODE
from benchmarks.sample_city.prices import CIRCUIT_MASTER, LOCAL
from benchmarks.sample_city.services import Population

AFTER_DISCONNECT = "billed-after-disconnect"
CLOSED_SITE = "service-at-closed-site"
UNKNOWN = "billed-not-in-inventory"

FIRST_LEFT = REAL[1] + 2
"""The first month in which lines of the first wave are not to be billed any more."""


@dataclass(frozen=True)
class Planted:
    """A service that is billed in error, the months of the error and those given back."""

    service: Service
    rule: str
    confidence: str
    claimed: tuple[int, ...]
    note: str
    credited: int = 0
    credit_month: int = 0


def _through(first: int, last: int = MONTHS - 1) -> tuple[int, ...]:
    return tuple(range(first, last + 1))


class Oddities:
    """Makes the services that the audit must question, with numbers of their own."""

    def __init__(self, population: Population, services: list[Service]) -> None:
        self._numbers = population
        self._services = services

    def everything(self) -> list[Planted]:
        """All planted errors of presence."""
        return [*self._after_disconnect(), *self._closed_sites(), *self._unknown()]

    def _line(self, account: Account, site: str, use: str) -> Service:
        code = "1FBA" if account is ALARMS else "1FB"
        number = next(self._numbers.lines)
        return Service(account, number, "pots", code, site, use=use, contract=LOCAL)

    def _circuit(self, kind: str, code: str, site: str, account: Account) -> Service:
        source = self._numbers.circuits if account is CIRCUITS else self._numbers.access
        return Service(account, next(source), kind, code, site, contract=CIRCUIT_MASTER)

    def _after_disconnect(self) -> Iterator[Planted]:
        gone = replace(
            self._line(LINES, "ANNEX", "user"), disconnected=date(2024, 3, 14), order="PST-D20377"
        )
        yield self._zombie(gone, _through(2), "billed on to this day after a confirmed order")
        gone = replace(
            self._line(LINES, "COURT", "fax"),
            disconnected=date(2024, 8, 14),
            order="PST-D20688",
            billed=_through(0, 11),
        )
        yield self._zombie(gone, _through(7, 11), "billed for five months after a confirmed order")
        gone = replace(
            self._line(LINES, "HEALTH", "modem"),
            disconnected=date(2024, 5, 14),
            order="PST-D20519",
            billed=_through(0, 3) + _through(9),
        )
        yield self._zombie(gone, _through(9), "billing stopped and resumed five months later")
        gone = replace(self._line(ALARMS, "WORKS", "gate"), disconnected=date(2024, 9, 30))
        zombie = self._zombie(gone, _through(8), "disconnected by letter; no order number")
        yield replace(zombie, confidence="check")
        gone = replace(
            self._circuit("t1", "T1", "WATER", CIRCUITS),
            disconnected=date(2024, 6, 30),
            order="GF-X5521",
            billed=_through(0, 10),
        )
        zombie = self._zombie(gone, _through(6, 10), "two of five months were credited")
        yield replace(zombie, credited=2, credit_month=12)
        gone = replace(
            Service(TRUNKS, "8885550140", "toll-free", "TFN", "HEALTH", contract=LOCAL),
            disconnected=date(2025, 3, 27),
            order="PST-D21090",
            billed=_through(0, 15),
        )
        zombie = self._zombie(gone, _through(14, 15), "both months were credited: no finding")
        yield replace(zombie, credited=2, credit_month=16)
        yield from self._migrated_and_billed_on()

    def _zombie(self, service: Service, claimed: tuple[int, ...], note: str) -> Planted:
        return Planted(service, AFTER_DISCONNECT, "proven", claimed, note)

    def _migrated_and_billed_on(self) -> Iterator[Planted]:
        """Three lines of the first wave that the carrier confirmed and went on to bill."""
        moved = [
            service
            for service in self._services
            if service.account is LINES
            and service.billed[-1] == FIRST_LEFT - 1
            and not service.refund_days
            and BY_CODE[service.site].wave == 1
        ]
        for service, last in zip(moved, (FIRST_LEFT + 2, FIRST_LEFT + 2, MONTHS - 1), strict=False):
            billed_on = replace(service, billed=_through(0, last))
            yield self._zombie(
                billed_on, _through(FIRST_LEFT, last), "moved in the first wave, billed on"
            )

    def _closed_sites(self) -> Iterator[Planted]:
        jail = "site closed on 2024-04-30"
        lines = [
            (self._line(ALARMS, "OLDJAIL", "fire-alarm"), 4, jail),
            (self._line(ALARMS, "OLDJAIL", "elevator"), 4, jail),
            (self._circuit("broadband", "BB100", "OLDJAIL", ACCESS), 5, jail),
            (self._line(ALARMS, "DEPOT", "burglar-alarm"), 0, "site closed, date unknown"),
        ]
        for service, first, note in lines:
            yield Planted(service, CLOSED_SITE, "check", _through(first), note)

    def _unknown(self) -> Iterator[Planted]:
        phone = next(one for one in self._services if one.account is MOBILE and one.user)
        services = [
            (self._line(ALARMS, "PUMP1", "other"), "never in the inventory"),
            (
                replace(self._line(ALARMS, "FIRE3", "other"), billed=_through(5)),
                "appeared on the bill of June 2024",
            ),
            (
                replace(self._line(ALARMS, "PREC3", "other"), number=phone.number),
                "the inventory knows the number with Bayou Wireless",
            ),
            (self._circuit("dsl", "DSL12", "LIBWEST", ACCESS), "never in the inventory"),
            (self._metro_circuit(), "appeared on the bill of May 2025"),
            (
                replace(self._line(ALARMS, "ANIMAL", "other"), undated=True),
                "disconnected in the inventory, without a date",
            ),
        ]
        for service, note in services:
            listed = replace(service, listed=service.undated)
            yield Planted(listed, UNKNOWN, "check", listed.billed, note)

    def _metro_circuit(self) -> Service:
        return Service(
            METRO, next(self._numbers.metro), "ethernet", "EVC100", "PARK2", billed=_through(16)
        )
