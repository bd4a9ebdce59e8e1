"""Claims on a bill that were credited, and inventory rows that stand for no vendor."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from telecom_audit.cli.program import run

HEAD = "vendor,account,invoice,bill_date,invoice_total,service,charge_code,class,amount\n"
SHORT_BILL = "Acme,A1,I1,2025-03-10,30.00,3125550001,LINE,MRC,25.00\n"
CREDIT = (
    "Acme,A1,I2,2025-04-10,20.00,3125550001,LINE,MRC,25.00\n"
    "Acme,A1,I2,2025-04-10,20.00,,FIX,ADJ,-5.00\n"
)
Audit = Callable[..., dict[str, list[dict[str, str]]]]


@pytest.fixture
def audit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Audit:
    """Import the texts as bills, each its own file, and audit."""
    project = str(tmp_path / "small.telaudit")
    assert run(["new", project]) == 0

    def audited(*texts: str, inventory: str = "") -> dict[str, list[dict[str, str]]]:
        for text in (*(HEAD + each for each in texts), inventory):
            if text:
                path = tmp_path / f"{len(list(tmp_path.iterdir()))}.csv"
                path.write_text(text)
                assert run(["import", project, str(path)]) == 0
        capsys.readouterr()
        assert run(["audit", project, "--json"]) == 0
        answer: dict[str, list[dict[str, str]]] = json.loads(capsys.readouterr().out)
        return answer

    return audited


def test_an_unexplained_total_credited_before_any_audit_is_no_finding(audit: Audit) -> None:
    assert audit(SHORT_BILL + CREDIT)["findings"] == []


def test_an_unexplained_total_found_and_credited_later_shows_what_came_back(audit: Audit) -> None:
    (before,) = audit(SHORT_BILL)["findings"]
    (after,) = audit(CREDIT)["findings"]
    assert (before["recoverable"], before["recovered"]) == ("5.00", "0.00")
    assert (after["id"], after["recoverable"], after["recovered"]) == (before["id"], "0.00", "5.00")


def test_a_row_without_a_vendor_that_two_vendors_bill_is_told_with_both(audit: Audit) -> None:
    bills = (
        "Acme,A1,I1,2025-03-10,,3125550001,LINE,MRC,25.00\n"
        "Beta,B1,J1,2025-03-10,,3125550001,LINE,MRC,25.00\n"
        "Acme,A1,I1,2025-03-10,,3125550002,LINE,MRC,25.00\n"
    )
    rows = "service,service_type,vendor\n3125550001,pots,\n3125550002,pots,\n"
    notes = audit(bills, inventory=rows)["notes"]
    named = [note for note in notes if "3125550001" in note]
    assert len(named) == 1
    assert "Acme" in named[0]
    assert "Beta" in named[0]
    assert not any("3125550002" in note for note in notes)


def test_a_late_charge_on_a_service_and_on_the_account_names_no_service(audit: Audit) -> None:
    (found,) = audit(
        "Acme,A1,I1,2025-03-10,,3125550001,LPC,LPC,1.50\nAcme,A1,I1,2025-03-10,,,LPC,LPC,2.00\n"
        "Acme,A1,I1,2025-03-10,,3125550001,LPC,LPC,0.50\n"
    )["findings"]
    assert (found["service"], found["recoverable"]) == ("", "4.00")
    assert "3125550001" not in found["message"]
