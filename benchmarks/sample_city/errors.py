"""Planted errors on bill lines: duplicates, rates over contract, taxes; and look-alikes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.sample_city.accounts import (
    ALARMS,
    CENTREX,
    CIRCUITS,
    CLOUD,
    LINES,
    METRO,
    TRUNKS,
)
from benchmarks.sample_city.claims import Error, finding
from benchmarks.sample_city.model import (
    MONTHS,
    Account,
    Book,
    Finding,
    Line,
    Service,
    percent,
)
from benchmarks.sample_city.places import BY_CODE

DUPLICATE = "duplicate-charge"
RATE = "contract-rate-variance"
TAX = "tax-on-exempt-customer"
SALES_TAX = 445
"""The state's rate in hundredths of a per cent, for a customer who is exempt."""


class LineErrors:
    """Plants errors on the lines of a book that was right until then."""

    def __init__(self, book: Book, services: list[Service]) -> None:
        self._book = book
        self._services = services

    def everything(self) -> list[Finding]:
        """Plant all of them; the look-alikes give no finding."""
        self._credited_duplicates()
        self._rates_that_are_right()
        self._reversed_tax()
        return [*self._duplicates(), *self._rates(), *self._taxes()]

    def _pick(self, account: Account, word: str, nth: int) -> Service:
        """The nth service of an account with a use, code or site, billed all along."""
        found = [
            service
            for service in self._services
            if service.account is account
            and word in (service.use, service.code, service.site)
            and (service.billed[0] == 0 or account is CLOUD)
            and service.refund_days == 0
            and BY_CODE[service.site].weight
        ]
        return found[nth]

    def _line(self, service: Service, month: int) -> Line:
        return next(
            line
            for line in self._book[service.account.number, month]
            if line.service is service and line.kind == "MRC" and line.code == service.code
        )

    def _add(self, account: Account, month: int, line: Line) -> None:
        self._book[account.number, month].append(line)

    def _repeat(self, service: Service, months: range, later: int = 0) -> list[tuple[int, int]]:
        """Bill a service's charge of some months again, so many bills later."""
        amounts = []
        for month in months:
            line = self._line(service, month)
            self._add(service.account, month + later, line)
            amounts.append((month + later, line.amount))
        return amounts

    def _duplicates(self) -> Iterator[Finding]:
        plants = [
            (self._pick(LINES, "user", 5), range(2, 3), 0, "billed twice in one month"),
            (self._pick(ALARMS, "elevator", 6), range(22, 24), 0, "billed twice since November"),
            (self._pick(TRUNKS, "TFN", 4), range(8, 9), 1, "a period billed again a month later"),
        ]
        for service, months, later, note in plants:
            error = _error(DUPLICATE, "proven", service, note)
            yield finding(error, self._repeat(service, months, later))
        service = self._pick(CIRCUITS, "DS0PL", 2)
        error = _error(DUPLICATE, "check", service, "twice on every bill: two ends, perhaps")
        yield finding(error, self._repeat(service, range(MONTHS)))
        service = self._pick(LINES, "modem", 1)
        amounts = self._repeat(service, range(10, 13))
        credit = Line("ADJCR", "Credit, line billed twice", "CRD", -amounts[0][1], service)
        self._add(LINES, 13, credit)
        error = _error(DUPLICATE, "proven", service, "one of three months was credited")
        yield finding(error, amounts, amounts[0][1])
        yield self._installed_twice()

    def _installed_twice(self) -> Finding:
        service = self._pick(METRO, "WORKS", 0)
        visit = Line("REARR", "Port rearrangement", "NRC", 25000, service, 1, 25000)
        self._add(METRO, 13, visit)
        self._add(METRO, 13, visit)
        error = replace(
            _error(DUPLICATE, "proven", service, "one visit, two charges"), charge_code="REARR"
        )
        return finding(error, [(13, visit.amount)])

    def _credited_duplicates(self) -> None:
        """Two that the carrier put right itself, by a credit and by a reversal."""
        service = self._pick(LINES, "user", 9)
        ((_, amount),) = self._repeat(service, range(6, 7))
        self._add(LINES, 7, Line("ADJCR", "Credit, line billed twice", "CRD", -amount, service))
        service = self._pick(LINES, "fax", 3)
        self._repeat(service, range(7, 8))
        line = self._line(service, 7)
        self._add(LINES, 8, replace(line, amount=-line.amount, rate=-line.amount))

    def _reprice(self, service: Service, months: range, cents: int) -> list[tuple[int, int]]:
        """Bill a price of so many cents instead; what it is over by month."""
        amounts = []
        for month in months:
            lines = self._book[service.account.number, month]
            line = self._line(service, month)
            lines[lines.index(line)] = replace(line, amount=cents, rate=cents)
            amounts.append((month, cents - line.amount))
        return amounts

    def _rates(self) -> Iterator[Finding]:
        site_price = "the amendment of July 2024 was loaded late for this site"
        plants: list[tuple[Service, range | None, int, str]] = [
            (self._pick(TRUNKS, "911", 0), range(6, MONTHS), 54500, "rack rate since July 2024"),
            (self._pick(METRO, "COURT", 0), range(6, 13), 78000, site_price),
            (self._pick(METRO, "LIBMAIN", 0), range(6, 13), 78000, site_price),
            (self._pick(METRO, "ANNEX", 0), range(6, MONTHS), 78000, "amendment never loaded"),
            (self._pick(CLOUD, "SEAT", 0), None, 3095, "a seat at the list price"),
            (self._pick(CLOUD, "SEAT", 1), None, 3095, "a seat at the list price"),
        ]
        for service, months, cents, note in plants:
            billed = months or range(service.billed[0], MONTHS)
            yield finding(
                _error(RATE, "proven", service, note), self._reprice(service, billed, cents)
            )
        service = next(
            one
            for one in self._services
            if one.account is LINES and one.use == "modem" and not one.contract
        )
        error = _error(RATE, "check", service, "the contract names other services, not this one")
        yield finding(error, self._reprice(service, range(12, MONTHS), 4450))
        service = self._wave_two_station()
        error = _error(RATE, "check", service, "on an account with a discount on the whole bill")
        yield finding(error, self._reprice(service, range(3, 9), 2400))

    def _wave_two_station(self) -> Service:
        return next(
            one
            for one in self._services
            if one.account is CENTREX and one.code == "CTX" and BY_CODE[one.site].wave == 2
        )

    def _rates_that_are_right(self) -> None:
        """Three that look wrong: inside the tolerance, discounted, and put right on the bill."""
        self._reprice(self._pick(METRO, "CITYHALL", 0), range(9, 15), 88350)
        discounted = self._pick(CIRCUITS, "MPLS10", 3)
        self._reprice(discounted, range(MONTHS), 43000)
        for month in range(MONTHS):
            line = self._line(discounted, month)
            text = "Term discount, MPLS port"
            discount = replace(line, code="DISC", text=text, amount=-2000, rate=-2000)
            self._add(CIRCUITS, month, discount)
        corrected = self._pick(CIRCUITS, "DS0PL", 5)
        self._reprice(corrected, range(16, 17), 15000)
        self._add(CIRCUITS, 16, Line("RATECR", "Rate correction", "CRD", -800, corrected))

    def _taxes(self) -> Iterator[Finding]:
        error = Error(TAX, "proven", CIRCUITS, "", "LAST", "no exemption on file for two months")
        yield finding(error, self._tax_account(error, range(4, 6), "Louisiana state sales tax"))
        for nth in (2, 5):
            service = self._pick(LINES, "election", nth)
            error = _tax_error("proven", service, "LAST", "sales tax on an exempt line")
            yield finding(error, self._tax_line(error, service, range(8, MONTHS), 176))
        service = self._pick(TRUNKS, "911", 1)
        error = _tax_error("proven", service, "FET", "excise tax on an exempt customer")
        yield finding(error, self._tax_line(error, service, range(6), 1485))
        error = Error(TAX, "check", ALARMS, "", "LAUSF", "a recovery that is billed as a tax")
        text = "Louisiana universal service recovery"
        yield finding(error, self._tax_account(error, range(18, MONTHS), text))
        service = self._pick(LINES, "modem", 3)
        error = _tax_error("check", service, "P911", "a 911 fee that is billed as a tax")
        yield finding(error, self._tax_line(error, service, range(MONTHS), 125))

    def _tax_account(self, error: Error, months: range, text: str) -> list[tuple[int, int]]:
        """Tax a whole account: the state's rate of its recurring charges."""
        amounts = []
        for month in months:
            lines = self._book[error.account.number, month]
            base = sum(line.amount for line in lines if line.kind == "MRC")
            tax = percent(base, SALES_TAX)
            self._add(error.account, month, Line(error.charge_code, text, "TAX", tax))
            amounts.append((month, tax))
        return amounts

    def _tax_line(
        self, error: Error, service: Service, months: range, cents: int
    ) -> list[tuple[int, int]]:
        texts = {
            "LAST": "Louisiana state sales tax",
            "FET": "Federal excise tax",
            "P911": "Parish 911 service charge",
        }
        code = error.charge_code
        for month in months:
            self._add(service.account, month, Line(code, texts[code], "TAX", cents, service))
        return [(month, cents) for month in months]

    def _reversed_tax(self) -> None:
        """The new carrier taxes one bill and takes it back on the next."""
        text = "Louisiana state sales tax"
        self._add(CLOUD, 14, Line("SALESTX", text, "TAX", 21037))
        self._add(CLOUD, 15, Line("SALESTX", text, "TAX", -21037))


def _error(rule: str, confidence: str, service: Service, note: str) -> Error:
    return Error(rule, confidence, service.account, service.key, service.code, note)


def _tax_error(confidence: str, service: Service, code: str, note: str) -> Error:
    return Error(TAX, confidence, service.account, service.key, code, note)
