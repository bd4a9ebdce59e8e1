"""What holds for every chart on paper, with kind and with nasty figures."""

import re
from pathlib import Path

import pytest
from matplotlib.colors import to_rgb
from matplotlib.patches import Patch
from matplotlib.text import Text

from telecom_audit.charts.rendering import write_figure
from telecom_audit.charts.style import paper_style
from telecom_audit.drawing.amounts import exact_money, short_money
from telecom_audit.drawing.sheet import Paper
from telecom_audit.drawing.style import drawing_style
from tests.charts.drawings import FRAMES, drawn, overlaps, shown_words

SHEETS = [(Paper.LETTER, False), (Paper.A4, True)]


@pytest.mark.parametrize("name", FRAMES)
@pytest.mark.parametrize(("paper", "grey"), SHEETS)
def test_every_word_is_at_least_nine_points_and_on_the_page(name, paper, grey):
    figure = drawn(name, paper, grey=grey)
    with drawing_style():
        words = shown_words(figure)
    edge = figure.bbox
    for text, box in words:
        assert text.get_fontsize() >= 9
        assert box.x0 >= edge.x0 and box.x1 <= edge.x1, text.get_text()
        assert box.y0 >= edge.y0 and box.y1 <= edge.y1, text.get_text()
    assert overlaps(words) == []
    assert tuple(figure.get_size_inches()) == paper.value


@pytest.mark.parametrize("name", FRAMES)
def test_grey_paper_has_greys_only(name):
    figure = drawn(name, grey=True)
    colours = [patch.get_facecolor() for patch in figure.findobj(Patch)]
    colours += [patch.get_edgecolor() for patch in figure.findobj(Patch)]
    colours += [text.get_color() for text in figure.findobj(Text)]
    colours += [line.get_color() for axes in figure.axes for line in axes.lines]
    for colour in colours:
        red, green, blue = to_rgb(colour)
        assert red == green == blue


@pytest.mark.parametrize("grey", [False, True])
def test_neighbours_in_a_stack_differ_in_lightness_and_hatch(grey):
    looks = paper_style(grey=grey).series
    light = [
        sum(w * c for w, c in zip((0.299, 0.587, 0.114), to_rgb(k.fill), strict=True))
        for k in looks
    ]
    for place in range(6):
        assert abs(light[place] - light[place + 1]) >= 0.2
        assert looks[place].hatch != looks[place + 1].hatch


@pytest.mark.parametrize("name", FRAMES)
def test_a_pdf_has_no_picture_and_keeps_its_text(tmp_path: Path, name: str):
    write_figure(drawn(name), tmp_path / "page", ".pdf", "A title")
    content = (tmp_path / "page").read_bytes()
    assert b"/Subtype /Image" not in content
    assert b"/CIDFontType2" in content or b"/TrueType" in content
    assert b"/Type3" not in content
    assert b"CreationDate" not in content and b"/Author" not in content


def test_an_svg_keeps_its_text_and_has_no_picture(tmp_path: Path):
    write_figure(drawn("a year"), tmp_path / "page", ".svg", "A title")
    content = (tmp_path / "page").read_text(encoding="utf-8")
    assert "<image" not in content
    assert re.search(r"<text[^>]*>Each month</text>", content)


@pytest.mark.parametrize("ending", [".pdf", ".svg", ".png"])
def test_equal_figures_make_equal_bytes(tmp_path: Path, ending: str):
    for name in ("first", "second"):
        write_figure(drawn("a year"), tmp_path / name, ending, "A title")
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_amounts_have_three_digits_and_a_true_minus():
    found = [short_money(round(units * 1e6), "USD") for units in (0, 950, 12_400, -1_236_400)]
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in found] == [
        "$0",
        "$950",
        "$12.4 k",
        "−$1.24 M",
    ]
    assert short_money(999_600_000_000, "USD") == "$1.00\N{NO-BREAK SPACE}M"
    assert exact_money(-12_345_500_000) == "−12,345.50"
    assert exact_money(1) == "0.000001"
