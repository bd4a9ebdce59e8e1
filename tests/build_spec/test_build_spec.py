"""What the frozen programs are made of: their entries, their icon, and the versions in them."""

import importlib.util
import json
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from xlsxwriter import Workbook

from telecom_audit.readers.child import CHILD_ARGUMENT, CONSOLE_PROGRAM, SHEET_CHILD

BUILD = Path(__file__).parents[2] / "build_spec"
ROOT = BUILD.parent


def module(name: str):
    found = importlib.util.spec_from_file_location(name, BUILD / f"{name}.py")
    loaded = importlib.util.module_from_spec(found)
    found.loader.exec_module(loaded)
    return loaded


def run(*command, **more):
    return subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        **more,
    )


def test_the_console_program_is_its_own_child(tmp_path):
    path = tmp_path / "list.xlsx"
    with Workbook(str(path)) as workbook:
        workbook.add_worksheet("Lines").write_row(0, 0, ["vendor", "amount"])
    ended = run(BUILD / "console.py", CHILD_ARGUMENT, SHEET_CHILD, path, "0")
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert lines[0] == {"sheet": "Lines", "is_hidden": False}
    assert lines[1] == [["vendor", "amount"]]


def test_a_child_that_fails_says_why_in_its_last_line(tmp_path):
    ended = run(BUILD / "console.py", CHILD_ARGUMENT, SHEET_CHILD, tmp_path / "none.xlsx", "0")
    assert ended.returncode == 1
    assert "none.xlsx" in ended.stderr or "No such file" in ended.stderr.splitlines()[-1]


def test_it_runs_no_other_module_as_a_child():
    ended = run(BUILD / "console.py", CHILD_ARGUMENT, "this")
    assert (ended.returncode, ended.stdout) == (2, "")


def test_it_is_the_command_line():
    ended = run(BUILD / "console.py", "rules", "--json")
    assert ended.returncode == 0
    assert json.loads(ended.stdout)["rules"]


def test_the_spec_names_the_program_that_children_call():
    spec = (BUILD / "telecom_audit.spec").read_text(encoding="utf-8")
    assert f'program("{CONSOLE_PROGRAM}", "console", console=True)' in spec


def test_the_icon_has_a_picture_of_each_size(tmp_path):
    icon = module("icon")
    content = icon.write_icon(tmp_path / "program.ico").read_bytes()
    kind, count = struct.unpack_from("<HH", content, 2)
    assert (kind, count) == (1, len(icon.SIZES))
    for place, size in enumerate(icon.SIZES):
        width, height, *_, length, start = struct.unpack_from("<BBBBHHII", content, 6 + 16 * place)
        assert (width or 256, height or 256) == (size, size)
        picture = QImage.fromData(content[start : start + length], "PNG")
        assert picture.width() == size
        assert picture.pixelColor(size // 2, size // 2).alpha() == 255


def report(**more):
    step = {"name": "draw", "ok": True, "detail": "", "seconds": 1}
    return {
        "ok": True,
        "platform": "here",
        "qt": "6",
        "sqlite": "3",
        "steps": [step],
        "figures": {"found": "1.50"},
        **more,
    }


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (report(), 0),
        (report(figures={"found": "1.500001"}), 1),
        (report(figures={"found": "1.50", "saved": "2"}), 1),
        (report(ok=False), 1),
    ],
)
def test_two_reports_agree_only_when_every_figure_does(tmp_path, second, code):
    for name, document in (("first", report()), ("second", second)):
        (tmp_path / name).write_text(json.dumps(document), encoding="utf-8")
    ended = run(BUILD / "compare_checks.py", tmp_path / "first", tmp_path / "second")
    assert ended.returncode == code, ended.stderr


def test_what_is_frozen_is_what_ships():
    def pinned(name: str) -> set[str]:
        text = (BUILD / name).read_text(encoding="utf-8")
        return set(re.findall(r"^([\w.-]+==\S+)", text, re.MULTILINE))

    shipped, frozen = pinned("requirements.lock"), pinned("requirements-build.lock")
    assert shipped <= frozen
    tools = {name.split("==")[0] for name in frozen - shipped}
    assert tools == {
        "altgraph",
        "macholib",
        "packaging",
        "pefile",
        "pyinstaller",
        "pyinstaller-hooks-contrib",
        "pywin32-ctypes",
    } - {name.split("==")[0] for name in shipped}


@pytest.mark.parametrize("name", ["build_linux.sh", "build_windows.sh", "wine/run.sh", "lock.sh"])
def test_each_script_of_the_build_can_be_read_by_its_shell(name):
    ended = subprocess.run(["bash", "-n", BUILD / name], capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_windows_is_given_its_own_packages_with_their_hashes():
    lock = BUILD / "requirements-build.lock"
    ended = run(BUILD / "wine" / "windows_packages.py", lock)
    lines = ended.stdout.splitlines()
    names = {line.split("==")[0] for line in lines if "==" in line}
    assert {"pefile", "pywin32-ctypes", "pyside6-essentials", "pyinstaller"} <= names
    assert "macholib" not in names
    assert len([line for line in lines if line.startswith("numpy==")]) == 1
    assert ";" not in ended.stdout
    for name in names:
        place = next(n for n, line in enumerate(lines) if line.startswith(f"{name}=="))
        assert lines[place + 1].strip().startswith("--hash=sha256:")
