"""What a scenario projects for the calendar months that are measured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from telecom_audit.errors import RefusedError
from telecom_audit.store.project import Project
from telecom_audit.tasks.forecast import forecast
from telecom_audit.tasks.scenarios import kept_scenario


@dataclass(frozen=True)
class Plan:
    """The plan of a scenario.

    Attributes:
        scenario: its name, None without a scenario.
        edition: the edition of the baseline that is stored with it.
        last_month: its month N, as a month number.
        net: month number -> net micros; upfront counts in its month 1.
    """

    scenario: str | None = None
    edition: int | None = None
    last_month: int | None = None
    net: Mapping[int, int] = field(default_factory=dict)

    def projected(self, month: int) -> int | None:
        """The net of the month, 0 before the start; None without a scenario."""
        return None if self.scenario is None else self.net.get(month, 0)


NO_PLAN = Plan()


def scenario_plan(project: Project, scenario: str, edition: int | None) -> Plan:
    """The stored plan of a scenario.

    Args:
        project: the open project.
        scenario: its name.
        edition: the edition that was asked for, None for the scenario's.

    Raises:
        UsageError: there is no such scenario.
        RefusedError: it has no baseline, or another edition than the one asked for.
    """
    kept = kept_scenario(project, scenario)
    stored = kept.plan.edition
    if stored is None:
        raise RefusedError(
            f"{scenario!r} cannot be measured: {kept.not_measurable}",
            "Freeze a baseline that ends before the scenario starts, and add the scenario again.",
        )
    if edition not in (None, stored):
        raise RefusedError(
            f"{scenario!r} was stored with edition {stored} of the baseline, not {edition}",
            "Leave out --edition, or add the scenario again under the edition that holds.",
        )
    start = kept.plan.start
    net: dict[int, int] = defaultdict(int)
    for one in forecast(project, scenario).months:
        net[start if one.month is None else one.month] += one.net
    return Plan(scenario, stored, start + kept.plan.months - 1, dict(net))
