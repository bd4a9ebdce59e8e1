"""How a measurement is answered as JSON (the contract, sections 1 and 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telecom_audit.money import money_text
from telecom_audit.months import month_text
from telecom_audit.savings.measurement import MonthFigures, Share

if TYPE_CHECKING:
    from telecom_audit.tasks.measure import Measurement

WAITING_REMEDY = (
    "Import the missing bill, or record the account's last month:"
    " telecom-audit end-account PROJECT VENDOR ACCOUNT MONTH --by NAME."
)
_NO_SCENARIO = "projected is null because no scenario was named"


def measure_answer(measurement: Measurement) -> dict[str, Any]:
    """What `measure --json` answers."""
    figures = measurement.measured_figures
    realized = sum(one.realized for one in figures)
    answer: dict[str, Any] = {
        "edition": measurement.baseline.edition,
        "scenario": measurement.plan.scenario,
        "through": month_text(measurement.through),
        "provisional_from": (
            month_text(measurement.provisional.start) if measurement.provisional else None
        ),
        "months": [_month(measurement, one) for one in measurement.figures],
        **_against_plan(measurement, realized),
        "realized_total": money_text(realized),
        "realized_recurring_total": money_text(sum(one.realized_recurring for one in figures)),
        "one_off_total": money_text(sum(one.one_off for one in figures)),
        "unallocated": money_text(sum(one.unallocated for one in figures)),
        "waiting_for": [
            {"vendor": one.vendor, "account": one.account, "since": month_text(one.since)}
            for one in measurement.waiting
        ],
        "remedy": WAITING_REMEDY if measurement.waiting else None,
        "payments": [
            {
                "month": month_text(one.month),
                "payer": one.payer,
                "vendor": one.vendor,
                "counterfactual": money_text(one.counterfactual),
                "actual": money_text(one.actual),
                "realized": money_text(one.counterfactual - one.actual),
            }
            for one in measurement.payments
        ],
        "notes": [] if measurement.plan.scenario else [_NO_SCENARIO],
    }
    if measurement.by:
        key, shares = measurement.by
        answer["by"] = {key: [_share(key, one) for one in shares]}
    return answer


def _against_plan(measurement: Measurement, realized: int) -> dict[str, Any]:
    if measurement.plan.scenario is None:
        return {"bridge": [], "projected_total": None}
    projected = sum(measurement.plan.projected(month) or 0 for month in measurement.measured)
    return {
        "bridge": [{"effect": "total", "amount": money_text(realized - projected)}],
        "projected_total": money_text(projected),
    }


def _month(measurement: Measurement, one: MonthFigures) -> dict[str, Any]:
    projected = measurement.plan.projected(one.month)
    return {
        "month": month_text(one.month),
        "counterfactual": money_text(one.counterfactual),
        "actual": money_text(one.actual),
        "realized": money_text(one.realized),
        "one_off": money_text(one.one_off),
        "realized_recurring": money_text(one.realized_recurring),
        "projected": None if projected is None else money_text(projected),
        "provisional": one.month in measurement.provisional,
    }


def _share(key: str, one: Share) -> dict[str, str]:
    vendor = {"vendor": one.vendor} if key == "service" else {}
    return {
        key: one.name,
        **vendor,
        "counterfactual": money_text(one.counterfactual),
        "actual": money_text(one.actual),
        "realized": money_text(one.counterfactual - one.actual),
    }
