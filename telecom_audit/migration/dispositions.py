"""What becomes of each service: the first disposition that matches it decides."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from telecom_audit.errors import RefusedError
from telecom_audit.migration.plan import MOVING
from telecom_audit.migration.scenario_file import Disposition, WaveRule

LIFE_SAFETY = frozenset({"elevator", "fire-alarm", "burglar-alarm", "911", "scada"})
_GUARDED = frozenset({"disconnect", "consolidate"})


@dataclass(frozen=True)
class Candidate:
    """A service that a scenario may speak of, with the cells that its clauses read.

    Attributes:
        name: how a refusal names it.
        cells: caption in lower case -> the cell as written in its file, and as understood.
        in_inventory: it is an active row; else only bills know it.
        use: what the inventory says it is used for, whatever the row's status.
    """

    name: str
    cells: Mapping[str, Collection[str]]
    in_inventory: bool
    use: str


def decide(candidate: Candidate, dispositions: Iterable[Disposition]) -> Disposition | None:
    """The disposition that decides; None when none matches, and the service is undecided.

    Raises:
        RefusedError: it would end a life-safety line, and nobody takes that on by an override.
    """
    for disposition in dispositions:
        if matches(candidate, disposition):
            _guard(candidate, disposition)
            return disposition
    return None


def matches(candidate: Candidate, rule: Disposition | WaveRule) -> bool:
    """Whether a clause names the service, by all its columns or by those that bills bear."""
    if candidate.in_inventory:
        return rule.when.matches(candidate.cells)
    return rule.when.matches_as_billed(candidate.cells)


def _guard(candidate: Candidate, disposition: Disposition) -> None:
    use = candidate.use.strip().casefold()
    if use in LIFE_SAFETY and disposition.action in _GUARDED and not disposition.override:
        raise RefusedError(
            f"{disposition.where}: {candidate.name} is used for {use};"
            f" its action may not be {disposition.action}",
            'Retain or replace it, or write override = "NAME: reason" into that disposition.',
        )


def wave_of(candidate: Candidate, action: str, waves: tuple[WaveRule, ...]) -> int | None:
    """The position of the wave with which a service moves; None when it does not move.

    A moving service in no wave goes with the last wave of the file.

    Raises:
        RefusedError: two waves match it, or it moves and there is no wave.
    """
    if action not in MOVING:
        return None
    if not waves:
        raise RefusedError(
            f"{candidate.name} is to {action}, and there is no wave", "Add a [[wave]]."
        )
    found = [index for index, wave in enumerate(waves) if matches(candidate, wave)]
    if len(found) > 1:
        names = " and ".join(repr(waves[index].name) for index in found)
        raise RefusedError(
            f"{candidate.name} is in two waves: {names}", "Let each service match one wave."
        )
    return found[0] if found else len(waves) - 1
