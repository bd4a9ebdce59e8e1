"""What other programs see in the files that are written for paper."""

import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from telecom_audit.charts.chart import ChartContext
from telecom_audit.charts.registry import chart
from telecom_audit.charts.rendering import write_figure, write_pages
from telecom_audit.charts.style import paper_style
from telecom_audit.drawing.place import new_place
from telecom_audit.drawing.style import PAPER, drawing_style
from tests.charts.drawings import drawn, spend

DOTS = 100

pytestmark = pytest.mark.skipif(
    shutil.which("pdftoppm") is None, reason="the poppler tools are not installed"
)


def images(path: Path) -> list[str]:
    found = subprocess.run(["pdfimages", "-list", path], capture_output=True, text=True, check=True)
    return found.stdout.splitlines()[2:]


def grey_dots(path: Path) -> np.ndarray:
    """The first page in greys from 0 (black) to 255, row by row from the top."""
    command = ["pdftoppm", "-gray", "-r", str(DOTS), "-f", "1", "-l", "1", path]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    kind, size, _, dots = raw.split(b"\n", 3)
    assert kind == b"P5"
    width, height = map(int, size.split())
    return np.frombuffer(dots, dtype=np.uint8).reshape(height, width)


def test_a_hatched_bar_and_a_line_that_leaves_the_axes_stay_vector_and_inside(tmp_path):
    with drawing_style():
        place = new_place(6, 4, PAPER)
        axes = place.figure.add_axes((0.2, 0.2, 0.6, 0.6))
        axes.set_axis_off()
        axes.bar([1, 2], [5, 50], color="#F5CF80", edgecolor="#9A6A00", hatch="///")
        axes.plot([-5, 1, 2, 9], [-30, 5, 60, -40], color="#0072B2", linewidth=3)
        axes.set(xlim=(0, 3), ylim=(0, 10))
    target = tmp_path / "page.pdf"
    write_figure(place.figure, target, ".pdf", "A test")
    assert images(target) == []
    dots = grey_dots(target)
    inside = np.zeros_like(dots, dtype=bool)
    down, across = slice(79, 321), slice(119, 481)  # a dot around the axes
    inside[down, across] = True
    assert (dots[~inside] == 255).all()
    assert (dots[inside] < 200).any()


@pytest.mark.parametrize("grey", [True, False])
def test_neighbours_in_a_stack_can_be_told_apart_in_grey_print(tmp_path, grey):
    frame = spend({f"Vendor {letter}": [100 - place] for place, letter in enumerate("ABCDEFGH")})
    looks = ChartContext("USD", "bills", "2026-11-25", paper_style(grey=grey))
    with drawing_style():
        place = new_place(11, 8.5, PAPER)
        spots = chart("spend").draw(frame, looks, place.inside(0.5))
        place.figure.set_dpi(DOTS)
        boxes = [
            spot.axes.transData.transform(
                [(spot.span[0], spot.reach[0]), (spot.span[1], spot.reach[1])]
            )
            for spot in spots
        ]
    target = tmp_path / "page.pdf"
    write_figure(place.figure, target, ".pdf", "A test")
    dots = grey_dots(target)
    greys = []
    for (left, low), (right, high) in boxes:
        rows = slice(len(dots) - int(high) + 4, len(dots) - int(low) - 4)
        greys.append(dots[rows, int(left) + 4 : int(right) - 4].mean())
    assert len(greys) == 7
    assert all(abs(a - b) >= 0.15 * 255 for a, b in pairwise(greys))


def test_several_pages_make_one_document_with_equal_bytes_each_time(tmp_path):
    for name in ("first.pdf", "second.pdf"):
        write_pages([drawn("a year"), drawn("credits")], tmp_path / name, "Two pages")
    first = (tmp_path / "first.pdf").read_bytes()
    assert first == (tmp_path / "second.pdf").read_bytes()
    assert b"CreationDate" not in first
    told = subprocess.run(
        ["pdfinfo", tmp_path / "first.pdf"], capture_output=True, text=True, check=True
    ).stdout
    assert "Pages:           2" in told
    assert "Title:           Two pages" in told
    assert images(tmp_path / "first.pdf") == []


def test_bars_on_paper_are_as_high_as_their_amounts():
    figure = drawn("a year")
    heights = sorted(round(bar.get_height() * 1e6) for bar in figure.axes[0].patches)
    assert heights == [90_000_000] * 12 + [100_000_000] * 24
