import shutil
from pathlib import Path

import pytest

from tests.savings.projects import TestProject
from tests.tasks.verified import change, failed, month_of, one, replayed, small_city, with_shell

pytestmark = pytest.mark.skipif(not shutil.which("sqlite3"), reason="needs the sqlite3 program")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """The small city; never written to."""
    return small_city(tmp_path_factory.mktemp("city")).path


@pytest.fixture
def path(made, tmp_path) -> Path:
    """A copy of it."""
    target = tmp_path / "city.telaudit"
    shutil.copy2(made, target)
    return target


def charge(path: Path, day: str, kind: str, service: str) -> str:
    return one(
        path,
        f"SELECT charge_id FROM charges WHERE bill_date = '{day}' AND class = '{kind}'"
        f" AND service = '{service}'",
    )


def test_an_amount_of_the_window_names_its_row_and_all_that_hangs_on_it(path):
    number = charge(path, "2024-03-10", "USG", "555-0102")
    change(path, "charge", "amount_micros = 14400000", number)
    found = replayed(path)
    assert found.exit_code == 1
    faults = failed(found)
    assert set(faults) == {"schema", "imports", "table charge", "baseline", "forecast"}
    assert faults["table charge"] == (
        f"charge {number} amount_micros: stored 14.40, by row 5 of 2024-03.csv 2.40"
    )
    # 12 months of 2.40 and 12.00 more in one of them, over 12 months
    assert (
        "edition 1, Acme 555-0102 usage: stored 2.40, from the rows as they stand 3.40"
        in faults["baseline"]
    )
    assert "'Hosted', forecast months 2025-01 baseline: stored" in faults["forecast"]


def test_an_amount_after_the_window_names_the_month_that_is_measured(path):
    number = charge(path, "2025-04-10", "MRC", "555-0101")
    change(path, "charge", "amount_micros = 29000000", number)
    faults = failed(replayed(path))
    assert set(faults) == {"schema", "imports", "table charge", "measurement"}
    assert "stored 29.00, by row 2 of 2025-04.csv 30.00" in faults["table charge"]
    assert (
        "months 2025-04 actual: from the rows as they stand 54.40, from the raw cells 55.40"
        in faults["measurement"]
    )


def test_an_amount_that_a_finding_claims_names_the_finding(path):
    number = charge(path, "2024-05-10", "MRC", "555-0101")
    change(path, "charge", "amount_micros = 41000000", number)
    faults = failed(replayed(path))
    # 2.00 a month above the rate of 38.00 in twelve months, then one of them 3.00
    assert (
        "finding 1 recoverable: stored 24.00, from the rows as they stand 25.00"
        in faults["findings"]
    )
    assert (
        f"claim 1 {number} claim amount: stored 2.00, from the rows as they stand 3.00"
        in faults["findings"]
    )
    assert "baseline" not in faults  # a median of twelve months


def test_an_amount_of_a_payment_is_told(path):
    change(path, "payment", "amount_micros = 1000000", "3")
    faults = failed(replayed(path))
    assert set(faults) == {"schema", "imports", "table payment", "measurement"}
    assert (
        "payment 3 amount_micros: stored 1.00, by row 4 of payments.csv 65.00"
        in (faults["table payment"])
    )
    assert (
        "payments 2025-03 Acme actual: from the rows as they stand 1.00, from the raw cells"
        in (faults["measurement"])
    )


def test_a_rate_of_a_contract_is_told(path):
    change(path, "contract_row", "rate_micros = 39000000", "1")
    faults = failed(replayed(path))
    # what the audit claims is left out of what a scenario can save
    assert set(faults) == {"schema", "table contract_row", "findings", "forecast"}
    assert "stored 39.00, by row 2 of contracts.csv 38.00" in faults["table contract_row"]
    assert (
        "finding 1 recoverable: stored 24.00, from the rows as they stand 12.00"
        in (faults["findings"])
    )


def test_the_total_of_an_invoice_is_told(path):
    number = one(path, "SELECT id FROM invoice WHERE total_micros IS NOT NULL")
    change(path, "invoice", "total_micros = 13000000", number)
    faults = failed(replayed(path))
    assert faults["table invoice"] == (
        f"invoice {number} total_micros: stored 13.00, by its import 12.00"
    )


@pytest.mark.parametrize(
    ("table", "setting", "says"),
    [
        ("inventory_row", "monthly_cost_micros = 1", "inventory_row 1 monthly_cost: stored"),
        ("inventory_row", "site = 'ELSEWHERE'", "site: stored ELSEWHERE, by row 2 of inventory"),
        ("item", "class = 'NRC'", "item 1 class: stored NRC, by its import MRC"),
        ("account", "number = '101'", "account 1 number: stored 101, by its import 100"),
    ],
)
def test_other_facts_are_told_too(path, table, setting, says):
    with_shell(path, f"DROP TRIGGER IF EXISTS {table}_keeps_rows_on_update")
    with_shell(path, f"UPDATE {table} SET {setting} WHERE id = 1")
    told = failed(replayed(path))[f"table {table}"]
    assert says.replace("monthly_cost:", "monthly_cost_micros:") in told


@pytest.mark.parametrize(
    ("statement", "check", "says"),
    [
        (
            "UPDATE finding_result SET recoverable_micros = 1000000",
            "findings",
            "finding 1 recoverable: stored 1.00, done again 24.00",
        ),
        (
            "UPDATE claim SET amount_micros = 0 WHERE charge_id = 1",
            "findings",
            "claim 1 1 claim amount: stored 0.00, done again 2.00",
        ),
        ("DELETE FROM finding_result", "findings", "finding 1 finding result: stored nothing"),
        (
            "UPDATE finding SET rule = 'duplicate-charge'",
            "findings",
            "finding 1 rule: stored duplicate-charge, done again contract-rate-variance",
        ),
        (
            "DROP TRIGGER import_file_keeps_rows_on_update;"
            " UPDATE import_file SET sha256 = 'x' WHERE id = 2",
            "history",
            "log entry 3, import 2: sha256",
        ),
        (
            "DELETE FROM scenario",
            "history",
            "the log leaves a scenario 'Hosted' that is not stored",
        ),
        (
            "INSERT INTO cutover (scenario, wave, month, at, user)"
            " VALUES ('Hosted', 'All', 24303, '', '')",
            "history",
            "scenario 'Hosted': cutovers All 2025-04 are stored, none by the log",
        ),
        (
            "DROP TRIGGER baseline_keeps_rows_on_update;"
            " UPDATE baseline SET detail = replace(detail, '2400000', '2500000')",
            "baseline",
            "edition 1, Acme 555-0102 usage: stored 2.50, done again 2.40",
        ),
        (
            "DROP TRIGGER baseline_keeps_rows_on_update; UPDATE baseline SET digest = 'x'",
            "baseline",
            "edition 1, digest: stored x, done again",
        ),
        (
            "DROP TRIGGER baseline_keeps_rows_on_update; UPDATE baseline SET answer = '{'",
            "baseline",
            "what is stored cannot be read",
        ),
        (
            "UPDATE scenario SET plan = json_set(plan, '$.months', 6)",
            "forecast",
            "'Hosted', plan months: stored 6, done again 12",
        ),
        (
            "UPDATE setting SET value = 'true' WHERE name = 'tax_exempt'",
            "table setting",
            "setting tax_exempt value: stored true, by its import false",
        ),
    ],
)
def test_a_stored_result_that_was_changed_is_told(path, statement, check, says):
    with_shell(path, statement)
    found = replayed(path)
    assert found.exit_code == 1
    assert says in failed(found)[check]


def test_an_added_and_a_missing_charge_are_told(path):
    with_shell(
        path,
        "DROP TRIGGER charge_keeps_rows_on_delete; DELETE FROM charge WHERE id = 5;"
        " INSERT INTO charge SELECT 999, invoice_id, service_id, spelling_id, item_id, period_id,"
        " quantity_micros, rate_micros, amount_micros, record FROM charge WHERE id = 9",
    )
    told = failed(replayed(path))["table charge"]
    assert told == "charge 999 was added; charge 5 is missing"


def test_an_amount_beyond_all_sums_is_told(path):
    change(path, "charge", "amount_micros = 9223372036854775807", "1")
    change(path, "payment", "amount_micros = 9223372036854775807", "1")
    with_shell(
        path,
        "UPDATE payment SET amount_micros = 9223372036854775807, payment_date = '2025-03-01'",
    )
    faults = failed(replayed(path))
    assert "charge 1 amount_micros: stored 9223372036854.775807" in faults["table charge"]
    assert "integer overflow" in faults["measurement"]


def test_what_came_after_a_freeze_is_no_mismatch(path):
    project = TestProject(path)
    project.bring_bills(month_of(2024, 6, "55.00"), "again.csv")  # supersedes a bill of the window
    assert failed(replayed(path)) == {}
    newest = project.done("imports")["imports"][-1]["import_id"]
    project.done("retire", str(newest), "--reason", "sent by mistake")
    assert failed(replayed(path)) == {}
    project.done("finding", "1", "--status", "muted", "--note", "known")
    project.freeze("2024-12")
    project.done("end-account", "Acme", "200", "2024-06", "--by", "J. Ruiz")
    project.done("scenario", "cutover", "Hosted", "All", "2025-03")
    project.done("finding", "1", "--status", "detected", "--note", "not known")
    assert failed(replayed(path)) == {}
    project.done("scenario", "remove", "Hosted")
    assert failed(replayed(path)) == {}


def test_what_the_user_said_of_an_invoice_is_found_again(path):
    project = TestProject(path)
    text = "vendor,account,invoice,bill_date,amount\nAcme,100,100-2024-06-10,2024-06-12,9.00\n"
    for name, saying in (("a.csv", "reissue"), ("b.csv", "reused"), ("c.csv", "part")):
        file = path.parent / name
        file.write_text(text.replace("9.00", f"{len(name) + ord(name[0])}.00"), encoding="utf-8")
        project.done("import", str(file), "--set", f"invoice={saying}")
    assert failed(replayed(path)) == {}


def test_rows_put_aside_and_odd_files_are_read_alike(path):
    project = TestProject(path)
    text = (
        "Report of May\nvendor;account;invoice;bill_date;service;amount;Our code\n"
        "Bell;1;X1;05.03.2025;555-0900;1,50;a\n\nBell;1;X1;05.03.2025;555-0901;lots;b\n"
        "Bell;1;X1;05.03.2025;555-0902;2,50;c;too;wide\nBell;;X1;05.03.2025;555-0903;2,50;d\n"
        "Total;;;;;4,00;\n"
    )
    file = path.parent / "odd.csv"
    file.write_text(text, encoding="cp1252")
    options = ("--set", "decimal=,", "--set", "date_format=%d.%m.%Y")
    (entry,) = project.done("import", str(file), *options)["files"]
    assert entry["rows"] == {"read": 7, "stored": 1, "quarantined": 3, "ignored": 3}
    assert failed(replayed(path)) == {}
