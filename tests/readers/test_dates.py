from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telecom_audit.readers.cells import BadCellError
from telecom_audit.readers.dates import ISO, day_reader, fitting, is_spelling, read_as

EPOCH = date(1970, 1, 1)


def as_date(text: str, *formats: str) -> tuple[date, bool]:
    found = day_reader(formats)(text)
    assert found is not None
    return EPOCH + timedelta(days=found.day), found.approximate


def test_an_iso_date_is_read_and_an_empty_cell_is_none() -> None:
    assert as_date("2025-03-31", ISO) == (date(2025, 3, 31), False)
    assert day_reader([ISO])(" ") is None


@pytest.mark.parametrize(
    "text",
    ["2025-02-29", "2025-13-01", "0000-00-00", "2025-3-1", "20250301", "31/02/2024", "soon",
     "२०२५-03-31", "2025-03-31T00:00:00"],
)  # fmt: skip
def test_what_is_no_iso_date_is_not_accepted(text: str) -> None:
    with pytest.raises(BadCellError):
        day_reader([ISO])(text)


def test_a_month_and_a_range_count_on_their_last_day_and_are_approximate() -> None:
    assert as_date("2010-12", ISO, "%Y-%m") == (date(2010, 12, 31), True)
    text = "July 2010-September 2010"
    assert as_date(text, "%B %Y-%B %Y") == (date(2010, 9, 30), True)
    assert as_date("February 2024", "%B %Y") == (date(2024, 2, 29), True)


def test_a_weekday_must_be_the_one_of_its_date() -> None:
    form = "%A, %B %d, %Y"
    assert as_date("Wednesday, April 27, 2022", form) == (date(2022, 4, 27), False)
    assert read_as("Tuesday, April 27, 2022", form) is None


def test_a_cell_that_fits_two_of_a_layouts_formats_is_not_accepted() -> None:
    read = day_reader(["%d/%m/%Y", "%m/%d/%Y"])
    for text in ("03/04/2024", "04/04/2024"):
        with pytest.raises(BadCellError):
            read(text)
    assert read("13/04/2024") is not None


def test_a_column_admits_the_formats_that_all_its_values_fit() -> None:
    assert fitting(["13/04/2024", "01/02/2024"]) == ["%d/%m/%Y"]
    assert fitting(["03/04/2024", "01/02/2024"]) == ["%d/%m/%Y", "%m/%d/%Y"]
    assert fitting(["13/04/2024", "04/13/2024"]) == []
    assert fitting(["5 May 2024"]) == ["%d %B %Y"]


def test_a_date_format_must_have_a_year_and_known_codes() -> None:
    assert is_spelling("%d/%m/%Y")
    assert not is_spelling("dd/mm/yyyy")
    assert not is_spelling("%d/%m")
    assert not is_spelling("%q/%Y")
    assert not is_spelling("%Y")
    assert not is_spelling("%d/%m/%Y %")


@given(
    st.dates(date(1970, 1, 1), date(2068, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y%m%d", "%d %B %Y",
                     "%B %d, %Y", "%A, %B %d, %Y", "%d/%m/%y", "%d-%b-%Y"]),
)  # fmt: skip
def test_a_date_written_in_a_format_is_read_back(day: date, form: str) -> None:
    assert as_date(day.strftime(form), form) == (day, False)
