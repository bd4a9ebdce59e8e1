"""Whether the findings of the sample city are the errors that were planted, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from telecom_audit.identifiers import service_key

_COMPARED = (
    "rule",
    "confidence",
    "vendor",
    "account",
    "service",
    "monthly",
    "recoverable",
    "first_month",
    "last_month",
    "charges",
)


@dataclass(frozen=True)
class Comparison:
    """How many errors were planted, and which findings are missing or unexpected."""

    planted: int
    missing: tuple[str, ...]
    unexpected: tuple[str, ...]

    @property
    def equal(self) -> bool:
        """Each planted error was found, and nothing else."""
        return not self.missing and not self.unexpected

    @property
    def document(self) -> dict[str, Any]:
        """The comparison as JSON."""
        return {
            "planted": self.planted,
            "equal": self.equal,
            "missing": list(self.missing),
            "unexpected": list(self.unexpected),
        }


def compared(truth: str, findings: Iterable[Mapping[str, Any]]) -> Comparison:
    """Compare the findings of an audit with the truth file of the sample.

    Args:
        truth: the truth file, JSON with a list `findings`.
        findings: as `findings --json` shows them.
    """
    planted = Counter(_key(one) for one in json.loads(truth)["findings"])
    found = Counter(_key(one) for one in findings)
    return Comparison(
        planted.total(),
        tuple(_sentence(key) for key in sorted((planted - found).elements())),
        tuple(_sentence(key) for key in sorted((found - planted).elements())),
    )


def _key(finding: Mapping[str, Any]) -> tuple[str, ...]:
    # a service reads alike however its number is written
    cells = {name: str(finding.get(name) or "") for name in _COMPARED}
    cells["service"] = service_key(cells["service"])
    cells["charges"] = str(finding.get("charges", 0))
    return tuple(cells[name] for name in _COMPARED)


def _sentence(key: tuple[str, ...]) -> str:
    rule, confidence, vendor, account, service, _, recoverable = key[:7]
    return f"{rule} ({confidence}): {vendor}, {account} {service}, {recoverable}".replace(" ,", ",")
