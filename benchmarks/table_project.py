"""A project with any number of bill lines, made by SQLite itself in seconds."""

from __future__ import annotations

from pathlib import Path

from telecom_audit.store.project import ProjectSettings, create_project, open_project

_COUNT_UP = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
_ACCOUNTS, _MONTHS, _ITEMS, _LINES_A_SERVICE = 400, 24, 2000, 120


def make_lines(path: Path, rows: int) -> Path:
    """Make a project with so many bill lines of 24 months; the answer is its file."""
    create_project(path, ProjectSettings(organization="City of Speed"))
    invoices, services = _ACCOUNTS * _MONTHS, max(rows // _LINES_A_SERVICE, 1)
    with open_project(path) as project, project.write() as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute(
            "INSERT INTO import_file VALUES (1, 'bills.csv', '', 1, 'standard-bill', 'bill', '',"
            " 'utf-8', ',', '{}', '[]', '{}', '2026-01-01T00:00:00Z', ?, ?, 0, 0, NULL, NULL,"
            " NULL, ?, '[]')",
            (rows, rows, invoices),
        )
        for statement, values in (
            ("vendor " + _COUNT_UP + "SELECT i, 'v' || i, 'Vendor ' || i FROM n", (4,)),
            (
                "account " + _COUNT_UP + "SELECT i, i % 4 + 1, printf('A%05d', i) FROM n",
                (_ACCOUNTS,),
            ),
            (
                "service " + _COUNT_UP + "SELECT i, i % 4 + 1, printf('312%07d', i),"
                " printf('312-%07d', i) FROM n",
                (services,),
            ),
            ("spelling SELECT id, name FROM service", ()),
            (
                "item " + _COUNT_UP + "SELECT i, printf('C%03d', i % 60),"
                " printf('Line charge number %d', i), 'MRC', 'pots', printf('S%03d', i % 300), ''"
                " FROM n",
                (_ITEMS,),
            ),
            (
                "period " + _COUNT_UP + "SELECT i, date('2024-01-01', printf('+%d months', i - 1)),"
                " 19723 + 30 * i, date('2024-01-01', printf('+%d months', i), '-1 day'),"
                " 19753 + 30 * i, 1, 30, 30 FROM n",
                (_MONTHS,),
            ),
            (
                "invoice " + _COUNT_UP + "SELECT i, 1, (i - 1) % 400 + 1, printf('I%06d', i),"
                " date('2024-01-01', printf('+%d months', (i - 1) / 400)),"
                " 19723 + 30 * ((i - 1) / 400), NULL, NULL, NULL, NULL, NULL, i FROM n",
                (invoices,),
            ),
            ("invoice_state SELECT id, 'current', 24288 + (id - 1) / 400 FROM invoice", ()),
            (
                "charge " + _COUNT_UP + "SELECT i, (i - 1) * ? / ? + 1, i % ? + 1, i % ? + 1,"
                " (i * 7919) % 2000 + 1, (i - 1) * 24 / ? + 1, 1000000, NULL,"
                " (i * 104729) % 50000 * 10000, i - 1 FROM n",
                (rows, invoices, rows, services, services, rows),
            ),
        ):
            connection.execute(f"INSERT INTO {statement}", values)
    return path
