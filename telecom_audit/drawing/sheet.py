"""A sheet of paper: the message on top, the footer that dates it, and the place between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from telecom_audit.drawing.place import BODY, MESSAGE, Place, Type, new_place, write, write_heading
from telecom_audit.drawing.style import PAPER, SMALLEST
from telecom_audit.drawing.words import printable, shortened, width

MARGIN = 0.55
_GAP = 0.12
_BETWEEN = "  ·  "


class Paper(Enum):
    """A sheet in landscape: width and height in inches."""

    LETTER = (11.0, 8.5)
    A4 = (11.69, 8.27)

    @property
    def width(self) -> float:
        """The longer side, in inches."""
        return self.value[0]

    @property
    def height(self) -> float:
        """The shorter side, in inches."""
        return self.value[1]


PAPERS = {"letter": Paper.LETTER, "a4": Paper.A4}


@dataclass(frozen=True)
class Sheet:
    """What stands on every page of a document.

    Attributes:
        paper: the sheet.
        organization: whose bills these are; may be empty.
        project: the name of the project file.
        as_of: the last date that the bills or payments know, ISO; empty when they know none.
        printed: the date of printing, ISO.
    """

    paper: Paper
    organization: str
    project: str
    as_of: str
    printed: str


@dataclass(frozen=True)
class Heading:
    """What a page says in words.

    Attributes:
        title: the finding in one sentence.
        subtitle: the measure with period and source.
        period: the months, for the footer; may be empty.
        filter: what is in and what is out, for the footer.
        page: the number of this page and of all pages.
    """

    title: str
    subtitle: str
    period: str
    filter: str
    page: tuple[int, int] = (1, 1)


def new_page(sheet: Sheet, heading: Heading) -> Place:
    """A page with its heading and its footer; the place that they leave free."""
    paper = sheet.paper
    whole = new_place(paper.width, paper.height, PAPER).inside(MARGIN)
    footed = _write_footer(whole, sheet, heading)
    return write_heading(footed, heading.title, heading.subtitle, MESSAGE).less(top=_GAP)


def room_between(sheet: Sheet, heading: Heading) -> float:
    """The height in inches that heading and footer leave free on a page."""
    return new_page(sheet, heading).height


def _write_footer(place: Place, sheet: Sheet, heading: Heading) -> Place:
    """Two lines: whose it is with the filter, and the project with its period, dates and page."""
    number, of = heading.page
    page = f"page {number} of {of}"
    known = f"data as of {sheet.as_of}" if sheet.as_of else ""
    dates = _BETWEEN.join(part for part in (known, f"printed {sheet.printed}", page) if part)
    upper = _BETWEEN.join(part for part in (sheet.organization, heading.filter) if part)
    lower = _BETWEEN.join(part for part in (sheet.project, heading.period) if part)
    soft = Type(SMALLEST, colour=PAPER.soft_ink)
    height = BODY.line
    left_room = place.width - width(dates, SMALLEST) - 0.3
    write(place, (0, 0), shortened(printable(lower), left_room, SMALLEST), soft)
    write(place, (place.width, 0), dates, replace(soft, side="right"))
    write(place, (0, height), shortened(printable(upper), place.width, SMALLEST), soft)
    return place.less(bottom=2 * height + _GAP)
