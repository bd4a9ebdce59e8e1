"""The tables that a person can look through: for each its view, its key and its columns."""

from __future__ import annotations

from telecom_audit.store.browse_columns import BrowsedTable, Column, Kind

_TEXT, _MONEY, _COUNT, _DATE = Kind.TEXT, Kind.MONEY, Kind.COUNT, Kind.DATE
_BRING_BILLS = "No bills are in the project yet: import them, or drop their files on the window."

IMPORTS = BrowsedTable(
    "imports",
    "Imports",
    "imports",
    "import_id",
    (
        Column("import_id", "No.", _COUNT),
        Column("file", "File", Kind.FILE),
        Column("kind", "Kind", Kind.STATUS),
        Column("status", "Status", Kind.STATUS),
        Column("rows_read", "Read", _COUNT, adds=True),
        Column("rows_stored", "Stored", _COUNT, adds=True),
        Column("rows_quarantined", "Quarantined", _COUNT, adds=True),
        Column("rows_ignored", "Ignored", _COUNT, adds=True),
        Column("stated_micros", "Amount stated", _MONEY, adds=True),
        Column("stored_micros", "Amount stored", _MONEY, adds=True),
        Column("compared_micros", "Covered by totals", _MONEY, adds=True),
        Column("invoices", "Invoices", _COUNT, adds=True),
        Column("layout", "Layout"),
        Column("sheet", "Sheet"),
        Column("imported_at", "Imported", _DATE),
        Column("retired_because", "Retired because"),
    ),
    dense="import_file",
    record="NULL",
    hint="Nothing is imported yet: choose Import, or drop files on the window.",
)

CHARGES = BrowsedTable(
    "charges",
    "Bill lines",
    "charges",
    "charge_id",
    (
        Column("vendor", "Vendor"),
        Column("account", "Account"),
        Column("invoice", "Invoice"),
        Column("bill_date", "Bill date", _DATE),
        Column("service", "Service"),
        Column("charge_code", "Code"),
        Column("description", "Description"),
        Column("class", "Class", Kind.STATUS),
        Column("quantity_micros", "Quantity", Kind.QUANTITY, adds=True),
        Column("rate_micros", "Rate", _MONEY),
        Column("amount_micros", "Amount", _MONEY, adds=True),
        Column("from_date", "From", _DATE),
        Column("thru_date", "Thru", _DATE),
        Column("service_type", "Type"),
        Column("site", "Site"),
        Column("jurisdiction", "Jurisdiction"),
        Column("status", "Status", Kind.STATUS),
        Column("counts_month", "Counts in", Kind.MONTH),
    ),
    dense="charge",
    hint=_BRING_BILLS,
)

INVOICES = BrowsedTable(
    "invoices",
    "Invoices",
    "invoices",
    "invoice_id",
    (
        Column("vendor", "Vendor"),
        Column("account", "Account"),
        Column("invoice", "Invoice"),
        Column("bill_date", "Bill date", _DATE),
        Column("due_date", "Due", _DATE),
        Column("previous_balance_micros", "Previous balance", _MONEY),
        Column("payments_micros", "Payments", _MONEY, adds=True),
        Column("total_micros", "Total", _MONEY, adds=True),
        Column("status", "Status", Kind.STATUS),
        Column("counts_month", "Counts in", Kind.MONTH),
    ),
    dense="invoice",
    record="(SELECT min(charge.record) FROM charge WHERE charge.invoice_id = invoices.invoice_id)",
    hint=_BRING_BILLS,
)

PAYMENTS = BrowsedTable(
    "payments",
    "Payments",
    "payments",
    "payment_id",
    (
        Column("vendor", "Vendor"),
        Column("vendor_as_paid", "Vendor as paid"),
        Column("account", "Account"),
        Column("invoice", "Invoice"),
        Column("payment_date", "Paid", _DATE),
        Column("amount_micros", "Amount", _MONEY, adds=True),
        Column("reference", "Reference"),
        Column("department", "Department"),
        Column("payer", "Payer"),
    ),
    dense="payment",
    dense_unless="retirement",
    hint="No payments are in the project yet: import the payment register.",
)

INVENTORY = BrowsedTable(
    "inventory",
    "Inventory",
    "inventory",
    "inventory_id",
    (
        Column("service", "Service"),
        Column("service_type", "Type"),
        Column("status", "Status", Kind.STATUS),
        Column("vendor", "Vendor"),
        Column("account", "Account"),
        Column("site", "Site"),
        Column("department", "Department"),
        Column("user", "User"),
        Column("use", "Use"),
        Column("contract", "Contract"),
        Column("system", "System"),
        Column("channels", "Channels", _COUNT, adds=True),
        Column("bandwidth_mbps", "Mbit/s"),
        Column("monthly_cost_micros", "Monthly cost", _MONEY, adds=True),
        Column("install_date", "Installed", _DATE),
        Column("disconnect_date", "Disconnected", _DATE),
        Column("disconnect_order", "Disconnect order"),
        Column("last_verified", "Last verified", _DATE),
    ),
    rows="inventory_row",
    rows_id="id",
    hint="No inventory is in the project yet: import the list of phone lines and circuits.",
)

CONTRACTS = BrowsedTable(
    "contracts",
    "Contracts",
    "contracts",
    "contract_id",
    (
        Column("contract", "Contract"),
        Column("vendor", "Vendor"),
        Column("charge_code", "Code"),
        Column("description", "Description"),
        Column("site", "Site"),
        Column("rate_micros", "Rate", _MONEY),
        Column("unit", "Unit"),
        Column("effective_from", "From", _DATE),
        Column("effective_to", "To", _DATE),
        Column("auto_renew", "Renews"),
        Column("notice_days", "Notice days", _COUNT),
        Column("dispute_window_days", "Dispute days", _COUNT),
        Column("early_termination", "Early termination"),
        Column("annual_commitment_micros", "Commitment a year", _MONEY),
        Column("shortfall_percent", "Shortfall %"),
    ),
    rows="contract_row",
    rows_id="id",
    hint="No contracts are in the project yet: import the contracts' rates.",
)

SITES = BrowsedTable(
    "sites",
    "Sites",
    "sites",
    "site_id",
    (
        Column("site", "Site"),
        Column("name", "Name"),
        Column("address", "Address"),
        Column("city", "City"),
        Column("state", "State"),
        Column("postal_code", "Postal code"),
        Column("status", "Status", Kind.STATUS),
        Column("closed_date", "Closed", _DATE),
        Column("department", "Department"),
    ),
    rows="site_row",
    rows_id="id",
    hint="No sites are in the project yet: import the list of buildings.",
)

QUARANTINE = BrowsedTable(
    "quarantine",
    "Quarantine",
    "(SELECT quarantined_row.id AS quarantine_id, quarantined_row.import_id, import_file.file,"
    " import_file.sheet, quarantined_row.row, quarantined_row.column_name, quarantined_row.reason,"
    " quarantined_row.amount_micros, quarantined_row.raw, CASE WHEN retirement.import_id IS NULL"
    " THEN 'current' ELSE 'retired' END AS status"
    " FROM quarantined_row LEFT JOIN import_file ON import_file.id = quarantined_row.import_id"
    " LEFT JOIN retirement ON retirement.import_id = quarantined_row.import_id)",
    "quarantine_id",
    (
        Column("import_id", "Import", _COUNT),
        Column("file", "File", Kind.FILE),
        Column("sheet", "Sheet"),
        Column("row", "Row", _COUNT),
        Column("column_name", "Column"),
        Column("reason", "Why it was not accepted"),
        Column("amount_micros", "Amount", _MONEY, adds=True),
        Column("status", "Status", Kind.STATUS),
    ),
    dense="quarantined_row",
    record="NULL",
    hint="Every row that was read could be accepted or was ignored by a rule.",
)

FINDINGS = BrowsedTable(
    "findings",
    "Findings",
    "findings",
    "finding_id",
    (
        Column("finding_id", "No.", _COUNT),
        Column("confidence", "Confidence", Kind.STATUS),
        Column("rule", "Rule"),
        Column("vendor", "Vendor"),
        Column("account", "Account"),
        Column("service", "Service"),
        Column("site", "Site"),
        Column("monthly_micros", "A month", _MONEY, adds=True),
        Column("recoverable_micros", "Recoverable", _MONEY, adds=True),
        Column("first_month", "Since", Kind.MONTH),
        Column("last_month", "Last month", Kind.MONTH),
        Column("charges", "Lines", _COUNT, adds=True),
        Column("status", "State", Kind.STATUS),
        Column("invoice", "Invoice"),
        Column("charge_code", "Code"),
        Column("message", "What was found"),
    ),
    is_imported=False,
    hint="No audit has found anything yet: run the audit.",
)

CALLS = BrowsedTable(
    "calls",
    "Calls",
    "calls",
    "call_id",
    (
        Column("start", "Start", _DATE),
        Column("duration_micros", "Seconds", Kind.QUANTITY, adds=True),
        Column("direction", "Direction", Kind.STATUS),
        Column("from_number", "From"),
        Column("to_number", "To"),
        Column("answered", "Answered", Kind.STATUS),
        Column("trunk_group", "Trunk group"),
        Column("service", "Service"),
    ),
    dense="call_row",
    dense_unless="retirement",
    hint="No calls are in the project yet: import call records.",
)

USAGE = BrowsedTable(
    "usage",
    "Usage",
    "usage",
    "usage_id",
    (
        Column("service", "Service"),
        Column("month", "Month", Kind.MONTH),
        Column("calls", "Calls", _COUNT, adds=True),
        Column("minutes_micros", "Minutes", Kind.QUANTITY, adds=True),
        Column("messages", "Messages", _COUNT, adds=True),
        Column("megabytes_micros", "Megabytes", Kind.QUANTITY, adds=True),
        Column("calls_in", "Calls in", _COUNT, adds=True),
        Column("calls_out", "Calls out", _COUNT, adds=True),
        Column("minutes_in_micros", "Minutes in", Kind.QUANTITY, adds=True),
        Column("minutes_out_micros", "Minutes out", Kind.QUANTITY, adds=True),
        Column("coverage", "Coverage"),
        Column("last_seen", "Last seen", _DATE),
    ),
    rows="usage_row",
    rows_id="id",
    hint="No usage is in the project yet: import usage by service and month.",
)

PEOPLE = BrowsedTable(
    "people",
    "People",
    "people",
    "person_id",
    (
        Column("person", "Person"),
        Column("name", "Name"),
        Column("department", "Department"),
        Column("site", "Site"),
        Column("status", "Status", Kind.STATUS),
        Column("end_date", "Left", _DATE),
    ),
    rows="person_row",
    rows_id="id",
    hint="No people are in the project yet: import the list of persons.",
)

DATA_TABLES = (
    IMPORTS,
    CHARGES,
    INVOICES,
    PAYMENTS,
    INVENTORY,
    CONTRACTS,
    SITES,
    CALLS,
    USAGE,
    PEOPLE,
    QUARANTINE,
)

_BY_KEY = {table.key: table for table in (*DATA_TABLES, FINDINGS)}


def browsed_table(key: str) -> BrowsedTable:
    """The table of that name.

    Raises:
        KeyError: there is none.
    """
    return _BY_KEY[key]
