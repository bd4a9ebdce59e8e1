import json
import subprocess
import sys

import pytest

from telecom_audit.cli.program import program, run


@pytest.mark.parametrize("name", program.list_commands(None))
def test_each_command_says_what_it_does_and_shows_an_example(name, capsys):
    assert run([name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Example" in shown
    assert "--json" in shown or "Commands:" in shown


def test_an_unknown_command_is_wrong_usage(capsys):
    assert run(["tidy"]) == 2
    assert capsys.readouterr().err.startswith("error: No such command 'tidy'")


def test_with_json_an_error_is_a_document_and_words_go_to_stderr(tmp_path, capsys):
    path = tmp_path / "none.telaudit"
    assert run(["imports", str(path), "--json"]) == 2
    out, err = capsys.readouterr()
    error = json.loads(out)["error"]
    assert error["kind"] == "usage"
    assert "none.telaudit" in error["message"]
    assert err == f"error: {error['message']}\nremedy: {error['remedy']}\n"


def test_a_bad_option_value_is_wrong_usage_and_makes_nothing(tmp_path, capsys):
    path = tmp_path / "city.telaudit"
    assert run(["new", str(path), "--fiscal-year-start", "13"]) == 2
    assert list(tmp_path.iterdir()) == []
    assert "remedy: " in capsys.readouterr().err


def test_new_refuses_to_overwrite(tmp_path, answer):
    path = tmp_path / "city.telaudit"
    assert answer("new", path)[0] == 0
    before = path.read_bytes()
    code, document = answer("new", path)
    assert code == 3
    assert document["error"]["kind"] == "refused"
    assert path.read_bytes() == before


def test_the_module_runs_as_a_program():
    command = [sys.executable, "-m", "telecom_audit", "--version"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    assert shown.stdout.startswith("telecom-audit, version ")
