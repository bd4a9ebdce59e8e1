"""What the new carrier bills to the account as a whole: paths, numbers, support, one-time work."""

from __future__ import annotations

import random
from datetime import date

from benchmarks.sample_city.accounts import CLOUD
from benchmarks.sample_city.bills import SEED
from benchmarks.sample_city.model import MONTHS, Book, Line, period
from benchmarks.sample_city.moves import REAL, Migration
from benchmarks.sample_city.prices import Price, price_on

FIRST = REAL[1]
HANDSETS_A_HUNDRED_USERS = 65
HANDSET_PRICES = {FIRST: 7900, FIRST + 1: 7900}
LATER_HANDSET_PRICE = 8250
PORT_PRICE = 500
PROJECT_PRICE = 750000
TRAINING_PRICE = 240000
_PATHS = {12: 18, 13: 22, 14: 24, 15: 40}
_ALL_PATHS = 48


def bill_cloud(book: Book, migration: Migration, prices: list[Price]) -> None:
    """Add the account's own lines to the new carrier's bills."""
    for month in range(FIRST, MONTHS):
        lines = book.setdefault((CLOUD.number, month), [])
        lines += _one_time(month, migration)
        lines += _recurring(month, migration, prices)
        if month > FIRST:
            lines.append(_calls(month))


def _recurring(month: int, migration: Migration, prices: list[Price]) -> list[Line]:
    start, thru = period(CLOUD, month)
    numbers = sum(count for cutover, count in migration.direct_dials.items() if cutover <= month)
    quantities = {"SIP": _PATHS.get(month, _ALL_PATHS), "DIDN": numbers, "MGD": 1}
    return [
        _line(price_on(prices, code, "", start), quantity, start, thru)
        for code, quantity in quantities.items()
        if quantity
    ]


def _line(price: Price, quantity: int, start: date, thru: date) -> Line:
    amount = quantity * price.cents
    return Line(price.code, price.text, "MRC", amount, None, quantity, price.cents, start, thru)


def _one_time(month: int, migration: Migration) -> list[Line]:
    """Project work and training once; handsets and ported numbers as they move."""
    items = []
    if month == FIRST:
        items.append(("PROJ", "Project management and design", 1, PROJECT_PRICE))
    if month == FIRST + 1:
        items.append(("TRAIN", "Training of administrators and users", 1, TRAINING_PRICE))
    if migration.ported[month]:
        price = HANDSET_PRICES.get(month, LATER_HANDSET_PRICE)
        sets = migration.users[month] * HANDSETS_A_HUNDRED_USERS // 100
        items.append(("PHONE", "Desk phone", sets, price))
        items.append(("PORT", "Number port", migration.ported[month], PORT_PRICE))
    return [
        Line(code, text, "NRC", quantity * price, None, quantity, price)
        for code, text, quantity, price in items
    ]


def _calls(month: int) -> Line:
    start, thru = period(CLOUD, month - 1)
    cents = random.Random(f"{SEED}:cloud:{month}").randrange(11_000, 21_000)
    return Line("TOLL", "Metered outbound calls", "USG", cents, start=start, thru=thru)
