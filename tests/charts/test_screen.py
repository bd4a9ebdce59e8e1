"""What holds for every chart on a screen, small and large, light and dark."""

import threading
from itertools import pairwise

import pytest
from matplotlib.colors import to_hex, to_rgb

from telecom_audit.charts.registry import chart
from telecom_audit.charts.screen import picture, screen_figure
from telecom_audit.charts.style import screen_style
from telecom_audit.drawing.style import drawing_style
from tests.charts.drawings import DOLLARS, FRAMES, context, overlaps, savings, shown_words, spend

SIZES = [(560, 300), (900, 480), (1800, 900)]


def shown(name, size=(900, 480), ratio=1.0, is_dark=False):
    key, frame = FRAMES[name]
    return picture(chart(key), frame, context(screen_style(is_dark=is_dark)), size, ratio)


def pixel(found, x, y):
    start = 4 * (int(y) * found.width + int(x))
    return "#" + found.rgba[start : start + 3].hex()


def relative_luminance(colour):
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(first, second):
    low, high = sorted((relative_luminance(first), relative_luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", FRAMES)
@pytest.mark.parametrize("size", SIZES)
def test_every_word_is_readable_on_the_picture_and_covers_no_other(name, size):
    key, frame = FRAMES[name]
    style = screen_style(is_dark=size[0] == 900)
    with drawing_style(style.palette):
        figure, _ = screen_figure(chart(key), frame, context(style), size, 1.0)
        words = shown_words(figure)
    edge = figure.bbox
    for text, box in words:
        assert text.get_fontsize() >= 9
        assert box.x0 >= edge.x0 - 0.5 and box.x1 <= edge.x1 + 0.5, text.get_text()
        assert box.y0 >= edge.y0 - 0.5 and box.y1 <= edge.y1 + 0.5, text.get_text()
    assert overlaps(words) == []


@pytest.mark.parametrize("is_dark", [False, True])
def test_words_and_bars_stand_out_from_the_ground(is_dark):
    style = screen_style(is_dark=is_dark)
    ground = style.palette.background
    for ink in (style.palette.ink, style.palette.soft_ink):
        assert contrast(ink, ground) >= 4.5
    for look in (*style.series, style.planned, style.realized, style.provisional):
        assert contrast(look.line, ground) >= 3
    for line in (style.planned.line, style.realized.line):
        assert contrast(line, ground) >= 4  # words are written in them, in bold


@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize(("size", "ratio"), [((560, 300), 1.0), ((900, 480), 2.0)])
def test_each_region_lies_on_its_bar(size, ratio, is_dark):
    frame = spend({"A": [100, 90, 80], "B": [40, -30, 50], "C": [25, 25, 0]})
    style = screen_style(is_dark=is_dark)
    found = picture(chart("spend"), frame, context(style), size, ratio)
    assert (found.width, found.height) == (size[0] * ratio, size[1] * ratio)
    for area in found.areas:
        fill = style.series["ABC".index(area.spot.series)].fill.lower()
        middle = (area.left + area.right) / 2, (area.top + area.bottom) / 2
        assert pixel(found, middle[0] * ratio, middle[1] * ratio) == fill
        assert 0 <= area.left < area.right <= size[0]
        assert 0 <= area.top < area.bottom <= size[1]
    amounts = {
        (area.spot.month - 24300, area.spot.series): area.spot.micros for area in found.areas
    }
    assert amounts == {
        (0, "A"): 100 * DOLLARS, (1, "A"): 90 * DOLLARS, (2, "A"): 80 * DOLLARS,
        (0, "B"): 40 * DOLLARS, (1, "B"): -30 * DOLLARS, (2, "B"): 50 * DOLLARS,
        (0, "C"): 25 * DOLLARS, (1, "C"): 25 * DOLLARS,
    }  # fmt: skip
    heights = {
        (area.spot.month - 24300, area.spot.series): area.bottom - area.top for area in found.areas
    }
    for key, micros in amounts.items():
        assert heights[key] / heights[0, "A"] == pytest.approx(
            abs(micros) / (100 * DOLLARS), abs=0.02
        )


def test_the_sentence_of_a_region_says_month_series_and_amount():
    found = picture(chart("spend"), spend({"Acme": [100], "B": [40]}), context(), (900, 480), 1.0)
    assert [area.spot.text for area in found.areas] == [
        "January 2025: Acme 100.00 of 140.00 USD",
        "January 2025: B 40.00 of 140.00 USD",
    ]


def test_savings_have_a_region_for_each_bar_and_each_month_of_the_sums():
    found = picture(
        chart("savings"), savings([100, 50, 25], [90, 70], late=1), context(), (900, 480), 1.0
    )
    told = [(area.spot.series, area.spot.month - 24300, area.spot.micros) for area in found.areas]
    bars = [
        ("projected", 0, 100 * DOLLARS),
        ("projected", 1, 50 * DOLLARS),
        ("projected", 2, 25 * DOLLARS),
        ("realized", 0, 90 * DOLLARS),
        ("provisional", 1, 70 * DOLLARS),
    ]
    columns = [("realized", 0, 90 * DOLLARS), ("provisional", 1, 70 * DOLLARS)]
    assert told[:5] == bars
    assert sorted(told[5:]) == sorted([*columns, ("projected", 2, 25 * DOLLARS)])
    assert {area.spot.text for area in found.areas} == {
        "January 2025: realized 90.00, projected 100.00 USD",
        "February 2025: realized, provisional 70.00, projected 50.00 USD",
        "March 2025: projected 25.00 USD",
    }
    ends = sorted((area.left, area.right) for area in found.areas[5:])
    assert all(first[1] == pytest.approx(then[0]) for first, then in pairwise(ends))


def test_a_low_picture_shows_the_months_alone():
    found = picture(chart("savings"), savings([100, 50], [90, 70]), context(), (560, 300), 1.0)
    assert len(found.areas) == 4


def test_the_ground_is_the_one_of_the_window():
    style = screen_style(is_dark=True, background="#123456")
    found = picture(chart("spend"), spend({"A": [1]}), context(style), (560, 300), 1.0)
    assert pixel(found, 1, 1) == "#123456"
    assert to_hex(style.palette.background) == "#123456"


def test_the_table_twin_has_a_cell_for_each_bar():
    found = shown("a year").twin
    assert found.heads[:3] == ("Month", "Projected, USD", "Realized, USD")
    assert found.rows[0] == ("2025-01", "100.00", "90.00", "100.00", "90.00", "all in")
    assert found.rows[11][-1] == "provisional"
    assert found.rows[12] == ("2026-01", "100.00", "", "1,300.00", "", "none yet")
    assert found.right == (1, 2, 3, 4)
    lower = shown("credits").twin
    assert lower.heads == ("Month", "A", "B", "Total, USD")
    assert lower.rows[0] == ("2025-01", "100.00", "−30.00", "70.00")


def test_two_threads_draw_the_same_as_one():
    alone = [
        shown(name, is_dark=dark).rgba for name, dark in (("a year", True), ("credits", False))
    ]
    drawn = {}

    def draw(name, is_dark):
        drawn[name] = shown(name, is_dark=is_dark).rgba

    threads = [
        threading.Thread(target=draw, args=("a year", True)),
        threading.Thread(target=draw, args=("credits", False)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [drawn["a year"], drawn["credits"]] == alone
