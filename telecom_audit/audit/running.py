"""What a finding is worth a month, and the taxes that go with it.

Source: the contract, section 6 (`monthly`, `follow_on`) and section 7 (the month in which a part
of a line counts, how account-level taxes are allocated).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from telecom_audit.audit.claims import Claim, Line
from telecom_audit.counting import FRACTION_DAYS, is_long, monthly_parts
from telecom_audit.money import half_up, largest_remainder

_TAXES = frozenset({"SUR", "TAX"})


@dataclass(frozen=True)
class OnBill:
    """What the lines of one service (None: of the account) on one bill are together.

    Attributes:
        mrc_micros: sum of the MRC lines.
        least_months: the least n of its positive MRC lines, 0 without any.
        most_months: the greatest.
        tax_micros: sum of SUR and TAX lines.
        runs: it bears MRC or usage lines.
        one_off: it bears one-off lines.
    """

    service_key: str
    mrc_micros: int
    least_months: int
    most_months: int
    tax_micros: int
    runs: bool
    one_off: bool

    @property
    def tax_months(self) -> int:
        """In how many months its taxes count."""
        return self.most_months if self.least_months == self.most_months > 1 else 1


BillSums = Mapping[int, Mapping[int | None, OnBill]]


def monthly_micros(claims: Iterable[Claim], month: int, bills: BillSums) -> int:
    """The claimed MRC, SUR and TAX parts that count in a month, fractions apart."""
    total = 0
    for claim in claims:
        line = claim.flag.line
        if line is None or _is_apart(line, bills):
            continue
        for amount, months in _spread(claim, line, bills):
            step = month - line.counts_month
            if 0 <= step < months:
                total += _parts(claim, amount, months)[step]
    return total


def _is_apart(line: Line, bills: BillSums) -> bool:
    """Whether a line is no recurring part: a one-off, a fraction, or the tax on a one-off."""
    if line.kind == "MRC":
        return line.period_days is not None and line.period_days < FRACTION_DAYS
    if line.kind not in _TAXES:
        return True
    on_bill = bills.get(line.bill_id, {})
    if line.service_id is not None:
        own = on_bill.get(line.service_id)
        return own is not None and own.one_off and not own.runs
    return any(each.one_off for each in on_bill.values()) and not any(
        each.runs for each in on_bill.values()
    )


def _spread(claim: Claim, line: Line, bills: BillSums) -> list[tuple[int, int]]:
    """Amounts of a claim, each with the number of months in which it counts."""
    if is_long(line.kind, line.period_months):
        return [(claim.micros, line.period_months or 1)]
    if line.kind == "MRC":
        return [(claim.micros, 1)]
    on_bill = bills.get(line.bill_id, {})
    if line.service_id is not None:
        own = on_bill.get(line.service_id)
        return [(claim.micros, own.tax_months if own else 1)]
    bearers = _bearers(on_bill)
    if not bearers:
        return [(claim.micros, 1)]
    shares = largest_remainder(claim.micros, [each.mrc_micros for each in bearers])
    return [(share, each.tax_months) for share, each in zip(shares, bearers, strict=True)]


def _bearers(on_bill: Mapping[int | None, OnBill]) -> list[OnBill]:
    """The services that bear account-level taxes of a bill, in service key order."""
    services = [each for service, each in on_bill.items() if service is not None]
    return sorted(
        (each for each in services if each.mrc_micros > 0), key=lambda each: each.service_key
    )


def _parts(claim: Claim, amount: int, months: int) -> list[int]:
    """The parts of a claim month by month; only its last months are claimed when a rule says so."""
    claimed = claim.flag.facts.get("months_claimed")
    if isinstance(claimed, int) and 0 < claimed < months:
        return [0] * (months - claimed) + monthly_parts(amount, claimed)
    return monthly_parts(amount, months)


@dataclass(frozen=True)
class ClaimedTaxes:
    """What findings claim of the taxes on each bill: by service (None: of the account)."""

    micros: dict[tuple[int, int | None], int] = field(default_factory=dict)

    def add(self, claims: Iterable[Claim]) -> None:
        """Note the claims on tax lines."""
        for claim in claims:
            line = claim.flag.line
            if line is not None and line.kind in _TAXES:
                place = (line.bill_id, line.service_id)
                self.micros[place] = self.micros.get(place, 0) + claim.micros


def follow_on_micros(claims: Iterable[Claim], bills: BillSums, taken: ClaimedTaxes) -> int:
    """Taxes and surcharges that go with the claimed MRC lines and that no finding claims.

    Per bill: the service's own, and its part of the account's in proportion to the MRC lines, both
    by the claimed part of its MRC lines; half up once a bill and service.
    """
    claimed: dict[tuple[int, int], int] = {}
    for claim in claims:
        line = claim.flag.line
        if line is not None and line.kind == "MRC" and line.service_id is not None:
            place = (line.bill_id, line.service_id)
            claimed[place] = claimed.get(place, 0) + claim.micros
    return sum(_follows(place, micros, bills, taken) for place, micros in claimed.items())


def _follows(place: tuple[int, int], micros: int, bills: BillSums, taken: ClaimedTaxes) -> int:
    bill_id, service_id = place
    on_bill = bills.get(bill_id, {})
    own = on_bill.get(service_id)
    if own is None or own.mrc_micros <= 0 or micros <= 0:
        return 0
    taxes = Fraction(own.tax_micros - taken.micros.get(place, 0))
    account = on_bill.get(None)
    if account is not None:
        whole = sum(each.mrc_micros for each in _bearers(on_bill))
        rest = account.tax_micros - taken.micros.get((bill_id, None), 0)
        taxes += Fraction(rest * own.mrc_micros, whole)
    return half_up(taxes * min(micros, own.mrc_micros) / own.mrc_micros)
