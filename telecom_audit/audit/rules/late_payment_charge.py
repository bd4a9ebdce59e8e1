"""A late payment charge was billed although the bill was paid in time.

What is wrong: a bill has a charge for paying the bill before it too late, and the payments show
that it was paid in time; or the customer does not owe late charges at all.

Why it happens: the payment was booked to another account, it lay unbooked across the bill date,
or the carrier does not know that a public body is exempt.

What to ask for: a credit of the charge, with the date and number of the payment, or with the law
or the clause that exempts the customer.

What is no error: when the payments show that the bill was paid late or only in part, there is no
finding: then the way of paying is what wants mending. Without any payment on record, with a
payment whose day is not known, or a bill without a due date, the finding is one to check.
"""

from __future__ import annotations

from telecom_audit.audit.rule import Facts, Parameter, Rule
from telecom_audit.audit.wording import money, subject

_SQL = """
WITH late AS (
    SELECT charge_id, bill_id, account_id, account, vendor_id, amount_micros, bill_day, invoice
    FROM charges
    WHERE class = 'LPC' AND amount_micros > 0
      AND status = 'current' AND bill_day <= :as_of_day
), late_bills AS (
    SELECT DISTINCT bill_id, account_id, bill_day FROM late
), before AS (
    SELECT bill_id, preceding_id
    FROM (
        SELECT late_bills.bill_id, invoices.invoice_id AS preceding_id,
               row_number() OVER (
                   PARTITION BY late_bills.bill_id
                   ORDER BY invoices.bill_day DESC,
                            CASE WHEN invoices.invoice_id = invoices.bill_id THEN 0 ELSE 1 END,
                            invoices.invoice_id DESC
               ) AS age
        FROM late_bills
        JOIN invoices ON invoices.account_id = late_bills.account_id
         AND invoices.bill_day < late_bills.bill_day
        WHERE invoices.status = 'current'
    ) AS earlier
    WHERE age = 1
), owed AS (
    SELECT late_bills.bill_id, late_bills.bill_day AS late_day, invoices.invoice_id,
           invoices.vendor_id, invoices.account, invoices.invoice, invoices.bill_day,
           invoices.due_day, invoices.due_date,
           coalesce(charging.previous_micros, invoices.total_micros,
                    (SELECT sum(charge.amount_micros) FROM charge
                     WHERE charge.invoice_id = invoices.invoice_id)) AS owed_micros
    FROM before
    JOIN late_bills ON late_bills.bill_id = before.bill_id
    JOIN invoices ON invoices.invoice_id = before.preceding_id
    LEFT JOIN (
        SELECT bill_id, max(previous_balance_micros) AS previous_micros
        FROM invoices
        WHERE status = 'current'
        GROUP BY bill_id
    ) AS charging ON charging.bill_id = before.bill_id
), found AS (
    SELECT owed.bill_id, payments.payment_id, payments.amount_micros, payments.approximate,
           CASE WHEN payments.payment_day <= owed.due_day THEN 1 ELSE 0 END AS in_time
    FROM owed
    JOIN payments ON payments.vendor_id = owed.vendor_id
    WHERE (payments.invoice = owed.invoice AND payments.account IN ('', owed.account))
       OR (payments.invoice = '' AND payments.account = owed.account
           AND payments.payment_day >= owed.bill_day
           AND payments.payment_day <= owed.late_day + 31 * payments.approximate)
), paid AS (
    SELECT bill_id, count(*) AS payments, sum(approximate) AS approximate,
           sum(CASE WHEN in_time = 1 AND approximate = 0 THEN amount_micros ELSE 0 END)
               AS in_time_micros
    FROM found
    GROUP BY bill_id
), judged AS (
    SELECT late.charge_id, late.bill_id, late.bill_day, late.amount_micros, late.invoice,
           owed.invoice_id AS evidence_invoice_id, owed.invoice AS owed_invoice, owed.due_date,
           coalesce(owed.owed_micros, 0) AS owed_micros,
           coalesce(paid.in_time_micros, 0) AS in_time_micros,
           CASE WHEN :exempt = 1 THEN 'exempt'
                WHEN paid.bill_id IS NULL THEN 'no payment'
                WHEN owed.due_day IS NULL THEN 'no due date'
                WHEN paid.in_time_micros >= owed.owed_micros THEN 'in time'
                WHEN paid.approximate > 0 THEN 'day unknown'
                ELSE 'late' END AS reason
    FROM late
    LEFT JOIN owed ON owed.bill_id = late.bill_id
    LEFT JOIN paid ON paid.bill_id = late.bill_id
)
SELECT charge_id, bill_id, amount_micros AS claimed_micros,
       CASE WHEN reason IN ('exempt', 'in time') THEN 'proven' ELSE 'check' END AS confidence,
       evidence_invoice_id, amount_micros, invoice, owed_invoice, due_date, owed_micros,
       in_time_micros, reason
FROM judged
WHERE reason <> 'late'
ORDER BY bill_day, charge_id
"""


def _sentence(facts: Facts) -> str:
    billed = (
        f"Invoice {facts['invoice']} bills {money(facts, 'claimed')} to {subject(facts)} for late "
        "payment"
    )
    owed = f"invoice {facts['owed_invoice']}" if facts["owed_invoice"] else "the bill before it"
    return {
        "exempt": f"{billed}, but the customer is exempt from late charges.",
        "in time": f"{billed}, but {owed}, due {facts['due_date']}, was paid in time: "
        f"{money(facts, 'in_time_micros')} of {money(facts, 'owed_micros')}.",
        "no payment": f"{billed}; no payment of {owed} is on record.",
        "no due date": f"{billed}; {owed} does not say when it was due.",
        "day unknown": f"{billed}; on which day {owed} was paid is not known.",
    }[str(facts["reason"])]


def _arithmetic(facts: Facts) -> str:
    return (
        f"the charge of {money(facts, 'amount_micros')}; {money(facts, 'in_time_micros')} of "
        f"{money(facts, 'owed_micros')} paid in time"
    )


RULE = Rule(
    key="late-payment-charge",
    question="Was a late charge billed although the bill before was paid in time?",
    confidence="proven",
    order=9,
    grain="invoice",
    sql=_SQL,
    sentence=_sentence,
    arithmetic=_arithmetic,
    parameters=(
        Parameter("exempt", "yes-no", "", "whether the customer owes none; default: the project's"),
    ),
)
