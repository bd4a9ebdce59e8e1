"""Which bill lines are asked for: a plain value, cheap to import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from telecom_audit.store.bill_lines import LineFilter


@dataclass(frozen=True)
class LinesOrder:
    """Which lines are asked for; several conditions must all hold.

    Attributes:
        finding: the id of a finding whose claimed lines are wanted.
        month: the month (a month number) in which lines count.
        service: a spelling as billed or a canonical key, or `account:NUMBER`.
        vendors: vendors' names, of which one must match.
        kind: "bill" for bill lines alone, "payment" for payments alone; empty: both.
        one_off: of what counts in the month only what `measure` answers as `one_off`.
    """

    finding: int | None = None
    month: int | None = None
    service: str | None = None
    vendors: tuple[str, ...] = ()
    kind: str = ""
    one_off: bool = False

    @property
    def has_condition(self) -> bool:
        """Whether anything narrows the answer; a kind alone does not."""
        return bool(self.vendors) or (self.finding, self.month, self.service) != (None, None, None)

    @property
    def vendor_keys(self) -> list[str] | None:
        """The canonical keys of the vendors, None for all vendors."""
        from telecom_audit.identifiers import vendor_key  # the window starts without it

        return [vendor_key(vendor) for vendor in self.vendors] or None

    def rows_of(self, charges: list[int] | None) -> LineFilter:
        """The filter for these charges (None: all of them)."""
        from telecom_audit.identifiers import service_key
        from telecom_audit.store.bill_lines import LineFilter

        key = None if self.service is None else service_key(self.service)
        return LineFilter(charges, self.service, key, self.vendor_keys)
