"""What the manager's brief says in words."""

import subprocess
import sys

import pytest

from telecom_audit.report.found import Audit, Found, found_sentence
from telecom_audit.report.metrics import conventions_sentence, metric_lines, plan_sentence

METRICS = {
    "npv": "1000.00",
    "irr": 0.125,
    "mirr": -0.031,
    "payback_months": 17.26,
    "discounted_payback_months": 18.0,
    "roi": 0.5,
    "pi": 1.5,
    "total_savings": "1200.004999",
    "peak_funding": "-12345.50",
    "run_rate_annual": "600.00",
}


def document(discounting="month-end", notes=(), **changed):
    return {
        "scenario": "Plan",
        "start": "2025-01",
        "metrics": {**METRICS, **changed},
        "conventions": {
            "months": 36,
            "discount_rate": 0.0425,
            "discounting": discounting,
            "baseline": "baseline edition 2",
        },
        "notes": list(notes),
    }


def audit(proven=(0, 0), check=(0, 0), lead=(0, 0), findings=1):
    return Audit(
        tuple(
            Found(name, findings, monthly * 10**6, 12 * monthly * 10**6, recoverable * 10**6)
            for name, (monthly, recoverable) in (
                ("proven", proven),
                ("check", check),
                ("lead", lead),
            )
        ),
        set_aside=0,
    )


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (audit(proven=(10, 5), check=(20, 0)), "The audit found $360 a year, $120 of it proven"),
        (audit(proven=(10, 5)), "The audit found $120 a year, proven"),
        (audit(check=(0, 75), lead=(900, 0)), "The audit found $75 to recover"),
        (audit(lead=(900, 0)), "The audit found no amount to claim"),
        (audit(findings=0), "The audit found no errors"),
    ],
)
def test_the_audit_is_told_in_one_sentence_without_leads(found, said):
    assert found_sentence(found, "USD") == said


def test_values_have_their_units_and_a_true_minus():
    values = {line.name: line.value for line in metric_lines(document(), "USD")}
    assert values == {
        "Total savings": "1,200.00 USD",
        "Net present value (NPV)": "1,000.00 USD",
        "Internal rate of return (IRR)": "12.50\N{NO-BREAK SPACE}%",
        "Modified IRR (MIRR)": "−3.10\N{NO-BREAK SPACE}%",
        "Payback": "17.3 months",
        "Discounted payback": "18.0 months",
        "Return on investment (ROI)": "50.00\N{NO-BREAK SPACE}%",
        "Profitability index (PI)": "1.500",
        "Peak funding": "−12,345.50 USD",
        "Run rate a year": "600.00 USD",
    }


def test_a_metric_that_does_not_exist_says_why():
    notes = [
        "irr: no flow is negative: nothing is invested",
        "roi and pi: nothing is spent",
        "run_rate_annual: the forecast has fewer than 12 months",
    ]
    empty = dict.fromkeys(("irr", "roi", "pi", "run_rate_annual"))
    lines = {line.name: line for line in metric_lines(document(notes=notes, **empty), "USD")}
    assert lines["Internal rate of return (IRR)"].value == "none"
    for name, why in (
        ("Internal rate of return (IRR)", "no flow is negative: nothing is invested"),
        ("Return on investment (ROI)", "nothing is spent"),
        ("Profitability index (PI)", "nothing is spent"),
        ("Run rate a year", "the forecast has fewer than 12 months"),
    ):
        assert lines[name].formula.endswith(f"; there is none: {why}")


@pytest.mark.parametrize(
    ("discounting", "factor"),
    [
        ("month-end", "(1 + r) ^ (−t / 12)"),
        ("month-mid", "(1 + r) ^ (−(t − 0.5) / 12)"),
        ("year-end", "(1 + r) ^ −⌈t / 12⌉"),
        ("year-mid", "(1 + r) ^ −(⌈t / 12⌉ − 0.5)"),
        ("nominal-monthly", "(1 + r / 12) ^ −t"),
    ],
)
def test_the_formula_of_the_present_value_is_that_of_the_convention(discounting, factor):
    lines = {line.name: line.formula for line in metric_lines(document(discounting), "USD")}
    assert factor in lines["Net present value (NPV)"]
    assert "t = 0 … 36" in lines["Net present value (NPV)"]
    assert ("r / 12 a month" in lines["Modified IRR (MIRR)"]) == (discounting == "nominal-monthly")


def test_the_plan_and_its_conventions_are_told():
    assert plan_sentence(document(), "USD") == (
        "The plan saves $1.20\N{NO-BREAK SPACE}k in 36 months, "
        "a present value of $1.00\N{NO-BREAK SPACE}k"
    )
    assert plan_sentence(document(total_savings="-5.00"), "USD") == (
        "The plan costs $5 more than it saves in 36 months"
    )
    told = conventions_sentence(document())
    for words in ("r = 4.25\N{NO-BREAK SPACE}% a year, month-end", "baseline edition 2", "2025-01"):
        assert words in told


@pytest.mark.parametrize("slow", ["matplotlib", "pandas", "numpy"])
def test_orders_for_charts_and_pages_are_made_without_slow_libraries(slow):
    code = (
        "import sys, telecom_audit.tasks.chart_pictures, telecom_audit.tasks.printed_pages; "
        f"sys.exit({slow!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
