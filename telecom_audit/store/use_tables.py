"""The tables that the second schema adds: calls, usage by month, and persons."""

from __future__ import annotations

USE_TABLES = (
    # start_micros: since 1970-01-01 0:00 on the clock of the place
    """CREATE TABLE call_row (
        id INTEGER PRIMARY KEY,
        import_id INTEGER NOT NULL REFERENCES import_file (id),
        record INTEGER NOT NULL,
        start_micros INTEGER NOT NULL,
        duration_micros INTEGER NOT NULL CHECK (duration_micros >= 0),
        direction TEXT NOT NULL,
        from_number TEXT NOT NULL,
        to_number TEXT NOT NULL,
        answered TEXT NOT NULL,
        trunk_group TEXT NOT NULL,
        service TEXT NOT NULL,
        service_key TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX call_row_by_start ON call_row (start_micros)",
    """CREATE TABLE usage_row (
        id INTEGER PRIMARY KEY,
        import_id INTEGER NOT NULL REFERENCES import_file (id),
        record INTEGER NOT NULL,
        service TEXT NOT NULL,
        service_key TEXT NOT NULL,
        month INTEGER NOT NULL,
        calls INTEGER,
        minutes_micros INTEGER,
        messages INTEGER,
        megabytes_micros INTEGER,
        calls_in INTEGER,
        calls_out INTEGER,
        minutes_in_micros INTEGER,
        minutes_out_micros INTEGER,
        coverage TEXT NOT NULL,
        last_seen TEXT,
        last_seen_day INTEGER,
        extra TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE person_row (
        id INTEGER PRIMARY KEY,
        import_id INTEGER NOT NULL REFERENCES import_file (id),
        record INTEGER NOT NULL,
        person TEXT NOT NULL,
        name TEXT NOT NULL,
        department TEXT NOT NULL,
        site TEXT NOT NULL,
        status TEXT NOT NULL,
        end_date TEXT,
        end_day INTEGER,
        extra TEXT NOT NULL
    ) STRICT""",
)

INSERT_ONLY = ("call_row", "usage_row", "person_row")
