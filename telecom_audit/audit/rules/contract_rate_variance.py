"""A recurring charge is higher than the rate of its contract.

What is wrong: the contract in force on the first day of the period gives a rate for the charge
code, and the bill asks for more: amount less quantity times rate times months, after the discounts
of that service on that invoice. Half a percent is tolerated.

Which contract counts: a row of the contract that the inventory names for the service; else a row
of the vendor for that code and site; else a row of the vendor for that code and no site. Of the
rows in force the newest, of two equally new ones the dearer.

Why it happens: the contract was signed and the rate never loaded, a location was not added to
it, a renewal or an amendment lies unread, or the carrier raised its list price.

What to ask for: the contract rate from now on, and a credit of the difference since the contract
began, within the time that it allows for disputes.

What is no error: a discount that is printed for the whole account lowers the rates of its lines,
so a finding on such a bill is one to check; so is one by a contract that names other services.
Parts of months and rates by minute or message are not tested. A bill below contract is no saving.
"""

from __future__ import annotations

from telecom_audit.audit.owned_services import OWNED
from telecom_audit.audit.rule import Facts, Parameter, Rule
from telecom_audit.audit.wording import money, number, span, subject
from telecom_audit.money import money_text

# subject: the service, or less the vendor for lines without a service; days as numbers YYYYMMDD;
# tier: how near the row stands to the charge, the nearest first.
_SQL = f"""
WITH {OWNED}, priced AS (
    SELECT contract_id, contract, vendor_id, charge_code, site, rate_micros, lower(unit) AS unit,
           CAST(replace(effective_from, '-', '') AS INTEGER) AS first_ymd,
           CASE WHEN effective_to IS NULL OR lower(auto_renew) IN ('yes', 'y', 'true', '1')
                THEN 99999999
                ELSE CAST(replace(effective_to, '-', '') AS INTEGER) END AS last_ymd
    FROM contracts
), recurring AS (
    SELECT id AS item_id, charge_code, site
    FROM item
    WHERE class = 'MRC' AND (charge_code IN (SELECT charge_code FROM priced)
                             OR EXISTS (SELECT 1 FROM priced WHERE charge_code = ''))
), billed AS (
    SELECT service.id AS subject, service.vendor_id, recurring.item_id, recurring.charge_code,
           coalesce(owned.contract, '') AS contract,
           CASE WHEN coalesce(owned.site, '') <> '' THEN owned.site
                ELSE recurring.site END AS site
    FROM (
        SELECT service_id, item_id
        FROM charge
        WHERE service_id IS NOT NULL AND amount_micros > 0
        GROUP BY service_id, item_id
    ) AS pair
    JOIN recurring ON recurring.item_id = pair.item_id
    JOIN service ON service.id = pair.service_id
    LEFT JOIN owned ON owned.service_id = pair.service_id
    UNION ALL
    SELECT DISTINCT -charges.vendor_id, charges.vendor_id, recurring.item_id,
           recurring.charge_code, '', recurring.site
    FROM charges
    JOIN recurring ON recurring.item_id = charges.item_id
    WHERE charges.service_id IS NULL AND charges.amount_micros > 0
), sole AS (
    SELECT flat.subject, min(charges.charge_code) AS charge_code
    FROM (
        SELECT DISTINCT billed.subject
        FROM billed
        JOIN priced ON priced.contract = billed.contract
        WHERE billed.subject > 0 AND billed.contract <> '' AND priced.charge_code = ''
    ) AS flat
    CROSS JOIN charges
    WHERE charges.service_id = flat.subject AND charges.class = 'MRC'
      AND charges.status = 'current' AND charges.bill_day <= :as_of_day
      AND charges.amount_micros > 0
    GROUP BY flat.subject
    HAVING min(charges.charge_code) = max(charges.charge_code)
), candidate AS (
    SELECT billed.subject, billed.item_id,
           CASE WHEN priced.vendor_id = billed.vendor_id THEN 1 ELSE 2 END AS tier,
           priced.contract_id, priced.rate_micros, priced.first_ymd, priced.last_ymd
    FROM billed
    JOIN priced ON priced.contract = billed.contract AND priced.charge_code = billed.charge_code
    WHERE billed.contract <> '' AND priced.charge_code <> ''
      AND (priced.site IN ('', billed.site) OR billed.site = '')
    UNION ALL
    SELECT billed.subject, billed.item_id, 3, priced.contract_id, priced.rate_micros,
           priced.first_ymd, priced.last_ymd
    FROM billed
    JOIN sole ON sole.subject = billed.subject
    JOIN priced ON priced.contract = billed.contract AND priced.charge_code = ''
    WHERE billed.contract <> '' AND (priced.site IN ('', billed.site) OR billed.site = '')
    UNION ALL
    SELECT billed.subject, billed.item_id, CASE WHEN priced.site <> '' THEN 4 ELSE 5 END,
           priced.contract_id, priced.rate_micros, priced.first_ymd, priced.last_ymd
    FROM billed
    JOIN priced ON priced.vendor_id = billed.vendor_id
     AND priced.charge_code = billed.charge_code
    WHERE priced.charge_code <> '' AND priced.site IN ('', billed.site)
), edge AS (
    SELECT subject, item_id, first_ymd AS since FROM candidate
    UNION
    SELECT subject, item_id, last_ymd + 1 FROM candidate
), choice AS (
    SELECT edge.subject, edge.item_id, edge.since, candidate.contract_id, candidate.tier,
           row_number() OVER (
               PARTITION BY edge.subject, edge.item_id, edge.since
               ORDER BY candidate.tier, candidate.first_ymd DESC, candidate.rate_micros DESC,
                        candidate.contract_id DESC
           ) AS place
    FROM edge
    LEFT JOIN candidate ON candidate.subject = edge.subject AND candidate.item_id = edge.item_id
     AND candidate.first_ymd <= edge.since AND candidate.last_ymd >= edge.since
), in_force AS (
    SELECT subject, item_id, since, contract_id, tier,
           coalesce(lead(since) OVER (PARTITION BY subject, item_id ORDER BY since), 100000000)
               AS till
    FROM choice
    WHERE place = 1
), tariff AS (
    SELECT in_force.subject, in_force.item_id, in_force.since, in_force.till, in_force.tier,
           in_force.contract_id, priced.contract, priced.rate_micros
    FROM in_force
    JOIN priced ON priced.contract_id = in_force.contract_id
    WHERE priced.unit IN ('', 'month')
), invoice_day AS (
    -- the bill date less one month, on the last day of a shorter month
    SELECT invoice_id, year_before * 10000 + month_before * 100
           + CASE WHEN day > days THEN days ELSE day END AS ymd
    FROM (
        SELECT invoice_id, year_before, month_before, day,
               CASE WHEN month_before IN (4, 6, 9, 11) THEN 30
                    WHEN month_before <> 2 THEN 31
                    WHEN year_before % 4 = 0
                         AND (year_before % 100 <> 0 OR year_before % 400 = 0) THEN 29
                    ELSE 28 END AS days
        FROM (
            SELECT invoice_id, CAST(substr(bill_date, 9, 2) AS INTEGER) AS day,
                   CAST(substr(bill_date, 1, 4) AS INTEGER)
                   - CASE WHEN substr(bill_date, 6, 2) = '01' THEN 1 ELSE 0 END AS year_before,
                   CASE WHEN substr(bill_date, 6, 2) = '01' THEN 12
                        ELSE CAST(substr(bill_date, 6, 2) AS INTEGER) - 1 END AS month_before
            FROM invoices
            WHERE status = 'current' AND bill_day <= :as_of_day
        ) AS parted
    ) AS measured
), span AS (
    SELECT id AS period_id, coalesce(months, 1) AS months,
           CASE WHEN months IS NULL THEN NULL
                ELSE CAST(replace(from_date, '-', '') AS INTEGER) END AS ymd
    FROM period
    WHERE months IS NULL OR months > 0
), matched AS (
    -- part_micros: what the fraction of the quantity costs, in millionths of a micro
    SELECT charges.charge_id, charges.bill_id, charges.service_id, charges.bill_day,
           charges.amount_micros, charges.quantity_micros, span.months, tariff.rate_micros,
           tariff.contract_id, tariff.contract, tariff.tier,
           span.months * (charges.whole_quantity * tariff.rate_micros) AS whole_micros,
           coalesce(charges.quantity_micros % 1000000, 0) * tariff.rate_micros * span.months
               AS part_micros
    FROM charges
    CROSS JOIN tariff
    CROSS JOIN span
    CROSS JOIN invoice_day
    WHERE charges.amount_micros > 0
      AND tariff.item_id = charges.item_id
      AND tariff.subject = coalesce(charges.service_id, -charges.vendor_id)
      AND span.period_id = charges.period_id
      AND invoice_day.invoice_id = charges.invoice_id
      AND coalesce(span.ymd, invoice_day.ymd) >= tariff.since
      AND coalesce(span.ymd, invoice_day.ymd) < tariff.till
), tested AS (
    -- half up: what is multiplied by a millionth is a whole number of millions
    SELECT charge_id, bill_id, service_id, bill_day, amount_micros, quantity_micros, months,
           rate_micros, contract_id, contract, tier,
           whole_micros
           + CAST(round((part_micros - part_micros % 1000000) * 0.000001) AS BIGINT)
           + CASE WHEN part_micros % 1000000 >= 500000 THEN 1
                  WHEN part_micros % 1000000 <= -500000 THEN -1 ELSE 0 END AS expected_micros
    FROM matched
), above AS (
    SELECT charge_id, bill_id, service_id, bill_day, amount_micros, quantity_micros, months,
           rate_micros, contract_id, contract, tier, expected_micros,
           sum(amount_micros - expected_micros) OVER (
               PARTITION BY bill_id, service_id ORDER BY charge_id
               ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
           ) AS over_so_far_micros
    FROM tested
    WHERE (amount_micros - expected_micros) * 1000 > expected_micros * :tolerance
), discount AS (
    SELECT bill_id, service_id, -sum(amount_micros) AS lower_micros,
           max(CASE WHEN class = 'MRC' THEN 1 ELSE 0 END) AS recurring
    FROM charges
    WHERE amount_micros < 0 AND class IN ('MRC', 'CRD', 'ADJ') AND status = 'current'
    GROUP BY bill_id, service_id
), taken AS (
    SELECT above.charge_id, above.bill_id, above.bill_day, above.amount_micros,
           above.quantity_micros, above.months, above.rate_micros, above.contract_id,
           above.contract, above.tier,
           above.service_id, above.expected_micros,
           above.amount_micros - above.expected_micros AS over_micros,
           above.over_so_far_micros - above.amount_micros + above.expected_micros AS before_micros,
           coalesce(own.lower_micros, 0) AS lower_micros,
           CASE WHEN whole.bill_id IS NULL THEN 0 ELSE 1 END AS account_discount
    FROM above
    LEFT JOIN discount AS own
      ON own.bill_id = above.bill_id AND own.service_id = above.service_id
    LEFT JOIN (
        SELECT bill_id FROM discount WHERE service_id IS NULL AND recurring = 1
    ) AS whole ON whole.bill_id = above.bill_id
), net AS (
    SELECT charge_id, bill_id, bill_day, amount_micros, quantity_micros, months, rate_micros,
           contract_id, contract, tier, service_id, expected_micros, account_discount, over_micros,
           CASE WHEN lower_micros <= before_micros THEN 0
                WHEN lower_micros - before_micros < over_micros
                THEN lower_micros - before_micros
                ELSE over_micros END AS offset_micros
    FROM taken
)
SELECT net.charge_id, net.bill_id, net.over_micros - net.offset_micros AS claimed_micros,
       CASE WHEN net.account_discount = 1 THEN 'check'
            WHEN net.tier > 3 AND net.contract IN (SELECT contract FROM inventory) THEN 'check'
            ELSE 'proven' END AS confidence,
       net.contract_id, net.offset_micros, net.amount_micros, net.quantity_micros, net.months,
       net.rate_micros, net.expected_micros, net.contract
FROM net
WHERE (net.over_micros - net.offset_micros) * 1000 > net.expected_micros * :tolerance
ORDER BY net.bill_day, net.charge_id
"""


def _quantity(facts: Facts) -> int:
    return 1_000_000 if facts["quantity_micros"] is None else number(facts, "quantity_micros")


def _sentence(facts: Facts) -> str:
    return (
        f"{facts['description'] or facts['charge_code']} of {subject(facts)} is billed above the "
        f"rate of {money(facts, 'rate_micros')} in contract {facts['contract']} {span(facts)}: "
        f"{money(facts, 'claimed')} too much."
    )


def _arithmetic(facts: Facts) -> str:
    quantity = money_text(_quantity(facts)).removesuffix(".00")
    months = number(facts, "months")
    worked = (
        f"{money(facts, 'amount_micros')} - {quantity} x {money(facts, 'rate_micros')}"
        f"{f' x {months} months' if months > 1 else ''}"
    )
    lower = number(facts, "offset_micros")
    return f"{worked} - {money_text(lower)} of discounts" if lower else worked


RULE = Rule(
    key="contract-rate-variance",
    question="Is a recurring charge higher than the rate of its contract?",
    confidence="proven",
    order=6,
    grain="charge-code",
    sql=_SQL,
    sentence=_sentence,
    arithmetic=_arithmetic,
    parameters=(
        Parameter("tolerance", "per-mille", "5", "thousandths of the contract amount let pass"),
    ),
)
