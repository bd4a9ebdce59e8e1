"""A service is billed that the inventory does not know.

What is wrong: a carrier bills recurring charges for a service, and the inventory has no row for
it with that carrier, or has it as disconnected without saying when.

Why it happens: the service belongs to somebody else, it was ordered without telling the keeper of
the inventory, or it is forgotten and no one uses it.

What to ask for: first ask in the house who uses it. When nobody does, order the disconnect; the
saving begins when billing ends. The past cannot be claimed by this finding alone.

What is no error: pilot numbers, hunt group members, trunk group identifiers and sub-accounts may
bear another name in the inventory, and an inventory may lag by two months. While it has no row at
all for a carrier the check is silent for that carrier. Lines without a service are never tested.
"""

from __future__ import annotations

from telecom_audit.audit.owned_services import OWNED
from telecom_audit.audit.rule import Facts, Rule
from telecom_audit.audit.wording import money, span, whole_line

_SQL = f"""
WITH {OWNED}, elsewhere AS (
    SELECT service_key, min(vendor) AS other_vendor
    FROM inventory
    WHERE vendor <> ''
    GROUP BY service_key
), unknown AS (
    SELECT service.id AS service_id, owned.inventory_id,
           CASE WHEN owned.service_id IS NULL
                THEN coalesce(elsewhere.other_vendor, '') ELSE '' END AS other_vendor
    FROM service
    LEFT JOIN owned ON owned.service_id = service.id
    LEFT JOIN elsewhere ON elsewhere.service_key = service.key
    WHERE service.vendor_id IN (SELECT owner_id FROM inventory WHERE owner_id IS NOT NULL)
      AND (owned.service_id IS NULL
           OR (owned.status = 'disconnected' AND owned.disconnect_day IS NULL))
)
SELECT charges.charge_id, charges.bill_id, charges.amount_micros AS claimed_micros,
       'check' AS confidence, unknown.inventory_id, charges.amount_micros, unknown.other_vendor
FROM unknown
CROSS JOIN charges
WHERE charges.service_id = unknown.service_id
  AND charges.class = 'MRC' AND charges.status = 'current'
  AND charges.bill_day <= :as_of_day AND charges.amount_micros <> 0
ORDER BY charges.bill_day, charges.charge_id
"""


def _sentence(facts: Facts) -> str:
    billed = f"{facts['service']} was billed {span(facts)} ({money(facts, 'claimed')}), but"
    if facts["inventory_id"] is not None:
        return f"{billed} the inventory has it as disconnected, without a date."
    other = facts["other_vendor"]
    known = f"; it has a row for it with {other}" if other else ""
    return f"{billed} the inventory has no row for it with {facts['vendor']}{known}."


RULE = Rule(
    key="billed-not-in-inventory",
    question="Is every billed service in the inventory?",
    confidence="check",
    order=4,
    grain="service",
    sql=_SQL,
    sentence=_sentence,
    arithmetic=whole_line,
    present_only=True,
)
