"""One side of rule_speed.py: the rules' SELECTs on the project file; prints claims and seconds."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from telecom_audit.audit.rule import all_rules
from telecom_audit.store.audit_facts import latest_bill_day, rule_rows
from telecom_audit.store.project import open_project
from telecom_audit.tasks.audit import rule_values
from telecom_audit.tasks.audit_parameters import AuditOrder


def main() -> None:
    """Run every rule once."""
    start = time.perf_counter()
    with open_project(Path(sys.argv[1])) as project:
        latest = latest_bill_day(project.connection)
        for rule in all_rules():
            begun = time.perf_counter()
            values = rule_values(project, rule, AuditOrder(), latest)
            rows = rule_rows(project.connection, rule.sql, values)
            print(rule.key, len(rows))
            print(f"{rule.key} {time.perf_counter() - begun:.2f} s", file=sys.stderr)
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main()
