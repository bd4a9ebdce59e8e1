"""What contracts say about leaving them early (the contract, section 5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from telecom_audit.errors import RefusedError
from telecom_audit.migration.plan import MOVING, Contract, PlannedService
from telecom_audit.money import MICROS, exact


@dataclass(frozen=True)
class ContractRow:
    """A row of an imported contract; `effective_to` is a day number, None when it is empty."""

    contract: str
    effective_to: int | None
    early_termination: str
    annual_commitment: int | None


def clause_of(text: str) -> tuple[Fraction | None, Fraction | None]:
    """The part of the remaining charges and the flat amount (micros) that a clause asks for.

    Raises:
        ValueError: it is none of none, remaining:PCT and flat:AMOUNT.
    """
    word, _, number = (part.strip() for part in text.strip().casefold().partition(":"))
    if word in {"", "none"} and not number:
        return None, None
    if word == "remaining":
        return _not_negative(number.removesuffix("%").strip()) / 100, None
    if word == "flat":
        return None, _not_negative(number.replace(",", "")) * MICROS
    raise ValueError(f"{text!r} is no early termination clause")


def _not_negative(number: str) -> Fraction:
    value = exact(number)
    if value < 0:
        raise ValueError(f"{number!r} is below zero")
    return value


def contracts_of(
    services: Iterable[PlannedService], rows: Iterable[ContractRow]
) -> tuple[Contract, ...]:
    """The contracts that moving services stand under.

    Raises:
        RefusedError: rows of one contract disagree about leaving it, or say nothing readable.
    """
    by_name: dict[str, list[ContractRow]] = defaultdict(list)
    for row in rows:
        by_name[row.contract.strip()].append(row)
    moving: set[str] = set()
    staying: set[str] = set()
    for service in services:
        if service.counted and service.contract:
            (moving if service.action in MOVING else staying).add(service.contract)
    return tuple(
        _contract(name, by_name[name], stays=name in staying)
        for name in sorted(moving)
        if name in by_name
    )


def _contract(name: str, rows: list[ContractRow], *, stays: bool) -> Contract:
    ends = [row.effective_to for row in rows if row.effective_to is not None]
    clauses = {_clause(name, row) for row in rows if row.early_termination.strip()}
    if len(clauses) > 1:
        raise RefusedError(
            f"the rows of contract {name!r} disagree about early termination",
            "Import the contract with one clause in all its rows.",
        )
    remaining, flat = next(iter(clauses), (None, None))
    return Contract(
        name,
        max(ends) if len(ends) == len(rows) else None,
        remaining,
        flat,
        committed=any(row.annual_commitment for row in rows),
        stays=stays,
    )


def _clause(name: str, row: ContractRow) -> tuple[Fraction | None, Fraction | None]:
    try:
        return clause_of(row.early_termination)
    except ValueError as error:
        raise RefusedError(
            f"contract {name!r}: early_termination {row.early_termination!r} is not readable",
            "Import the contract with none, remaining:PCT or flat:AMOUNT there.",
        ) from error
