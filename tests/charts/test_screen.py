"""What holds for every chart on a screen, small and large, light and dark."""

import pytest

from telecom_audit.charts.registry import chart
from telecom_audit.charts.screen import picture
from telecom_audit.charts.style import screen_style
from telecom_audit.drawing.style import drawing_style
from tests.charts.drawings import FRAMES, context, overlaps, shown_words

SIZES = [(560, 300), (900, 480), (1800, 900)]


def shown(name, size=(900, 480), ratio=1.0, is_dark=False):
    key, frame = FRAMES[name]
    return picture(chart(key), frame, context(screen_style(is_dark=is_dark)), size, ratio)


@pytest.mark.parametrize("name", FRAMES)
@pytest.mark.parametrize("size", SIZES)
def test_every_word_is_readable_on_the_picture_and_covers_no_other(name, size):
    found = shown(name, size)
    with drawing_style():
        words = shown_words(found.figure)
        edge = found.figure.bbox
    for text, box in words:
        assert text.get_fontsize() >= 9
        assert box.x0 >= edge.x0 - 0.5 and box.x1 <= edge.x1 + 0.5, text.get_text()
        assert box.y0 >= edge.y0 - 0.5 and box.y1 <= edge.y1 + 0.5, text.get_text()
    assert overlaps(words) == []
