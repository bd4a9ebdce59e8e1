"""What a scenario projects for the calendar months that are measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from telecom_audit.store.project import Project


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
    """The stored plan of a scenario."""
    raise NotImplementedError
