"""What holds for a table on paper."""

import pytest
from matplotlib.text import Text

from telecom_audit.drawing.sheet import MARGIN, Paper
from telecom_audit.drawing.style import drawing_style
from telecom_audit.drawing.words import width
from telecom_audit.errors import RefusedError
from telecom_audit.report.table_page import TablePage
from telecom_audit.report.table_pages import table_pages
from tests.charts.drawings import overlaps, sheet, shown_words

HEADS = ("Vendor", "Service", "Site", "Monthly, USD", "Since", "What was found")
LONG = "The Extraordinarily Long Named Metropolitan Telephone and Telegraph Company "


def table(count, *, name="Acme Telephone", message="Billed after its disconnect date"):
    rows = tuple(
        (name, f"504 555-{place:04}", "CITYHALL", f"{place}.50", "2025-01", message)
        for place in range(count)
    )
    return TablePage("Findings", "rule billed-after-disconnect; vendor Acme", HEADS, rows, (3,))


def pages_of(shown, paper=Paper.LETTER):
    with drawing_style():
        return table_pages(sheet(paper), shown)


def texts(figure):
    return [text.get_text() for text in figure.findobj(Text)]


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize(
    "shown",
    [
        table(40),
        table(40, name=LONG, message=LONG * 3),
        table(3, name="x" * 400, message="y"),
        table(1, name="<b>two\nlines</b>\t\N{ARABIC LETTER ALEF}"),
        TablePage(LONG, LONG * 4, ("A", LONG), (("", ""), ("1", "")), (0, 1)),
    ],
)
def test_every_word_is_on_the_page_nine_points_high_and_covers_no_other(shown, paper):
    for figure in pages_of(shown, paper):
        with drawing_style():
            words = shown_words(figure)
        edge, margin = figure.bbox, MARGIN * figure.dpi - 1
        assert overlaps(words) == []
        for text, box in words:
            assert text.get_fontsize() >= 9
            assert box.x0 >= edge.x0 + margin and box.x1 <= edge.x1 - margin, text.get_text()
            assert box.y0 >= edge.y0 + margin and box.y1 <= edge.y1 - margin, text.get_text()
        assert tuple(figure.get_size_inches()) == paper.value


def test_heads_filter_and_page_are_on_every_page_and_each_row_on_one():
    figures = pages_of(table(100))
    assert len(figures) > 2
    for number, figure in enumerate(figures, start=1):
        told = " ".join(texts(figure))
        for word in ("Vendor", "Monthly,", "What was found", "Findings", "100 rows"):
            assert word in told
        assert f"page {number} of {len(figures)}" in told
        assert "rule billed-after-disconnect; vendor Acme" in told
        assert "city.telaudit" in told
        assert "printed 2026-11-25" in told
    services = [one for figure in figures for one in texts(figure) if one.startswith("504 555-")]
    assert services == [f"504 555-{place:04}" for place in range(100)]


def test_numbers_end_at_one_edge_and_stay_whole():
    figures = pages_of(table(12, name=LONG, message=LONG * 3))
    with drawing_style():
        ends = {
            text.get_text(): box.x1
            for figure in figures
            for text, box in shown_words(figure)
            if ".50" in text.get_text()
        }
    assert set(ends) == {f"{place}.50" for place in range(12)}
    assert max(ends.values()) - min(ends.values()) < 2


def test_what_does_not_fit_ends_in_an_ellipsis():
    shown = texts(pages_of(table(1, message=LONG * 6))[0])
    assert any(one.endswith("…") for one in shown)
    assert any(one.startswith("The Extraordinarily") for one in shown)


def test_a_table_without_rows_says_so():
    figures = pages_of(table(0))
    assert len(figures) == 1
    assert "No row passes the filter." in texts(figures[0])


def test_more_than_two_hundred_pages_are_refused_with_what_to_do():
    with pytest.raises(RefusedError) as refused:
        pages_of(table(8_000))
    assert "8,000 rows" in refused.value.message
    assert "Filter it first" in refused.value.remedy


def test_a_width_is_that_of_the_drawn_text():
    with drawing_style():
        figure = pages_of(table(1))[0]
        for text, box in shown_words(figure):
            weight = text.get_fontweight()
            measured = width(text.get_text(), text.get_fontsize(), weight) * figure.dpi
            assert box.width <= measured + 2
            assert measured <= 1.05 * box.width + 4


def wide(columns):
    """Twelve rows of a name, amounts of eight digits, and a last column without a value."""
    heads = ("No.", *(f"Amount {place}, USD" for place in range(columns)), "Remark")
    amounts = [f"{place + 1}{place}3,456.7{place}" for place in range(columns)]
    rows = tuple((str(row + 1), *amounts, "") for row in range(12))
    return TablePage("Imports", "all rows", heads, rows, tuple(range(columns + 1))), amounts


def test_columns_that_do_not_fit_go_on_to_another_sheet_and_no_amount_is_cut():
    shown, amounts = wide(24)
    told = [texts(figure) for figure in pages_of(shown)]
    assert len(told) > 1
    for amount in amounts:
        assert sum(page.count(amount) for page in told) == 12
    for page in told:
        assert page.count("No.") == 1  # each sheet names its rows
        assert [str(row + 1) in page for row in range(12)] == [True] * 12


def test_a_column_without_values_is_left_out_and_named():
    shown, _ = wide(3)
    (page,) = (texts(figure) for figure in pages_of(shown))
    assert "Remark" not in page
    assert any("all rows; without values and left out: Remark" in text for text in page)
    blank = TablePage("Imports", "all rows", ("A", "B"), (("", ""),))
    assert {"A", "B"} <= set(texts(pages_of(blank)[0]))
