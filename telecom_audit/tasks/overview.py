"""Where a project stands: found, planned, realized, what is next, and what changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from telecom_audit.drawing.amounts import exact_money, percent
from telecom_audit.money import cents
from telecom_audit.months import month_text
from telecom_audit.progress import SILENT, Progress
from telecom_audit.store import browse, browse_tables, findings
from telecom_audit.store.audit_facts import latest_bill_day
from telecom_audit.store.baselines import latest_edition
from telecom_audit.store.interruption import interruptible
from telecom_audit.store.project import Project, open_project
from telecom_audit.tasks.baseline_bills import CountedBills, counted_bills
from telecom_audit.tasks.figures import (
    Door,
    Figure,
    FindingsDoor,
    ForecastDoor,
    MeasureDoor,
    TableDoor,
)
from telecom_audit.tasks.findings_figures import WAITING, WORDS, Found, found
from telecom_audit.tasks.forecast import forecast
from telecom_audit.tasks.measure import Measurement, MeasureOrder, measured
from telecom_audit.tasks.overview_news import NewsGroup, news
from telecom_audit.tasks.scenarios import KeptScenario, kept_scenarios

_TABLES = (
    (browse_tables.IMPORTS, "Files imported"),
    (browse_tables.INVOICES, "Invoices"),
    (browse_tables.CHARGES, "Bill lines"),
    (browse_tables.PAYMENTS, "Payments"),
)


class Step(StrEnum):
    """What a person does next to get a figure that does not exist yet."""

    NONE = ""
    IMPORT = "import"
    AUDIT = "audit"
    FREEZE = "freeze"
    SCENARIO = "scenario"


@dataclass(frozen=True)
class Group:
    """One group of headline figures.

    Attributes:
        key: "found", "planned", "realized" or "next".
        title: its head.
        headline: the large figure; None when there is none yet.
        unit: what the headline counts, under it.
        lines: smaller figures under it, each with the words before it.
        remark: a sentence under them: why there is no figure, or on what it stands.
        step: what to do next.
    """

    key: str
    title: str
    headline: Figure | None = None
    unit: str = ""
    lines: tuple[tuple[str, Figure], ...] = ()
    remark: str = ""
    step: Step = Step.NONE


@dataclass(frozen=True)
class Measured:
    """What the bills must be read for.

    Attributes:
        realized: the group.
        chart_scenario: what the savings chart compares with; None for savings alone.
        has_chart: whether there is anything to draw.
        news: what changed since the month before.
        news_of: the last month with bills ("2025-12"); empty without bills.
    """

    realized: Group
    chart_scenario: str | None
    has_chart: bool
    news: tuple[NewsGroup, ...]
    news_of: str


def overview(path: Path, progress: Progress = SILENT) -> tuple[Group, ...]:
    """What is found, planned and next: known at once, however many bills there are; a job.

    Raises:
        TelecomAuditError: the file cannot be opened.
        CancelledError: the person asked to stop.
    """
    with open_project(path) as project:
        with project.read() as connection:
            known = found(connection)
            has_audit = findings.newest_audit(connection) is not None
            has_bills = latest_bill_day(connection) is not None
            following = _next(project, known if has_audit else None)
        progress.check()
        planned = _planned(project, _scenario(project))
        currency = project.settings.currency
        found_group = _found(known, currency, _audit_step(has_bills=has_bills, has_audit=has_audit))
        groups = (found_group, planned, following)
        return groups if _has_files(project) else tuple(map(_after_import, groups))


def overview_measured(path: Path, progress: Progress = SILENT) -> Measured:
    """What is realized, and what changed since the month before; a job that reads all bills.

    Raises:
        TelecomAuditError: the file cannot be opened.
        CancelledError: the person asked to stop.
    """
    with open_project(path) as project:
        with interruptible(project.connection, progress), project.read() as connection:
            counted = counted_bills(connection, progress)
            known = found(connection)
        progress.check()
        scenario = _scenario(project)
        realized, measurement = _realized(project, scenario, counted)
        progress.check()
        waiting = measurement.waiting if measurement and measurement.figures else None
        return Measured(
            realized if _has_files(project) else _after_import(realized),
            _measurable(scenario),
            bool(measurement and measurement.figures),
            news(counted, known, waiting, project.settings.currency),
            month_text(counted.last_month) if len(counted.bills.month) else "",
        )


def _scenario(project: Project) -> KeptScenario | None:
    """The first scenario by name that can be measured, else the first."""
    kept = kept_scenarios(project)
    return next((each for each in kept if not each.not_measurable), kept[0] if kept else None)


def _has_files(project: Project) -> bool:
    return browse.row_count(project.connection, browse_tables.IMPORTS) > 0


def _after_import(group: Group) -> Group:
    """The group of a project without files, where importing is the one next step."""
    return group if group.step is Step.IMPORT else replace(group, step=Step.NONE)


def _measurable(scenario: KeptScenario | None) -> str | None:
    return scenario.plan.name if scenario and not scenario.not_measurable else None


def _shown(key: str, caption: str, micros: int, door: Door) -> Figure:
    """An amount at a glance: shown to the cent, exact in its micros."""
    return Figure(key, caption, exact_money(cents(micros)), micros, door)


def _audit_step(*, has_bills: bool, has_audit: bool) -> Step:
    if not has_bills:
        return Step.IMPORT
    return Step.NONE if has_audit else Step.AUDIT


def _found(known: Found, currency: str, step: Step) -> Group:
    if step is Step.IMPORT:
        return Group("found", "Found", remark="Import bills, then run the audit.", step=step)
    if step is Step.AUDIT:
        return Group("found", "Found", remark="No audit has run yet.", step=step)
    door = FindingsDoor("annual")
    lines = []
    for confidence, words in WORDS.items():
        part = FindingsDoor("annual", confidence)
        caption = f"Found, {words}, {currency} a year"
        if confidence != "lead" or known.behind(part):
            lines.append((words, known.amount(f"found-{confidence}", caption, part)))
    back = FindingsDoor("recoverable")
    lines.append(
        ("recoverable", known.amount("found-recoverable", f"Recoverable, {currency}", back))
    )
    headline = _shown("found", f"Found, {currency} a year", known.micros(door), door)
    return Group("found", "Found", headline, f"{currency} a year", tuple(lines))


def _planned(project: Project, scenario: KeptScenario | None) -> Group:
    if scenario is None:
        remark = "A scenario says what a migration will cost and save."
        return Group("planned", "Planned", remark=remark, step=Step.SCENARIO)
    name = scenario.plan.name
    metrics = forecast(project, name).metrics
    currency, months = project.settings.currency, scenario.plan.months

    def line(words: str, key: str, micros: int | None) -> tuple[str, Figure]:
        caption, door = f"Planned, {words}, {currency}", ForecastDoor(name, key)
        if micros is None:
            return words, Figure(f"planned-{key}", caption, "none", None, None)
        return words, _shown(f"planned-{key}", caption, micros, door)

    door = ForecastDoor(name, "total_savings")
    unit = f"{currency} in {months} months"
    return Group(
        "planned",
        "Planned",
        _shown("planned", f"Planned savings, {unit}", metrics.total_savings, door),
        unit,
        (
            line("a year, run rate", "run_rate_annual", metrics.run_rate_annual),
            line("net present value", "npv", metrics.npv),
        ),
        f"{name}. {scenario.not_measurable}".removesuffix(". "),
    )


def _realized(
    project: Project, scenario: KeptScenario | None, counted: CountedBills
) -> tuple[Group, Measurement | None]:
    if not latest_edition(project.connection):
        remark = "A frozen baseline says what the bills came to before the change."
        return Group("realized", "Realized", remark=remark, step=Step.FREEZE), None
    name = _measurable(scenario)
    measurement = measured(project, MeasureOrder(scenario=name), known=counted)
    if measurement.measured_figures:
        return _realized_figures(project.settings.currency, name, measurement), measurement
    if measurement.payments and not measurement.figures:
        remark = "Without bills there are only payments; Savings shows them against their average."
        return Group("realized", "Realized", remark=remark), measurement
    remark = (
        f"The baseline ends in {month_text(measurement.baseline.through)}. "
        "Import the bills of the months after it."
    )
    return Group("realized", "Realized", remark=remark, step=Step.IMPORT), measurement


def _realized_figures(currency: str, name: str | None, measurement: Measurement) -> Group:
    figures = measurement.measured_figures
    recurring = sum(one.realized_recurring for one in figures)
    total = sum(one.realized for one in figures)
    period = f"{month_text(figures[0].month)} … {month_text(figures[-1].month)}"
    door = MeasureDoor(name, "realized_recurring_total")
    caption = f"Realized, recurring, {currency}, {period}"
    with_one_off = _shown(
        "realized-total",
        f"Realized with one-off charges, {currency}, {period}",
        total,
        MeasureDoor(name, "realized_total"),
    )
    return Group(
        "realized",
        "Realized",
        _shown("realized", caption, recurring, door),
        f"{currency} recurring, {period}",
        (("with one-off", with_one_off), *_against_plan(currency, name, measurement)),
        "",
    )


def _against_plan(
    currency: str, name: str | None, measurement: Measurement
) -> tuple[tuple[str, Figure], ...]:
    if name is None:
        return ()
    total = sum(one.realized for one in measurement.measured_figures)
    projected = sum(measurement.plan.projected(month) or 0 for month in measurement.measured)
    plan = _shown(
        "realized-projected",
        f"Planned for these months, {currency}",
        projected,
        MeasureDoor(name, "projected_total"),
    )
    share = Figure(
        "realized-share",
        "Realized with one-off charges, as a share of plan",
        percent(total, projected) if projected > 0 else "none planned",
        None,
        MeasureDoor(name, "realized_total"),
    )
    return ("planned for these", plan), ("share of plan", share)


def _next(project: Project, known: Found | None) -> Group:
    lines = [
        (
            caption,
            Figure(
                f"next-{table.key}",
                caption,
                f"{browse.row_count(project.connection, table):,}",
                None,
                TableDoor(table.key),
            ),
        )
        for table, caption in _TABLES
    ]
    if known is None:
        return Group("next", "Next", lines=tuple(lines))
    waiting = known.count("next", "Findings to check", WAITING)
    return Group("next", "Next", waiting, "findings to check", tuple(lines))
