"""A customer who is exempt from taxes is billed for them.

What is wrong: the customer does not owe taxes on its services, and the bill has tax lines.

Why it happens: the certificate of exemption was filed for one account and not for the next, it
expired in the carrier's records, or a new service was set up as an ordinary customer's.

What to ask for: send the certificate for the account again, and ask for the tax lines back. For
federal excise tax the customer may also turn to the tax office, mostly within three years.

What is no error: surcharges of the carrier are no taxes and are not claimed. Lines that speak of
911, universal service, relay, franchise, gross receipts, regulatory or recovery are often charges
that an exempt customer owes too: they are findings to check. An exemption may cover one state or
one account only: see the parameters.
"""

from __future__ import annotations

from telecom_audit.audit.rule import Facts, Parameter, Rule
from telecom_audit.audit.wording import money, span, subject, whole_line

_OWED_BY_ALL = (
    "911",
    "usf",
    "universal service",
    "relay",
    "franchise",
    "gross receipts",
    "regulatory",
    "recovery",
)
_NAMES_ONE = "\n              OR ".join(
    f"instr(lower(charge_code || ' ' || description), '{word}') > 0" for word in _OWED_BY_ALL
)

_SQL = f"""
SELECT charge_id, bill_id, amount_micros AS claimed_micros,
       CASE WHEN {_NAMES_ONE}
            THEN 'check' ELSE 'proven' END AS confidence,
       amount_micros, charge_code, description, jurisdiction
FROM charges
WHERE class = 'TAX' AND amount_micros > 0 AND :exempt = 1
  AND status = 'current' AND bill_day <= :as_of_day AND bill_day >= :from_day
  AND (:jurisdictions = '' OR instr(:jurisdictions, '|' || lower(jurisdiction) || '|') > 0)
  AND (:accounts = '' OR instr(:accounts, '|' || lower(account) || '|') > 0)
ORDER BY bill_day, charge_id
"""


def _sentence(facts: Facts) -> str:
    what = facts["description"] or facts["charge_code"] or "tax"
    return (
        f"{what} was billed to {subject(facts)} {span(facts)} although the customer is exempt: "
        f"{money(facts, 'claimed')}."
    )


RULE = Rule(
    key="tax-on-exempt-customer",
    question="Is tax billed to a customer who is exempt?",
    confidence="proven",
    order=8,
    grain="charge-code",
    sql=_SQL,
    sentence=_sentence,
    arithmetic=whole_line,
    parameters=(
        Parameter("exempt", "yes-no", "", "whether the customer is exempt; default: the project's"),
        Parameter("from", "date", "", "the exemption holds for bills dated from this day on"),
        Parameter("jurisdictions", "list", "", "only taxes of these jurisdictions; empty: all"),
        Parameter("accounts", "list", "", "only these accounts; empty: all"),
    ),
    credit_classes=("TAX",),
)
