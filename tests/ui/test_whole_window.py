"""What holds for all pages together: no amount without a door, a review without a trace."""

import os
import re

import pytest
from PySide6.QtWidgets import QLabel

from ui.figures import FigureLabel
from ui.pages import PLACES


def settle(window, qtbot):
    for _ in range(3):
        qtbot.waitUntil(lambda: not window.desk.work.jobs, timeout=60_000)
        qtbot.wait(1)


def visit(window, qtbot):
    for place in PLACES:
        window.show_page(place.key)
        settle(window, qtbot)
        yield window.page


def test_every_amount_on_every_page_is_a_door(sample_window, qtbot):
    """Amounts stand in figures or in tables; a label that bears one is a number without a door."""
    amount = re.compile(r"\d[\d,]*\.\d{2}")
    strangers = {}
    for page in visit(sample_window, qtbot):
        for label in page.findChildren(QLabel):
            if label.isVisible() and amount.search(label.text()):
                strangers.setdefault(page.key, []).append(label.text())
        doorless = [f.caption for f in page.figures() if f.micros is not None and f.door is None]
        assert doorless == [], page.key
    # the sentence of the finding that is chosen is the rule's own, and names its dollars
    assert strangers.keys() <= {"audit"}
    assert all("asks for" in text for text in strangers.get("audit", []))


def test_every_page_shows_figures_or_needs_none(sample_window, qtbot):
    shown = {page.key: len(page.findChildren(FigureLabel)) for page in visit(sample_window, qtbot)}
    assert all(count for key, count in shown.items() if key != "start"), shown


def folder_of(path):
    return sorted(
        (each.name, each.stat().st_size, each.stat().st_mtime_ns) for each in path.parent.iterdir()
    )


def test_a_review_of_every_page_leaves_the_original_as_it_was(window, sample_path, qtbot):
    os.utime(sample_path, ns=(1_600_000_000_123_456_789, 1_600_000_000_987_654_321))
    before = sample_path.read_bytes()
    os.utime(sample_path, ns=(1_600_000_000_123_456_789, 1_600_000_000_987_654_321))
    listed = folder_of(sample_path)
    status = sample_path.stat()
    window.open_project(sample_path, is_review=True)
    qtbot.waitUntil(lambda: window.desk.session is not None, timeout=20_000)
    for _ in visit(window, qtbot):
        pass
    copy = window.desk.session.path
    assert copy.parent != sample_path.parent
    window.desk.close_project()
    settle(window, qtbot)
    assert folder_of(sample_path) == listed
    after = sample_path.stat()
    assert (after.st_mtime_ns, after.st_ctime_ns) == (status.st_mtime_ns, status.st_ctime_ns)
    assert sample_path.read_bytes() == before
    assert not copy.exists()


@pytest.mark.parametrize("size", [(1000, 640), (1180, 760), (1920, 1080)])
def test_no_label_of_one_line_is_cut(sample_window, qtbot, size):
    sample_window.resize(*size)
    cut = {}
    for page in visit(sample_window, qtbot):
        for label in (*page.findChildren(QLabel), *page.findChildren(FigureLabel)):
            if not label.isVisible() or not label.text():
                continue
            wraps = isinstance(label, QLabel) and (label.wordWrap() or "\n" in label.text())
            if not wraps and label.width() < label.fontMetrics().horizontalAdvance(label.text()):
                cut.setdefault(page.key, []).append(label.text())
    assert cut == {}


def test_a_page_that_could_not_be_read_is_read_when_it_is_gone_to_again(
    sample_window, sample_path, qtbot
):
    sample_window.show_page("data")
    settle(sample_window, qtbot)
    aside = sample_path.rename(sample_path.with_name("aside"))
    with qtbot.waitSignal(sample_window.desk.errors.happened):
        sample_window.show_page("audit")
    settle(sample_window, qtbot)
    aside.rename(sample_path)
    sample_window.show_page("data")
    sample_window.show_page("audit")
    qtbot.waitUntil(lambda: bool(sample_window.page.table.model.keys), timeout=20_000)
