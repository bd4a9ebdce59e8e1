"""The lines of a bill do not add up to the total that it asks for.

What is wrong: the bill states a total, and the sum of its lines is another amount. The test is
made twice, because carriers state one of two totals: the current charges alone, or the amount due
(the previous balance less the payments received, and the current charges). A bill that fits
either adds up.

Why it happens: a line was dropped from the print or the export, a discount was printed but not
taken off, or a rounding was made line by line and again for the total.

What to ask for: a bill with every line, or a credit of the part of the total that no line
explains. That part is the claim.

What is no error: a bill with rows in quarantine is not tested, nor one that states no total. When
the lines come to more than the total, nothing is claimed: mostly an export repeated some lines,
and all other findings on that bill then want a look before anybody relies on them.
"""

from __future__ import annotations

from telecom_audit.audit.rule import Facts, Rule
from telecom_audit.audit.wording import money, number

_SQL = """
WITH stated AS (
    SELECT bill_id, max(account_id) AS account_id, max(vendor_id) AS vendor_id,
           max(invoice) AS invoice, max(total_micros) AS total_micros,
           max(previous_balance_micros) AS previous_micros, max(payments_micros) AS paid_micros
    FROM invoices
    WHERE status = 'current' AND bill_day <= :as_of_day
    GROUP BY bill_id
    HAVING max(total_micros) = min(total_micros)
), line_sums AS (
    SELECT invoice_id, sum(amount_micros) AS lines_micros
    FROM charge
    GROUP BY invoice_id
), summed AS (
    SELECT invoices.bill_id, sum(line_sums.lines_micros) AS lines_micros
    FROM line_sums
    JOIN invoices ON invoices.invoice_id = line_sums.invoice_id
    WHERE invoices.status = 'current'
    GROUP BY invoices.bill_id
), incomplete AS (
    SELECT DISTINCT invoices.bill_id
    FROM invoices
    JOIN quarantined_row ON quarantined_row.import_id = invoices.import_id
     AND (quarantined_row.invoice = invoices.invoice OR quarantined_row.invoice = '')
     AND (quarantined_row.account = invoices.account OR quarantined_row.account = '')
    WHERE invoices.status = 'current'
)
SELECT NULL AS charge_id, stated.bill_id,
       CASE WHEN stated.total_micros > summed.lines_micros
            THEN stated.total_micros - summed.lines_micros ELSE 0 END AS claimed_micros,
       'proven' AS confidence,
       stated.bill_id AS evidence_invoice_id,
       stated.invoice, stated.total_micros, summed.lines_micros
FROM stated
JOIN summed ON summed.bill_id = stated.bill_id
WHERE stated.total_micros <> summed.lines_micros
  AND stated.total_micros <> summed.lines_micros + coalesce(stated.previous_micros, 0)
                             - coalesce(stated.paid_micros, 0)
  AND stated.bill_id NOT IN (SELECT bill_id FROM incomplete)
ORDER BY stated.bill_id
"""


def _sentence(facts: Facts) -> str:
    total, lines = money(facts, "total_micros"), money(facts, "lines_micros")
    stated = f"Invoice {facts['invoice']} asks for {total}, but its lines come to {lines}"
    if number(facts, "lines_micros") > number(facts, "total_micros"):
        return f"{stated}: perhaps the export repeats lines; nothing is claimed."
    return f"{stated}: no line explains {money(facts, 'claimed')}."


def _arithmetic(facts: Facts) -> str:
    return f"{money(facts, 'total_micros')} stated - {money(facts, 'lines_micros')} in lines"


RULE = Rule(
    key="bill-does-not-add-up",
    question="Do the lines of each bill add up to the total it states?",
    confidence="proven",
    order=0,
    grain="invoice",
    sql=_SQL,
    sentence=_sentence,
    arithmetic=_arithmetic,
)
