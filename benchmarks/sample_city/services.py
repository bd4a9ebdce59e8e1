"""The population of services before the migration: what, where, from when, until when."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from benchmarks.sample_city.accounts import (
    ACCESS,
    ALARMS,
    CENTREX,
    CIRCUITS,
    LINES,
    METRO,
    MOBILE,
    SAFETY,
    TRUNKS,
)
from benchmarks.sample_city.model import MONTHS, Account, Service, period
from benchmarks.sample_city.places import OLD_JAIL, SHORT_LIVED, SITES, Site
from benchmarks.sample_city.prices import CIRCUIT_MASTER, LOCAL, PRIMARY_RATE, WIRELESS

OPEN_SITES = [site for site in SITES if site.weight]
LASTING_SITES = [site for site in OPEN_SITES if site is not SHORT_LIVED]


def telephone_numbers(rng: random.Random, first: int) -> Iterator[str]:
    """Numbers of the fictional exchange 225-555 with small gaps."""
    station = first
    while True:
        yield f"225555{station:04d}"
        station += rng.randrange(1, 4)


def circuit_ids(rng: random.Random, code: str) -> Iterator[str]:
    """Circuit identifiers as a carrier writes them."""
    serial = rng.randrange(200_000, 400_000)
    while True:
        yield f"70/{code}/{serial:06d}//GFN"
        serial += rng.randrange(3, 900)


class Population:
    """Draws the services one after another from one seeded source."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        self._employee = 1000
        self.lines = telephone_numbers(self._rng, 1000)
        self.metro = circuit_ids(self._rng, "KQGS")
        self.circuits = circuit_ids(self._rng, "HCGS")
        self.access = circuit_ids(self._rng, "BBXX")

    def everything(self) -> list[Service]:
        """All services of the city that nobody would question."""
        return [
            *self._centrex(),
            *self._business_lines(),
            *self._trunks(),
            *self._alarm_lines(),
            *self._gulf(),
            *self._wireless(),
            *self._old_jail(),
        ]

    def _site(self, sites: list[Site]) -> str:
        return self._rng.choices(sites, [site.weight for site in sites])[0].code

    def _installed(self) -> date:
        return date(2009, 1, 5) + timedelta(days=self._rng.randrange(0, 5200))

    def _user(self) -> str:
        self._employee += 1
        return f"E-{self._employee}"

    def _pelican(self, account: Account, kind: str, code: str, use: str) -> Service:
        sites = LASTING_SITES if account is ALARMS else OPEN_SITES
        return Service(
            account=account,
            number=next(self.lines),
            kind=kind,
            code=code,
            site=self._site(sites),
            use=use,
            user=self._user() if use == "user" else "",
            contract=LOCAL,
            installed=self._installed(),
        )

    def _centrex(self) -> list[Service]:
        uses = ["user"] * 268 + ["common-area"] * 48
        stations = [self._pelican(CENTREX, "centrex", "CTX", use) for use in uses]
        boxes = [
            replace(station, number=f"VMB-{4000 + index}", kind="voicemail", code="VMB")
            for index, station in enumerate(stations[:240:4])
        ]
        return stations + boxes

    def _business_lines(self) -> list[Service]:
        uses = ["user"] * 100 + ["common-area"] * 30 + ["fax"] * 58
        uses += ["modem"] * 14 + ["election"] * 8
        lines = [self._pelican(LINES, "pots", "1FB", use) for use in uses]
        # every ninth row of the inventory names no contract: Scope must find it by vendor and code
        return [
            replace(line, contract="") if index % 9 == 8 else line
            for index, line in enumerate(lines)
        ]

    def _trunks(self) -> list[Service]:
        large = [site for site in OPEN_SITES if site.weight >= 16]
        trunks = []
        for index in range(14):
            site = large[index % len(large)].code
            trunks.append(self._trunk(index, site, ""))
        trunks += [self._trunk(14, "POLICE", "911"), self._trunk(15, "PREC2", "911")]
        blocks = [
            Service(
                account=TRUNKS,
                number=f"225555{7000 + 20 * index:04d}",
                kind="did-block",
                code="DID20",
                site=trunks[index % 14].site,
                contract=LOCAL,
                channels=20,
                installed=self._installed(),
            )
            for index in range(20)
        ]
        toll_free = [
            replace(
                self._pelican(TRUNKS, "toll-free", "TFN", ""), number=f"888555{100 + index:04d}"
            )
            for index in range(20)
        ]
        return trunks + blocks + toll_free

    def _trunk(self, index: int, site: str, use: str) -> Service:
        return Service(
            account=TRUNKS,
            number=f"70/IPXX/{610200 + 37 * index}//PST",
            kind="pri",
            code="PRI",
            site=site,
            use=use,
            contract=PRIMARY_RATE,
            channels=23,
            installed=date(2020, 7, 28),
        )

    def _alarm_lines(self) -> list[Service]:
        uses = ["elevator"] * 32 + ["fire-alarm"] * 40 + ["burglar-alarm"] * 24
        uses += ["scada"] * 12 + ["gate"] * 6 + ["911"] * 4
        lines = [self._pelican(ALARMS, "pots", "1FBA", use) for use in uses]
        lines[57] = self._begun(lines[57], 4)
        lines[80] = self._begun(lines[80], 7)
        return lines

    def _gulf(self) -> list[Service]:
        first = [self._metro(site.code) for site in OPEN_SITES]
        second = [self._metro(site.code) for site in OPEN_SITES if site.weight >= 18][:11]
        lease = self._circuit(CIRCUITS, "private-line", "DFLEASE", next(self.circuits))
        quarterly = replace(lease, site="WATER", billed=tuple(range(0, MONTHS, 3)), use="scada")
        return [*first, *second, quarterly, *self._point_to_point(), *self._access()]

    def _metro(self, site: str) -> Service:
        return Service(
            account=METRO,
            number=next(self.metro),
            kind="ethernet",
            code="EVC100",
            site=site,
            installed=date(2023, 1, 10),
        )

    def _circuit(self, account: Account, kind: str, code: str, number: str) -> Service:
        return Service(
            account=account,
            number=number,
            kind=kind,
            code=code,
            site=self._site(LASTING_SITES),
            contract=CIRCUIT_MASTER,
            installed=date(2021, 10, 4),
        )

    def _point_to_point(self) -> list[Service]:
        kinds = [("t1", "T1")] * 5 + [("private-line", "DS0PL")] * 12 + [("mpls", "MPLS10")] * 12
        return [self._circuit(CIRCUITS, kind, code, next(self.circuits)) for kind, code in kinds]

    def _access(self) -> list[Service]:
        kinds = [("broadband", "BB100")] * 24 + [("dsl", "DSL12")] * 8
        lines = [self._circuit(ACCESS, kind, code, next(self.access)) for kind, code in kinds]
        lines[3] = self._begun(lines[3], 6)
        lines[17] = self._begun(lines[17], 10)
        return lines

    def _wireless(self) -> list[Service]:
        numbers = telephone_numbers(self._rng, 5800)
        phones = []
        for index in range(326):
            account = SAFETY if index < 140 else MOBILE
            tablet = index % 10 in (3, 6, 9)
            phone = Service(
                account=account,
                number=next(numbers),
                kind="mobile",
                code="DATA35" if tablet else "UNL45",
                site=self._site(LASTING_SITES),
                use="" if tablet else "user",
                user=self._user(),
                contract=WIRELESS,
                installed=date(2021, 3, 1) + timedelta(days=self._rng.randrange(0, 900)),
            )
            phones.append(self._churned(phone, index))
        return phones

    def _churned(self, phone: Service, index: int) -> Service:
        """Some phones come and some go: two in a hundred a half-year."""
        if index % 24 == 11:
            return self._begun(phone, 2 + index % 21)
        if index % 27 == 13:
            return ended(phone, 1 + index % 20, f"BW-C{7300 + index}")
        return phone

    def _begun(self, service: Service, month: int) -> Service:
        """The service installed some days before its first whole month of billing."""
        start = period(service.account, month)[0] - timedelta(days=self._rng.randrange(4, 20))
        return replace(service, billed=tuple(range(month, MONTHS)), installed=start)

    def _old_jail(self) -> list[Service]:
        """What was disconnected in time when the jail closed at the end of April 2024."""
        stations = [self._pelican(CENTREX, "centrex", "CTX", "common-area") for _ in range(6)]
        lines = [self._pelican(LINES, "pots", "1FB", "common-area") for _ in range(3)]
        moved = [replace(service, site=OLD_JAIL.code) for service in stations + lines]
        return [
            ended(service, 3, f"PST-D{20411 + index}", 14 if index > 6 else 0)
            for index, service in enumerate(moved)
        ]


def ended(service: Service, last: int, order: str, refund_days: int = 0) -> Service:
    """The service disconnected so that a month is the last that is billed.

    The confirmed day is the last that was paid for, less the days that the carrier gives back.
    """
    day = period(service.account, last)[1] - timedelta(days=refund_days)
    return replace(
        service,
        billed=tuple(month for month in service.billed if month <= last),
        disconnected=day,
        order=order,
        refund_days=refund_days,
    )
