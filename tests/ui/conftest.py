from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings

from ui import theme
from ui.window import Window


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory):
    """The settings of whoever runs the tests are neither read nor written."""
    folder = tmp_path_factory.mktemp("settings")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))


@pytest.fixture
def window(qtbot):
    """The window on its start page, with the light palette."""
    theme.apply("light")
    made = Window()
    qtbot.addWidget(made, before_close_func=lambda widget: widget.desk.work.stop())
    made.resize(1280, 800)
    made.show()
    yield made
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def sample_file(demo) -> Path:
    """The sample city; never write to it (`sample_path` is a copy to change)."""
    return demo / "city.telaudit"


@pytest.fixture
def sample_path(sample_file, tmp_path) -> Path:
    """A copy of the sample city that a test may change."""
    path = tmp_path / "city.telaudit"
    path.write_bytes(sample_file.read_bytes())
    return path


@pytest.fixture
def sample_window(window, sample_path, qtbot):
    """The window with the sample city open, at rest."""
    window.open_project(sample_path)
    qtbot.waitUntil(lambda: window.desk.session is not None, timeout=10_000)
    qtbot.waitUntil(lambda: not window.desk.work.jobs, timeout=30_000)
    return window
