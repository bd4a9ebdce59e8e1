"""What the figures of the Savings page are called, and how each comes about."""

from __future__ import annotations

from telecom_audit.months import month_text

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

MEASURED = {
    "counterfactual": (
        "Expected: what the services of the frozen baseline would cost in this month, with the "
        "baseline's escalator, what no service owns, and adjustments."
    ),
    "actual": "Billed: every line that counts in this month, of all vendors.",
    "realized": "Realized = expected − billed, one-off charges and credits included.",
    "one_off": "One-off: single charges and credits of this month; recurring leaves them out.",
    "realized_recurring": "Recurring = realized + one-off: what the month saved for good.",
    "projected": "Projected: the net of the scenario's forecast in this month.",
    "realized_total": "The sum of the column Realized over the complete months.",
    "realized_recurring_total": "The sum of the column Recurring over the complete months.",
    "one_off_total": "The sum of the column One-off over the complete months.",
    "projected_total": "The sum of the column Projected over the complete months.",
    "through": "The last month of the unbroken run of months whose expected bills are all in.",
    "provisional_from": "From this month on bills are missing; its figures are in no total.",
    "waiting_for": "Import the missing bill, or record the account's last month with end-account.",
}
FORECAST = {
    "baseline": "Baseline: what the services of the plan would cost if nothing were changed.",
    "legacy": "Legacy: what is still paid for the old services while the waves move.",
    "new_recurring": "New recurring: the monthly charges of what replaces them.",
    "one_time": "One-time: what the move costs once, in the month in which it is paid.",
    "termination": "Termination: what leaving contracts early costs.",
    "net": "Net = baseline − legacy − new recurring − one-time − termination.",
    "cumulative": "Cumulative: the sum of net up to this month, upfront costs included.",
    "npv": "Net present value of the monthly net at the scenario's discount rate.",
    "irr": "The yearly rate at which the net present value is nil.",
    "mirr": "The yearly rate of return with funding and returns at the discount rate.",
    "payback_months": "Months until the cumulative net stays at or above nil.",
    "discounted_payback_months": "The same with every month's net discounted.",
    "roi": "(Present value of recurring savings − that of one-time costs) / the latter.",
    "pi": "1 + ROI.",
    "total_savings": "The sum of net over all months: the last cumulative amount.",
    "peak_funding": "The deepest point of the cumulative net: what must be funded.",
    "run_rate_annual": "Twelve times the net of the last month, when everything has moved.",
}
EFFECTS = {
    "total": "All effects together",
    "adjustment": "Adjustments of the baseline",
    "audit": "Left to the audit",
    "timing": "Waves moved earlier or later",
    "price": "Prices other than planned",
    "volume": "Quantities other than planned",
    "tax": "Taxes and surcharges",
    "usage": "Usage",
    "one_time": "One-time costs",
    "new_demand": "New demand",
    "unallocated": "Lines without a service",
}


def month_words(month: int) -> str:
    """A month number in words: "March 2025"."""
    return f"{MONTHS[month % 12]} {month // 12}"


def effect_words(effect: str) -> str:
    """An effect of the bridge in words."""
    return EFFECTS.get(effect, effect.replace("_", " ").capitalize())


def months_words(first: int, last: int) -> str:
    """A span of months: "2025-01 … 2025-12", or the one month."""
    return month_text(first) if first == last else f"{month_text(first)} … {month_text(last)}"


def counted(number: int, one: str) -> str:
    """A number with its noun: "1 account", "2 accounts"."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"
