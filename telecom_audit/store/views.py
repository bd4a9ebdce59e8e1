"""The documented views, with speaking names: what rules, exports and auditors read.

Every view joins its dimensions by LEFT JOIN on a primary key, so that SQLite leaves out the ones
that a query does not name. Dates stand as ISO text beside day numbers (days since 1970-01-01),
months as numbers (year * 12 + month - 1), money as whole micros.
"""

from __future__ import annotations

CHARGES = """
    SELECT charge.id AS charge_id, charge.invoice_id, invoice.import_id, charge.record,
           account.vendor_id, vendor.name AS vendor,
           invoice.account_id, account.number AS account,
           invoice.group_id AS bill_id, invoice.number AS invoice,
           invoice.bill_date, invoice.bill_day,
           invoice_state.status, invoice_state.counts_month,
           charge.service_id, ifnull(spelling.name, ifnull(service.name, '')) AS service,
           ifnull(service.key, '') AS service_key,
           charge.item_id, item.charge_code, item.description, item.class, item.service_type,
           item.site, item.jurisdiction,
           charge.quantity_micros, charge.rate_micros, charge.amount_micros,
           charge.period_id, period.from_date, period.from_day, period.thru_date, period.thru_day,
           period.months AS period_months, period.days AS period_days,
           period.month_days AS period_month_days,
           CASE WHEN period.months >= 2 THEN charge.amount_micros / period.months END
               AS month_micros,
           ifnull(charge.quantity_micros, 1000000) / 1000000 AS whole_quantity
    FROM charge
    LEFT JOIN invoice ON invoice.id = charge.invoice_id
    LEFT JOIN invoice_state ON invoice_state.invoice_id = charge.invoice_id
    LEFT JOIN account ON account.id = invoice.account_id
    LEFT JOIN vendor ON vendor.id = account.vendor_id
    LEFT JOIN service ON service.id = charge.service_id
    LEFT JOIN spelling ON spelling.id = charge.spelling_id
    LEFT JOIN item ON item.id = charge.item_id
    LEFT JOIN period ON period.id = charge.period_id
"""

INVOICES = """
    SELECT invoice.id AS invoice_id, invoice.import_id, invoice.group_id AS bill_id,
           account.vendor_id, vendor.name AS vendor, invoice.account_id, account.number AS account,
           invoice.number AS invoice, invoice.bill_date, invoice.bill_day, invoice.due_date,
           invoice.due_day, invoice.previous_balance_micros, invoice.payments_micros,
           invoice.total_micros, invoice_state.status, invoice_state.counts_month
    FROM invoice
    LEFT JOIN invoice_state ON invoice_state.invoice_id = invoice.id
    LEFT JOIN account ON account.id = invoice.account_id
    LEFT JOIN vendor ON vendor.id = account.vendor_id
"""

PAYMENTS = """
    SELECT payment.id AS payment_id, payment.import_id, payment.record, payment.vendor_id,
           vendor.name AS vendor, spelling.name AS vendor_as_paid, payment.account,
           payment.invoice, payment.payment_date, payment.payment_day, payment.approximate,
           payment.amount_micros, payment.reference, payment.department, payment.payer
    FROM payment
    LEFT JOIN retirement ON retirement.import_id = payment.import_id
    LEFT JOIN vendor ON vendor.id = payment.vendor_id
    LEFT JOIN spelling ON spelling.id = payment.spelling_id
    WHERE retirement.import_id IS NULL
"""

# The newest row of each vendor and service. A row without a vendor stands for the one vendor that
# bills its service_key; owner_id is that vendor, or the row's own.
INVENTORY = """
    WITH kept AS (
        SELECT inventory_row.id,
               row_number() OVER (
                   PARTITION BY ifnull(vendor_id, 0), service_key
                   ORDER BY inventory_row.id DESC
               ) AS age
        FROM inventory_row
        LEFT JOIN retirement ON retirement.import_id = inventory_row.import_id
        WHERE retirement.import_id IS NULL
    ), billers AS (
        SELECT key AS service_key, min(vendor_id) AS vendor_id, count(*) AS vendors
        FROM service
        WHERE key IN (SELECT service_key FROM inventory_row WHERE vendor_id IS NULL)
          AND EXISTS (
              SELECT 1
              FROM charge
              JOIN invoice_state ON invoice_state.invoice_id = charge.invoice_id
              WHERE charge.service_id = service.id AND invoice_state.status = 'current'
          )
        GROUP BY key
    )
    SELECT inventory_row.id AS inventory_id, inventory_row.import_id, inventory_row.record,
           inventory_row.service, inventory_row.service_key, inventory_row.service_type,
           inventory_row.status, inventory_row.site, inventory_row.department,
           inventory_row."user", inventory_row.use, inventory_row.vendor, inventory_row.vendor_id,
           CASE WHEN inventory_row.vendor_id IS NOT NULL THEN inventory_row.vendor_id
                WHEN billers.vendors = 1 THEN billers.vendor_id END AS owner_id,
           inventory_row.account, inventory_row.contract, inventory_row.system,
           inventory_row.channels, inventory_row.bandwidth_mbps,
           inventory_row.monthly_cost_micros, inventory_row.install_date,
           inventory_row.install_day, inventory_row.disconnect_date, inventory_row.disconnect_day,
           inventory_row.disconnect_order, inventory_row.last_verified, inventory_row.extra
    FROM inventory_row
    JOIN kept ON kept.id = inventory_row.id AND kept.age = 1
    LEFT JOIN billers ON billers.service_key = inventory_row.service_key
"""

CONTRACTS = """
    WITH kept AS (
        SELECT contract_row.id,
               row_number() OVER (
                   PARTITION BY contract, charge_code, site, effective_from
                   ORDER BY contract_row.id DESC
               ) AS age
        FROM contract_row
        LEFT JOIN retirement ON retirement.import_id = contract_row.import_id
        WHERE retirement.import_id IS NULL
    )
    SELECT contract_row.id AS contract_id, contract_row.import_id, contract_row.record,
           contract_row.contract, contract_row.vendor, contract_row.vendor_id,
           contract_row.charge_code, contract_row.description, contract_row.site,
           contract_row.rate_micros, contract_row.unit, contract_row.effective_from,
           contract_row.effective_from_day, contract_row.effective_to,
           contract_row.effective_to_day, contract_row.auto_renew, contract_row.notice_days,
           contract_row.dispute_window_days, contract_row.early_termination,
           contract_row.annual_commitment_micros, contract_row.shortfall_percent,
           contract_row.extra
    FROM contract_row
    JOIN kept ON kept.id = contract_row.id AND kept.age = 1
"""

SITES = """
    WITH kept AS (
        SELECT site_row.id,
               row_number() OVER (PARTITION BY site ORDER BY site_row.id DESC) AS age
        FROM site_row
        LEFT JOIN retirement ON retirement.import_id = site_row.import_id
        WHERE retirement.import_id IS NULL
    )
    SELECT site_row.id AS site_id, site_row.import_id, site_row.record, site_row.site,
           site_row.name, site_row.address, site_row.city, site_row.state, site_row.postal_code,
           site_row.status, site_row.closed_date, site_row.closed_day, site_row.department,
           site_row.extra
    FROM site_row
    JOIN kept ON kept.id = site_row.id AND kept.age = 1
"""

# Whole seconds and days are rounded down before 1970 too, where SQLite's / cuts towards 0.
CALLS = """
    SELECT call_row.id AS call_id, call_row.import_id, call_row.record,
           strftime('%Y-%m-%d %H:%M:%S',
                    (start_micros - 999999 * (start_micros < 0)) / 1000000, 'unixepoch') AS start,
           (start_micros - 86399999999 * (start_micros < 0)) / 86400000000 AS start_day,
           start_micros, duration_micros, direction, from_number, to_number, answered, trunk_group,
           service, service_key
    FROM call_row
    LEFT JOIN retirement ON retirement.import_id = call_row.import_id
    WHERE retirement.import_id IS NULL
"""

USAGE = """
    WITH kept AS (
        SELECT usage_row.id,
               row_number() OVER (
                   PARTITION BY service_key, month ORDER BY usage_row.id DESC
               ) AS age
        FROM usage_row
        LEFT JOIN retirement ON retirement.import_id = usage_row.import_id
        WHERE retirement.import_id IS NULL
    )
    SELECT usage_row.id AS usage_id, import_id, record, service, service_key, month, calls,
           minutes_micros, messages, megabytes_micros, calls_in, calls_out, minutes_in_micros,
           minutes_out_micros, coverage, last_seen, last_seen_day, extra
    FROM usage_row
    JOIN kept ON kept.id = usage_row.id AND kept.age = 1
"""

PEOPLE = """
    WITH kept AS (
        SELECT person_row.id,
               row_number() OVER (PARTITION BY person ORDER BY person_row.id DESC) AS age
        FROM person_row
        LEFT JOIN retirement ON retirement.import_id = person_row.import_id
        WHERE retirement.import_id IS NULL
    )
    SELECT person_row.id AS person_id, import_id, record, person, name, department, site, status,
           end_date, end_day, extra
    FROM person_row
    JOIN kept ON kept.id = person_row.id AND kept.age = 1
"""

IMPORTS = """
    SELECT import_file.id AS import_id, import_file.file, import_file.sha256, import_file.layout,
           import_file.kind, import_file.sheet, import_file.imported_at, import_file.rows_read,
           import_file.rows_stored, import_file.rows_quarantined, import_file.rows_ignored,
           import_file.stated_micros, import_file.stored_micros, import_file.compared_micros,
           import_file.invoices, import_file.warnings,
           CASE WHEN retirement.import_id IS NULL THEN 'current' ELSE 'retired' END AS status,
           ifnull(retirement.reason, '') AS retired_because
    FROM import_file
    LEFT JOIN retirement ON retirement.import_id = import_file.id
"""

FINDINGS = """
    SELECT finding.id AS finding_id, finding.rule, finding_result.confidence,
           finding_result.class, finding_result.vendor, finding_result.account,
           finding_result.service, finding_result.site, finding_result.charge_code,
           finding_result.invoice, finding_result.monthly_micros,
           finding_result.recoverable_micros, finding_result.recoverable_expired_micros,
           finding_result.follow_on_micros, finding_result.recovered_micros,
           finding_result.first_month, finding_result.last_month, finding_result.charges,
           ifnull((SELECT status FROM finding_status
                   WHERE finding_status.finding_id = finding.id
                   ORDER BY seq DESC LIMIT 1), 'detected') AS status,
           finding_result.also_flagged_by, finding_result.message
    FROM finding
    JOIN finding_result ON finding_result.finding_id = finding.id
"""

EVIDENCE = """
    SELECT claim.finding_id, finding.rule, claim.role, claim.amount_micros AS claimed_micros,
           charges.charge_id, charges.import_id, charges.record, charges.vendor, charges.account,
           charges.invoice, charges.bill_date, charges.service, charges.charge_code,
           charges.description, charges.class, charges.amount_micros
    FROM claim
    JOIN finding ON finding.id = claim.finding_id
    JOIN charges ON charges.charge_id = claim.charge_id
"""

VIEWS = {
    "charges": CHARGES,
    "invoices": INVOICES,
    "payments": PAYMENTS,
    "inventory": INVENTORY,
    "contracts": CONTRACTS,
    "sites": SITES,
    "calls": CALLS,
    "usage": USAGE,
    "people": PEOPLE,
    "imports": IMPORTS,
    "findings": FINDINGS,
    "evidence": EVIDENCE,
}
