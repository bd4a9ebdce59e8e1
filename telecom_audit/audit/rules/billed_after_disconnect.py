"""A service that was disconnected is still billed.

What is wrong: the inventory says that the service was disconnected on a date, and recurring
charges are billed for time after it.

Why it happens: the disconnect order stopped at the network and never reached billing, only a part
of the service was taken out, or billing was resumed when another change was made.

What to ask for: a credit of every recurring charge from the day after the disconnect on, with its
taxes, and the end of billing. The order number is the proof; without one the finding is only one
to check, for the date may be that of the wish and not of the work.

What is no error: the period that runs across the date. A line of a whole number of months is
claimed for the months that begin after the date; a shorter line that straddles it claims nothing.
A line without a period is claimed when its bill is dated more than 31 days after the date.
Some contracts ask for a notice of 30 days.
"""

from __future__ import annotations

from telecom_audit.audit.owned_services import OWNED
from telecom_audit.audit.rule import Facts, Rule
from telecom_audit.audit.wording import money, number, span, whole_line

_SQL = f"""
WITH {OWNED}, gone AS (
    SELECT service_id, inventory_id, disconnect_date, disconnect_day, disconnect_order,
           CAST(substr(disconnect_date, 1, 4) AS INTEGER) * 12
           + CAST(substr(disconnect_date, 6, 2) AS INTEGER) AS gone_month,
           CAST(substr(disconnect_date, 9, 2) AS INTEGER) AS gone_day_of_month,
           CASE WHEN substr(disconnect_date, 6, 2) IN ('04', '06', '09', '11') THEN 30
                WHEN substr(disconnect_date, 6, 2) <> '02' THEN 31
                WHEN CAST(substr(disconnect_date, 1, 4) AS INTEGER) % 4 = 0
                     AND (CAST(substr(disconnect_date, 1, 4) AS INTEGER) % 100 <> 0
                          OR CAST(substr(disconnect_date, 1, 4) AS INTEGER) % 400 = 0) THEN 29
                ELSE 28 END AS days_in_month
    FROM owned
    WHERE status = 'disconnected' AND disconnect_day IS NOT NULL
), lines AS (
    SELECT charges.charge_id, charges.bill_id, charges.amount_micros, charges.month_micros,
           charges.period_months, charges.from_date, charges.from_day, charges.bill_day,
           gone.inventory_id, gone.disconnect_date, gone.disconnect_order, gone.disconnect_day,
           CASE WHEN charges.period_months IS NULL
                THEN CASE WHEN charges.bill_day > gone.disconnect_day + 31 THEN 1 ELSE 0 END
                WHEN charges.from_day > gone.disconnect_day
                THEN CASE WHEN charges.period_months > 1 THEN charges.period_months ELSE 1 END
                WHEN charges.period_months > 1
                THEN charges.period_months - 1 - gone.gone_month
                     + CAST(substr(charges.from_date, 1, 4) AS INTEGER) * 12
                     + CAST(substr(charges.from_date, 6, 2) AS INTEGER)
                     + CASE WHEN CAST(substr(charges.from_date, 9, 2) AS INTEGER)
                                 > gone.gone_day_of_month
                                 AND gone.gone_day_of_month < gone.days_in_month
                            THEN 1 ELSE 0 END
                ELSE 0 END AS months_claimed
    FROM gone
    JOIN charges ON charges.service_id = gone.service_id
    WHERE charges.class = 'MRC' AND charges.status = 'current'
      AND charges.bill_day <= :as_of_day AND charges.amount_micros <> 0
)
SELECT charge_id, bill_id,
       CASE WHEN period_months IS NULL OR from_day > disconnect_day THEN amount_micros
            -- the remainder of equal parts stands in the earlier months
            WHEN amount_micros < 0
            THEN months_claimed * month_micros
                 - CASE WHEN period_months * month_micros - amount_micros
                             > period_months - months_claimed
                        THEN period_months * month_micros - amount_micros
                             - (period_months - months_claimed) ELSE 0 END
            ELSE months_claimed * month_micros
                 + CASE WHEN amount_micros - period_months * month_micros
                             > period_months - months_claimed
                        THEN amount_micros - period_months * month_micros
                             - (period_months - months_claimed) ELSE 0 END
       END AS claimed_micros,
       CASE WHEN disconnect_order = '' THEN 'check' ELSE 'proven' END AS confidence,
       inventory_id, amount_micros, period_months, months_claimed, from_date, disconnect_date,
       disconnect_order
FROM lines
WHERE months_claimed > 0
ORDER BY bill_day, charge_id
"""


def _sentence(facts: Facts) -> str:
    order = facts["disconnect_order"]
    proof = f" by order {order}" if order else " (no order number is known)"
    return (
        f"{facts['service']} was disconnected on {facts['disconnect_date']}{proof} but billed "
        f"{span(facts)}: {money(facts, 'claimed')}."
    )


def _arithmetic(facts: Facts) -> str:
    months = facts["period_months"]
    if isinstance(months, int) and months > 1 and facts["months_claimed"] != months:
        return (
            f"{number(facts, 'months_claimed')} of the {months} months in "
            f"{money(facts, 'amount_micros')} begin after {facts['disconnect_date']}"
        )
    return whole_line(facts)


RULE = Rule(
    key="billed-after-disconnect",
    question="Is a service still billed after it was disconnected?",
    confidence="proven",
    order=2,
    grain="service",
    sql=_SQL,
    sentence=_sentence,
    arithmetic=_arithmetic,
)
