"""Ramps, shares and escalators of a plan, month by month, as exact fractions."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from telecom_audit.migration.plan import MIGRATING, Plan, PlannedService, Wave


@cache
def escalation(rate: Fraction, years: int) -> Fraction:
    """(1 + e) ^ years."""
    return (1 + rate) ** years


def item_escalation(rate: Fraction, month: int) -> Fraction:
    """E(t, e) of a new item in month t = 1 … N."""
    return escalation(rate, (month - 1) // 12)


def legacy_escalation(plan: Plan, month: int) -> Fraction:
    """E(t, legacy_escalator): steps are counted from M + 1 when there is a baseline."""
    return escalation(plan.legacy_escalator, (plan.start + month - 1 - plan.steps_from) // 12)


def cutover_month(plan: Plan, wave: Wave) -> int:
    """k: the wave's cutover as a month of the plan (1 = the start)."""
    return wave.cutover - plan.start + 1


def ramp(plan: Plan, wave: Wave, month: int) -> Fraction:
    """R(w, t): the part of the wave that has moved in month t."""
    moved = Fraction(month - cutover_month(plan, wave) + 1, wave.ramp_months)
    return min(Fraction(1), max(Fraction(0), moved))


def legacy_delay(wave: Wave, action: str) -> int:
    """How many months after the cutover the old service is paid on."""
    dual_run = wave.dual_run_months if action in MIGRATING else 0
    return dual_run + wave.billing_lag_months


def keep(plan: Plan, service: PlannedService, month: int) -> Fraction:
    """The part of a service that is still paid in month t ("keep"); it follows no other."""
    if service.wave is None:
        return Fraction(1)
    wave = plan.waves[service.wave]
    return 1 - ramp(plan, wave, month - legacy_delay(wave, service.action))


def last_billed_month(plan: Plan, wave: Wave, action: str) -> int:
    """The last month t with keep > 0, not before 1, of a service that moves with a wave."""
    delay = legacy_delay(wave, action)
    return max(1, cutover_month(plan, wave) + delay + wave.ramp_months - 2)


def wave_parts(plan: Plan) -> list[tuple[Wave, Fraction]]:
    """Each wave with its part of the services that shares count."""
    counted = plan.share_services()
    return [
        (wave, Fraction(sum(service.wave == index for service in counted), len(counted)))
        for index, wave in enumerate(plan.waves)
        if counted
    ]


def share(plan: Plan, parts: list[tuple[Wave, Fraction]], month: int) -> Fraction:
    """The part of the services that has moved in month t ("share")."""
    return sum((part * ramp(plan, wave, month) for wave, part in parts), Fraction(0))
