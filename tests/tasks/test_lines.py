"""The lines behind a number, with their files, rows and raw cells."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from telecom_audit.errors import UsageError
from telecom_audit.money import MICROS
from telecom_audit.tasks.lines import behind
from telecom_audit.tasks.lines_order import LinesOrder
from tests.savings.projects import BillLine, TestProject, new_project

QUARTER = ("2024-01-01", "2024-03-31")


@pytest.fixture
def project(tmp_path: Path) -> TestProject:
    project = new_project(tmp_path)
    project.bring_bills(
        [
            BillLine("2024-01-10", "MRC", "90.00", "312-555-0142", period=QUARTER),
            BillLine("2024-01-10", "TAX", "9.00"),
            BillLine("2024-02-10", "MRC", "5.00", "C-1"),
            BillLine("2024-02-12", "MRC", "2.00", account="77", vendor="Bell"),
        ]
    )
    return project


def test_a_line_bears_where_it_stands_in_its_file(project):
    answer = project.done("lines", "--service", "C-1")
    (line,) = answer["lines"]
    file = project.path.parent / "bill.csv"
    assert line["source"] == {
        "file": "bill.csv",
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "sheet": "",
        "row": 4,
        "raw": file.read_text().splitlines()[3].split(","),
    }
    assert answer["total"] == line["amount"] == "5.00"
    assert (line["vendor"], line["account"], line["invoice"]) == ("Acme", "100", "100-2024-02-10")
    assert (line["bill_date"], line["class"], line["from"], line["quantity"]) == (
        "2024-02-10",
        "MRC",
        None,
        None,
    )


@pytest.mark.parametrize("spelling", ["312-555-0142", "3125550142", "(312) 555 0142"])
def test_a_service_is_found_by_its_spelling_and_by_its_key(project, spelling):
    (line,) = project.done("lines", "--service", spelling)["lines"]
    assert (line["service"], line["service_key"]) == ("312-555-0142", "3125550142")


def test_the_recurring_lines_of_an_account_are_a_service_too(project):
    (line,) = project.done("lines", "--service", "account:77")["lines"]
    assert line["amount"] == "2.00"


def test_a_month_counts_the_part_that_falls_into_it(project):
    answer = project.done("lines", "--month", "2024-02")
    assert [(line["amount"], line["counted"]) for line in answer["lines"]] == [
        ("90.00", "30.00"),
        ("9.00", "3.00"),
        ("5.00", None),
        ("2.00", None),
    ]
    assert answer["total"] == "40.00"


def test_conditions_combine(project):
    answer = project.done("lines", "--month", "2024-02", "--vendor", "bell")
    assert [line["amount"] for line in answer["lines"]] == ["2.00"]
    both = project.done("lines", "--vendor", "Bell", "--vendor", "Acme")
    assert both["total"] == "106.00"


def test_payments_are_lines_in_the_month_of_their_date(project):
    project.bring(
        "payments.csv",
        "vendor,account,invoice,payment_date,amount,payer\nAcme,100,I,2024-02-28,12.34,Fire\n",
    )
    answer = project.done("lines", "--month", "2024-02", "--vendor", "Acme")
    payment = answer["lines"][-1]
    assert (payment["charge_id"], payment["amount"]) == (None, "12.34")
    assert payment["source"]["row"] == 2
    assert answer["total"] == "50.34"


def test_bills_and_payments_of_a_month_are_told_apart(project):
    project.bring(
        "payments.csv",
        "vendor,account,invoice,payment_date,amount,payer\nAcme,100,I,2024-02-28,12.34,Fire\n",
    )
    billed = project.done("lines", "--month", "2024-02", "--kind", "bill")
    paid = project.done("lines", "--month", "2024-02", "--kind", "payment")
    assert (billed["total"], paid["total"]) == ("40.00", "12.34")


def test_the_one_off_lines_of_a_month_are_told_apart(project):
    project.bring_bills(
        [
            BillLine("2024-02-20", "NRC", "7.00", "C-9", account="9"),
            BillLine("2024-02-20", "CRD", "-1.50", account="9"),
            BillLine("2024-02-20", "MRC", "20.00", "C-9", account="9"),
        ]
    )
    answer = project.done("lines", "--month", "2024-02", "--one-off")
    assert [line["amount"] for line in answer["lines"]] == ["7.00", "-1.50"]
    assert answer["total"] == "5.50"
    assert project.ask("lines", "--vendor", "Acme", "--one-off")[0] == 2


def test_nothing_found_is_an_answer(project):
    assert project.done("lines", "--service", "X-9") == {"total": "0.00", "lines": []}
    assert project.done("lines", "--month", "1999-01") == {"total": "0.00", "lines": []}


def test_a_retired_bill_has_no_lines(project):
    project.done("retire", "1", "--reason", "test")
    assert project.done("lines", "--vendor", "Acme")["lines"] == []


def test_lines_want_a_condition_and_a_finding_that_exists(project):
    assert project.ask("lines")[0] == 2
    assert project.ask("lines", "--finding", "9")[0] == 2
    assert project.ask("lines", "--month", "2024-2")[0] == 2


def test_the_claimed_lines_of_a_finding_make_up_its_claim(project):
    again = [
        BillLine("2024-03-10", "MRC", "5.00", "C-1", period=("2024-03-01", "2024-03-31"))
        for _ in range(2)
    ]
    project.bring_bills(again, "march.csv")
    found = project.done("audit")["findings"]
    (finding,) = [one for one in found if one["rule"] == "duplicate-charge"]
    answer = project.done("lines", "--finding", str(finding["id"]))
    assert answer["total"] == finding["recoverable"] == "5.00"
    assert len(answer["lines"]) == 1
    assert [line["amount"] for line in answer["evidence"]] == ["5.00"]


def test_an_empty_project_has_no_lines(tmp_path):
    empty = new_project(tmp_path)
    assert empty.done("lines", "--month", "2024-01") == {"total": "0.00", "lines": []}


def total_of(answer: dict) -> int:
    return int(Decimal(answer["total"]) * MICROS)


@pytest.mark.parametrize(
    ("order", "options"),
    [
        (LinesOrder(month=24289), ("--month", "2024-02")),
        (LinesOrder(month=24289, vendors=("Acme",)), ("--month", "2024-02", "--vendor", "Acme")),
        (LinesOrder(vendors=("Bell", "Acme")), ("--vendor", "Bell", "--vendor", "Acme")),
        (LinesOrder(service="C-1"), ("--service", "C-1")),
        (LinesOrder(service="account:77"), ("--service", "account:77")),
        (LinesOrder(month=24289, kind="bill"), ("--month", "2024-02", "--kind", "bill")),
        (LinesOrder(month=24289, kind="payment"), ("--month", "2024-02", "--kind", "payment")),
        (LinesOrder(month=1200), ("--month", "0100-01")),
    ],
)
def test_the_keys_behind_a_number_are_the_lines_in_their_order(project, order, options):
    project.bring(
        "payments.csv",
        "vendor,account,invoice,payment_date,amount,payer\nAcme,100,I,2024-02-28,12.34,Fire\n",
    )
    answer = project.done("lines", *options)
    found = behind(project.path, order)
    assert found.total == total_of(answer)
    wanted = [line.get("payment_id") or line["charge_id"] for line in answer["lines"]]
    assert [*found.charges.shown, *found.payments.shown] == wanted
    counts = [line["counted"] or line["amount"] for line in answer["lines"]]
    by_key = dict(zip(found.charges.within.ids, found.charges.within.counts, strict=True))
    by_key_paid = dict(zip(found.payments.within.ids, found.payments.within.counts, strict=True))
    told = [*(by_key[key] for key in found.charges.shown),
            *(by_key_paid[key] for key in found.payments.shown)]  # fmt: skip
    assert told == [int(Decimal(count) * MICROS) for count in counts]
    assert found.charges.is_partial == any(line["counted"] for line in answer["lines"])


def test_the_keys_behind_a_finding_count_by_what_is_claimed(project):
    again = [
        BillLine("2024-03-10", "MRC", "5.00", "C-1", period=("2024-03-01", "2024-03-31"))
        for _ in range(2)
    ]
    project.bring_bills(again, "march.csv")
    found = project.done("audit")["findings"]
    (finding,) = [one for one in found if one["rule"] == "duplicate-charge"]
    keys = behind(project.path, LinesOrder(finding=finding["id"]))
    assert keys.total == total_of(project.done("lines", "--finding", str(finding["id"])))
    assert (len(keys.charges.shown), len(keys.payments.shown)) == (1, 0)


def test_nothing_asked_for_is_no_number(project):
    with pytest.raises(UsageError):
        behind(project.path, LinesOrder(kind="bill"))
