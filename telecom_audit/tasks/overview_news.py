"""What changed since the month before: services that came and went, missing bills, new findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from telecom_audit.drawing.amounts import exact_money
from telecom_audit.months import month_text
from telecom_audit.savings.bill_lines import RECURRING, Numbers
from telecom_audit.savings.placement import Parts
from telecom_audit.tasks.baseline_bills import CountedBills
from telecom_audit.tasks.figures import Figure, FindingsDoor, LinesDoor, MeasureDoor
from telecom_audit.tasks.findings_figures import Found
from telecom_audit.tasks.lines_order import LinesOrder
from telecom_audit.tasks.measure import Waiting

MOST_LISTED = 20


@dataclass(frozen=True)
class NewsLine:
    """One thing that changed: a sign ("+", "−", "!"), whom it is about, and its number."""

    sign: str
    words: str
    figure: Figure


@dataclass(frozen=True)
class NewsGroup:
    """Things that changed alike; `remark` says that there are none, or that not all are listed."""

    title: str
    lines: tuple[NewsLine, ...]
    remark: str = ""


def news(
    counted: CountedBills, known: Found, waiting: Sequence[Waiting] | None, currency: str
) -> tuple[NewsGroup, ...]:
    """What changed, each line with the door to what is behind it.

    Args:
        counted: the project's bills.
        known: the findings of the newest audit.
        waiting: the accounts whose missing bills stop the measurement; None when nothing is
            measured.
        currency: of the project.
    """
    groups = [] if known.is_of_first_audit else [_findings(known)]
    if len(counted.bills.month):
        groups += _services(counted, currency)
    if waiting is not None:
        groups.append(_missing(waiting))
    return tuple(groups)


def _findings(known: Found) -> NewsGroup:
    title, door = "New findings", FindingsDoor("count", is_new=True)
    if not known.behind(door):
        return NewsGroup(title, (), "The newest audit found nothing that one before had not.")
    figure = known.count("news-findings", "Findings that no audit before the newest had", door)
    return NewsGroup(title, (NewsLine("+", "found first by the newest audit", figure),))


def _missing(waiting: Sequence[Waiting]) -> NewsGroup:
    lines = [
        NewsLine(
            "!",
            f"{one.vendor}, account {one.account}",
            Figure(
                f"news-missing-{place}",
                f"Bill missing of {one.vendor}, account {one.account}",
                f"since {month_text(one.since)}",
                None,
                MeasureDoor(None, "waiting_for"),
            ),
        )
        for place, one in enumerate(waiting)
    ]
    remark = _cut(len(lines)) if lines else "No bill is missing."
    return NewsGroup("Invoices missing", tuple(lines[:MOST_LISTED]), remark)


def _services(counted: CountedBills, currency: str) -> list[NewsGroup]:
    """Services first billed in the last month, and those billed no more in it."""
    last = counted.last_month
    own = counted.parts.where(counted.parts.own & (counted.parts.service >= 0))
    came, went = _came(own, last), _went(counted, own, last)
    if not len(came) and not len(went):
        remark = f"None was first billed in {month_text(last)}, and none ended."
        return [NewsGroup("Services", (), remark)]
    groups = [
        _listed(counted, currency, (came, last, "+", "Services first billed in")),
        _listed(counted, currency, (went, last - 1, "−", "Services last billed in")),
    ]
    return [group for group in groups if group.lines]


def _came(own: Parts, last: int) -> Numbers:
    """The services with lines in the last month and in none before."""
    if not (own.month < last).any():
        return np.zeros(0, np.int64)
    in_last = np.unique(own.service[own.month == last])
    return np.setdiff1d(in_last, own.service[own.month < last])


def _went(counted: CountedBills, own: Parts, last: int) -> Numbers:
    """The services with recurring lines in the two months before the last and none in it.

    Only where a bill of their account is in for the last month, so that a missing bill ends none.
    """
    recurring = own.where(own.part == RECURRING)
    billed = np.unique(counted.parts.account[counted.parts.month == last])
    before = recurring.where(np.isin(recurring.account, billed))
    both = np.intersect1d(
        before.service[before.month == last - 1], before.service[before.month == last - 2]
    )
    return np.setdiff1d(both, own.service[own.month == last])


def _listed(
    counted: CountedBills, currency: str, group: tuple[Numbers, int, str, str]
) -> NewsGroup:
    services, month, sign, title = group
    parts = counted.parts
    here = parts.where(parts.own & (parts.month == month) & np.isin(parts.service, services))
    sums: dict[int, int] = dict.fromkeys(services.tolist(), 0)
    for service, amount in zip(here.service.tolist(), here.amount.tolist(), strict=True):
        sums[service] += amount
    largest = sorted(sums, key=lambda service: (-abs(sums[service]), service))[:MOST_LISTED]
    lines = []
    for service in largest:
        known = counted.names.services[service]
        lines.append(
            NewsLine(
                sign,
                f"{known.name}, {known.vendor}",
                Figure(
                    f"news-{sign}-{service}",
                    f"Billed for {known.name} in {month_text(month)}, {currency}",
                    exact_money(sums[service]),
                    sums[service],
                    LinesDoor(LinesOrder(month=month, service=known.key, vendors=(known.vendor,))),
                ),
            )
        )
    return NewsGroup(f"{title} {month_text(month)}", tuple(lines), _cut(len(sums)))


def _cut(count: int) -> str:
    return f"Only the largest {MOST_LISTED} are listed." if count > MOST_LISTED else ""
