import re
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QColor, QDropEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit

import resources
from telecom_audit.store.project import ProjectSettings, create_project
from ui import theme
from ui.dialogs.help import HelpDialog, help_text
from ui.dialogs.new_project import NewProject
from ui.icons import icon
from ui.imports import import_paths
from ui.numbers import amount_text, count_text
from ui.pages import PLACES
from ui.preferences import Preferences


def actions(window):
    return [action for action in window.findChildren(QAction) if action.text()]


def test_amounts_and_counts_read_as_finance_people_write_them():
    assert amount_text(1_234_500_000) == "1,234.50"
    assert amount_text(-7_200_000) == "\N{MINUS SIGN}7.20"
    assert amount_text(-3571) == "\N{MINUS SIGN}0.003571"
    assert amount_text(0) == "0.00"
    assert count_text(2_914_336) == "2,914,336"


def test_every_action_has_words_and_a_tip_and_no_two_share_a_shortcut(window, project_path, qtbot):
    window.open_project(project_path)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    found = actions(window)
    assert [action.text() for action in found if not action.toolTip()] == []
    keys = [action.shortcut().toString() for action in found if not action.shortcut().isEmpty()]
    keys += [b.shortcut().toString() for b in window.findChildren(QAbstractButton)]
    keys = [key for key in keys if key.startswith(("Ctrl", "F"))]
    assert sorted(keys) == sorted(set(keys))


def test_everything_that_takes_the_focus_has_a_name(window):
    nameless = [
        widget
        for kind in (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox)
        for widget in window.findChildren(kind)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_pages_of_a_project_are_absent_while_none_is_open(window, project_path, qtbot):
    def offered():
        return [
            button.accessibleName()
            for button in window._bar.findChildren(QAbstractButton)
            if button.isVisibleTo(window._bar)
        ]

    assert offered() == ["Start"]
    window.open_project(project_path)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    assert offered() == [place.title for place in PLACES]
    window.desk.close_project()
    assert offered() == ["Start"]
    assert window.page.key == "start"


def test_a_review_has_a_banner_and_no_action_that_edits(window, project_path, qtbot):
    window.open_project(project_path, is_review=True)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    assert window.desk.session.path != project_path
    assert window._banner.isVisible()
    visible = {action.text().replace("&", "") for action in actions(window) if action.isVisible()}
    assert not visible & {"Import…", "Run the audit", "Edit"}
    copy = window.desk.session.path
    window.desk.close_project()
    assert not copy.exists()


def test_a_project_that_is_dropped_on_the_window_is_opened(window, project_path, qtbot):
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(str(project_path))])
    event = QDropEvent(
        QPointF(QPoint(5, 5)),
        Qt.DropAction.CopyAction,
        given,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    assert window.desk.session.shown_path == project_path


def test_the_head_follows_what_is_imported(window, project_path, qtbot):
    window.open_project(project_path)
    qtbot.waitUntil(lambda: "no bills yet" in window._head._project.text())
    bill = project_path.parent / "bill.csv"
    bill.write_text(
        "vendor,account,invoice,bill_date,amount\nAcme,1,A1,2025-03-01,10.00\n", encoding="utf-8"
    )
    import_paths(window.desk, [bill])
    qtbot.waitUntil(lambda: "2025-03 … 2025-03" in window._head._project.text(), timeout=20_000)


def test_files_that_are_dropped_on_a_review_are_not_imported(window, project_path, qtbot):
    window.open_project(project_path, is_review=True)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(str(project_path.parent / "bill.csv"))])
    window.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            given,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert "A review imports nothing" in window.statusBar().currentMessage()


def test_a_new_project_is_made_with_what_was_chosen_and_opened(window, tmp_path, qtbot):
    dialog = NewProject(window.desk)
    dialog.organization.setText("City of Marlow")
    dialog.tax_exempt.setChecked(True)
    dialog.make(tmp_path / "marlow")
    qtbot.waitUntil(lambda: window.desk.session is not None)
    assert window.desk.session.path == tmp_path / "marlow.telaudit"
    assert window.desk.session.settings == ProjectSettings("City of Marlow", tax_exempt=True)


def test_a_project_is_never_made_over_another(window, project_path, qtbot):
    before = project_path.read_bytes()
    dialog = NewProject(window.desk)
    with qtbot.waitSignal(window.desk.errors.happened):
        dialog.make(project_path)
    assert project_path.read_bytes() == before


def test_recent_projects_come_latest_first_and_can_be_forgotten(tmp_path):
    preferences = Preferences()
    paths = [tmp_path / f"{number}.telaudit" for number in range(12)]
    for path in paths:
        preferences.remember(path)
    preferences.remember(paths[5])
    assert Preferences().recent[:3] == [paths[5], paths[11], paths[10]]
    assert len(Preferences().recent) == 10
    preferences.forget(paths[5])
    assert paths[5] not in Preferences().recent


def test_the_start_page_lists_recent_projects_and_marks_those_that_are_gone(
    window, tmp_path, qtbot
):
    there, gone = tmp_path / "there.telaudit", tmp_path / "gone.telaudit"
    create_project(there, ProjectSettings())
    for path in (gone, there):
        window.desk.preferences.remember(path)
    window.page.refresh()
    buttons = {b.text(): b for b in window.page.findChildren(QAbstractButton)}
    assert buttons["there"].isEnabled()
    assert not buttons["gone"].isEnabled()
    buttons["Take off the list"].click()
    assert window.desk.preferences.recent == [there]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_stands_out_from_its_ground(name):
    palette = theme.palette(name)
    role = QPalette.ColorRole
    for ink, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.PlaceholderText, role.Window),
        (role.PlaceholderText, role.Base),
        (role.HighlightedText, role.Highlight),
        (role.Link, role.Window),
        (role.Link, role.Base),
    ):
        assert contrast(palette.color(ink), palette.color(ground)) >= 4.5, (ink, ground)
    banner = theme.banner_palette(name == "dark")
    assert contrast(banner.color(role.WindowText), banner.color(role.Window)) >= 4.5


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.2, success criterion 1.4.3."""

    def luminance(colour):
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_a_theme_that_is_chosen_holds_at_the_next_start(window, qtbot):
    window.choose_theme("dark")
    qtbot.waitUntil(lambda: theme.is_dark(window))
    assert Preferences().theme == "dark"
    window.choose_theme("light")
    qtbot.waitUntil(lambda: not theme.is_dark(window))


ICONS = sorted(set(resources.names("icons", ".svg")) - {"telecom-audit.svg"})


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_drawn_in_the_ink_that_is_asked_for(qapp, name):
    picture = icon(name.removesuffix(".svg"), QColor("#C00000")).pixmap(24, 24).toImage()
    inks = {
        picture.pixelColor(x, y).red() - picture.pixelColor(x, y).blue()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() > 200
    }
    assert max(inks, default=0) > 150


def test_each_page_has_its_help(window, qtbot):
    for place in PLACES:
        assert help_text(place.key).startswith(f"# {place.title}\n")
    dialog = HelpDialog("about", window)
    qtbot.addWidget(dialog)
    assert "{version}" not in help_text("about")


def test_colours_are_named_in_the_theme_only():
    root = Path(theme.__file__).parent
    strangers = [
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if path.name not in ("theme.py", "icons.py")
        and re.search(r'"#[0-9A-Fa-f]{3,8}"', path.read_text(encoding="utf-8"))
    ]
    assert strangers == []


def test_no_signal_is_typed_so_that_it_wraps():
    root = Path(theme.__file__).parent
    typed = [
        path.name
        for path in root.rglob("*.py")
        for kind in ("int", "dict", "list", "str", "float")
        if f"Signal({kind}" in path.read_text(encoding="utf-8")
    ]
    assert typed == []
