"""The report of the open project, as the window prints it."""

from telecom_audit.progress import SILENT
from telecom_audit.store.project import open_project
from telecom_audit.tasks.scenarios import add_scenario, kept_scenarios
from ui.opening import open_session
from ui.printing.reports import report_document

OTHER = """
[scenario]
name = "Another way"
start = "2026-01"
months = 24
discount_rate = 0.03

[[disposition]]
when = {}
action = "retain"
"""


def document(path):
    return report_document(open_session(path, False, SILENT).session)


def test_the_report_has_two_pages_of_the_paper_that_is_wanted(sample_file):
    made = document(sample_file)
    assert made.title == "City of Marlow Parish (synthetic) — report"
    for paper, size in (("letter", (11, 8.5)), ("a4", (11.69, 8.27))):
        pages = made.pages(paper, True)
        assert [tuple(page.get_size_inches()) for page in pages] == [size, size]


def test_of_several_scenarios_the_first_is_reported(sample_path):
    with open_project(sample_path) as project:
        add_scenario(project, OTHER)
        assert len(kept_scenarios(project)) == 2
    assert len(document(sample_path).pages("letter", False)) == 2
