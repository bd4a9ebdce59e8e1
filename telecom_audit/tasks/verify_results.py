"""The results of a project by name, so that two ways to them can be compared figure by figure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.money import money_text
from telecom_audit.months import month_text
from telecom_audit.savings.editions import Baseline, from_detail
from telecom_audit.store.baselines import StoredEdition, latest_edition, stored_edition
from telecom_audit.store.project import Project
from telecom_audit.store.scenarios import stored_scenario
from telecom_audit.tasks.baseline_freeze import digest
from telecom_audit.tasks.forecast import forecast
from telecom_audit.tasks.measure import MeasureOrder, measure

Figures = Mapping[str, str]

_LABELS = ("month", "payer", "vendor", "service", "account", "effect", "since")
_NOTHING = "nothing"


def baseline_figures(project: Project) -> Figures:
    """What each stored edition of the baseline says, with the digest that its answer has."""
    found: dict[str, str] = {}
    for number in range(1, latest_edition(project.connection) + 1):
        stored = stored_edition(project.connection, number)
        if stored is not None:
            figures = _edition(stored).items()
            found |= {f"edition {number}, {key}": value for key, value in figures}
    return found


def _edition(stored: StoredEdition) -> dict[str, str]:
    answer = json.loads(stored.answer)
    kept = from_detail(json.loads(stored.detail))
    return {
        **_costs(kept),
        "through": f"{month_text(stored.through)} {month_text(kept.through)}",
        "months": f"{stored.months} {kept.months}",
        "escalator": kept.escalator_text,
        "frozen by": stored.frozen_by,
        "digest": stored.digest,
        "digest of the answer": digest(answer),
        "digest in the answer": str(answer.get("digest")),
    }


def _costs(kept: Baseline) -> dict[str, str]:
    costs: dict[str, str] = {}
    for one in kept.services:
        for column, value in asdict(one).items():
            name = f"{one.vendor} {one.service} {column.removesuffix('_micros')}"
            costs[name] = money_text(value) if column.endswith("_micros") else str(value)
    costs |= {f"{u.vendor} {u.account} unallocated": money_text(u.micros) for u in kept.unallocated}
    costs |= {f"{p.payer} {p.vendor} paid": money_text(p.average_micros) for p in kept.payments}
    return costs


def forecast_figures(project: Project, names: Iterable[str]) -> Figures:
    """The months and the metrics that each scenario projects, and the plan that it stands on."""
    found: dict[str, str] = {}
    for name in names:
        stored = stored_scenario(project.connection, name)
        if stored is None:
            continue
        document = {
            "forecast": forecast(project, name).document,
            "plan": json.loads(stored.plan),
            "edition": stored.edition,
        }
        found |= {f"{name!r}, {key}": value for key, value in flat(document)}
    return found


def measurement_figures(project: Project, names: Iterable[str]) -> Figures:
    """What is measured, and what against each scenario is otherwise than without one."""
    alone = _measured(project, None)
    found = dict(alone)
    for name in names:
        against = _measured(project, name)
        for key, value in against.items():
            if alone.get(key) != value:
                found[f"against {name!r}, {key}"] = value
    return found


def _measured(project: Project, scenario: str | None) -> Figures:
    try:
        return dict(flat(measure(project, MeasureOrder(scenario=scenario))))
    except (RefusedError, UsageError) as error:
        return {"measurement": error.message}


def flat(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """The leaves of a JSON document by a name that a person understands."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from flat(one, f"{name} {key}".lstrip())
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from flat(one, f"{name} {_label(one, place)}")
    else:
        yield name, _NOTHING if value is None else str(value)


def _label(value: Any, place: int) -> str:
    if isinstance(value, dict):
        words = [str(value[key]) for key in _LABELS if value.get(key)]
        if words:
            return " ".join(words)
    return str(place + 1)


def changed(one: Figures, other: Figures, words: tuple[str, str]) -> list[str]:
    """The figures that differ, each with both values; `words` say where each comes from."""
    return [
        f"{name}: {words[0]} {one.get(name, _NOTHING)}, {words[1]} {other.get(name, _NOTHING)}"
        for name in dict.fromkeys((*one, *other))
        if one.get(name, _NOTHING) != other.get(name, _NOTHING)
    ]
