"""The migration as it really went: near to the plan, with one wave a month late."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from benchmarks.sample_city.accounts import CLOUD, LINES
from benchmarks.sample_city.model import MONTHS, Service, period
from benchmarks.sample_city.places import BY_CODE
from benchmarks.sample_city.prices import HOSTED
from benchmarks.sample_city.services import ended

PLANNED = {1: 12, 2: 14}
"""Cutover months in the scenario: January and March 2025."""

REAL = {1: 12, 2: 15}
"""When the waves really began: the second slipped to April 2025."""

_SEATS = {"user": "SEAT", "common-area": "CAP", "fax": "FAXP"}


@dataclass(frozen=True)
class Migration:
    """The services after the migration, the new seats, and what moved in which month."""

    services: list[Service]
    seats: list[Service]
    ported: Counter[int] = field(default_factory=Counter)
    users: Counter[int] = field(default_factory=Counter)
    direct_dials: Counter[int] = field(default_factory=Counter)


def moves(service: Service) -> bool:
    """Whether the plan moves the service: to hosted voice, or away."""
    if service.disconnected or not BY_CODE[service.site].weight:
        return False
    if service.kind == "pots":
        return service.account is LINES and service.use in _SEATS
    return service.kind in ("centrex", "did-block", "voicemail") or (
        service.kind == "pri" and not service.use
    )


def migrate(services: list[Service]) -> Migration:
    """Move what the plan moves, by the real dates."""
    result = Migration([service for service in services if not moves(service)], [])
    for wave, first in REAL.items():
        group = [
            service for service in services if moves(service) and BY_CODE[service.site].wave == wave
        ]
        for index, service in enumerate(sorted(group, key=lambda one: one.number)):
            _move(result, service, index, first + index % 2)
    result.seats.extend(_late_comers())
    return result


def _move(result: Migration, service: Service, index: int, cutover: int) -> None:
    """Record the move of one service and the seat that takes its number."""
    result.services.append(_leave(service, index, cutover))
    if service.kind == "voicemail":
        return
    result.ported[cutover] += 1
    result.direct_dials[cutover] += service.channels if service.kind == "did-block" else 0
    if service.use in _SEATS and index % 31 != 30:
        result.seats.append(_seat(service, cutover))
        result.users[cutover] += service.use == "user"


def _leave(service: Service, index: int, cutover: int) -> Service:
    """The old service with its end: a month of both, then the carrier's lag of a month.

    Every twentieth is confirmed a month later; some are given back days of their last month.
    """
    order = f"PST-M{61000 + 7 * index + 1000 * cutover}"
    if service.kind == "voicemail":
        return ended(service, cutover, order)
    slow = index % 20 == 7 and service.kind != "pri"
    given_back = 5 + index % 13 if service.account is LINES and index % 7 == 3 else 0
    return ended(service, cutover + 1 + slow, order, given_back)


def _seat(service: Service, cutover: int) -> Service:
    return replace(
        service,
        account=CLOUD,
        kind="other",
        code=_SEATS[service.use],
        contract=HOSTED,
        billed=tuple(range(cutover, MONTHS)),
        installed=period(CLOUD, cutover)[0],
    )


def _late_comers() -> list[Service]:
    """Seats of people hired after the migration: demand that no plan knew."""
    first = Service(CLOUD, "2255559001", "other", "SEAT", "CITYHALL", use="user", contract=HOSTED)
    return [
        replace(
            first,
            number=f"225555{9001 + 3 * index:04d}",
            user=f"E-{1900 + index}",
            billed=tuple(range(20, MONTHS)),
            installed=period(CLOUD, 20)[0],
        )
        for index in range(5)
    ]
