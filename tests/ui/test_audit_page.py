import subprocess
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QToolButton,
)

from telecom_audit.store.project import ProjectSettings, create_project
from telecom_audit.tasks.figures import FindingsDoor, LinesDoor
from ui.dialogs.lines import LinesDialog
from ui.figures import FigureLabel
from ui.findings.decision import Decision
from ui.tables.head import FilterHead

WITH_LINES = 20  # a duplicate charge of the sample, claimed on 24 bills


def settle(window, qtbot) -> None:
    """Wait until no job runs, also none that the last one asked for."""
    qtbot.waitUntil(lambda: not window.desk.work.jobs, timeout=60_000)
    qtbot.wait(1)
    qtbot.waitUntil(lambda: not window.desk.work.jobs, timeout=60_000)


def opened(window, path, qtbot, *, is_review=False):
    """The Audit page of a project."""
    window.open_project(path, is_review=is_review)
    qtbot.waitUntil(lambda: window.desk.session is not None, timeout=20_000)
    settle(window, qtbot)
    window.show_page("audit")
    settle(window, qtbot)
    return window.page


@pytest.fixture
def page(window, sample_path, qtbot):
    return opened(window, sample_path, qtbot)


def choose(page, number, qtbot):
    page.table.choose(number)
    settle(page.desk.window, qtbot)
    assert page.panel.shown.document["id"] == number
    return page.panel


def exact(micros: int) -> Decimal:
    return Decimal(micros) / 1_000_000


def test_every_number_is_the_sum_of_what_lies_behind_its_door(page, sample_path, qtbot, answer):
    findings = answer("findings", sample_path)[1]["findings"]
    for number in (1, WITH_LINES, 47):
        choose(page, number, qtbot)
        figures = page.figures()
        assert len(figures) >= 8 + 3
        for figure in figures:
            if isinstance(figure.door, LinesDoor):
                total = answer("lines", sample_path, "--finding", figure.door.order.finding)[1]
                assert exact(figure.micros) == Decimal(total["total"])
                continue
            door = figure.door
            chosen = [
                each
                for each in findings
                if door.confidence in ("", each["confidence"]) and door.finding in (0, each["id"])
            ]
            if door.column == "count":
                assert figure.text == str(len(chosen))
            else:
                assert exact(figure.micros) == sum(Decimal(each[door.column]) for each in chosen)


def test_the_totals_are_those_of_the_command_line(page, sample_path, answer):
    totals = answer("findings", sample_path)[1]["totals"]
    figures = {figure.key: figure for figure in page.figures()}
    for confidence in ("proven", "check"):
        for column, text in totals[confidence].items():
            assert exact(figures[f"audit-{confidence}-{column}"].micros) == Decimal(text)


def shown(page, column):
    """The values of a column in the rows that are shown."""
    place = [each.key for each in page.table.table.columns].index(column)
    return [page.table.model.values_at(row)[place] for row in range(page.table.model.rowCount())]


def test_the_rows_behind_a_number_add_up_to_it_and_the_page_says_so(page, qtbot):
    columns = {"monthly": ("monthly_micros", 1), "annual": ("monthly_micros", 12)}
    columns["recoverable"] = ("recoverable_micros", 1)
    for column, (kept, times) in columns.items():
        for confidence in ("", "proven", "check"):
            page.desk.go("audit", FindingsDoor(column, confidence))
            settle(page.desk.window, qtbot)
            figure = next(each for each in page.figures() if each.key == "behind")
            assert figure.micros == times * sum(shown(page, kept))
            assert page.show_all.isVisible()
            assert "together" in page._behind_words.text()
            assert page.table.current_key == page.table.model.keys[0]
    page.show_all.click()
    settle(page.desk.window, qtbot)
    assert page.table.model.rowCount() == 47
    assert not page.show_all.isVisible()


def test_findings_that_were_decided_leave_the_count_of_those_that_wait(page, qtbot):
    choose(page, WITH_LINES, qtbot).decision.buttons["validated"].click()
    settle(page.desk.window, qtbot)
    page.desk.go("audit", FindingsDoor("count", "check", is_open=True))
    settle(page.desk.window, qtbot)
    assert page.table.model.rowCount() == 17
    assert WITH_LINES not in page.table.model.keys
    assert page.desk.window._bar._buttons["audit"].text() == "Audit  17"


def test_a_finding_shows_its_sentence_arithmetic_evidence_rule_and_history(
    page, qtbot, answer, sample_path
):
    panel = choose(page, WITH_LINES, qtbot)
    document = answer("finding", sample_path, WITH_LINES)[1]
    assert panel._message.text() == document["message"]
    rows = panel.proof.lines.table.cells.rows
    assert [row[3] for row in rows] == [line["arithmetic"] for line in document["lines"]]
    assert [Decimal(row[2]) for row in rows] == [
        Decimal(line["claimed"]) for line in document["lines"]
    ]
    assert rows[0][-1] == "gulf-2024H1.csv.gz, row 50"
    assert len(panel.proof.evidence.table.cells.rows) == len(document["evidence"])
    assert "What to ask for" in panel._page.text()
    assert "nobody has decided" in panel._history.text()


def test_the_sql_is_folded_is_copied_and_runs_in_the_shell(page, qtbot, sample_path):
    panel = choose(page, WITH_LINES, qtbot)
    assert not panel._sql.isVisible()
    panel.sql.head.click()
    assert panel._sql.isVisible()
    copy = next(each for each in panel.findChildren(QAbstractButton) if each.text() == "Copy SQL")
    copy.click()
    text = QGuiApplication.clipboard().text()
    assert text == panel.shown.sql
    page.desk.close_project()
    found = subprocess.run(
        ["sqlite3", "-readonly", sample_path, text], capture_output=True, text=True, check=True
    )
    assert len(found.stdout.splitlines()) >= 24


def test_a_line_is_opened_by_click_and_by_enter(page, qtbot):
    panel = choose(page, WITH_LINES, qtbot)
    records = panel.proof.lines
    table = records.table
    place = table.visualRect(table.model().index(2, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (
        records.source.place_label.text() == "Bill line of 2024-03-01: gulf-2024H1.csv.gz, row 256"
    )
    cells = dict(records.source.cells.cells.rows)
    assert (cells["service"], cells["amount"]) == ("70/HCGS/349123//GFN", "142.00")
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert "2024-04-01" in records.source.place_label.text()


def test_the_sum_of_the_lines_is_opened_and_equal(page, qtbot):
    panel = choose(page, WITH_LINES, qtbot)
    label = next(each for each in panel.findChildren(FigureLabel) if "claimed" in each.figure.key)
    qtbot.mouseClick(label, Qt.MouseButton.LeftButton)
    settle(page.desk.window, qtbot)
    dialog = page.desk.window.findChild(LinesDialog)
    assert dialog.sum_words.endswith("equal")
    assert "3,408.00 (24)" in dialog.sum_words
    dialog.close()


def test_a_bill_line_is_two_clicks_from_the_savings_chart(sample_window, qtbot):
    settle(sample_window, qtbot)
    assert sample_window.page._chart.isVisible()
    button = sample_window._bar._buttons["audit"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(sample_window, qtbot)
    page = sample_window.page
    table = page.table.view
    row = page.table.model.keys.index(4)
    place = table.visualRect(page.table.model.index(row, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(sample_window, qtbot)
    (line,) = page.panel.proof.lines.table.cells.rows
    assert "row" in line[-1]
    assert page.panel.proof.lines.table.isVisible()


def test_a_decision_is_kept_with_its_note_and_undone_and_redone_by_the_menu(
    page, qtbot, answer, sample_path
):
    window = page.desk.window
    before = answer("findings", sample_path)[1]["totals"]
    panel = choose(page, WITH_LINES, qtbot)
    panel.decision.note.setText("a quantity, says the site")
    qtbot.mouseClick(panel.decision.buttons["muted"], Qt.MouseButton.LeftButton)
    settle(window, qtbot)
    muted = answer("findings", sample_path)[1]["totals"]
    assert muted != before
    assert page.panel.shown.document["status"] == "muted"
    assert "a quantity, says the site" in page.panel._history.text()
    assert not panel.decision.buttons["muted"].isVisible()
    edit = next(each for each in window.menuBar().actions() if each.text() == "&Edit").menu()
    undo, redo = edit.actions()[:2]
    assert undo.text() == f"&Undo Mute finding {WITH_LINES}"
    undo.trigger()
    settle(window, qtbot)
    assert answer("findings", sample_path)[1]["totals"] == before
    assert page.panel.shown.document["status"] == "detected"
    redo.trigger()
    settle(window, qtbot)
    assert answer("findings", sample_path)[1]["totals"] == muted
    assert [each["status"] for each in page.panel.shown.document["history"]] == [
        "muted",
        "detected",
        "muted",
    ]


def test_a_review_has_no_editing_widget_at_all(window, sample_path, qtbot):
    page = opened(window, sample_path, qtbot, is_review=True)
    assert page.panel.shown is not None
    assert page.findChildren(Decision) == []
    heads = page.findChildren(FilterHead)
    filters = {field for head in heads for field in head.fields}
    editing = [
        each
        for kind in (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox)
        for each in page.findChildren(kind)
        if each not in filters
    ]
    assert editing == []
    words = {each.text().replace("&", "") for each in page.findChildren(QAbstractButton)}
    assert not {"Validate", "Mute", "Reject", "Back to detected", "Dispute"} & words


def test_markup_from_bills_is_shown_as_text(window, tmp_path, qtbot, answer):
    path = tmp_path / "city.telaudit"
    create_project(path, ProjectSettings(organization="City"))
    bills = tmp_path / "<b>bills.csv"
    head = (
        "vendor,account,invoice,bill_date,amount,service,charge_code,description,class,from,thru\n"
    )
    period = "2025-01-01,2025-01-31"
    line = f"<i>Acme</i>,A1,I1,2025-01-01,10.00,<u>5551001</u>,L,<b>Line</b>,MRC,{period}\n"
    bills.write_text(head + line * 2)
    assert answer("import", path, bills)[0] == 0
    assert answer("audit", path)[0] == 0
    page = opened(window, path, qtbot)
    labels = [each for each in page.findChildren(QLabel) if each.text()]
    assert all(each.textFormat() == Qt.TextFormat.PlainText for each in labels)
    assert "<u>5551001</u>" in page.panel._message.text()
    table = page.panel.proof.lines.table
    table.selectRow(0)
    assert "<b>bills.csv" in page.panel.proof.lines.source.place_label.text()


@pytest.mark.parametrize(
    ("has_bills", "head", "button"),
    [(False, "No bills yet", "Import…"), (True, "No audit has run yet", "Run the audit")],
)
def test_without_an_audit_the_page_says_what_to_do(
    window, project_path, tmp_path, qtbot, answer, has_bills, head, button
):
    if has_bills:
        bills = tmp_path / "bills.csv"
        bills.write_text("vendor,account,invoice,bill_date,amount\nAcme,A1,I1,2025-01-01,10.00\n")
        assert answer("import", project_path, bills)[0] == 0
    page = opened(window, project_path, qtbot)
    assert head in page._empty.words
    assert page._empty.button.text() == button
    assert page._empty.button.isVisible()
    assert page.figures() == []


def test_the_audit_is_run_from_the_page_that_lacks_it(
    window, project_path, tmp_path, qtbot, answer
):
    bills = tmp_path / "bills.csv"
    line = "Acme,A1,I1,2025-01-01,10.00,5551001,L,MRC\n"
    head = "vendor,account,invoice,bill_date,amount,service,charge_code,class\n"
    bills.write_text(head + 2 * line)
    assert answer("import", project_path, bills)[0] == 0
    page = opened(window, project_path, qtbot)
    page._empty.button.click()
    settle(window, qtbot)
    assert page.table.model.rowCount() == 1
    assert page.panel.shown.document["rule"] == "duplicate-charge"


def test_an_audit_that_found_nothing_says_so(window, project_path, tmp_path, qtbot, answer):
    bills = tmp_path / "bills.csv"
    bills.write_text("vendor,account,invoice,bill_date,amount\nAcme,A1,I1,2025-01-01,10.00\n")
    answer("import", project_path, bills)
    answer("audit", project_path)
    page = opened(window, project_path, qtbot)
    assert "The audit found nothing" in page._empty.words


def test_filters_that_leave_nothing_say_so_and_can_be_taken_off(page, qtbot):
    page.table.set_filters({"rule": "no such rule"})
    settle(page.desk.window, qtbot)
    assert page.table.model.rowCount() == 0
    assert page.table.empty.isVisible()
    assert page.panel.shown is None
    page.table.clear_filters()
    settle(page.desk.window, qtbot)
    assert page.table.model.rowCount() == 47


def test_every_widget_that_takes_the_focus_has_a_name(page, qtbot):
    choose(page, WITH_LINES, qtbot)
    nameless = [
        each
        for each in page.findChildren(QAbstractButton)
        if each.isVisible() and not (each.accessibleName() or each.text())
    ]
    assert [each for each in nameless if not isinstance(each, QToolButton)] == []


def test_the_findings_are_printed_as_they_are_filtered(page, qtbot):
    page.desk.go("audit", FindingsDoor("annual", "proven"))
    settle(page.desk.window, qtbot)
    document = page.document()
    assert document.title == "Findings"
    pages = document.pages("letter", False)
    words = " ".join(
        text.get_text() for each in pages for text in each.findobj() if hasattr(text, "get_text")
    )
    words = "".join(words.split())  # long words are broken in narrow columns
    assert "provenfindings" in words
    assert "3,847.44" in words
    assert "billed-after-disconnect" in words
    assert "service-at-closed-site" not in words


def test_a_finding_is_decided_with_the_keyboard_alone(page, qtbot):
    window = page.desk.window
    page.table.view.setFocus()
    qtbot.keyClick(page.table.view, Qt.Key.Key_Down)
    settle(window, qtbot)
    number = page.panel.shown.document["id"]
    for _ in range(60):
        if window.focusWidget() is page.panel.decision.buttons["validated"]:
            break
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    settle(window, qtbot)
    assert page.panel.shown.document["id"] == number
    assert page.panel.shown.document["status"] == "validated"


def test_another_project_is_shown_without_what_was_chosen_in_the_one_before(
    window, sample_path, tmp_path, qtbot
):
    page = opened(window, sample_path, qtbot)
    window.desk.go("audit", FindingsDoor("annual", "check"))
    settle(window, qtbot)
    assert page.findChildren(Decision)
    opened(window, sample_path, qtbot, is_review=True)
    qtbot.waitUntil(lambda: window.desk.session.is_review)
    settle(window, qtbot)
    assert page.table.model.rowCount() == 47
    assert not page.show_all.isVisible()
    assert "behind" not in {figure.key for figure in page.figures()}
    assert page.findChildren(Decision) == []


def test_the_panel_follows_the_arrow_keys(page, qtbot):
    view = page.table.view
    view.setFocus()
    first = page.panel.shown.document["id"]
    qtbot.keyClick(view, Qt.Key.Key_Down)
    settle(page.desk.window, qtbot)
    assert page.panel.shown.document["id"] == page.table.model.keys[1] != first
    assert view.visualRect(view.currentIndex()).topLeft() != QPoint()
