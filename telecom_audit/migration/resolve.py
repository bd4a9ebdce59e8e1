"""A scenario file and a project's state become a plan (the contract, section 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from telecom_audit.errors import RefusedError
from telecom_audit.migration.conditions import BILLED_COLUMNS
from telecom_audit.migration.contracts import ContractRow, contracts_of
from telecom_audit.migration.dispositions import Candidate, decide, matches, wave_of
from telecom_audit.migration.plan import FOLLOWS, Plan, PlannedService, Wave
from telecom_audit.migration.plan_warnings import plan_warnings
from telecom_audit.migration.quantities import resolved_items
from telecom_audit.migration.scenario_file import Disposition, ScenarioFile, WaveRule
from telecom_audit.months import month_text

_ACCOUNT = "account:"


@dataclass(frozen=True)
class KnownService:
    """A service before a scenario speaks of it.

    Attributes:
        vendor: the carrier's name, as bills spell it; "" when the inventory names none.
        service: as written in the inventory, or as billed.
        service_key: the canonical key, or `account:NUMBER`.
        cells: caption in lower case -> cell; of the inventory, or as billed.
        in_inventory: it is an active row of the inventory.
        use: what the inventory says of its use, whatever the row's status.
        contract: the contract that its active row names.
        costs: b_mrc, b_tax, b_usage in micros a month, less claims when the scenario says so.
        full_cost: c(i) of the edition, in micros; of a service outside it 0.
        unclaimed_cost: the same less the audit's claims.
        mrc_accounts: the accounts on which it has MRC lines in M - 2 … M.
        written: caption in lower case -> the cells that stood under it in the inventory's file.
    """

    vendor: str
    service: str
    service_key: str
    cells: Mapping[str, str]
    in_inventory: bool
    use: str
    contract: str
    costs: tuple[int, int, int]
    full_cost: int
    unclaimed_cost: int
    mrc_accounts: tuple[str, ...]
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def account(self) -> str | None:
        """The account whose lines without a service it stands for; None for a real service."""
        if self.in_inventory or not self.service_key.startswith(_ACCOUNT):
            return None
        return self.service_key.removeprefix(_ACCOUNT)


@dataclass(frozen=True)
class Edition:
    """The frozen baseline that holds: its number, M as a month number, and g."""

    number: int
    through: int
    escalator: Fraction


@dataclass(frozen=True)
class Situation:
    """The project as it stands when a scenario is added.

    Attributes:
        services: the active ones of the inventory, then every other one of the baseline.
        contracts: the contract rows that hold.
        captions: every column of the inventory, extra ones included, in lower case.
        edition: the baseline that holds, or None.
    """

    services: tuple[KnownService, ...]
    contracts: tuple[ContractRow, ...]
    captions: frozenset[str]
    edition: Edition | None


def resolve(scenario: ScenarioFile, situation: Situation) -> Plan:
    """The plan.

    Raises:
        RefusedError: the start is not after M, a clause names no column, a service is in two
            waves or in none, a life-safety line would end, an item follows a share and nothing
            moves, or a contract contradicts itself.
    """
    edition = situation.edition
    if edition and scenario.start <= edition.through:
        raise RefusedError(
            f"the scenario {scenario.name!r} starts in {month_text(scenario.start)}, which is not"
            f" after the baseline's last month {month_text(edition.through)}",
            "Start it later, or freeze an earlier baseline.",
        )
    _check_columns(scenario, situation.captions | BILLED_COLUMNS)
    services = _planned(scenario, situation.services)
    plan = Plan(
        scenario.name,
        scenario.start,
        scenario.months,
        scenario.discount_rate,
        scenario.discounting,
        _escalator(scenario, edition),
        edition.through + 1 if edition else scenario.start,
        scenario.contingency,
        scenario.less_audit,
        edition.number if edition else None,
        tuple(_wave(rule) for rule in scenario.waves),
        services,
        (),
        (),
        contracts_of(services, situation.contracts),
        (),
    )
    recurring, one_time = resolved_items(scenario, plan.share_services())
    plan = replace(plan, recurring=recurring, one_time=one_time)
    return replace(plan, warnings=_unmatched(scenario, situation.services) + plan_warnings(plan))


def _escalator(scenario: ScenarioFile, edition: Edition | None) -> Fraction:
    if scenario.legacy_escalator is not None:
        return scenario.legacy_escalator
    return edition.escalator if edition else Fraction(0)


def _wave(rule: WaveRule) -> Wave:
    return Wave(
        rule.name, rule.cutover, rule.ramp_months, rule.dual_run_months, rule.billing_lag_months
    )


def _check_columns(scenario: ScenarioFile, captions: frozenset[str]) -> None:
    rules: Sequence[Disposition | WaveRule] = (*scenario.dispositions, *scenario.waves)
    for rule in rules:
        unknown = rule.when.unknown(captions)
        if unknown:
            where = rule.where if isinstance(rule, Disposition) else f"[[wave]] {rule.name!r}"
            raise RefusedError(
                f"{where}: unknown key {unknown[0]!r} in when: the inventory has no such column",
                f"Known columns: {', '.join(sorted(captions))}.",
            )


def _candidate(service: KnownService) -> Candidate:
    name = f"{service.vendor} {service.service}".strip()
    cells = {key: (cell, *service.written.get(key, ())) for key, cell in service.cells.items()}
    return Candidate(name, cells, service.in_inventory, service.use)


def _planned(
    scenario: ScenarioFile, services: Sequence[KnownService]
) -> tuple[PlannedService, ...]:
    on_account: dict[tuple[str, str], list[int]] = {}
    for index, service in enumerate(services):
        if service.account is None:
            for account in service.mrc_accounts:
                on_account.setdefault((service.vendor, account), []).append(index)
    return tuple(_plan_one(scenario, service, on_account) for service in services)


def _plan_one(
    scenario: ScenarioFile,
    service: KnownService,
    on_account: Mapping[tuple[str, str], list[int]],
) -> PlannedService:
    candidate = _candidate(service)
    disposition = decide(candidate, scenario.dispositions)
    action = disposition.action if disposition else "undecided"
    mrc, tax, usage = service.costs
    planned = PlannedService(
        service.vendor,
        service.service,
        service.service_key,
        service.cells,
        mrc,
        tax,
        usage,
        service.full_cost,
        service.unclaimed_cost,
        action,
        disposition.kind if disposition else "",
        wave_of(candidate, action, scenario.waves),
        counted=service.in_inventory,
        contract=service.contract.strip(),
    )
    if service.account is None or disposition:
        return planned
    follows = tuple(on_account.get((service.vendor, service.account), ()))
    return replace(planned, action=FOLLOWS, follows=follows)


def _unmatched(scenario: ScenarioFile, services: Sequence[KnownService]) -> tuple[str, ...]:
    candidates = [_candidate(service) for service in services]
    rules: list[tuple[str, Disposition | WaveRule]] = [
        (rule.where, rule) for rule in scenario.dispositions
    ]
    rules += [(f"[[wave]] {rule.name!r}", rule) for rule in scenario.waves]
    return tuple(
        f"{where} matches no service"
        for where, rule in rules
        if not any(matches(candidate, rule) for candidate in candidates)
    )
