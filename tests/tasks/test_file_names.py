import csv

from tests.savings.projects import BillLine, new_project

MARCH = ("2024-03-01", "2024-03-31")


def test_a_file_is_named_without_the_folders_of_whichever_system_imported_it(tmp_path):
    project = new_project(tmp_path)
    name = "bills\\march.csv"  # in a folder on Windows; elsewhere a file with a long name
    (tmp_path / name).parent.mkdir(exist_ok=True)
    project.bring_bills([BillLine("2024-03-10", "MRC", "5.00", "C-1", period=MARCH)] * 2, name)
    (finding,) = project.done("audit")["findings"]
    shown = project.done("finding", str(finding["id"]))
    listed = project.done("lines", "--service", "C-1")
    rows = [*shown["lines"], *shown["evidence"], *listed["lines"]]
    assert [row["source"]["file"] for row in rows] == ["march.csv"] * 4
    project.done("export", "charges", "-o", str(tmp_path / "out.csv"))
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as opened:
        assert [row["file"] for row in csv.DictReader(opened)] == ["march.csv"] * 2
