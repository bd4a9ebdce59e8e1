import sqlite3
import tomllib
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

import resources
from telecom_audit.store.project import ProjectSettings, create_project
from telecom_audit.tasks.figures import FindingsDoor, ForecastDoor, MeasureDoor, TableDoor
from ui.dialogs.freeze import FreezeDialog
from ui.dialogs.scenario import add_scenario_file
from ui.figures import FigureLabel
from ui.window import Window


def settle(window: Window, qtbot) -> None:
    """Wait until no job runs, also none that the last one asked for."""
    qtbot.waitUntil(lambda: not window.desk.work.jobs, timeout=60_000)
    qtbot.wait(1)
    qtbot.waitUntil(lambda: not window.desk.work.jobs, timeout=60_000)


def opened(window, path, qtbot, *, is_review=False):
    window.open_project(path, is_review=is_review)
    qtbot.waitUntil(lambda: window.desk.session is not None, timeout=20_000)
    settle(window, qtbot)
    return window.page


def buttons(page):
    return [each.text() for each in page.findChildren(QPushButton) if each.isVisible()]


def exact(micros: int) -> Decimal:
    return Decimal(micros) / 1_000_000


def test_every_number_is_what_lies_behind_its_door(sample_window, sample_path, qtbot, answer):
    settle(sample_window, qtbot)
    findings = answer("findings", sample_path)[1]["findings"]
    scenario = answer("scenario", sample_path, "list")[1]["scenarios"][0]["name"]
    forecast = answer("forecast", sample_path, scenario)[1]["metrics"]
    measured = answer("measure", sample_path, scenario)[1]
    connection = sqlite3.connect(sample_path)
    seen = set()
    for figure in sample_window.page.figures():
        door = figure.door
        seen.add(type(door))
        if isinstance(door, FindingsDoor):
            chosen = [each for each in findings if door.confidence in ("", each["confidence"])]
            if door.is_new:
                chosen = chosen[34:]  # the sample's second audit was the first to find these
            if door.column == "count":
                assert figure.text == str(len(chosen))
            else:
                assert exact(figure.micros) == sum(Decimal(each[door.column]) for each in chosen)
        elif isinstance(door, ForecastDoor):
            assert exact(figure.micros) == Decimal(forecast[door.key])
        elif isinstance(door, MeasureDoor) and figure.micros is not None:
            assert exact(figure.micros) == Decimal(measured[door.key])
        elif isinstance(door, TableDoor):
            (count,) = connection.execute(f"SELECT count(*) FROM {door.table}").fetchone()
            assert figure.text == f"{count:,}"
    connection.close()
    assert seen == {FindingsDoor, ForecastDoor, MeasureDoor, TableDoor}


def test_the_share_of_plan_is_realized_over_planned(sample_window, qtbot):
    settle(sample_window, qtbot)
    figures = {figure.key: figure for figure in sample_window.page.figures()}
    share = 100 * figures["realized-total"].micros / figures["realized-projected"].micros
    assert figures["realized-share"].text == f"{share:.0f}\N{NO-BREAK SPACE}%"


def test_what_waits_is_counted_in_the_bar(sample_window, qtbot):
    settle(sample_window, qtbot)
    figures = {figure.key: figure for figure in sample_window.page.figures()}
    assert sample_window._bar._buttons["audit"].text() == f"Audit  {figures['next'].text}"
    sample_window.desk.close_project()
    assert sample_window._bar._buttons["audit"].text() == "Audit"


def test_an_empty_project_says_what_to_do_and_offers_it_once(window, project_path, qtbot):
    page = opened(window, project_path, qtbot)
    assert buttons(page).count("Import…") == 2  # under FOUND, and in the chart's place
    assert "Freeze the baseline…" not in buttons(page)


def test_a_review_offers_nothing_that_edits(window, project_path, qtbot):
    page = opened(window, project_path, qtbot, is_review=True)
    assert buttons(page) == []
    assert page.findChildren(QLineEdit) == []
    actions = [
        each.text()
        for menu in window.menuBar().actions()
        for each in menu.menu().actions()
        if each.isVisible()
    ]
    assert not {"&Freeze the baseline…", "Add a sc&enario…"} & set(actions)


def test_buttons_and_chart_of_a_project_go_with_it(sample_window, project_path, qtbot):
    settle(sample_window, qtbot)
    page = sample_window.page
    qtbot.waitUntil(lambda: page.document() is not None, timeout=30_000)
    sample_window.open_project(project_path)
    qtbot.waitUntil(lambda: sample_window.desk.session.shown_path == project_path)
    settle(sample_window, qtbot)
    assert page.document() is None
    assert "Import…" in buttons(page)
    sample_window.open_project(project_path, is_review=True)
    qtbot.waitUntil(lambda: sample_window.desk.session.is_review)
    settle(sample_window, qtbot)
    assert buttons(page) == []


def test_markup_in_a_customers_name_is_shown_as_it_is(window, tmp_path, qtbot, answer):
    path = tmp_path / "city.telaudit"
    create_project(path, ProjectSettings(organization="<b>City</b>"))
    bills = tmp_path / "bills.csv"
    head = "vendor,account,invoice,bill_date,amount,service,charge_code,class\n"
    lines = [
        f"<i>Acme</i>,A1,I{month},2025-{month:02}-01,10.00,<u>{service}</u>,LINE,MRC"
        for month in (1, 2, 3)
        for service in ("555-1001", *(["555-1002"] if month == 3 else []))
    ]
    bills.write_text(head + "\n".join(lines) + "\n")
    assert answer("import", path, bills)[0] == 0
    page = opened(window, path, qtbot)
    labels = page.findChildren(QLabel)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels if label.text())
    assert any(label.text() == "<u>555-1002</u>, <i>Acme</i>" for label in labels)


@pytest.mark.parametrize(
    ("series", "door"),
    [
        ("realized", MeasureDoor("Hosted UC, two waves", "realized", "2025-08")),
        ("projected", ForecastDoor("Hosted UC, two waves", "net", "2025-08")),
    ],
)
def test_a_bar_of_the_chart_opens_its_month(sample_window, qtbot, series, door):
    settle(sample_window, qtbot)
    chart = sample_window.page._chart
    qtbot.waitUntil(lambda: chart.picture is not None, timeout=30_000)
    region = chart.canvas.region_of(24307, series)
    place = chart.canvas.place_of(region).center().toPoint()
    with qtbot.waitSignal(sample_window.desk.page_wanted) as wanted:
        qtbot.mouseClick(chart.canvas, Qt.MouseButton.LeftButton, pos=place)
    assert wanted.args == ["savings", door]
    settle(sample_window, qtbot)


def test_a_number_is_opened_with_the_keyboard_alone(sample_window, qtbot):
    settle(sample_window, qtbot)
    labels = {each.figure.key: each for each in sample_window.page.findChildren(FigureLabel)}
    label = labels["found-proven"]
    label.setFocus()
    assert label.hasFocus()
    qtbot.keyClick(label, Qt.Key.Key_Space)
    settle(sample_window, qtbot)
    assert sample_window.page.key == "audit"
    assert len(sample_window.page.table.model.keys) == 29


def files_of_sample() -> list[list]:
    """The sample's files as they are imported: before the migration, and after it began."""
    steps = tomllib.loads(resources.read_text("sample/order.toml"))["step"]
    named = [step["import"] for step in steps if "import" in step]
    files = [[resources.location(f"sample/{name}") for name in names] for names in named]
    return [files[0] + files[1], [file for later in files[2:] for file in later]]


@pytest.fixture
def imported(tmp_path, answer):
    """The sample city with its first year's files in, and nothing else done."""
    path = tmp_path / "city.telaudit"
    create_project(path, ProjectSettings(organization="City", tax_exempt=True))
    assert answer("import", path, *files_of_sample()[0])[0] == 0
    return path


def test_from_imports_to_a_savings_chart_in_the_window(window, imported, qtbot, answer):
    page = opened(window, imported, qtbot)
    assert {"Run the audit", "Freeze the baseline…", "Add a scenario…"} <= set(buttons(page))
    all_buttons = page.findChildren(QPushButton)
    next(each for each in all_buttons if each.text() == "Freeze the baseline…").click()
    dialog = window.findChild(FreezeDialog)
    qtbot.waitUntil(dialog.freeze.isEnabled)
    assert dialog.findChild(QComboBox).currentText() == "2024-12"
    dialog.by.setText("J. Ruiz")
    qtbot.mouseClick(dialog.freeze, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=30_000)
    add_scenario_file(window.desk, resources.location("sample/scenario.toml"))
    settle(window, qtbot)
    assert "planned" in {figure.key for figure in page.figures()}
    assert page.document() is None
    assert answer("import", imported, *files_of_sample()[1])[0] == 0
    window.desk.project_changed.emit()
    settle(window, qtbot)
    assert {"realized", "realized-share"} <= {figure.key for figure in page.figures()}
    settle(window, qtbot)
    assert page._chart.picture.title.endswith("of plan")
    assert page.document() is not None


def test_a_baseline_that_is_refused_can_be_mended(window, imported, qtbot):
    opened(window, imported, qtbot)
    dialog = FreezeDialog(window.desk)
    dialog.open()
    qtbot.waitUntil(dialog.freeze.isEnabled)
    dialog.months.setValue(2)
    with qtbot.waitSignal(window.desk.errors.happened, timeout=30_000):
        dialog.freeze.click()
    settle(window, qtbot)
    assert dialog.isVisible()
    assert dialog.freeze.isEnabled()
