"""Credits on later bills, set against claims once, in order of precedence.

Source: the contract, section 6, "Credits".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from telecom_audit.audit.claims import Claim, Draft, Flag, Line

_FREE_CLASSES = frozenset({"CRD", "ADJ", "OCC"})
_DISCOUNT_CLASSES = frozenset({"MRC", "CRD", "ADJ"})


class Matched:
    """The claims of one finding, and what credits took back of them, the oldest first."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = claims
        self.open = [claim.micros for claim in claims]
        self.credits: dict[int, int] = {}

    @property
    def total(self) -> int:
        """What is still open."""
        return sum(self.open)

    def take(self, charge_id: int, micros: int, positions: Iterable[int]) -> int:
        """Set a credit against the claims at some positions; the answer is what was used."""
        left = min(micros, max(0, self.total))
        used = 0
        for position in positions:
            part = max(0, min(left - used, self.open[position]))
            self.open[position] -= part
            used += part
        if used:
            self.credits[charge_id] = self.credits.get(charge_id, 0) + used
        return used


class Credits:
    """The negative lines of the loaded bills, and what is left of each."""

    def __init__(self, lines: Iterable[Line], totals: Mapping[int, int]) -> None:
        """Take the negative lines, oldest first, and the total of each bill by its id."""
        self._by_account: dict[int, list[Line]] = {}
        self._left: dict[int, int] = {}
        self._totals = totals
        self._covered: dict[int, int] = {}
        for line in sorted(lines, key=lambda line: (line.bill_day, line.charge_id)):
            self._by_account.setdefault(line.account_id, []).append(line)
            self._left[line.charge_id] = -line.amount_micros

    def give_back(self, flag: Flag) -> int:
        """What a rule took off by lower lines that stronger claims have used; uses the rest."""
        wanted = flag.offset_micros
        if not wanted or flag.line is None:
            return 0
        for line in self._by_account.get(flag.line.account_id, []):
            if (
                line.bill_id == flag.line.bill_id
                and line.service_id == flag.line.service_id
                and line.kind in _DISCOUNT_CLASSES
            ):
                wanted -= self._use(line, wanted)
        return wanted

    def match(self, draft: Draft, claims: Sequence[Claim]) -> Matched:
        """Set credits against the claims of the next finding in order of precedence."""
        matched = Matched(claims)
        self._take_own_discounts(claims)
        self._take_within_rule(matched)
        self._take_covered_bills(matched)
        for line in self._candidates(claims, draft):
            if self._is_same_charge(line, claims, draft):
                used = matched.take(line.charge_id, self._left[line.charge_id], range(len(claims)))
                self._use(line, used)
        for line in self._candidates(claims, draft):
            if line.kind in _FREE_CLASSES and matched.total > 0:
                self._take_equal(line, matched)
        return matched

    def _use(self, line: Line, micros: int) -> int:
        used = min(self._left[line.charge_id], micros)
        self._left[line.charge_id] -= used
        return used

    def _take_own_discounts(self, claims: Iterable[Claim]) -> None:
        """A standing discount that is claimed itself is no credit any more."""
        for claim in claims:
            if claim.micros < 0 and claim.flag.line and claim.flag.line.charge_id in self._left:
                self._left[claim.flag.line.charge_id] = 0

    def _take_within_rule(self, matched: Matched) -> None:
        for position, claim in enumerate(matched.claims):
            credit_id = claim.flag.credit_id
            if credit_id is not None and credit_id in self._left:
                used = matched.take(credit_id, self._left[credit_id], [position])
                self._left[credit_id] -= used

    def _take_covered_bills(self, matched: Matched) -> None:
        for position, claim in enumerate(matched.claims):
            credit_id = self._covered.get(claim.flag.bill.bill_id)
            if credit_id is not None:
                matched.take(credit_id, matched.open[position], [position])

    def _candidates(self, claims: Sequence[Claim], draft: Draft) -> list[Line]:
        """Lines of the account dated from the first claimed line on, of its services or none."""
        if not claims:
            return []
        bill = claims[0].flag.bill
        services = {claim.flag.line.service_id for claim in claims if claim.flag.line}
        return [
            line
            for line in self._by_account.get(bill.account_id, [])
            if line.bill_day >= draft.first_day
            and self._left[line.charge_id] > 0
            and (line.service_id is None or line.service_id in services)
        ]

    def _is_same_charge(self, line: Line, claims: Iterable[Claim], draft: Draft) -> bool:
        if line.kind in draft.rule.credit_classes:
            return True
        return any(
            claim.flag.line is not None
            and claim.flag.line.service_id == line.service_id
            and claim.flag.line.charge_code == line.charge_code
            for claim in claims
        )

    def _take_equal(self, line: Line, matched: Matched) -> None:
        """A credit that equals the open claim, a run of its lines, or the total of one bill."""
        size = self._left[line.charge_id]
        if size != -line.amount_micros:
            return
        run = range(len(matched.open)) if size == matched.total else _run(matched.open, size)
        if run is not None:
            self._use(line, matched.take(line.charge_id, size, run))
            return
        for claim in matched.claims:
            bill = claim.flag.bill
            if (
                self._totals.get(bill.bill_id) == size
                and bill.bill_day <= line.bill_day
                and bill.bill_id != line.bill_id
            ):
                self._covered[bill.bill_id] = line.charge_id
                self._left[line.charge_id] = 0
                self._take_covered_bills(matched)
                return


def _run(amounts: Sequence[int], size: int) -> range | None:
    """The positions of neighbouring amounts that come to a size; None when there are none."""
    starts = {0: 0}
    total = 0
    for position, amount in enumerate(amounts):
        total += amount
        if total - size in starts:
            return range(starts[total - size], position + 1)
        starts[total] = position + 1
    return None
