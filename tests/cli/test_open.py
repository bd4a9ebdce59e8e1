import sys
import types
from pathlib import Path

import pytest

from telecom_audit.cli.program import run
from tests.store.originals import content


@pytest.fixture
def opened(monkeypatch) -> list[tuple[Path | None, bool]]:
    """What a window that ends with 5 at once was asked to open."""
    calls: list[tuple[Path | None, bool]] = []
    window = types.ModuleType("ui.app")

    def show(project: Path | None = None, *, review: bool = False) -> int:
        calls.append((project, review))
        return 5

    window.run = show
    monkeypatch.setitem(sys.modules, "ui.app", window)
    return calls


def test_open_names_the_project_and_the_way_to_look_at_it(project_path, opened):
    assert run(["open", str(project_path)]) == 5
    assert run(["open", str(project_path), "--review"]) == 5
    assert run(["open"]) == 5
    assert opened == [(project_path, False), (project_path, True), (None, False)]


def test_without_a_command_the_window_opens(opened):
    assert run([]) == 5
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
    assert run(["demo", str(tmp_path / "look"), "--open", "--json"]) == 5
    assert opened == [(tmp_path / "look" / "city.telaudit", False)]
    assert "city.telaudit" in content(tmp_path / "look")


def test_the_self_check_stands_alone_and_ends_with_its_own_code(tmp_path, monkeypatch, capsys):
    report = tmp_path / "report.json"
    check = types.ModuleType("ui.self_check")
    check.run = lambda path: path.write_text("{}") and 1
    monkeypatch.setitem(sys.modules, "ui.self_check", check)
    assert run(["--self-check", str(report)]) == 1
    assert report.read_text() == "{}"
    assert run(["--self-check", str(report), "rules"]) == 2
    assert "stands alone" in capsys.readouterr().err
