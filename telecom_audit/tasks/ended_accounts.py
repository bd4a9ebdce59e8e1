"""Record the last month that an account bills."""

from __future__ import annotations

from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.identifiers import vendor_key
from telecom_audit.months import month_text
from telecom_audit.store.ended_accounts import account_id, add_ended_account
from telecom_audit.store.project import Project


def end_account(project: Project, account: tuple[str, str], last_month: int, by: str) -> None:
    """Record the last month that an account bills; a later record of the account replaces it.

    Args:
        project: the open project.
        account: the vendor's name and the account's number, as billed.
        last_month: a month number.
        by: who says so.

    Raises:
        UsageError: nobody is named.
        RefusedError: no bill names the account.
    """
    if not by.strip():
        raise UsageError("nobody is named", "Name who says so with --by.")
    vendor, number = account[0].strip(), account[1].strip()
    with project.write() as connection:
        found = account_id(connection, vendor_key(vendor), number)
        if found is None:
            raise RefusedError(
                f"no bill of {vendor} names the account {number}",
                "Write vendor and account as `measure` shows them under the missing bills.",
            )
        add_ended_account(connection, found, last_month, by.strip())
        project.log(
            "end-account",
            {"vendor": vendor, "account": number, "month": month_text(last_month), "by": by},
        )
