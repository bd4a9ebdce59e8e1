"""Pages painted by Qt: the size of the paper, real text, no images, nothing outside the axes."""

import re
import shutil
import subprocess
import threading
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imread
from PySide6.QtPrintSupport import QPrinter

from telecom_audit.charts.rendering import write_pages
from telecom_audit.drawing.style import drawing_style
from ui.printing.painter_renderer import painted_page
from ui.printing.paper import lay_out, new_printer, paint_pages, placed

pytestmark = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler is not installed")

SIZES = {"letter": (11.0, 8.5), "a4": (11.69, 8.27)}
DOTS = 100


def figure(size=SIZES["letter"]):
    made = Figure(figsize=size, facecolor="white")
    FigureCanvasAgg(made)
    return made


def page(size=SIZES["letter"], grey=False):
    """A bar with a hatch, and a line that leaves the axes on both sides."""
    with drawing_style():
        made = figure(size)
        made.text(0.1, 0.9, "Found 1,204.50 USD", fontsize=15, fontweight="bold")
        axes = made.add_axes((0.2, 0.3, 0.5, 0.4))
        axes.bar([1], [0.8], width=0.5, color="#DDDDDD", edgecolor="black", hatch="///")
        axes.plot([-5, 7], [-3, 5], color="black", linewidth=2)
        axes.plot([1.6, 1.9], [0.1, 0.9], color="black", linestyle="dashed", marker="o")
        axes.set(xlim=(0, 2), ylim=(0, 1), xticks=[], yticks=[])
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.text(1.2, 0.5, "upright", rotation=90, fontsize=9, color="#404040" if grey else "blue")
        return made


def printed(path: Path, pages, paper="letter", is_grey=False):
    printer = new_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    lay_out(printer, paper, is_grey=is_grey)
    paint_pages(printer, [painted_page(page) for page in pages])
    return path


def told(command, path):
    return subprocess.run([*command, path], capture_output=True, text=True, check=True).stdout


def raster(path: Path, dots=DOTS):
    subprocess.run(
        ["pdftoppm", "-r", str(dots), "-gray", "-singlefile", path, path.with_suffix("")],
        check=True,
    )
    read = imread(path.with_suffix(".pgm"))
    return np.asarray(read, dtype=float)


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("is_grey", [False, True])
def test_pages_have_the_size_of_the_paper_and_text_but_no_image(qtbot, tmp_path, paper, is_grey):
    pages = [page(SIZES[paper], is_grey), page(SIZES[paper], is_grey)]
    path = printed(tmp_path / "printed.pdf", pages, paper, is_grey)
    facts = told(["pdfinfo"], path)
    assert re.search(r"Pages: +2\b", facts)
    across, up = map(float, re.search(r"Page size: +([\d.]+) x ([\d.]+) pts", facts).groups())
    assert (across, up) == pytest.approx(tuple(72 * side for side in SIZES[paper]), abs=0.6)
    assert b"/Subtype /Image" not in path.read_bytes()
    assert len(told(["pdfimages", "-list"], path).splitlines()) == 2  # its two lines of heading
    text = subprocess.run(
        ["pdftotext", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert text.count("Found 1,204.50 USD") == 2
    assert text.count("upright") == 2
    fonts = told(["pdffonts"], path).splitlines()[2:]
    assert {line.split()[0].split("+")[-1] for line in fonts} == {"DejaVuSans", "DejaVuSans-Bold"}
    assert all(" yes " in line for line in fonts)  # embedded


def test_nothing_is_drawn_outside_the_axes(qtbot, tmp_path):
    path = printed(tmp_path / "printed.pdf", [page()])
    found = raster(path)
    height, width = found.shape
    inside = np.zeros(found.shape, dtype=bool)
    left, right = int(0.2 * width) - 2, int(0.7 * width) + 2
    inside[int(0.3 * height) - 2 : int(0.7 * height) + 2, left:right] = True
    inside[: int(0.2 * height), :] = True  # the title
    assert (found[inside] < 128).sum() > 500
    assert (found[~inside] < 250).sum() == 0


def test_a_hatch_is_lines_inside_its_bar(qtbot, tmp_path):
    with drawing_style():
        made = figure()
        axes = made.add_axes((0, 0, 1, 1))
        axes.axis("off")
        axes.set(xlim=(0, 11), ylim=(0, 8.5))
        axes.bar([5.5], [4], bottom=2, width=2, color="white", edgecolor="black", hatch="xx")
    found = raster(printed(tmp_path / "printed.pdf", [made]))
    bar = found[250:650, 450:650]
    assert 0.02 < (bar < 128).mean() < 0.4
    found[248:652, 448:652] = 255
    assert (found < 250).sum() == 0


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_printed_page_looks_like_the_saved_one(qtbot, tmp_path, paper):
    made = page(SIZES[paper])
    first = raster(printed(tmp_path / "printed.pdf", [made], paper))
    write_pages([made], tmp_path / "saved.pdf", "A title")
    second = raster(tmp_path / "saved.pdf")
    rows, columns = (min(sizes) for sizes in zip(first.shape, second.shape, strict=True))
    apart = np.abs(first[:rows, :columns] - second[:rows, :columns])
    assert apart.mean() < 1.5
    assert (apart > 200).mean() < 0.002


def test_a_figure_with_an_image_keeps_it_upright(qtbot, tmp_path):
    with drawing_style():
        made = figure()
        axes = made.add_axes((0.25, 0.25, 0.5, 0.5))
        axes.axis("off")
        axes.imshow([[0, 0], [0, 1]], cmap="Greys", aspect="auto", interpolation="nearest")
    found = raster(printed(tmp_path / "printed.pdf", [made]))
    height, width = found.shape
    darkest = [
        found[int(y * height), int(x * width)] < 100
        for y, x in [(0.35, 0.35), (0.35, 0.65), (0.65, 0.35), (0.65, 0.65)]
    ]
    assert darkest == [False, False, False, True]


def test_a_translucent_fill_stays_a_vector_and_lets_what_is_below_show(qtbot, tmp_path):
    with drawing_style():
        made = figure()
        axes = made.add_axes((0, 0, 1, 1))
        axes.axis("off")
        axes.set(xlim=(0, 11), ylim=(0, 8.5))
        axes.fill_between([0, 11], [4, 4], [5, 5], color="black")
        axes.fill_between([4, 6], [2, 2], [7, 7], color="white", alpha=0.5, linewidth=0)
    path = printed(tmp_path / "printed.pdf", [made])
    assert b"/Subtype /Image" not in path.read_bytes()
    found = raster(path)
    assert found[400, 200] < 10
    assert 110 < found[400, 500] < 145


def test_a_page_keeps_its_size_on_its_paper_and_is_centred_or_shrunk_on_another():
    assert placed((11.693, 8.268), (11.69, 8.27)) == (1.0, 0.0, 0.0)
    assert placed((17.0, 11.0), (11.0, 8.5)) == (1.0, 3.0, 1.25)
    scale, left, top = placed((8.268, 5.827), (11.69, 8.27))
    assert scale == pytest.approx(0.707, abs=0.003)
    assert left == pytest.approx(0, abs=0.03) and top == pytest.approx(0, abs=0.03)


def test_painting_waits_for_nobody_who_draws(qtbot, tmp_path):
    pages = [painted_page(page())]
    is_held, may_end = threading.Event(), threading.Event()

    def draw_on():
        with drawing_style():
            is_held.set()
            may_end.wait(60)

    other = threading.Thread(target=draw_on)
    other.start()
    try:
        assert is_held.wait(60)
        printer = new_printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        lay_out(printer, "letter", is_grey=False)
        paint_pages(printer, pages)
    finally:
        may_end.set()
        other.join()
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
