import json
import os
from pathlib import Path

import pytest
from hypothesis import settings

from telecom_audit.cli.program import run
from telecom_audit.store.project import ProjectSettings, create_project

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A busy machine is no failure, and CI judges the same cases each time.
settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")


@pytest.fixture
def project_path(tmp_path: Path) -> Path:
    """An empty project in a folder of its own."""
    path = tmp_path / "project" / "city.telaudit"
    path.parent.mkdir()
    create_project(path, ProjectSettings(organization="City of Test"))
    return path


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Path:
    """The folder that `demo` makes of the sample city, built once; never write into it."""
    from telecom_audit.tasks.demo import build_demo

    folder = tmp_path_factory.mktemp("sample") / "demo"
    build_demo(folder, lambda _: None)
    return folder


@pytest.fixture
def answer(capsys):
    """Run the program with --json; the answer is its exit code and its document."""

    def ask(*arguments: object) -> tuple[int, dict]:
        capsys.readouterr()
        code = run([*map(str, arguments), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return ask
