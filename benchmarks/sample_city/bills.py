"""The regular lines of every bill: recurring charges, surcharges, usage, installation, refunds."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from benchmarks.sample_city.accounts import CLOUD, LINES, SAFETY, TRUNKS
from benchmarks.sample_city.model import (
    MONTHS,
    Book,
    Line,
    Service,
    first_day,
    last_day,
    period,
)
from benchmarks.sample_city.prices import Price, price_on

SEED = 20260615
RATE_GUARANTEE_ENDS = 16
"""Moves from May 2025 on pay no early termination of the primary rate contract."""

_LINE_SURCHARGES = [
    ("EUCL", "Federal subscriber line charge", 920),
    ("FUSF", "Federal universal service fund surcharge", 235),
    ("E911", "Parish 911 service fee", 110),
]
_TRUNK_SURCHARGES = [
    ("EUCL", "Federal subscriber line charge, 5 channels", 4600),
    ("FUSF", "Federal universal service fund surcharge", 1150),
]
_PHONE_SURCHARGES = [
    ("FUSF", "Federal universal service charge", 195),
    ("RCR", "Regulatory cost recovery", 60),
    ("W911", "Wireless 911 service charge", 125),
]


def make_book(services: list[Service], prices: list[Price]) -> Book:
    """The lines of each service on each bill, before anything is planted on them."""
    book: Book = {}
    for service in services:
        for month in range(MONTHS):
            lines = _lines(service, month, prices)
            if lines:
                book.setdefault((service.account.number, month), []).extend(lines)
    return book


def _lines(service: Service, month: int, prices: list[Price]) -> list[Line]:
    lines: list[Line] = []
    if month in service.billed:
        lines += _first_bill(service, month, prices)
        lines += [recurring(service, month, prices), *_surcharges(service, month)]
        lines += _push(service, month, prices)
    elif service.billed and month == service.billed[-1] + 1 and service.code != "DFLEASE":
        lines += _last_bill(service, month, prices)
    return lines + _usage(service, month)


def recurring(service: Service, month: int, prices: list[Price]) -> Line:
    """The recurring charge of a month, or of a quarter for the circuit that is billed so."""
    start, thru = period(service.account, month)
    months = 1
    if service.code == "DFLEASE":
        start, thru, months = first_day(month), last_day(month + 2), 3
    price = price_on(prices, service.code, service.site, start)
    amount = months * price.cents
    return Line(price.code, price.text, "MRC", amount, service, 1, amount, start, thru)


def _push(service: Service, month: int, prices: list[Price]) -> list[Line]:
    """Push to talk, which every third phone of the safety account has."""
    if service.account is not SAFETY or service.code != "UNL45" or int(service.number) % 3:
        return []
    start, thru = period(service.account, month)
    price = price_on(prices, "PTT6", service.site, start)
    return [Line(price.code, price.text, "MRC", price.cents, service, 1, price.cents, start, thru)]


def _surcharges(service: Service, month: int) -> list[Line]:
    if service.code == "DFLEASE":
        start, thru = first_day(month), last_day(month + 2)
        text = "Federal universal service fund surcharge, quarter"
        return [Line("FUSF", text, "SUR", 3690, service, start=start, thru=thru)]
    if not service.account.service_surcharges:
        return []
    rows = _PHONE_SURCHARGES
    if service.account is LINES:
        rows = _LINE_SURCHARGES
    elif service.account is TRUNKS:
        rows = _TRUNK_SURCHARGES if service.code == "PRI" else []
    start, thru = period(service.account, month)
    return [
        Line(code, text, "SUR", cents, service, start=start, thru=thru)
        for code, text, cents in rows
        if not (code == "W911" and service.code == "DATA35")
    ]


def _fraction(service: Service, start: date, thru: date, prices: list[Price]) -> Line:
    """A part of a month by the carriers' month of thirty days."""
    days = (thru - start).days + 1
    price = price_on(prices, service.code, service.site, start)
    amount = (2 * price.cents * days + 30) // 60
    return Line(price.code, price.text, "MRC", amount, service, 1, amount, start, thru)


def _first_bill(service: Service, month: int, prices: list[Price]) -> list[Line]:
    """Installation and the days before the first whole month, of a service that is new."""
    start = period(service.account, month)[0]
    new = month == service.billed[0] and service.installed < start and month > 0
    if not new or service.account is CLOUD or (start - service.installed).days > 25:
        return []
    return [
        Line("INST", "Installation", "NRC", 4500, service, 1, 4500),
        _fraction(service, service.installed, start - timedelta(days=1), prices),
    ]


def _last_bill(service: Service, month: int, prices: list[Price]) -> list[Line]:
    """Days given back and early termination, on the bill after the last whole month."""
    lines = []
    if service.refund_days:
        thru = period(service.account, month - 1)[1]
        start = thru - timedelta(days=service.refund_days - 1)
        paid = _fraction(service, start, thru, prices)
        lines.append(replace(paid, amount=-paid.amount, rate=-paid.amount))
    if service.code == "PRI" and month < RATE_GUARANTEE_ENDS:
        lines.append(Line("ETL", "Early termination liability", "OCC", 24750, service))
    return lines


def _usage(service: Service, month: int) -> list[Line]:
    """Calls of the month before, for trunks, toll-free numbers and some of the phones."""
    if max(month - 1, 0) not in service.billed:
        return []
    draw = random.Random(f"{SEED}:{service.number}:{month}")
    start, thru = _month_before(service, month)
    if service.code == "PRI":
        code, text, cents = "LDU", "Long distance and local usage", draw.randrange(9_000, 19_000)
    elif service.code == "TFN":
        code, text, cents = "TFU", "Toll-free usage", draw.randrange(150, 4_200)
    elif service.kind == "mobile" and draw.randrange(100) < 30:
        code, text, cents = "OVG", "Roaming and overage", draw.randrange(25, 1_250)
    else:
        return []
    return [Line(code, text, "USG", cents, service, start=start, thru=thru)]


def _month_before(service: Service, month: int) -> tuple[date, date]:
    """The period that ended before the bill: usage is billed in arrears."""
    start = period(service.account, month)[0]
    before = period(service.account, month - 1)[0] if month else start - timedelta(days=31)
    return before, start - timedelta(days=1)
