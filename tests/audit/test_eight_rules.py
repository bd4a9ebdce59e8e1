"""The rules on a small bill whose findings were worked out by hand."""

import json
from pathlib import Path

import pytest

from telecom_audit.cli.program import run

BILL = "vendor,account,invoice,bill_date,service,charge_code,description,class,amount,from,thru\n"


def bill_text() -> str:
    rows = []
    for month, end in ((1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30)):
        day, thru = f"2025-{month:02d}-01", f"2025-{month:02d}-{end}"
        head = f"Acme,A1,I{month},{day}"
        rows += [f"{head},312-555-000{n},LINE,Line,MRC,50.00,{day},{thru}" for n in (1, 2, 3)]
        rows.append(f"{head},312-555-0001,TX,Sales tax,TAX,3.00,{day},{thru}")
        if month == 4:
            rows.append(f"{head},312-555-0001,LINE,Line,MRC,50.00,{day},{thru}")
    return BILL + "\n".join(rows) + "\n"


@pytest.fixture
def project(tmp_path: Path) -> str:
    path = str(tmp_path / "small.telaudit")
    (tmp_path / "bill.csv").write_text(bill_text())
    (tmp_path / "inventory.csv").write_text(
        "service,service_type,status,vendor,contract,disconnect_date,disconnect_order\n"
        "312-555-0001,pots,active,Acme,C1,,\n"
        "312-555-0002,pots,disconnected,Acme,C1,2025-03-15,D-77\n"
    )
    (tmp_path / "contract.csv").write_text(
        "contract,vendor,charge_code,rate,effective_from\nC1,Acme,LINE,45.00,2024-01-01\n"
    )
    assert run(["new", path, "--tax-exempt"]) == 0
    names = ("bill.csv", "inventory.csv", "contract.csv")
    assert run(["import", path, *(str(tmp_path / name) for name in names)]) == 0
    return path


def test_each_error_is_found_once_with_its_dollars(
    project: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["audit", project, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    found = {
        (each["rule"], each["service"]): (
            each["confidence"],
            each["monthly"],
            each["recoverable"],
        )
        for each in answer["findings"]
    }
    assert found == {
        ("duplicate-charge", "312-555-0001"): ("proven", "0.00", "50.00"),
        ("billed-after-disconnect", "312-555-0002"): ("proven", "50.00", "150.00"),
        ("contract-rate-variance", "312-555-0001"): ("proven", "5.00", "30.00"),
        ("contract-rate-variance", "312-555-0002"): ("proven", "0.00", "15.00"),
        ("tax-on-exempt-customer", "312-555-0001"): ("proven", "3.00", "18.00"),
        ("billed-not-in-inventory", "312-555-0003"): ("check", "50.00", "0.00"),
    }


def test_a_rejected_finding_frees_its_charges(
    project: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["audit", project])
    capsys.readouterr()
    assert run(["finding", project, "2", "--status", "rejected", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["recoverable"] == "0.00"
    run(["findings", project, "--rule", "contract-rate-variance", "--json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert {each["recoverable"] for each in findings} == {"30.00"}


@pytest.mark.parametrize("bad", ["x.y=1", "duplicate-charge.nothing=1", "duplicate-charge"])
def test_an_unknown_setting_is_wrong_usage(project: str, bad: str) -> None:
    assert run(["audit", project, "--set", bad]) == 2
