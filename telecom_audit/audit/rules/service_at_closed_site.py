"""A service is billed at a site that was closed.

What is wrong: the site of the service is closed, and recurring charges begin more than 30 days
after the day it closed, or it is closed and nobody knows since when.

Why it happens: the people moved, the furniture moved, and nobody told the carrier.

What to ask for: find out whether anything there still needs the line; when nothing does, order
the disconnect. The saving begins when billing ends. The past is not claimed here: the carrier
billed what nobody had cancelled. What was billed after a disconnect order is another finding.

What is no error: elevator, fire and burglar alarm lines must stay while the building is owned,
and a closed site may be let or sold with its lines.
"""

from __future__ import annotations

from telecom_audit.audit.owned_services import OWNED
from telecom_audit.audit.rule import Facts, Parameter, Rule
from telecom_audit.audit.wording import money, span, subject, whole_line

_COLUMNS = """charges.charge_id, charges.bill_id, charges.amount_micros, charges.bill_day,
           closed.site_id, closed.site, closed.closed_date"""
_BILLED_SINCE = """charges.class = 'MRC' AND charges.status = 'current'
      AND charges.bill_day <= :as_of_day AND charges.amount_micros <> 0
      AND (closed.closed_day IS NULL
           OR CASE WHEN charges.period_months IS NULL THEN charges.bill_day
                   ELSE charges.from_day END > closed.closed_day + :grace_days)"""

_SQL = f"""
WITH {OWNED}, closed AS (
    SELECT site_id, site, closed_date, closed_day
    FROM sites
    WHERE lower(status) = 'closed'
       OR (closed_day IS NOT NULL AND lower(status) NOT IN ('open', 'active'))
), lines AS (
    SELECT {_COLUMNS}, owned.inventory_id
    FROM closed
    CROSS JOIN owned
    CROSS JOIN charges
    WHERE owned.site = closed.site AND charges.service_id = owned.service_id
      AND {_BILLED_SINCE}
    UNION ALL
    SELECT {_COLUMNS}, NULL AS inventory_id
    FROM charges
    JOIN closed ON closed.site = charges.site
    WHERE charges.item_id IN (SELECT id FROM item WHERE site IN (SELECT site FROM closed))
      AND (charges.service_id IS NULL
           OR charges.service_id NOT IN (SELECT service_id FROM owned WHERE site <> ''))
      AND {_BILLED_SINCE}
)
SELECT charge_id, bill_id, amount_micros AS claimed_micros, 'check' AS confidence,
       site_id, inventory_id, amount_micros, site, closed_date
FROM lines
ORDER BY bill_day, charge_id
"""


def _sentence(facts: Facts) -> str:
    closed = facts["closed_date"]
    since = f"was closed on {closed}" if closed else "is closed"
    return (
        f"Site {facts['site']} {since}, but {subject(facts)} there was billed {span(facts)}: "
        f"{money(facts, 'claimed')}."
    )


RULE = Rule(
    key="service-at-closed-site",
    question="Is a service billed at a site that was closed?",
    confidence="check",
    order=3,
    grain="service",
    sql=_SQL,
    sentence=_sentence,
    arithmetic=whole_line,
    parameters=(
        Parameter("grace_days", "days", "30", "days after the closing that are not claimed"),
    ),
    present_only=True,
)
