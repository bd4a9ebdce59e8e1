"""The same charge of the same service for the same period was billed more than once.

What is wrong: two or more lines agree in vendor, account, service, charge code, description,
period and amount. Lines that take such a charge back are set off; of what remains, all but one
are claimed, the latest ones. Lines without a period are compared on one invoice only.

Why it happens: an order was entered twice, a line was moved between systems and both bill it, or
a period was billed again after a correction.

What to ask for: a credit of each surplus line with its taxes, and that the second entry ends.

What is no error: a service may truly have the charge several times (five line charges of a PRI,
two listings). When the same number stands on at least three invoices, and on every one so far,
the finding is one to check, not a proven one. Usage is never tested: two calls may be alike.
"""

from __future__ import annotations

from telecom_audit.audit.rule import Facts, Rule
from telecom_audit.audit.wording import money, number, span

_SQL = """
WITH often AS (
    SELECT charge.service_id, charge.period_id, abs(charge.amount_micros) AS size_micros,
           CASE WHEN period.months IS NULL
                THEN (SELECT group_id FROM invoice WHERE invoice.id = charge.invoice_id)
                ELSE 0 END AS only_bill
    FROM charge
    JOIN period ON period.id = charge.period_id
    WHERE +charge.service_id IS NOT NULL AND charge.amount_micros <> 0
      AND charge.item_id IN (SELECT id FROM item WHERE class IN ('MRC', 'NRC', 'OCC'))
    GROUP BY 1, 2, 3, 4
    HAVING count(*) > 1
), parts AS (
    SELECT DISTINCT often.service_id, charges.account_id, charges.charge_code, charges.description
    FROM often
    JOIN charges ON charges.service_id = often.service_id
     AND charges.period_id = often.period_id
     AND abs(charges.amount_micros) = often.size_micros
    WHERE charges.class IN ('MRC', 'NRC', 'OCC')
), lines AS (
    SELECT charges.charge_id, charges.service_id, charges.account_id, charges.charge_code,
           charges.description, charges.period_id, charges.bill_id, charges.bill_day,
           charges.invoice, charges.from_date, charges.thru_date, charges.amount_micros,
           abs(charges.amount_micros) AS size_micros,
           CASE WHEN charges.amount_micros > 0 THEN 1 ELSE -1 END AS direction,
           CASE WHEN charges.period_months IS NULL THEN charges.bill_id ELSE 0 END AS only_bill
    FROM parts
    JOIN charges ON charges.service_id = parts.service_id
     AND charges.account_id = parts.account_id
     AND charges.charge_code = parts.charge_code
     AND charges.description = parts.description
    WHERE charges.class IN ('MRC', 'NRC', 'OCC') AND charges.status = 'current'
      AND charges.bill_day <= :as_of_day AND charges.amount_micros <> 0
), on_bills AS (
    SELECT service_id, account_id, charge_code, description, bill_id, period_id, size_micros,
           sum(direction) AS copies
    FROM lines
    GROUP BY service_id, account_id, charge_code, description, bill_id, period_id, size_micros
    HAVING sum(direction) > 0
), habits AS (
    SELECT service_id, account_id, charge_code, description,
           CASE WHEN min(copies) = max(copies) AND min(copies) > 1
                     AND count(DISTINCT bill_id) >= 3 THEN 'check' ELSE 'proven' END AS confidence
    FROM on_bills
    GROUP BY service_id, account_id, charge_code, description
), ranked AS (
    SELECT charge_id, service_id, account_id, charge_code, description, period_id, size_micros,
           only_bill, bill_id, bill_day, invoice, from_date, thru_date, amount_micros, direction,
           row_number() OVER (
               PARTITION BY service_id, account_id, charge_code, description, period_id,
                            size_micros, only_bill, direction
               ORDER BY bill_day, charge_id
           ) AS place,
           sum(CASE WHEN direction > 0 THEN 1 ELSE 0 END) OVER (
               PARTITION BY service_id, account_id, charge_code, description, period_id,
                            size_micros, only_bill
           ) AS billed
    FROM lines
), paired AS (
    -- what took a charge back belongs to the earliest of the surplus lines
    SELECT surplus.charge_id, surplus.bill_id, surplus.bill_day, surplus.invoice,
           surplus.service_id, surplus.account_id, surplus.charge_code, surplus.description,
           surplus.from_date, surplus.thru_date, surplus.amount_micros, surplus.billed,
           original.charge_id AS evidence_charge_id, original.invoice AS original_invoice,
           back.charge_id AS credit_id
    FROM ranked AS surplus
    JOIN ranked AS original
      ON original.service_id = surplus.service_id AND original.account_id = surplus.account_id
     AND original.charge_code = surplus.charge_code
     AND original.description = surplus.description AND original.period_id = surplus.period_id
     AND original.size_micros = surplus.size_micros
     AND original.only_bill = surplus.only_bill
     AND original.direction = 1 AND original.place = 1
    LEFT JOIN ranked AS back
      ON back.service_id = surplus.service_id AND back.account_id = surplus.account_id
     AND back.charge_code = surplus.charge_code AND back.description = surplus.description
     AND back.period_id = surplus.period_id AND back.size_micros = surplus.size_micros
     AND back.only_bill = surplus.only_bill
     AND back.direction = -1 AND back.place = surplus.place - 1
    WHERE surplus.direction = 1 AND surplus.place > 1
)
SELECT paired.charge_id, paired.bill_id, paired.amount_micros AS claimed_micros,
       habits.confidence, paired.credit_id, paired.evidence_charge_id, paired.amount_micros,
       paired.invoice, paired.original_invoice, paired.description, paired.from_date,
       paired.thru_date, paired.billed
FROM paired
JOIN habits ON habits.service_id = paired.service_id AND habits.account_id = paired.account_id
 AND habits.charge_code = paired.charge_code AND habits.description = paired.description
ORDER BY paired.bill_day, paired.charge_id
"""


def _sentence(facts: Facts) -> str:
    often = f"{number(facts, 'billed')} times" if facts["billed"] != 2 else "twice"
    return (
        f"{facts['description'] or facts['charge_code']} of {facts['service']} was billed {often} "
        f"for the same period {span(facts)}; the surplus lines come to {money(facts, 'claimed')}."
    )


def _arithmetic(facts: Facts) -> str:
    return (
        f"the line of {money(facts, 'amount_micros')} repeats that of invoice "
        f"{facts['original_invoice']}"
    )


RULE = Rule(
    key="duplicate-charge",
    question="Was a charge of a service billed more than once for the same period?",
    confidence="proven",
    order=1,
    grain="charge-code",
    sql=_SQL,
    sentence=_sentence,
    arithmetic=_arithmetic,
)
