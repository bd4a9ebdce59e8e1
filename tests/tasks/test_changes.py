import random

import pytest

from telecom_audit.errors import UsageError
from telecom_audit.store.project import ProjectSettings, create_project, open_project
from telecom_audit.tasks.audit import run_audit
from telecom_audit.tasks.audit_parameters import AuditOrder
from telecom_audit.tasks.changes import SetFindingStatus
from telecom_audit.tasks.findings import STATES, finding, finding_list
from tests.tasks import importing

HEADER = "vendor,account,invoice,bill_date,amount,service,charge_code,description,class,from,thru"
MONTHS = ("2025-01", "2025-02", "2025-03")


def bill_rows(month: str) -> list[str]:
    """Two services, one of them billed twice, each with a tax."""
    start, end = f"{month}-01", f"{month}-28"

    def line(service: str, code: str, kind: str, amount: str) -> str:
        return f"Acme,A1,I{month},{start},{amount},{service},{code},{code},{kind},{start},{end}"

    return [
        line("5551001", "LINE", "MRC", "40.00"),
        line("5551001", "LINE", "MRC", "40.00"),
        line("5551001", "FET", "TAX", "1.20"),
        line("5551002", "LINE", "MRC", "55.55"),
        line("5551002", "FET", "TAX", "1.666667"),
        line("5551003", "LINE", "MRC", "10.00"),
    ]


@pytest.fixture
def audited(tmp_path):
    """A tax-exempt project whose findings claim the same charges, so that states move money."""
    path = tmp_path / "city.telaudit"
    create_project(path, ProjectSettings(tax_exempt=True))
    rows = [row for month in MONTHS for row in bill_rows(month)]
    importing.entry(path, importing.bill(tmp_path, "bills.csv", rows, HEADER))
    inventory = "service,service_type,status,vendor\n5551002,line,active,Acme\n"
    importing.entry(path, importing.file(tmp_path, "inventory.csv", inventory))
    with open_project(path) as project:
        run_audit(project, AuditOrder())
    return path


def standing(path):
    """States, amounts and totals of all findings."""
    with open_project(path) as project:
        document = finding_list(project)
    kept = ("id", "rule", "status", "confidence", "monthly", "recoverable", "charges", "message")
    return [{key: each[key] for key in kept} for each in document["findings"]], document["totals"]


def history(path):
    with open_project(path) as project:
        return [
            tuple(row)
            for row in project.connection.execute(
                "SELECT seq, finding_id, status, note FROM finding_status ORDER BY seq"
            )
        ]


def ids(path):
    return [each["id"] for each in standing(path)[0]]


def test_200_changes_are_taken_back_and_made_again_and_the_history_only_grows(audited):
    chance = random.Random(4)
    start = standing(audited)
    assert len({each["rule"] for each in start[0]}) >= 3
    told = history(audited)
    undo = []
    for number in range(200):
        change = SetFindingStatus(chance.choice(ids(audited)), chance.choice(STATES), f"n{number}")
        undo.append(change.apply(audited))
        now = history(audited)
        assert now[:-1] == told
        assert now[-1][1:] == (change.finding_id, change.status, change.note)
        told = now
    end = standing(audited)
    assert end != start
    redo = [change.apply(audited) for change in reversed(undo)]
    assert standing(audited) == start
    for change in reversed(redo):
        change.apply(audited)
    assert standing(audited) == end
    assert history(audited)[:200] == told
    assert len(history(audited)) == 600


def test_a_muted_finding_claims_nothing_and_frees_its_charges(audited):
    def of(rule):
        found = standing(audited)[0]
        return next(each for each in found if each["rule"] == rule and "5551001" in each["message"])

    duplicate, unknown = of("duplicate-charge"), of("billed-not-in-inventory")
    assert (duplicate["recoverable"], duplicate["charges"]) == ("120.00", 3)
    assert (unknown["monthly"], unknown["charges"]) == ("40.00", 3)
    SetFindingStatus(duplicate["id"], "muted").apply(audited)
    assert (of("duplicate-charge")["recoverable"], of("duplicate-charge")["charges"]) == ("0.00", 0)
    unknown = of("billed-not-in-inventory")
    assert (unknown["monthly"], unknown["charges"]) == ("80.00", 6)


def test_the_inverse_brings_back_the_note_too(audited):
    number = ids(audited)[0]
    SetFindingStatus(number, "validated", "asked the site").apply(audited)
    inverse = SetFindingStatus(number, "rejected", "no").apply(audited)
    assert inverse == SetFindingStatus(number, "validated", "asked the site")
    inverse.apply(audited)
    with open_project(audited) as project:
        states = [(each["status"], each["note"]) for each in finding(project, number)["history"]]
    assert states == [
        ("validated", "asked the site"),
        ("rejected", "no"),
        ("validated", "asked the site"),
    ]


@pytest.mark.parametrize("change", [SetFindingStatus(1, "lost"), SetFindingStatus(999, "muted")])
def test_a_change_that_cannot_be_made_changes_nothing(audited, change):
    before = standing(audited), history(audited)
    with pytest.raises(UsageError):
        change.apply(audited)
    assert (standing(audited), history(audited)) == before


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("muted", "Mute finding 12"),
        ("validated", "Validate finding 12"),
        ("in-progress", "Put finding 12 to in-progress"),
    ],
)
def test_a_change_says_what_it_does(status, words):
    assert SetFindingStatus(12, status).words == words
