"""The tables of the first schema: a star of whole-number keys around the charge."""

from __future__ import annotations

PROJECT_TABLES = (
    """CREATE TABLE setting (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE action_log (
        seq INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        user TEXT NOT NULL,
        action TEXT NOT NULL,
        parameters TEXT NOT NULL
    ) STRICT""",
)

SOURCE_TABLES = (
    # columns: JSON object, layout column -> position in the record; header: JSON list of captions
    """CREATE TABLE import_file (
        id INTEGER PRIMARY KEY,
        file TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        layout TEXT NOT NULL,
        kind TEXT NOT NULL,
        sheet TEXT NOT NULL,
        encoding TEXT NOT NULL,
        delimiter TEXT NOT NULL,
        options TEXT NOT NULL,
        header TEXT NOT NULL,
        columns TEXT NOT NULL,
        imported_at TEXT NOT NULL,
        rows_read INTEGER NOT NULL,
        rows_stored INTEGER NOT NULL,
        rows_quarantined INTEGER NOT NULL,
        rows_ignored INTEGER NOT NULL,
        stated_micros INTEGER,
        stored_micros INTEGER,
        compared_micros INTEGER,
        invoices INTEGER NOT NULL,
        warnings TEXT NOT NULL,
        CHECK (rows_read = rows_stored + rows_quarantined + rows_ignored)
    ) STRICT""",
    """CREATE TABLE retirement (
        import_id INTEGER PRIMARY KEY REFERENCES import_file (id),
        at TEXT NOT NULL,
        user TEXT NOT NULL,
        reason TEXT NOT NULL
    ) STRICT""",
    # rows: JSON list of the physical rows, or NULL when they follow first_row one by one;
    # content: zlib; records joined by U+001E and cells by U+001F, or JSON when a cell bears these
    """CREATE TABLE raw_block (
        import_id INTEGER NOT NULL REFERENCES import_file (id),
        first_record INTEGER NOT NULL,
        records INTEGER NOT NULL,
        first_row INTEGER NOT NULL,
        rows TEXT,
        format TEXT NOT NULL CHECK (format IN ('separated', 'json')),
        content BLOB NOT NULL,
        PRIMARY KEY (import_id, first_record)
    ) STRICT""",
    """CREATE TABLE quarantined_row (
        id INTEGER PRIMARY KEY,
        import_id INTEGER NOT NULL REFERENCES import_file (id),
        row INTEGER NOT NULL,
        column_name TEXT NOT NULL,
        reason TEXT NOT NULL,
        raw TEXT NOT NULL,
        amount_micros INTEGER,
        vendor_id INTEGER REFERENCES vendor (id),
        account TEXT NOT NULL DEFAULT '',
        invoice TEXT NOT NULL DEFAULT '',
        bill_date TEXT NOT NULL DEFAULT ''
    ) STRICT""",
)

BILL_TABLES = (
    """CREATE TABLE vendor (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE account (
        id INTEGER PRIMARY KEY,
        vendor_id INTEGER NOT NULL REFERENCES vendor (id),
        number TEXT NOT NULL,
        UNIQUE (vendor_id, number)
    ) STRICT""",
    # name: the spelling that came first
    """CREATE TABLE service (
        id INTEGER PRIMARY KEY,
        vendor_id INTEGER NOT NULL REFERENCES vendor (id),
        key TEXT NOT NULL,
        name TEXT NOT NULL,
        UNIQUE (vendor_id, key)
    ) STRICT""",
    """CREATE TABLE spelling (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE
    ) STRICT""",
    """CREATE TABLE item (
        id INTEGER PRIMARY KEY,
        charge_code TEXT NOT NULL,
        description TEXT NOT NULL,
        class TEXT NOT NULL
            CHECK (class IN ('MRC', 'NRC', 'OCC', 'USG', 'SUR', 'TAX', 'CRD', 'ADJ', 'LPC')),
        service_type TEXT NOT NULL,
        site TEXT NOT NULL,
        jurisdiction TEXT NOT NULL,
        UNIQUE (charge_code, description, class, service_type, site, jurisdiction)
    ) STRICT""",
    # months: whole months of the period, 0 when it is none of these, NULL without a period;
    # days: both ends counted; month_days: days of the calendar month of from_date
    """CREATE TABLE period (
        id INTEGER PRIMARY KEY,
        from_date TEXT,
        from_day INTEGER,
        thru_date TEXT,
        thru_day INTEGER,
        months INTEGER,
        days INTEGER,
        month_days INTEGER
    ) STRICT""",
    """CREATE UNIQUE INDEX period_days
        ON period (ifnull(from_day, -1000000), ifnull(thru_day, -1000000))""",
    # group_id: the first of the invoices that are one bill (an import completes an earlier one)
    """CREATE TABLE invoice (
        id INTEGER PRIMARY KEY,
        import_id INTEGER NOT NULL REFERENCES import_file (id),
        account_id INTEGER NOT NULL REFERENCES account (id),
        number TEXT NOT NULL,
        bill_date TEXT NOT NULL,
        bill_day INTEGER NOT NULL,
        due_date TEXT,
        due_day INTEGER,
        previous_balance_micros INTEGER,
        payments_micros INTEGER,
        total_micros INTEGER,
        group_id INTEGER NOT NULL REFERENCES invoice (id)
    ) STRICT""",
    "CREATE INDEX invoice_by_number ON invoice (account_id, number)",
    "CREATE INDEX invoice_by_group ON invoice (group_id)",
    """CREATE TABLE invoice_relation (
        later_id INTEGER NOT NULL REFERENCES invoice (id),
        earlier_id INTEGER NOT NULL REFERENCES invoice (id),
        kind TEXT NOT NULL CHECK (kind IN ('supersedes', 'completes')),
        PRIMARY KEY (later_id, earlier_id)
    ) STRICT""",
    "CREATE INDEX invoice_relation_by_earlier ON invoice_relation (earlier_id)",
    # derived from the tables above after each import and retirement
    """CREATE TABLE invoice_state (
        invoice_id INTEGER PRIMARY KEY REFERENCES invoice (id),
        status TEXT NOT NULL CHECK (status IN ('current', 'superseded', 'retired')),
        counts_month INTEGER NOT NULL
    ) STRICT""",
    # record: the position among the import's raw records, from 0
    """CREATE TABLE charge (
        id INTEGER PRIMARY KEY,
        invoice_id INTEGER NOT NULL REFERENCES invoice (id),
        service_id INTEGER REFERENCES service (id),
        spelling_id INTEGER REFERENCES spelling (id),
        item_id INTEGER NOT NULL REFERENCES item (id),
        period_id INTEGER NOT NULL REFERENCES period (id),
        quantity_micros INTEGER,
        rate_micros INTEGER,
        amount_micros INTEGER NOT NULL,
        record INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX charge_by_invoice ON charge (invoice_id)",
    "CREATE INDEX charge_by_service ON charge (service_id) WHERE service_id IS NOT NULL",
)

REFERENCE_TABLES = (
    """CREATE TABLE inventory_row (
        id INTEGER PRIMARY KEY,
        import_id INTEGER NOT NULL REFERENCES import_file (id),
        record INTEGER NOT NULL,
        service TEXT NOT NULL,
        service_key TEXT NOT NULL,
        service_type TEXT NOT NULL,
        status TEXT NOT NULL,
        site TEXT NOT NULL,
        department TEXT NOT NULL,
        "user" TEXT NOT NULL,
        use TEXT NOT NULL,
        vendor TEXT NOT NULL,
        vendor_id INTEGER REFERENCES vendor (id),
        account TEXT NOT NULL,
        contract TEXT NOT NULL,
        system TEXT NOT NULL,
        channels INTEGER,
        bandwidth_mbps TEXT NOT NULL,
        monthly_cost_micros INTEGER,
        install_date TEXT,
        install_day INTEGER,
        disconnect_date TEXT,
        disconnect_day INTEGER,
        disconnect_order TEXT NOT NULL,
        last_verified TEXT,
        extra TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE contract_row (
        id INTEGER PRIMARY KEY,
        import_id INTEGER NOT NULL REFERENCES import_file (id),
        record INTEGER NOT NULL,
        contract TEXT NOT NULL,
        vendor TEXT NOT NULL,
        vendor_id INTEGER NOT NULL REFERENCES vendor (id),
        charge_code TEXT NOT NULL,
        description TEXT NOT NULL,
        site TEXT NOT NULL,
        rate_micros INTEGER NOT NULL,
        unit TEXT NOT NULL,
        effective_from TEXT NOT NULL,
        effective_from_day INTEGER NOT NULL,
        effective_to TEXT,
        effective_to_day INTEGER,
        auto_renew TEXT NOT NULL,
        notice_days INTEGER,
        dispute_window_days INTEGER,
        early_termination TEXT NOT NULL,
        annual_commitment_micros INTEGER,
        shortfall_percent TEXT NOT NULL,
        extra TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE site_row (
        id INTEGER PRIMARY KEY,
        import_id INTEGER NOT NULL REFERENCES import_file (id),
        record INTEGER NOT NULL,
        site TEXT NOT NULL,
        name TEXT NOT NULL,
        address TEXT NOT NULL,
        city TEXT NOT NULL,
        state TEXT NOT NULL,
        postal_code TEXT NOT NULL,
        status TEXT NOT NULL,
        closed_date TEXT,
        closed_day INTEGER,
        department TEXT NOT NULL,
        extra TEXT NOT NULL
    ) STRICT""",
    # approximate: 1 when the file gave a month or a range, which counts on its last day
    """CREATE TABLE payment (
        id INTEGER PRIMARY KEY,
        import_id INTEGER NOT NULL REFERENCES import_file (id),
        record INTEGER NOT NULL,
        vendor_id INTEGER NOT NULL REFERENCES vendor (id),
        spelling_id INTEGER NOT NULL REFERENCES spelling (id),
        account TEXT NOT NULL,
        invoice TEXT NOT NULL,
        payment_date TEXT NOT NULL,
        payment_day INTEGER NOT NULL,
        approximate INTEGER NOT NULL,
        amount_micros INTEGER NOT NULL,
        reference TEXT NOT NULL,
        department TEXT NOT NULL,
        payer TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX payment_by_day ON payment (payment_day, vendor_id)",
)

RESULT_TABLES = (
    # key: rule and grain (vendor, account, service or invoice, charge code) as a JSON list
    """CREATE TABLE finding (
        id INTEGER PRIMARY KEY,
        rule TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE,
        first_audit_id INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE finding_status (
        seq INTEGER PRIMARY KEY,
        finding_id INTEGER NOT NULL REFERENCES finding (id),
        at TEXT NOT NULL,
        user TEXT NOT NULL,
        status TEXT NOT NULL,
        note TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE audit (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        as_of TEXT NOT NULL,
        parameters TEXT NOT NULL,
        answer TEXT NOT NULL
    ) STRICT""",
    # the results of the newest audit: answer is the finding as `findings --json` shows it
    """CREATE TABLE finding_result (
        finding_id INTEGER PRIMARY KEY REFERENCES finding (id),
        audit_id INTEGER NOT NULL REFERENCES audit (id),
        confidence TEXT NOT NULL,
        class TEXT NOT NULL,
        vendor TEXT NOT NULL,
        account TEXT NOT NULL,
        service TEXT NOT NULL,
        site TEXT NOT NULL,
        charge_code TEXT NOT NULL,
        invoice TEXT NOT NULL,
        monthly_micros INTEGER NOT NULL,
        recoverable_micros INTEGER NOT NULL,
        recoverable_expired_micros INTEGER NOT NULL,
        follow_on_micros INTEGER NOT NULL,
        recovered_micros INTEGER NOT NULL,
        first_month INTEGER,
        last_month INTEGER,
        charges INTEGER NOT NULL,
        also_flagged_by TEXT NOT NULL,
        message TEXT NOT NULL
    ) STRICT""",
    # each micro of a charge is claimed once; role: claim, a credit against it (amount below 0), or
    # evidence beside it (amount 0); note: how the claimed amount was worked out
    """CREATE TABLE claim (
        finding_id INTEGER NOT NULL REFERENCES finding (id),
        charge_id INTEGER NOT NULL REFERENCES charge (id),
        role TEXT NOT NULL CHECK (role IN ('claim', 'credit', 'evidence')),
        amount_micros INTEGER NOT NULL,
        note TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (finding_id, charge_id, role)
    ) STRICT""",
    # supporting facts that are no bill lines: a payment, an inventory or contract row, an invoice
    """CREATE TABLE finding_evidence (
        finding_id INTEGER NOT NULL REFERENCES finding (id),
        position INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('inventory', 'contract', 'site', 'payment', 'invoice')),
        row_id INTEGER NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (finding_id, position)
    ) STRICT""",
    """CREATE TABLE baseline (
        edition INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        through_month INTEGER NOT NULL,
        months INTEGER NOT NULL,
        frozen_by TEXT NOT NULL,
        digest TEXT NOT NULL,
        answer TEXT NOT NULL,
        detail TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE ended_account (
        seq INTEGER PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id),
        last_month INTEGER NOT NULL,
        at TEXT NOT NULL,
        recorded_by TEXT NOT NULL
    ) STRICT""",
    # text: the file as given; plan: everything resolved when it was added, as JSON
    """CREATE TABLE scenario (
        name TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        text TEXT NOT NULL,
        edition INTEGER REFERENCES baseline (edition),
        plan TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE cutover (
        seq INTEGER PRIMARY KEY,
        scenario TEXT NOT NULL REFERENCES scenario (name) ON DELETE CASCADE,
        wave TEXT NOT NULL,
        month INTEGER NOT NULL,
        at TEXT NOT NULL,
        user TEXT NOT NULL
    ) STRICT""",
)

INSERT_ONLY = (
    "action_log",
    "import_file",
    "raw_block",
    "quarantined_row",
    "invoice",
    "charge",
    "inventory_row",
    "contract_row",
    "site_row",
    "payment",
    "baseline",
    "finding_status",
    "ended_account",
)
