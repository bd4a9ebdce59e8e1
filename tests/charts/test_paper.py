"""What holds for every chart on paper, with kind and with nasty figures."""

import re
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.patches import Patch
from matplotlib.text import Text

from telecom_audit.charts.amounts import short_money
from telecom_audit.charts.chart import Paper
from telecom_audit.charts.registry import chart
from telecom_audit.charts.rendering import write_figure
from telecom_audit.charts.style import drawing_style, series
from tests.charts.drawings import context, savings, spend

LONG = "The Extraordinarily Long Named Metropolitan Telephone and Telegraph Company " * 4

FRAMES = {
    "one month": ("savings", savings([100], [90])),
    "a year": ("savings", savings([100] * 24, [90] * 12, late=3)),
    "losses": ("savings", savings([-100] * 12, [-9_000_000] * 12)),
    "no plan": ("savings", savings([], [5, 0, -5])),
    "five years": ("savings", savings([10**9] * 60, [10**9 + 7] * 60)),
    "one bar": ("spend", spend({"A": [100]})),
    "credits": ("spend", spend({"A": [100, 90] * 6, "B": [-30, 20] * 6})),
    "twelve vendors": ("spend", spend({f"{LONG}{place}": [9, 8] * 12 for place in range(12)})),
    "nothing": ("spend", spend({"A": [0, 0]})),
}
SHEETS = [(Paper.LETTER, False), (Paper.A4, True)]


def drawn(name, paper=Paper.LETTER, grey=False):
    key, frame = FRAMES[name]
    with drawing_style():
        return chart(key).draw(frame, context(paper=paper, grey=grey, name=LONG))


@pytest.mark.parametrize("name", FRAMES)
@pytest.mark.parametrize(("paper", "grey"), SHEETS)
def test_every_word_is_at_least_nine_points_and_on_the_page(name, paper, grey):
    figure = drawn(name, paper, grey)
    canvas = FigureCanvasAgg(figure)
    with drawing_style():
        canvas.draw()
        renderer = canvas.get_renderer()
        shown = [
            text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()
        ]
        edge = figure.bbox
        for text in shown:
            assert text.get_fontsize() >= 9
            axes = text.axes
            if axes is not None and text in [
                *axes.get_yticklabels(),
                *axes.get_xticklabels(),
            ]:
                continue  # ticks beyond the limits are not drawn
            box = text.get_window_extent(renderer)
            assert box.x0 >= edge.x0 and box.x1 <= edge.x1, text.get_text()
            assert box.y0 >= edge.y0 and box.y1 <= edge.y1, text.get_text()
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
    looks = [series(place, grey) for place in range(7)]
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
