from pathlib import Path

from telecom_audit.money import micros_from_text


def test_the_demo_finds_the_planted_errors_and_draws_the_savings(tmp_path: Path, answer):
    folder = tmp_path / "demo"
    code, document = answer("demo", folder)
    assert code == 0
    assert document["truth"]["equal"]
    assert document["truth"]["planted"] > 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "city.telaudit",
        "report.pdf",
        "savings.pdf",
        "savings.png",
        "spend.pdf",
    ]
    realized = document["realized"]
    share = micros_from_text(realized["total"]) / micros_from_text(realized["projected"])
    assert document["against_plan"] == round(share, 4)
    kept = {path: path.read_bytes() for path in folder.iterdir()}
    code, refused = answer("demo", folder)
    assert code == 3
    assert "city.telaudit" in refused["error"]["message"]
    assert {path: path.read_bytes() for path in folder.iterdir()} == kept
    assert list(tmp_path.iterdir()) == [folder]
