"""The Data page on the sample: every table, its counts, its sources, and taking an import back."""

import csv
import gzip
import hashlib
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

import resources
from telecom_audit.money import MICROS
from telecom_audit.store.browse import Query
from telecom_audit.store.browse_tables import DATA_TABLES
from telecom_audit.store.project import open_project
from telecom_audit.tasks.browse import Rows, column_sums, listing, table_counts
from telecom_audit.tasks.figures import TableDoor
from telecom_audit.tasks.imports import import_files
from telecom_audit.tasks.imports_options import ImportOptions
from ui.figures import FigureLabel
from ui.tables.totals import equations

SAMPLE = Path(resources.__file__).parent / "sample"


@pytest.fixture
def page(sample_window, qtbot):
    sample_window.show_page("data")
    settle(sample_window, qtbot)
    return sample_window.page_named("data")


def settle(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.work.jobs, timeout=20_000)


def file_lines(path):
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode().splitlines()


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the sqlite3 shell is not installed")
@pytest.mark.parametrize("table", DATA_TABLES, ids=lambda table: table.key)
def test_counts_and_sums_are_those_of_the_sqlite_shell(sample_file, table):
    keys = listing(sample_file, table, Query()).keys
    columns = [column.key for column in table.columns if column.adds]
    sums = column_sums(sample_file, Rows(table, keys), columns)
    asked = ", ".join(["count(*)", *(f"ifnull(sum({column}), 0)" for column in columns)])
    command = ["sqlite3", "-readonly", sample_file, f"SELECT {asked} FROM {table.view};"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert [len(keys), *sums] == [int(number) for number in told.strip().split("|")]


def test_bill_lines_and_payments_add_up_to_the_files_themselves(sample_file):
    for key, names in (("charges", "bills/*.csv.gz"), ("payments", "payments-*.csv")):
        table = next(table for table in DATA_TABLES if table.key == key)
        keys = listing(sample_file, table, Query()).keys
        (sum_micros,) = column_sums(sample_file, Rows(table, keys), ["amount_micros"])
        total = Decimal(0)
        for path in SAMPLE.glob(names):
            rows = csv.DictReader(file_lines(path))
            total += sum(Decimal(row["amount"]) for row in rows)
        assert sum_micros == total * MICROS


def test_the_list_counts_every_table_and_each_count_opens_its_table(page, sample_window):
    counts = table_counts(sample_window.desk.session.path)
    shown = {figure.key: figure for figure in page.figures()}
    assert {key: shown[f"rows-{key}"].text for key in counts} == {
        key: f"{count:,}" for key, count in counts.items()
    }
    label = next(
        each for each in page.findChildren(FigureLabel) if each.figure.door == TableDoor("sites")
    )
    label.click()
    assert page.table.table.key == "sites"


def test_a_row_shows_the_file_the_row_and_the_cells_it_came_from(page, sample_window, qtbot):
    page.arrive(TableDoor("charges"))
    settle(sample_window, qtbot)
    table = page.table
    table.view.setCurrentIndex(table.model.index(30_000, 3))
    qtbot.waitUntil(lambda: bool(page.source.cells()))
    file, row = page.source.words.split(", row ")
    path = SAMPLE / "bills" / file
    text = file_lines(path)
    cells = next(csv.reader([text[int(row.replace(",", "")) - 1]]))
    assert page.source.cells() == list(zip(text[0].split(","), cells, strict=True))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert digest in page.source._digest.text().replace("\n", "")
    assert (
        table.current_values["amount_micros"]
        == Decimal(cells[text[0].split(",").index("amount")]) * MICROS
    )


def test_every_table_shows_its_rows_and_a_source(page, sample_window, qtbot):
    for table in DATA_TABLES:
        page.show_table(table.key)
        settle(sample_window, qtbot)
        shown = page.table
        assert shown.model.rowCount() == shown.model.whole
        if not shown.model.rowCount():
            assert shown.empty.isVisible() and shown.empty.words == table.hint
            continue
        shown.view.setCurrentIndex(shown.model.index(0, 0))
        qtbot.waitUntil(lambda: ".csv" in page.source.words)


def test_an_import_shows_its_control_totals_as_equations(page):
    table = page.table
    table.view.setCurrentIndex(table.model.index(3, 0))
    values = table.current_values
    assert page.totals.words == (
        f"read {values['rows_read']:,} = stored {values['rows_stored']:,}"
        " + quarantined 0 + ignored 0",
        f"bill {values['stated_micros'] / MICROS:,.2f} = stored"
        f" {values['stored_micros'] / MICROS:,.2f}",
    )


def test_what_the_lines_do_not_explain_is_said():
    values = {
        "rows_read": 12_004,
        "rows_stored": 11_998,
        "rows_quarantined": 2,
        "rows_ignored": 4,
        "stated_micros": 48_112_070_000,
        "stored_micros": 50_000_000_000,
        "compared_micros": 48_000_000_000,
    }
    assert equations(values) == (
        "read 12,004 = stored 11,998 + quarantined 2 + ignored 4",
        "bill 48,112.07 ≠ stored 50,000.00, of which the totals cover 48,000.00:"
        " 112.07 is not explained by lines",
    )
    assert equations(values | {"stated_micros": None})[1] == (
        "stored 50,000.00; the file states no total"
    )
    assert equations(values | {"stored_micros": None})[1] == ""


def test_an_import_is_taken_back_with_a_reason_and_its_rows_stay(page, sample_window, qtbot):
    table = page.table
    table.view.setCurrentIndex(table.model.index(9, 0))  # the payments of 2024
    qtbot.mouseClick(page.retire_button, Qt.MouseButton.LeftButton)
    from ui.dialogs.retire import RetireDialog

    dialog = page.findChild(RetireDialog)
    assert not dialog.retire.isEnabled()
    dialog.reason.setText("the wrong year")
    dialog.retire.click()
    settle(sample_window, qtbot)
    qtbot.waitUntil(lambda: table.current_values["status"] == "retired")
    assert table.current_values["retired_because"] == "the wrong year"
    assert not page.retire_button.isEnabled()
    counts = {figure.key: figure.text for figure in page.figures()}
    with open_project(sample_window.desk.session.path) as project:
        stored = project.connection.execute("SELECT count(*) FROM payment").fetchone()[0]
    assert int(counts["rows-payments"]) < stored == 218


def test_a_review_offers_nothing_that_edits(window, sample_file, qtbot):
    before = sample_file.read_bytes()
    window.open_project(sample_file, is_review=True)
    qtbot.waitUntil(lambda: window.desk.session is not None, timeout=20_000)
    window.show_page("data")
    settle(window, qtbot)
    page = window.page_named("data")
    page.table.view.setCurrentIndex(page.table.model.index(3, 0))
    assert not page.retire_button.isVisibleTo(page)
    for table in DATA_TABLES:
        page.show_table(table.key)
        settle(window, qtbot)
    assert sample_file.read_bytes() == before


def test_a_quarantined_row_shows_its_raw_cells(window, project_path, tmp_path, qtbot):
    bill = tmp_path / "bad.csv"
    bill.write_text(
        "vendor,account,invoice,bill_date,charge_code,description,class,amount\n"
        "Acme,1,I1,2024-01-10,X,<i>Line</i>,MRC,5.00\n"
        "Acme,1,I1,2024-01-10,X,<i>Line</i>,MRC,five\n"
    )
    import_files(project_path, [bill], ImportOptions())
    window.open_project(project_path)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    window.show_page("data")
    page = window.page_named("data")
    page.show_table("quarantine")
    settle(window, qtbot)
    page.table.view.setCurrentIndex(page.table.model.index(0, 0))
    qtbot.waitUntil(lambda: bool(page.source.cells()))
    assert page.source.words == "bad.csv, row 3"
    assert ("description", "<i>Line</i>") in page.source.cells()
    assert ("amount", "five") in page.source.cells()


def test_the_table_prints_as_it_is_filtered_and_sorted(page, sample_window, qtbot):
    page.show_table("sites")
    settle(sample_window, qtbot)
    page.table.set_filters({"status": "closed"})
    settle(sample_window, qtbot)
    shown = page.table.on_paper()
    assert (shown.filter, len(shown.rows.keys)) == ("Status: closed", page.table.model.rowCount())
    document = page.document()
    assert document.title == "Sites"
    pages = document.pages("letter", False)
    words = [text.get_text() for text in pages[0].findobj(match=lambda a: hasattr(a, "get_text"))]
    assert "Status: closed" in " ".join(words)


def test_too_many_rows_for_paper_are_refused_in_words(page, sample_window, qtbot):
    page.show_table("charges")
    settle(sample_window, qtbot)
    from telecom_audit.errors import RefusedError

    with pytest.raises(RefusedError) as raised:
        page.document().pages("letter", False)
    assert "Filter it first" in raised.value.remedy


def test_names_for_screen_readers_are_everywhere(page, sample_window, qtbot):
    for table in DATA_TABLES:
        page.show_table(table.key)
    settle(sample_window, qtbot)
    for button in page.findChildren(QAbstractButton):
        if button.focusPolicy() != Qt.FocusPolicy.NoFocus:
            assert button.accessibleName() or button.text()
    for shown in page._tables.values():
        assert all(field.accessibleName() for field in shown.head.fields)
        assert shown.view.accessibleName() == shown.table.caption


def test_every_column_of_a_table_is_in_its_view(sample_file):
    """A view that changes must not leave a table behind that cannot be read."""
    with open_project(sample_file) as project:
        for table in DATA_TABLES:
            for source in {table.view, table.rows or table.view}:
                cursor = project.connection.execute(f"SELECT * FROM {source} LIMIT 0")
                names = {each[0] for each in cursor.description}
                assert {column.key for column in table.columns} <= names
