"""The manager's brief, as other programs and a person read it."""

import shutil
import subprocess
from pathlib import Path

import pytest
from matplotlib.text import Text

from telecom_audit.drawing.sheet import MARGIN
from telecom_audit.drawing.style import drawing_style
from telecom_audit.errors import RefusedError
from telecom_audit.money import micros_from_text
from telecom_audit.report.table_page import TablePage
from telecom_audit.tasks.chart_order import ChartOrder
from telecom_audit.tasks.chart_pictures import Screen, chart_picture
from telecom_audit.tasks.printed_pages import chart_pages, report_pages, table_pages
from tests.charts.drawings import overlaps, shown_words
from tests.tasks.importing import entries, file

HEADER = "vendor,account,invoice,bill_date,amount,service,class\n"
PAYMENTS = "payer,vendor,payment_date,amount\n"
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="the poppler tools are not installed"
)


@pytest.fixture
def bills(tmp_path: Path, project_path: Path) -> Path:
    """One line of 100 a month in 2024 and of 60 in the first half of 2025; nothing else."""
    lines = [
        f"Acme,A1,I{year}{month:02},{year}-{month:02}-10,{amount}.00,504 555 0100,MRC\n"
        for year, months, amount in ((2024, 12, 100), (2025, 6, 60))
        for month in range(1, months + 1)
    ]
    found = entries(project_path, file(tmp_path, "bill.csv", HEADER + "".join(lines)))
    assert found[0]["outcome"] == "imported"
    return project_path


def said(path: Path, page: int) -> str:
    """The text of a page, with single spaces."""
    command = ["pdftotext", "-layout", "-f", str(page), "-l", str(page), str(path), "-"]
    return " ".join(
        subprocess.run(command, capture_output=True, check=True).stdout.decode().split()
    )


def words_of(figures) -> str:
    return " ".join(text.get_text() for figure in figures for text in figure.findobj(Text))


def with_commas(micros: int) -> str:
    assert micros % 10_000 == 0
    return f"{micros // 10_000 / 100:,.2f}"


@needs_poppler
@pytest.mark.parametrize("options", [(), ("--paper", "a4", "--grey")])
def test_the_report_shows_the_totals_that_the_findings_add_up_to(demo, answer, tmp_path, options):
    project, target = demo / "city.telaudit", tmp_path / "report.pdf"
    code, document = answer("report", project, *options, "-o", target)
    assert code == 0
    assert document["pages"] == 2
    info = subprocess.run(["pdfinfo", target], capture_output=True, text=True, check=True).stdout
    assert "Pages:           2" in info
    images = subprocess.run(["pdfimages", "-list", target], capture_output=True, check=True).stdout
    assert len(images.splitlines()) == 2  # heads alone
    first = said(target, 1)
    findings = answer("findings", project)[1]["findings"]
    for confidence, word in (("proven", "● Proven"), ("check", "◐ To check"), ("lead", "○ Lead")):
        shown = [one for one in findings if one["confidence"] == confidence]
        sums = {
            key: sum(micros_from_text(one[key]) for one in shown)
            for key in ("monthly", "recoverable")
        }
        row = first[first.index(word) :]
        for text in (
            f" {len(shown)} ",
            with_commas(sums["monthly"]),
            with_commas(12 * sums["monthly"]),
            with_commas(sums["recoverable"]),
        ):
            assert text in row
        assert micros_from_text(document["totals"][confidence]["annual"]) == 12 * sums["monthly"]
    assert " ".join(document["savings"].lower().split()) in first.lower()
    for text in ("scenario Hosted UC, two waves", "city.telaudit", "page 1 of 2", "2025-12-31"):
        assert text in first


@needs_poppler
def test_the_metrics_stand_beside_their_formulas_as_the_forecast_answers_them(demo, answer):
    second = said(demo / "report.pdf", 2)
    metrics = answer("forecast", demo / "city.telaudit", "Hosted UC, two waves")[1]["metrics"]
    cents = f"{round(float(metrics['total_savings']), 2):,.2f} USD sum of net(t), t = 0 … 60"
    for text in (
        f"Total savings {cents}",
        f"{float(metrics['npv']):,.2f} USD sum of net(t) · v(t)",
        f"{100 * metrics['irr']:,.2f}",
        f"{100 * metrics['mirr']:,.2f}",
        f"{metrics['payback_months']:.1f} months",
        f"{metrics['discounted_payback_months']:.1f} months",
        f"{100 * metrics['roi']:,.2f}",
        f"{metrics['pi']:.3f} 1 + ROI",
        f"−{-float(metrics['peak_funding']):,.2f} USD",
        f"{float(metrics['run_rate_annual']):,.2f} USD sum of baseline − legacy − new recurring",
        "r = 3 % a year",
        "page 2 of 2",
    ):
        assert text in second


def test_equal_projects_make_equal_bytes(demo, answer, tmp_path):
    for name in ("one.pdf", "two.pdf"):
        assert answer("report", demo / "city.telaudit", "-o", tmp_path / name)[0] == 0
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


@pytest.mark.parametrize(("paper", "grey"), [("letter", False), ("a4", True)])
def test_every_word_of_the_report_is_on_its_page_and_covers_no_other(demo, paper, grey):
    figures = report_pages(demo / "city.telaudit", None, paper, grey)
    assert len(figures) == 2
    for figure in figures:
        check(figure)


def check(figure):
    with drawing_style():
        words = shown_words(figure)
    assert overlaps(words) == []
    for text, box in words:
        assert text.get_fontsize() >= 9
        edge = MARGIN * figure.dpi - 2
        assert box.x0 >= edge and box.x1 <= figure.bbox.x1 - edge, text.get_text()
        assert box.y0 >= edge and box.y1 <= figure.bbox.y1 - edge, text.get_text()


def test_an_empty_project_gets_a_report_that_says_what_to_do(project_path, answer, tmp_path):
    code, document = answer("report", project_path, "-o", tmp_path / "report.pdf")
    assert code == 0
    assert document["title"] == "Nothing has been audited, planned or measured yet"
    assert document["totals"] is None
    assert document["metrics"] is None
    assert [note.split(":")[0] for note in document["notes"]] == [
        "audit",
        "savings",
        "spend",
        "metrics",
    ]
    figures = report_pages(project_path, None, "letter", False)
    told = words_of(figures)
    for remedy in ("Import the carriers' bills", "Freeze", "Import bills or payments", "scenario"):
        assert remedy in told
    for figure in figures:
        assert figure.axes == []
        check(figure)


def test_bills_alone_show_spend_and_say_how_to_audit(bills):
    first, second = report_pages(bills, None, "letter", False)
    assert "Run the audit" in words_of([first])
    assert first.axes == []
    assert len(second.axes) == 1
    check(first)
    check(second)


def test_a_baseline_without_a_scenario_shows_savings_without_a_plan(bills, answer):
    assert answer("audit", bills)[0] == 0
    assert answer("baseline", bills, "freeze", "--through", "2024-12", "--by", "Ann")[0] == 0
    figures = report_pages(bills, None, "a4", False)
    told = words_of(figures)
    assert "realized savings amount to $240 in 6 months" in told
    assert "No metrics: there is no plan" in told
    assert len(figures[0].axes) == 2
    for figure in figures:
        check(figure)


def test_payments_alone_are_drawn_and_not_audited(tmp_path, project_path, answer):
    rows = [f"Library,Acme,2024-{month:02}-05,{month}00.00\n" for month in range(1, 13)]
    found = entries(project_path, file(tmp_path, "paid.csv", PAYMENTS + "".join(rows)))
    assert found[0]["outcome"] == "imported"
    assert answer("audit", project_path)[0] == 0
    figures = report_pages(project_path, None, "letter", False)
    assert "There are no bills to audit." in words_of(figures)
    assert "Payments averaged" in words_of(figures)


def test_findings_that_were_rejected_are_not_counted(demo, answer, tmp_path):
    copy = tmp_path / "copy.telaudit"
    shutil.copy(demo / "city.telaudit", copy)
    listed = answer("findings", copy)[1]["findings"]
    proven = [one for one in listed if one["confidence"] == "proven"]
    assert answer("finding", copy, proven[0]["id"], "--status", "rejected", "--note", "x")[0] == 0
    told = words_of(report_pages(copy, None, "letter", False))
    assert "1 rejected or muted finding is not counted." in told
    after = answer("findings", copy)[1]["findings"]
    counted = [
        one for one in after if one["confidence"] == "proven" and one["status"] != "rejected"
    ]
    with drawing_style():
        page = report_pages(copy, None, "letter", False)[0]
    assert str(len(counted)) in [text.get_text() for text in page.findobj(Text)]


def test_wrong_names_and_endings_end_with_two(demo, answer, tmp_path):
    project = demo / "city.telaudit"
    assert answer("report", project, "--scenario", "none", "-o", tmp_path / "x.pdf")[0] == 2
    assert answer("report", project, "-o", tmp_path / "x.png")[0] == 2
    assert answer("report", project)[0] == 2
    assert list(tmp_path.iterdir()) == []


def test_a_chart_on_the_screen_is_the_one_of_the_command_line(demo, answer, tmp_path):
    project = demo / "city.telaudit"
    for key in ("savings", "spend"):
        code, document = answer("chart", project, key, "-o", tmp_path / "chart.svg")
        assert code == 0
        shown = chart_picture(project, ChartOrder(key), Screen(700, 420, 1.5, is_dark=True))
        assert shown.title == document["title"]
        assert (shown.width, shown.height) == (1050, 630)
        assert len(shown.rgba) == 4 * 1050 * 630
        assert all(len(row) == len(shown.heads) for row in shown.rows)
        amounts = {
            (row["month"], row.get("vendor", name)): micros_from_text(row[column])
            for row in document["rows"]
            for name, column in (("projected", "projected"), ("realized", "realized"))
            if key == "savings" and row[column] is not None
        } or {
            (row["month"], row["vendor"]): micros_from_text(row["amount"])
            for row in document["rows"]
        }
        for region in shown.regions:
            month = f"{region.month // 12}-{region.month % 12 + 1:02}"
            assert region.micros == amounts[month, region.series]
        assert chart_pages(project, ChartOrder(key, paper="a4"))[0].get_figwidth() == 11.69


def test_a_picture_of_an_empty_project_is_refused_with_what_to_do(project_path):
    for key in ("savings", "spend"):
        with pytest.raises(RefusedError) as refused:
            chart_picture(project_path, ChartOrder(key), Screen(560, 300))
        assert refused.value.remedy


def test_a_table_of_a_project_is_printed_with_its_name(demo):
    table = TablePage("Sites", "all", ("Site", "Lines"), (("CITYHALL", "1,204"),), (1,))
    figures = table_pages(demo / "city.telaudit", table, "a4")
    told = words_of(figures)
    for text in ("City of Marlow Parish", "city.telaudit", "data as of 2025-12-31", "page 1 of 1"):
        assert text in told
