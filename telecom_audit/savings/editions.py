"""A frozen baseline: what it says, and how it is kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from functools import cached_property
from typing import Any

from telecom_audit.money import exact


@dataclass(frozen=True)
class BaselineService:
    """A service of the baseline and its monthly cost c(i), in micros.

    Attributes:
        vendor: the carrier's name.
        service: the spelling that came first, or `account:NUMBER`.
        service_key: the canonical key, or `account:NUMBER`.
        account: the account of the latest bill.
        service_type: as the latest bill says.
        site: as the latest bill says.
        mrc_micros: b_mrc, a month.
        tax_micros: b_tax, a month, allocated tax included.
        usage_micros: b_usage, a month.
        mrc_accounts: the accounts on which it has MRC lines in M - 2 … M.
        rare: it is billed in at most one of two months, so its price is an average.
    """

    vendor: str
    service: str
    service_key: str
    account: str
    service_type: str
    site: str
    mrc_micros: int
    tax_micros: int
    usage_micros: int
    mrc_accounts: tuple[str, ...]
    rare: bool = False

    @property
    def cost_micros(self) -> int:
        """c(i) = b_mrc + b_tax + b_usage."""
        return self.mrc_micros + self.tax_micros + self.usage_micros


@dataclass(frozen=True)
class Unallocated:
    """The monthly account-level tax and usage of an account that no service bears, in micros."""

    vendor: str
    account: str
    micros: int


@dataclass(frozen=True)
class Meter:
    """The average monthly payment of a payer to a vendor, in micros."""

    payer: str
    vendor: str
    average_micros: int


@dataclass(frozen=True)
class Baseline:
    """An edition of the baseline, as it was frozen.

    Attributes:
        edition: 1 for the first.
        through: M, the last month of the window.
        months: how many months the window has.
        escalator_text: g as it was given, a decimal a year.
        services: what is saved against.
        unallocated: by account.
        payments: the meters of payments.
    """

    edition: int
    through: int
    months: int
    escalator_text: str
    services: tuple[BaselineService, ...]
    unallocated: tuple[Unallocated, ...]
    payments: tuple[Meter, ...]

    @property
    def escalator(self) -> Fraction:
        """g, exactly."""
        return exact(self.escalator_text)

    @property
    def first(self) -> int:
        """The first month of the window."""
        return self.through - self.months + 1

    @property
    def unallocated_micros(self) -> int:
        """The unallocated_baseline of a month."""
        return sum(account.micros for account in self.unallocated)

    @cached_property
    def by_key(self) -> Mapping[tuple[str, str], BaselineService]:
        """Vendor's name and service key -> the service."""
        return {(service.vendor, service.service_key): service for service in self.services}


_SERVICE = tuple(field.name for field in fields(BaselineService))


def detail(baseline: Baseline) -> dict[str, object]:
    """The baseline as a JSON document, services as lists to keep it small."""
    return {
        "edition": baseline.edition,
        "through": baseline.through,
        "months": baseline.months,
        "escalator_text": baseline.escalator_text,
        "services": [[getattr(one, name) for name in _SERVICE] for one in baseline.services],
        "unallocated": [asdict(one) for one in baseline.unallocated],
        "payments": [asdict(one) for one in baseline.payments],
    }


def from_detail(kept: Mapping[str, Any]) -> Baseline:
    """The baseline of a document that `detail` made."""
    return Baseline(
        kept["edition"],
        kept["through"],
        kept["months"],
        kept["escalator_text"],
        tuple(_service(values) for values in kept["services"]),
        tuple(Unallocated(**one) for one in kept["unallocated"]),
        tuple(Meter(**one) for one in kept["payments"]),
    )


def _service(values: list[Any]) -> BaselineService:
    named = dict(zip(_SERVICE, values, strict=True))
    return BaselineService(**{**named, "mrc_accounts": tuple(named["mrc_accounts"])})
