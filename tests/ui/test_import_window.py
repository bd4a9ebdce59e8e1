"""Files come into a project through the window, and the window says what became of each."""

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from telecom_audit.cli.program import run
from telecom_audit.progress import SILENT
from ui.dialogs.import_report import ImportReportDialog
from ui.errors import ErrorBox
from ui.file_names import offered_name
from ui.imports import choose_files, import_paths, tables_in

BILL = "vendor,account,invoice,bill_date,invoice_total,service,class,amount"


def bill(folder: Path, name: str, rows: list[str]) -> Path:
    path = folder / name
    path.write_text("\n".join([BILL, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def opened(window, project_path, qtbot):
    window.open_project(project_path)
    qtbot.waitUntil(lambda: window.desk.session is not None and not window.desk.work.jobs)
    return window


def report_of(window, qtbot) -> ImportReportDialog:
    qtbot.waitUntil(lambda: bool(window.findChildren(ImportReportDialog)), timeout=20_000)
    return window.findChildren(ImportReportDialog)[-1]


def rows(report: ImportReportDialog) -> list[tuple[str, ...]]:
    table = report.table
    return [
        tuple(table.item(row, column).text() for column in range(table.columnCount()))
        for row in range(table.rowCount())
    ]


def drop(window, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    window.dropEvent(
        QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def button(report: ImportReportDialog, text: str) -> QPushButton:
    return next(each for each in report.findChildren(QPushButton) if each.text() == text)


def test_each_file_has_its_line_and_what_to_do_about_it(opened, tmp_path, qtbot):
    good = bill(tmp_path, "good.csv", ["Acme,1,I1,2025-01-01,12.50,555,MRC,12.50"])
    short = bill(
        tmp_path,
        "short.csv",
        [
            "Acme,1,I2,2025-02-01,1012.50,555,MRC,1000.00",
            "Acme,1,I2,2025-02-01,1012.50,555,MRC,dear",
        ],
    )
    copy = tmp_path / "copy.csv"
    copy.write_bytes(good.read_bytes())
    strange = tmp_path / "strange.csv"
    strange.write_text("a,b\n1,2\n", encoding="utf-8")
    import_paths(opened.desk, [good, short, copy, strange])
    report = report_of(opened, qtbot)
    assert not report.isModal()
    assert rows(report) == [
        ("✓ Imported", "good.csv", "1 = 1 + 0 + 0", "12.50", "12.50", "0.00", ""),
        ("✓ Imported", "short.csv", "2 = 1 + 1 + 0", "1,012.50", "1,000.00", "12.50", ""),
        ("○ Imported before", "copy.csv", "1 = 0 + 0 + 1", "", "0.00", "", ""),
        ("✕ Refused", "strange.csv", "", "", "", "", ""),
    ]
    words = [label.text() for label in report.findChildren(QLabel)]
    assert "2 files imported, 1 file imported before, 1 file refused." in words
    assert report.table.currentRow() == 1
    assert "1 row could not be read" in report.details.toPlainText()
    assert "12.50 less than the bill states" in report.details.toPlainText()
    report.table.selectRow(2)
    assert f"Its content was imported as import 1 ({good}" in report.details.toPlainText()
    report.table.selectRow(3)
    told = report.details.toPlainText()
    assert "strange.csv has no header that is known" in told
    assert "Nothing of it was imported." in told
    assert "What to do: " in told
    button(report, "Copy").click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Outcome\tFile\t")
    assert "✕ Refused\tstrange.csv" in copied


def test_no_copied_file_name_is_a_formula_to_a_spreadsheet(opened, tmp_path, qtbot):
    import_paths(opened.desk, [bill(tmp_path, "=1+1.csv", ["Acme,1,I1,2025-01-01,,555,MRC,1.00"])])
    button(report_of(opened, qtbot), "Copy").click()
    assert "✓ Imported\t'=1+1.csv\t" in QGuiApplication.clipboard().text()


def test_a_dropped_folder_brings_its_tables_and_names_what_was_left_out(opened, tmp_path, qtbot):
    folder = tmp_path / "bills"
    (folder / "2025").mkdir(parents=True)
    bill(folder / "2025", "b.csv", ["Acme,1,I1,2025-01-01,,555,MRC,12.50"])
    bill(folder, "a.csv", ["Acme,1,I2,2025-02-01,,555,MRC,12.50"])
    (folder / "letter.pdf").write_bytes(b"%PDF")
    (folder / ".hidden.csv").write_text("x", encoding="utf-8")
    drop(opened, [folder])
    report = report_of(opened, qtbot)
    assert [row[1] for row in rows(report)] == ["a.csv", "b.csv"]
    words = [label.text() for label in report.findChildren(QLabel)]
    assert "Left out, as their names are not those of tables: letter.pdf." in words


def test_a_file_named_itself_is_taken_whatever_its_ending(tmp_path):
    odd = tmp_path / "bill.2025-01"
    assert tables_in([odd], SILENT) == ([odd], [])


def test_an_empty_folder_is_told_with_what_to_do(opened, tmp_path, qtbot):
    (tmp_path / "empty").mkdir()
    drop(opened, [tmp_path / "empty"])
    qtbot.waitUntil(lambda: bool(opened.findChildren(ErrorBox)))
    box = opened.findChildren(ErrorBox)[0]
    assert "has no file that may be a table" in box.text()


def test_the_same_import_as_at_the_command_line(opened, tmp_path, project_path, qtbot):
    file = bill(tmp_path, "a.csv", [f"Acme,1,I1,2025-01-01,,{n},MRC,{n}.25" for n in range(90)])
    import_paths(opened.desk, [file])
    report_of(opened, qtbot)
    other = tmp_path / "other.telaudit"
    assert run(["new", str(other), "--organization", "City of Test"]) == 0
    assert run(["import", str(other), str(file)]) == 0
    for table in ("charge", "invoice", "invoice_state", "raw_block", "item", "service"):
        contents = []
        for path in (project_path, other):
            connection = sqlite3.connect(path)
            contents.append(connection.execute(f"SELECT * FROM {table}").fetchall())
            connection.close()
        assert contents[0] == contents[1]


def test_a_stopped_import_shows_what_came_in_before(opened, tmp_path, project_path, qtbot):
    first = bill(tmp_path, "first.csv", ["Acme,1,I1,2025-01-01,,555,MRC,12.50"])
    lines = [f"Bell,1,B{n % 9},2025-01-01,,{n},MRC,{n}.25" for n in range(60_000)]
    second = bill(tmp_path, "second.csv", lines)

    def stop(job) -> None:
        if job.step and "(2 of 2)" in job.step.name:
            job.cancel()

    opened.desk.work.moved.connect(stop)
    import_paths(opened.desk, [first, second])
    report = report_of(opened, qtbot)
    assert [row[:2] for row in rows(report)] == [("✓ Imported", "first.csv")]
    words = " ".join(label.text() for label in report.findChildren(QLabel))
    assert "Stopped at second.csv, of which nothing was kept" in words
    assert "first.csv was imported whole" in words
    connection = sqlite3.connect(project_path)
    assert connection.execute("SELECT count(*) FROM charge").fetchone() == (1,)
    connection.close()


def test_the_report_leads_to_the_data_and_to_the_audit(opened, tmp_path, qtbot):
    same = "Acme,1,I1,2025-01-01,,555,MRC,12.50"
    import_paths(opened.desk, [bill(tmp_path, "a.csv", [same, same])])
    report = report_of(opened, qtbot)
    button(report, "Open Data").click()
    assert opened.page.key == "data"
    button(report, "Run the audit").click()
    qtbot.waitUntil(lambda: opened.page.key == "audit", timeout=20_000)
    connection = sqlite3.connect(opened.desk.session.path)
    assert connection.execute("SELECT count(*) FROM audit").fetchone() == (1,)
    connection.close()


def test_the_report_goes_with_its_project(opened, tmp_path, qtbot):
    import_paths(opened.desk, [bill(tmp_path, "a.csv", ["Acme,1,I1,2025-01-01,,555,MRC,12.50"])])
    report = report_of(opened, qtbot)
    opened.desk.close_project()
    assert not report.isVisible()


def test_files_are_asked_for_and_imported(opened, tmp_path, qtbot, monkeypatch):
    file = bill(tmp_path, "a.csv", ["Acme,1,I1,2025-01-01,,555,MRC,12.50"])
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    choose_files(opened.desk)
    assert [row[1] for row in rows(report_of(opened, qtbot))] == ["a.csv"]


def test_in_a_review_nothing_is_imported(window, project_path, tmp_path, qtbot):
    window.open_project(project_path, is_review=True)
    qtbot.waitUntil(lambda: window.desk.session is not None and not window.desk.work.jobs)
    before = project_path.read_bytes()
    file = bill(tmp_path, "a.csv", ["Acme,1,I1,2025-01-01,,555,MRC,12.50"])
    drop(window, [file])
    import_paths(window.desk, [file])
    choose_files(window.desk)
    assert window.desk.work.jobs == ()
    assert project_path.read_bytes() == before


def test_of_files_dropped_with_a_project_it_is_said_that_they_wait(window, project_path, qtbot):
    drop(window, [project_path.with_name("bill.csv"), project_path])
    assert "drop the other files again" in window.statusBar().currentMessage()
    qtbot.waitUntil(lambda: window.desk.session is not None)
    assert window.desk.session.shown_path == project_path


@pytest.mark.parametrize(
    ("text", "name"),
    [("City/County: R&D. ", "City-County- R&D.telaudit"), ("a<b>|c?", "a-b--c-.telaudit")],
)
def test_the_name_that_is_offered_for_a_project_is_taken_by_every_system(text, name):
    assert offered_name(text, ".telaudit") == name
