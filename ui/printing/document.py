"""What is printed: a title and its pages, made anew for each paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class PrintDocument:
    """Pages to be printed.

    Attributes:
        title: the name of the print job, and of the file that is offered.
        pages: makes the pages, each a figure as large as its sheet, for a paper ("letter" or
            "a4") in greys or in colours; called in a job, so it knows no widget.
    """

    title: str
    pages: Callable[[str, bool], list[Figure]]
