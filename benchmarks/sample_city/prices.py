"""What the contracts say: a price by charge code, site and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from benchmarks.sample_city.accounts import BAYOU, CIRRUS, GULF, PELICAN

LOCAL = "PT-2022-014"
PRIMARY_RATE = "PT-PRI-2020"
METRO_ETHERNET = "GF-METRO-2023"
CIRCUIT_MASTER = "GF-MSA-2021"
WIRELESS = "BW-2021-NASPO"
HOSTED = "CV-2025-003"


@dataclass(frozen=True)
class Price:
    """One row of a contract; cents a unit and month."""

    contract: str
    vendor: str
    code: str
    text: str
    cents: int
    since: date
    until: date
    site: str = ""
    auto_renew: str = "no"
    notice_days: int = 60
    early_termination: str = "none"


def _terms(contract: str, vendor: str, since: date, until: date) -> list[Price]:
    rows = _OFFERS[contract]
    return [Price(contract, vendor, code, text, cents, since, until) for code, text, cents in rows]


_OFFERS = {
    LOCAL: [
        ("CTX", "Centrex station line", 2150),
        ("VMB", "Voice mailbox", 595),
        ("1FB", "Business line, flat rate", 3950),
        ("DID20", "DID numbers, block of 20", 2400),
        ("TFN", "Toll-free number", 1000),
    ],
    CIRCUIT_MASTER: [
        ("T1", "DS1 point to point", 28500),
        ("DS0PL", "Voice grade private line", 14200),
        ("MPLS10", "MPLS port 10 Mbps", 41000),
        ("BB100", "Broadband 100 Mbps", 8995),
        ("DSL12", "DSL 12 Mbps", 5495),
        ("DFLEASE", "Dark fiber lease", 41000),
    ],
    WIRELESS: [
        ("UNL45", "Unlimited voice and data", 4500),
        ("DATA35", "Tablet data plan", 3500),
        ("PTT6", "Push to talk", 600),
    ],
    HOSTED: [
        ("SEAT", "Hosted voice user seat", 2895),
        ("CAP", "Common area phone", 1495),
        ("FAXP", "Cloud fax port", 1495),
        ("SIP", "SIP call path", 2100),
        ("DIDN", "Direct-dial number", 20),
        ("MGD", "Managed voice support", 185000),
    ],
}

ETHERNET_SITES = {
    "CITYHALL": (88000, 88000),
    "ANNEX": (78000, 69000),
    "COURT": (78000, 69000),
    "POLICE": (88000, 81500),
    "LIBMAIN": (78000, 69000),
    "HEALTH": (78000, 69000),
}
"""Sites with a price of their own: cents before and from the amendment of July 2024."""

ETHERNET_ELSEWHERE = 72500
AMENDED = date(2024, 7, 1)
ALARM_STEP = date(2025, 7, 1)


def _alarm_lines() -> list[Price]:
    text = "Alarm and emergency line"
    old = Price(
        LOCAL, PELICAN, "1FBA", text, 5200, date(2022, 7, 1), ALARM_STEP.replace(month=6, day=30)
    )
    new = Price(LOCAL, PELICAN, "1FBA", text, 5460, ALARM_STEP, date(2027, 6, 30))
    return [old, new]


def _ethernet(sites: list[str]) -> list[Price]:
    rows = []
    since, until = date(2023, 1, 1), date(2027, 12, 31)
    text = "Metro Ethernet 100 Mbps"
    for site in sites:
        old, new = ETHERNET_SITES.get(site, (ETHERNET_ELSEWHERE, ETHERNET_ELSEWHERE))
        rows.append(Price(METRO_ETHERNET, GULF, "EVC100", text, old, since, until, site))
        if new != old:
            rows.append(Price(METRO_ETHERNET, GULF, "EVC100", text, new, AMENDED, until, site))
    return rows


def price_list(ethernet_sites: list[str]) -> list[Price]:
    """Every row of every contract."""
    primary = Price(
        PRIMARY_RATE,
        PELICAN,
        "PRI",
        "ISDN primary rate interface",
        49500,
        date(2020, 7, 1),
        date(2025, 4, 30),
        auto_renew="yes",
        early_termination="remaining:50",
    )
    return [
        *_terms(LOCAL, PELICAN, date(2022, 7, 1), date(2027, 6, 30)),
        *_alarm_lines(),
        primary,
        *_ethernet(ethernet_sites),
        *_terms(CIRCUIT_MASTER, GULF, date(2021, 10, 1), date(2026, 9, 30)),
        *_terms(WIRELESS, BAYOU, date(2021, 3, 1), date(2026, 2, 28)),
        *_terms(HOSTED, CIRRUS, date(2025, 1, 1), date(2029, 12, 31)),
    ]


def price_on(prices: list[Price], code: str, site: str, day: date) -> Price:
    """The row that holds for a code at a site on a day: the latest that has begun."""
    rows = [
        row for row in prices if row.code == code and row.site in ("", site) and row.since <= day
    ]
    return max(rows, key=lambda row: row.since)
