from decimal import Decimal

import pytest

from telecom_audit.tasks.figures import FindingsDoor, LinesDoor, MeasureDoor, TableDoor
from telecom_audit.tasks.overview import overview, overview_measured
from tests.tasks import importing

HEADER = "vendor,account,invoice,bill_date,amount,service,charge_code,description,class,from,thru"
MONTHS = [f"2025-{month:02}" for month in range(1, 9)]
SCENARIO = """
name = "Move"
start = "2025-05"
months = 12
[discounting]
rate = 0.05
"""


def rows(month: str, services: dict[str, str], account: str = "A1", vendor: str = "Acme"):
    """A bill of a month: one recurring line of each service."""
    return [
        f"{vendor},{account},{vendor}{account}{month},{month}-01,{amount},{service},LINE,Line,MRC,"
        f"{month}-01,{month}-28"
        for service, amount in services.items()
    ]


@pytest.fixture
def city(tmp_path):
    """Eight months of bills: one service came in the last, one went, one account lacks its bill."""
    path = importing.project(tmp_path)
    lines = []
    for month in MONTHS:
        services = {"5551001": "40.00", "5551002": "25.123456"}
        if month < "2025-08":
            services["5551003"] = "10.00"
        else:
            services["5551009"] = "77.70"
        lines += rows(month, services)
        if month < "2025-08":
            lines += rows(month, {"5552001": "30.00"}, "B1", "Bell")
    importing.entry(path, importing.bill(tmp_path, "bills.csv", lines, HEADER))
    return path


def groups(path):
    """The four groups, by their keys."""
    all_groups = (*overview(path), overview_measured(path).realized)
    return {group.key: group for group in all_groups}


def steps(path):
    """What each group without a figure offers."""
    return {key: str(group.step) for key, group in groups(path).items() if group.step}


def news(path):
    return {group.title: group for group in overview_measured(path).news}


def figures(path):
    """Every figure of the groups, by its key."""
    known = {}
    for group in groups(path).values():
        each = [figure for _, figure in group.lines]
        each += [group.headline] if group.headline else []
        known |= {figure.key: figure for figure in each}
    return known


def test_an_empty_project_has_one_next_step_and_that_is_to_import(project_path):
    assert steps(project_path) == {"found": "import"}
    found = overview_measured(project_path)
    assert not found.has_chart
    assert found.news == ()
    assert all(groups(project_path)[key].remark for key in ("found", "planned", "realized"))


def test_each_missing_figure_names_the_step_that_makes_it(city, answer):
    assert steps(city) == {"found": "audit", "planned": "scenario", "realized": "freeze"}
    assert answer("audit", city)[0] == 0
    assert groups(city)["found"].headline.micros == 0
    answer("baseline", city, "freeze", "--through", "2025-04", "--months", "4", "--by", "me")
    assert steps(city) == {"planned": "scenario"}
    assert overview_measured(city).has_chart


def test_a_baseline_up_to_the_last_bill_asks_for_later_bills(city, answer):
    answer("baseline", city, "freeze", "--through", "2025-08", "--months", "8", "--by", "me")
    group = groups(city)["realized"]
    assert (group.headline, group.step) == (None, "import")
    assert "2025-08" in group.remark


def test_what_was_realized_is_what_measure_answers(city, answer):
    answer("baseline", city, "freeze", "--through", "2025-04", "--months", "4", "--by", "me")
    measured = answer("measure", city)[1]
    known = figures(city)
    for key, name in (
        ("realized", "realized_recurring_total"),
        ("realized-total", "realized_total"),
    ):
        assert known[key].door == MeasureDoor(None, name)
        assert Decimal(known[key].micros) / 1_000_000 == Decimal(measured[name])


def test_services_that_came_and_went_are_told_with_what_was_billed_for_them(city, answer):
    found = news(city)
    came, went = found["Services first billed in 2025-08"], found["Services last billed in 2025-07"]
    assert [line.words for line in came.lines] == ["5551009, Acme"]
    assert [line.words for line in went.lines] == ["5551003, Acme"]
    assert [line.figure.text for line in (*came.lines, *went.lines)] == ["77.70", "10.00"]
    for line in (*came.lines, *went.lines):
        door = line.figure.door
        assert isinstance(door, LinesDoor)
        order = door.order
        month = {24307: "2025-08", 24306: "2025-07"}[order.month]
        arguments = ("--month", month, "--service", order.service, "--vendor", order.vendors[0])
        lines = answer("lines", city, *arguments)[1]
        assert Decimal(lines["total"]) * 1_000_000 == line.figure.micros
        assert lines["lines"]


def test_a_service_whose_bill_is_missing_has_not_ended_and_its_account_is_told(city, answer):
    answer("baseline", city, "freeze", "--through", "2025-04", "--months", "4", "--by", "me")
    (missing,) = news(city)["Invoices missing"].lines
    assert missing.words == "Bell, account B1"
    assert missing.figure.text == "since 2025-08"
    assert answer("measure", city)[1]["waiting_for"] == [
        {"vendor": "Bell", "account": "B1", "since": "2025-08"}
    ]


def test_a_first_month_of_bills_is_not_all_news(tmp_path):
    path = importing.project(tmp_path)
    importing.entry(
        path, importing.bill(tmp_path, "bills.csv", rows("2025-01", {"5551001": "40.00"}), HEADER)
    )
    (group,) = overview_measured(path).news
    assert group.lines == ()
    assert group.remark == "None was first billed in 2025-01, and none ended."


def test_only_findings_of_a_second_audit_are_new(city, tmp_path, answer):
    answer("audit", city)
    assert "New findings" not in news(city)
    double = rows("2025-08", {"5551001": "40.00"}, "C1") * 2
    importing.entry(city, importing.bill(tmp_path, "more.csv", double, HEADER))
    answer("audit", city)
    (line,) = news(city)["New findings"].lines
    assert (line.figure.text, line.figure.door) == ("1", FindingsDoor("count", is_new=True))


def test_counts_are_those_of_the_tables_behind_them(city, answer):
    known = figures(city)
    for table, count in (
        ("imports", "1"),
        ("invoices", "15"),
        ("charges", "31"),
        ("payments", "0"),
    ):
        assert known[f"next-{table}"].door == TableDoor(table)
        assert known[f"next-{table}"].text == count


def test_a_project_of_payments_alone_says_why_nothing_is_realized(tmp_path, answer):
    path = importing.project(tmp_path)
    paid = ["vendor,payment_date,amount", "Acme,2025-01-31,10.00", "Acme,2025-02-28,11.00"]
    importing.entry(path, importing.file(tmp_path, "paid.csv", "\n".join(paid) + "\n"))
    code, _ = answer("baseline", path, "freeze", "--through", "2025-01", "--by", "me")
    assert code == 0
    group = groups(path)["realized"]
    assert (group.headline, group.step) == (None, "")
    assert "payments" in group.remark
