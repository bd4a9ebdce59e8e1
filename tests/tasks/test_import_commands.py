"""The commands around importing, as scripts use them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from telecom_audit.cli.program import run
from tests.tasks.importing import BILL, bill, file, project

ROW = "Acme,001,I1,2025-01-05,7.20"


def answer(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict[str, Any]]:
    code = run([*map(str, arguments), "--json"])
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, document


def test_import_answers_the_keys_of_the_contract(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = bill(tmp_path, "a.csv", [ROW])
    code, document = answer(capsys, "import", project(tmp_path), path)
    [entry] = document["files"]
    assert code == 0
    assert {
        "file": str(path), "layout": "standard-bill", "kind": "bill", "outcome": "imported",
        "import_id": 1, "rows": {"read": 1, "stored": 1, "quarantined": 0, "ignored": 0},
        "amount": {"stated": None, "stored": "7.20", "difference": None}, "invoices": 1,
    }.items() <= entry.items()  # fmt: skip
    assert len(entry["sha256"]) == 64


def test_one_refused_file_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = file(tmp_path, "bad.csv", "a,b\n1,2\n")
    code, document = answer(
        capsys, "import", project(tmp_path), bad, bill(tmp_path, "a.csv", [ROW])
    )
    assert code == 3
    assert [entry["outcome"] for entry in document["files"]] == ["refused", "imported"]
    assert "error" not in document
    assert set(document["files"][0]["error"]) == {"kind", "message", "remedy"}


def test_a_single_refused_file_puts_its_error_at_the_top(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = file(tmp_path, "bad.csv", "a,b\n1,2\n")
    code, document = answer(capsys, "import", project(tmp_path), bad)
    assert code == 3
    assert document["error"] == document["files"][0]["error"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["nowhere.csv"],
        ["."],
        ["a.csv", "--layout", "no-such"],
        ["a.csv", "--set", "colour=red"],
        ["a.csv", "--set", "invoice=maybe"],
        ["a.csv", "--set", "date_format=dd/mm"],
        ["a.csv", "--set", "encoding=no-such"],
        ["a.csv", "--set", "delimiter=x"],
        ["a.csv", "--mapping", "nowhere.toml"],
    ],
)
def test_a_wrong_call_is_exit_2_and_changes_nothing(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    target = project(tmp_path)
    bill(tmp_path, "a.csv", [ROW])
    before = target.read_bytes()
    code, document = answer(capsys, "import", target, *arguments)
    assert code == 2
    assert document["error"]["kind"] == "usage"
    assert target.read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [
        "no toml",
        "[colours]\n",
        "[layout]\nkind = 'recipe'\n",
        "[columns]\na = 'no_such_column'\n",
        "[values.class]\nx = 'YYY'\n",
        "[format]\ndelimiter = 'x'\n",
    ],
)
def test_a_mapping_that_says_what_cannot_be_is_refused(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = file(tmp_path, "m.toml", text)
    path = bill(tmp_path, "a.csv", [ROW])
    code, document = answer(capsys, "import", project(tmp_path), path, "--mapping", mapping)
    assert (code, document["error"]["kind"]) == (3, "refused")


def test_imports_quarantine_and_retire_answer_the_keys_of_the_contract(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = project(tmp_path)
    path = bill(tmp_path, "a.csv", [ROW, "Acme,001,I1,2025-01-05,x"])
    answer(capsys, "import", target, path)
    code, document = answer(capsys, "imports", target)
    [entry] = document["imports"]
    assert code == 0
    assert {
        "import_id": 1, "file": str(path), "layout": "standard-bill", "kind": "bill",
        "status": "current", "rows": {"read": 2, "stored": 1, "quarantined": 1, "ignored": 0},
        "amount": {"stated": None, "stored": "7.20", "difference": None},
    }.items() <= entry.items()  # fmt: skip
    code, document = answer(capsys, "quarantine", target)
    [row] = document["rows"]
    assert {
        "import_id": 1, "file": str(path), "sheet": "", "row": 3, "column": "amount",
        "reason": "'x' is not a number", "raw": ["Acme", "001", "I1", "2025-01-05", "x"],
    }.items() <= row.items()  # fmt: skip
    assert answer(capsys, "retire", target, 1, "--reason", "wrong")[0] == 0
    assert answer(capsys, "imports", target)[1]["imports"][0]["status"] == "retired"
    assert answer(capsys, "retire", target, 1, "--reason", "wrong")[0] == 3
    assert answer(capsys, "retire", target, 9, "--reason", "wrong")[0] == 3


def test_the_words_for_a_person_name_every_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = project(tmp_path)
    assert run(["import", str(target), str(bill(tmp_path, "a.csv", [ROW]))]) == 0
    assert "1 rows read, 1 stored" in capsys.readouterr().out
    assert run(["imports", str(target)]) == 0
    assert run(["quarantine", str(target)]) == 0
    assert "No row was quarantined." in capsys.readouterr().out


def test_layouts_are_listed_guessed_and_written_as_forms_that_can_be_filled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, document = answer(capsys, "layouts")
    keys = [layout["key"] for layout in document["layouts"]]
    assert (code, len(keys)) == (0, 11)
    guess = answer(capsys, "layouts", "guess", bill(tmp_path, "a.csv", [ROW]))[1]
    assert guess["layout"] == "standard-bill"
    assert guess["mapping"] == {name: name for name in BILL.split(",")}
    for key in keys:
        form = tmp_path / f"{key}.xlsx"
        assert answer(capsys, "layouts", "template", key, "-o", form)[0] == 0
        assert answer(capsys, "layouts", "guess", form)[1]["layout"] == key
    assert answer(capsys, "layouts", "template", "no-such", "-o", tmp_path / "x.xlsx")[0] == 2
