"""The headline of a project: found, planned, realized so far, against plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from telecom_audit.money import micros_from_text


def headline(
    findings: Mapping[str, Any], forecast: Mapping[str, Any], measured: Mapping[str, Any]
) -> dict[str, Any]:
    """The four figures, from the documents that `findings`, `forecast` and `measure` answer.

    `against_plan` is the realized total over the projected one, one-off lines in both; null when
    nothing was projected to be saved in these months.
    """
    counted = Counter(one["confidence"] for one in findings["findings"])
    found = {
        confidence: {"findings": counted[confidence], **totals}
        for confidence, totals in findings["totals"].items()
    }
    months = [one["month"] for one in measured["months"] if not one["provisional"]]
    projected = micros_from_text(measured["projected_total"])
    realized = micros_from_text(measured["realized_total"])
    return {
        "found": found,
        "planned": {
            "total_savings": forecast["metrics"]["total_savings"],
            "run_rate_annual": forecast["metrics"]["run_rate_annual"],
            "months": sum(one["month"] != "upfront" for one in forecast["months"]),
        },
        "realized": {
            "recurring": measured["realized_recurring_total"],
            "total": measured["realized_total"],
            "projected": measured["projected_total"],
            "through": measured["through"],
            "months": len(months),
        },
        "against_plan": round(realized / projected, 4) if projected > 0 else None,
        "notes": []
        if projected > 0
        else ["against_plan: no saving was projected for the measured months"],
    }
