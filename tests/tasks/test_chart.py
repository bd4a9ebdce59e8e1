from pathlib import Path

import pytest

from tests.tasks.importing import entries, file

HEADER = "vendor,account,invoice,bill_date,amount,service,class\n"


@pytest.fixture
def city(tmp_path: Path, project_path: Path) -> Path:
    """One line of 100 a month in 2024 and of 60 in the first half of 2025."""
    lines = [
        f"Acme,A1,I{year}{month:02},{year}-{month:02}-10,{amount}.00,504 555 0100,MRC\n"
        for year, months, amount in ((2024, 12, 100), (2025, 6, 60))
        for month in range(1, months + 1)
    ]
    found = entries(project_path, file(tmp_path, "bill.csv", HEADER + "".join(lines)))
    assert found[0]["outcome"] == "imported"
    return project_path


def test_realized_savings_are_drawn_as_measured(city, answer, tmp_path):
    assert answer("baseline", city, "freeze", "--through", "2024-12", "--by", "Ann")[0] == 0
    target = tmp_path / "savings.pdf"
    code, document = answer("chart", city, "savings", "-o", target)
    assert code == 0
    assert document["title"] == "Realized savings amount to $240 in 6 months"
    assert [row["realized"] for row in document["rows"]] == ["40.00"] * 6
    assert document["rows"][-1]["cumulative_realized"] == "240.00"
    assert target.read_bytes().startswith(b"%PDF")


def test_spend_agrees_with_the_bills(city, answer, tmp_path):
    code, document = answer(
        "chart", city, "spend", "--paper", "a4", "--grey", "-o", tmp_path / "spend.svg"
    )
    assert code == 0
    assert [row["amount"] for row in document["rows"]] == ["100.00"] * 12 + ["60.00"] * 6


def test_a_chart_without_its_figures_says_what_to_do(project_path, city, answer, tmp_path):
    code, document = answer("chart", city, "savings", "-o", tmp_path / "x.pdf")
    assert code == 3
    assert "Freeze" in document["error"]["remedy"]
    assert not (tmp_path / "x.pdf").exists()


def test_an_empty_project_has_no_spend(project_path, answer, tmp_path):
    code, document = answer("chart", project_path, "spend", "-o", tmp_path / "x.pdf")
    assert code == 3
    assert document["error"]["remedy"]


def test_unknown_charts_endings_and_missing_names_end_with_two(city, answer, tmp_path):
    assert answer("chart", city, "pie", "-o", tmp_path / "x.pdf")[0] == 2
    assert answer("chart", city, "spend", "-o", tmp_path / "x.gif")[0] == 2
    assert answer("chart", city, "spend")[0] == 2
    assert answer("chart", city, "spend", "--scenario", "none", "-o", tmp_path / "x.pdf")[0] == 2


def test_the_list_names_each_chart(project_path, answer):
    code, document = answer("chart", project_path, "list")
    assert code == 0
    assert [one["chart"] for one in document["charts"]] == ["savings", "spend"]
