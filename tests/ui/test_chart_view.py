"""A chart in the window: drawn by a job, pointed at, walked, shown as a table, handed on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent

from telecom_audit.store.project import ProjectSettings, create_project
from telecom_audit.tasks.chart_order import ChartOrder
from tests.savings.projects import BillLine, new_project
from ui import theme
from ui.charts.empty import Offer
from ui.charts.handing_on import write_picture
from ui.charts.text_table import Cells, TextTable
from ui.charts.view import ChartView


@pytest.fixture(scope="module")
def bills(tmp_path_factory):
    """Eight months of two vendors; no test writes into it."""
    project = new_project(tmp_path_factory.mktemp("bills"))
    project.bring_bills(
        [
            BillLine(f"2024-{month:02}-10", "MRC", f"{amount + month}.25", "C-1", number, vendor)
            for month in range(1, 9)
            for amount, number, vendor in ((900, "100", "Acme"), (70, "77", "Bell"))
        ]
    )
    return project.path


@pytest.fixture
def view(window, bills, qtbot):
    """The chart of spend in a window of its own, drawn."""
    window.open_project(bills)
    qtbot.waitUntil(lambda: window.desk.session is not None, timeout=10_000)
    made = ChartView(window.desk, "spend")
    qtbot.addWidget(made)
    made.resize(900, 420)
    made.show()
    with qtbot.waitSignal(made.drawn, timeout=20_000):
        made.show_chart(None)
    return made


def point_at(view, region):
    """Move the pointer to the middle of a figure; no timing, and no real pointer, is needed."""
    place = view.canvas.place_of(region).center()
    there = QPointF(view.canvas.mapToGlobal(place.toPoint()))
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        there,
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QGuiApplication.sendEvent(view.canvas, event)


def middle(view, region):
    return view.canvas.place_of(region).center().toPoint()


def bars(view):
    return view.picture.regions


def test_the_picture_is_as_large_as_its_place(view):
    size = view.canvas.size()
    assert (view.canvas.image.width(), view.canvas.image.height()) == (size.width(), size.height())
    assert view.canvas.accessibleName() == view.picture.title != ""


def test_a_bar_that_is_pointed_at_says_its_sentence(view):
    for region in (bars(view)[0], bars(view)[-1]):
        point_at(view, region)
        assert view.readout == region.text
        assert view.canvas.accessibleDescription() == region.text
        assert view.canvas.region == region


def test_the_bar_that_is_pointed_at_is_outlined(view):
    region = max(bars(view), key=lambda one: one.micros)
    corner = view.canvas.place_of(region).topLeft().toPoint()
    before = view.canvas.grab().toImage().pixelColor(corner)
    point_at(view, region)
    assert view.canvas.grab().toImage().pixelColor(corner) != before


def test_a_click_on_a_bar_opens_it(view, qtbot):
    region = max(bars(view), key=lambda one: one.micros)
    with qtbot.waitSignal(view.activated) as told:
        qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=middle(view, region))
    assert told.args == [region]


def test_a_click_beside_the_bars_opens_nothing(view, qtbot):
    with qtbot.assertNotEmitted(view.activated):
        qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))


def test_the_arrow_keys_walk_all_bars_and_enter_opens_one(view, qtbot):
    canvas = view.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    walked = [canvas.region]
    while True:
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
        if canvas.region == walked[-1]:
            break
        assert view.readout == canvas.region.text
        walked.append(canvas.region)
    assert {(one.month, one.series) for one in walked} == {
        (one.month, one.series) for one in bars(view)
    }
    assert [one.month for one in walked] == sorted(one.month for one in walked)
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.region == walked[-2]
    with qtbot.waitSignal(view.activated) as told:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert told.args == [walked[-2]]
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.region is None


def test_another_size_draws_anew_and_keeps_the_old_picture_meanwhile(view, qtbot):
    old = view.canvas.image.size()
    with qtbot.waitSignal(view.drawn, timeout=20_000):
        view.resize(1200, 700)
        assert view.canvas.image.size() == old
    assert view.canvas.image.width() == view.canvas.width() > old.width()


def test_another_palette_draws_anew(view, qtbot):
    light = view.canvas.image.pixelColor(1, 1).lightness()
    with qtbot.waitSignal(view.drawn, timeout=20_000):
        theme.apply("dark")
    dark = view.canvas.image.pixelColor(1, 1)
    assert dark.lightness() < 128 < light
    assert dark == view.canvas.palette().base().color()


def test_f9_shows_the_figures_as_rows_with_numbers_at_the_right(view, qtbot):
    qtbot.keyClick(view.canvas, Qt.Key.Key_F9)
    assert view.is_table
    model = view.table.model()
    shown = [
        tuple(
            model.index(row, column).data().rstrip("\N{FIGURE SPACE}\N{EN SPACE}")
            for column in range(model.columnCount())
        )
        for row in range(model.rowCount())
    ]
    assert shown == list(view.picture.rows)
    for column in view.picture.right:
        alignment = model.index(0, column).data(Qt.ItemDataRole.TextAlignmentRole)
        assert alignment & Qt.AlignmentFlag.AlignRight
    qtbot.keyClick(view.table, Qt.Key.Key_F9)
    assert not view.is_table


def test_the_table_is_copied_as_plain_numbers_with_heads(view, qtbot):
    qtbot.keyClick(view.canvas, Qt.Key.Key_F9)
    qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "\t".join(view.picture.heads)
    assert len(lines) == len(view.picture.rows) + 1
    assert "," not in lines[1] and "\N{MINUS SIGN}" not in lines[1]


def test_a_screen_reader_knows_the_chart_before_and_after_it_is_drawn(view):
    assert view.canvas.accessibleName() == view.picture.title
    view.clear()
    assert view.canvas.accessibleName() == "Chart"


def test_no_copied_text_is_a_formula_to_a_spreadsheet(qtbot):
    table = TextTable("Texts")
    qtbot.addWidget(table)
    table.show_cells(Cells(("Text", "Amount"), ((" =1+1", "\N{MINUS SIGN}1,000.50"),), (1,)))
    assert table.copied() == "Text\tAmount\n' =1+1\t-1000.50\n"


def test_the_picture_is_copied(view):
    action = next(one for one in view.actions() if one.text() == "Copy picture")
    action.trigger()
    assert QGuiApplication.clipboard().image().size() == view.canvas.image.size()


@pytest.mark.parametrize(
    ("ending", "begin"), [("pdf", b"%PDF"), ("svg", b"<?xml"), ("png", b"\x89PNG")]
)
def test_the_chart_is_saved_as_a_file(view, qtbot, tmp_path, ending, begin):
    target = tmp_path / f"chart.{ending}"
    write_picture(view._desk, ChartOrder("spend"), target)
    qtbot.waitUntil(target.exists, timeout=20_000)
    assert target.read_bytes().startswith(begin)


def test_nothing_to_draw_is_said_with_its_remedy_and_a_button(window, tmp_path, qtbot):
    path = tmp_path / "empty.telaudit"
    create_project(path, ProjectSettings())
    window.open_project(path)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    view = ChartView(window.desk, "spend")
    qtbot.addWidget(view)
    view.resize(800, 400)
    view.show()
    asked = []
    view.show_chart(None, Offer("Import…", "Choose the files", lambda: asked.append("import")))
    qtbot.waitUntil(view.refusal.isVisible, timeout=20_000)
    assert "nothing to draw" in view.refusal.words
    qtbot.mouseClick(view.refusal.button, Qt.MouseButton.LeftButton)
    assert asked == ["import"]
    assert all(not one.isEnabled() for one in view.actions())
