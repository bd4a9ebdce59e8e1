"""What is taken back in the window is told with all that it leaves behind."""

from telecom_audit.tasks.imports import ImportOptions, import_files
from tests.ui.test_whole_window import settle
from ui.dialogs.notice import Notice


def test_payments_that_a_later_file_left_out_are_told_when_the_first_is_retired(
    window, project_path, tmp_path, qtbot
):
    rows = ["vendor,payment_date,amount,payer", "Acme,2024-01-20,9.50,Fire"]
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("\n".join(rows) + "\n")
    second.write_text("\n".join([*rows, "Acme,2024-02-20,9.50,Fire"]) + "\n")
    import_files(project_path, [first, second], ImportOptions())
    window.open_project(project_path)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    window.show_page("data")
    settle(window, qtbot)
    window.page.retire(1, "a test")
    qtbot.waitUntil(lambda: window.findChild(Notice) is not None)
    notice = window.findChild(Notice)
    assert notice.text() == "Import 1 is retired."
    assert notice.informativeText().startswith("Import 2 (second.csv) ignored 1 rows")
    settle(window, qtbot)
    window.page.retire(2, "a test")
    settle(window, qtbot)
    assert len(window.findChildren(Notice)) == 1
