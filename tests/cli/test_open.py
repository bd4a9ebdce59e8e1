import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QTimer

from telecom_audit.cli.program import run
from tests.store.originals import content

WINDOW_ENDS_WITH = 5


@pytest.fixture
def opened(qapp, monkeypatch, tmp_path_factory) -> Iterator[list[tuple[Path | None, bool]]]:
    """The project of each window that opens, and whether it is a review.

    A window is closed, and the program ended with 5, when it is at rest.
    """
    from ui.window import Window

    folder = tmp_path_factory.mktemp("settings")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # which the window takes over
    qapp.setQuitOnLastWindowClosed(False)
    found: list[tuple[Path | None, bool]] = []

    def look() -> None:
        for window in qapp.topLevelWidgets():
            if isinstance(window, Window) and window.isVisible() and not window.desk.work.jobs:
                session = window.desk.session
                found.append((session.shown_path, session.is_review) if session else (None, False))
                window.close()
                qapp.exit(WINDOW_ENDS_WITH)

    looks = QTimer()
    looks.setInterval(20)
    looks.timeout.connect(look)
    looks.start()
    yield found
    looks.stop()
    qapp.setQuitOnLastWindowClosed(True)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_open_names_the_project_and_the_way_to_look_at_it(project_path, opened):
    assert run(["open", str(project_path)]) == WINDOW_ENDS_WITH
    assert run(["open", str(project_path), "--review"]) == WINDOW_ENDS_WITH
    assert run(["open"]) == WINDOW_ENDS_WITH
    assert opened == [(project_path, False), (project_path, True), (None, False)]


def test_without_a_command_the_window_opens(opened):
    assert run([]) == WINDOW_ENDS_WITH
    assert opened == [(None, False)]


def test_a_project_that_is_not_there_opens_nothing(tmp_path, opened, capsys):
    assert run(["open", str(tmp_path / "none.telaudit")]) == 2
    assert "there is no file" in capsys.readouterr().err
    assert run(["open", "--review"]) == 2
    assert opened == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a display")
@pytest.mark.parametrize("arguments", [[], ["open"]])
def test_without_a_display_the_window_is_refused(monkeypatch, opened, capsys, arguments):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert run(arguments) == 3
    err = capsys.readouterr().err
    assert "error: there is no display" in err
    assert "remedy: Start it in a desktop session" in err
    assert opened == []


def test_the_demo_opens_the_window_on_what_it_built(tmp_path, opened, capsys):
    assert run(["demo", str(tmp_path / "look"), "--open", "--json"]) == WINDOW_ENDS_WITH
    assert opened == [(tmp_path / "look" / "city.telaudit", False)]
    assert "city.telaudit" in content(tmp_path / "look")


def test_the_self_check_stands_alone_and_wants_a_folder_for_its_report(tmp_path, capsys):
    report = tmp_path / "report.json"
    assert run(["--self-check", str(report), "rules"]) == 2
    assert "stands alone" in capsys.readouterr().err
    assert not report.exists()
    assert run(["--self-check", str(tmp_path / "none" / "report.json")]) == 2
    assert "there is no folder" in capsys.readouterr().err
