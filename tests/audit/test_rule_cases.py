"""Each rule finds what it must, with the dollars worked out by hand, and is silent elsewhere."""

from pathlib import Path

import pytest

from telecom_audit.audit.rule import all_rules
from tests.audit.cases import FOLDER, Case, all_cases, cases_of, parameter


@pytest.mark.parametrize("case", [parameter(case) for case in all_cases()])
def test_the_audit_finds_exactly_what_the_case_says(case: Case, tmp_path: Path, answer) -> None:
    code, document = answer("audit", case.build(tmp_path), *case.audit)
    assert code == 0
    found = sorted(document["findings"], key=_place)
    wanted = sorted(case.find, key=_place)
    assert list(map(_place, found)) == list(map(_place, wanted))
    for each, expected in zip(found, wanted, strict=True):
        assert {name: each[name] for name in expected} == expected


@pytest.mark.parametrize("rule", [rule.key for rule in all_rules()])
def test_each_rule_has_cases_that_find_and_cases_that_stay_silent(rule: str) -> None:
    finds = [any(each["rule"] == rule for each in case.find) for case in cases_of(rule)]
    assert finds.count(True) >= 3
    assert finds.count(False) >= 4


def test_each_file_of_cases_belongs_to_a_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == {rule.key for rule in all_rules()}


def _place(finding: dict) -> tuple[str, ...]:
    names = ("rule", "vendor", "account", "service", "recoverable")
    return tuple(str(finding.get(name, "")) for name in names[:1] + names[3:])
