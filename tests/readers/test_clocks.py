"""Times of day, moments, and the times of calls."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telecom_audit.readers.call_times import CallTimes
from telecom_audit.readers.cells import BadCell, BadCellError
from telecom_audit.readers.clocks import (
    SECOND,
    clock_micros,
    clock_reader,
    date_of_moment,
    moment_reader,
)
from telecom_audit.readers.conversion import Reading, Remarks, converters
from telecom_audit.readers.dates import read_as
from telecom_audit.readers.layout import layout_of
from telecom_audit.readers.options import ReadOptions

EPOCH = datetime.fromisoformat("1970-01-01")


def times_of(key: str) -> CallTimes:
    layout = layout_of(key)
    formats = {column.name: column.formats for column in layout.columns if column.formats}
    return CallTimes(layout, converters(Reading(layout, ReadOptions(), "", formats, Remarks())))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7:02:47", 25_367), ("07:02", 25_320), ("0:00:00", 0), ("23:59:59", 86_399),
        ("12:00 AM", 0), ("12:00 pm", 43_200), ("3:10:05 P.M.", 54_605), ("00:00:01.5", 1.5),
    ],
)  # fmt: skip
def test_a_time_of_day_is_read_in_the_spellings_of_call_records(text: str, seconds: float) -> None:
    assert clock_micros(text) == seconds * SECOND


@pytest.mark.parametrize(
    "text",
    ["24:00:00", "12:60", "12:00:60", "0:00 AM", "13:00 PM", "7", "7:2", "-1:00", "", "noon"],
)
def test_what_is_no_time_of_a_day_is_none(text: str) -> None:
    assert clock_micros(text) is None


def test_an_empty_clock_is_none_and_a_wrong_one_says_so() -> None:
    read = clock_reader()
    assert read("  ") is None
    with pytest.raises(BadCellError, match="'25:00' is not a time of a day"):
        read(" 25:00 ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-03-31 08:15:00", "2025-03-31"), ("2025-03-31T08:15", "2025-03-31"),
        ("March 31, 2025  8:15 PM", "March 31, 2025"), ("31/03/2025", "31/03/2025"),
        ("2025-03-31T08:15:00Z", "2025-03-31"), ("2025-03-31 08:15:00 +02:00", "2025-03-31"),
    ],
)  # fmt: skip
def test_the_date_of_a_moment_is_what_stands_before_its_time(text: str, expected: str) -> None:
    assert date_of_moment(text) == expected


@given(st.datetimes(datetime.fromisoformat("0001-01-01"), datetime.fromisoformat("9999-12-31")))
def test_an_iso_moment_is_read_to_the_micro(moment: datetime) -> None:
    read = moment_reader(("%Y-%m-%d",), pytest.fail)
    expected = (moment - EPOCH) // timedelta(microseconds=1)
    assert read(moment.isoformat(" ")) == read(moment.isoformat("T")) == expected


def test_the_hour_that_summer_time_skips_or_repeats_is_a_plain_hour() -> None:
    read = moment_reader(("%Y-%m-%d",), lambda _text: None)
    for day in ("2025-03-09", "2025-11-02"):
        midnight, three = (read(f"{day} {clock}") for clock in ("00:00:00", "03:00:00"))
        assert midnight is not None
        assert three == midnight + 3 * 3600 * SECOND


starts = st.one_of(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["2025-03-31", "2024-02-29", "2025-02-29", "31/03/2025", "2025-3-1", ""]),
        st.sampled_from([" ", "T", "  ", "", ","]),
        st.sampled_from(
            ["08:15:00", "8:15", "08:15:00.25", "24:00:00", "08:15:00Z", "1:00 PM", ""]
        ),
    ),
    st.text("0123456789-: T.", max_size=22),
)


@given(st.lists(starts, max_size=30))
def test_moments_put_together_from_known_dates_and_times_are_those_read_alone(
    texts: list[str],
) -> None:
    read = moment_reader(("%Y-%m-%d",), lambda _text: None)
    layout = layout_of("standard-call")
    formats = {"start": ("%Y-%m-%d",)}
    cells = converters(Reading(layout, ReadOptions(), "", formats, Remarks()))
    found = CallTimes(layout, cells).spans({"start": texts, "duration_seconds": ["1"] * len(texts)})
    for text, span in zip(texts, found, strict=True):
        try:
            moment = read(text)
        except BadCellError:
            moment = None
        if moment is None:
            assert isinstance(span, BadCell)
        else:
            assert span == (moment, moment + SECOND)


@pytest.mark.parametrize(
    ("entry", "exits", "span"),
    [
        ("7:00:00", ("7:00:10", "0:00:00", "7:03:00"), (25_200, 25_380)),
        ("7:00:00", ("7:00:10", "7:05:00", "0:00:00"), (25_200, 25_500)),
        ("0:00:00", ("0:00:05", "0:00:00", "0:00:00"), (0, 5)),
        ("7:00:00", ("7:00:00", "0:00:00", "0:00:00"), (25_200, 25_200)),
    ],
)
def test_a_technion_call_ends_with_the_latest_of_its_parts(
    entry: str, exits: tuple[str, ...], span: tuple[int, int]
) -> None:
    names = ("date", "vru_entry", "vru_exit", "q_exit", "ser_exit")
    [found] = times_of("technion-calls").spans(
        {name: [text] for name, text in zip(names, ("700102", entry, *exits), strict=True)}
    )
    assert found == tuple((86_400 + second) * SECOND for second in span)


@pytest.mark.parametrize(
    ("day", "entry", "exits", "column"),
    [
        ("990201", "7:00:00", ("6:59:59", "0:00:00", "0:00:00"), "vru_exit"),
        ("990201", "7:00:00", ("0:00:00", "0:00:00", "0:00:00"), "vru_exit"),
        ("990201", "7:00:00", ("7:00:10", "soon", "0:00:00"), "q_exit"),
        ("990201", "", ("7:00:10", "0:00:00", "0:00:00"), "vru_entry"),
        ("990230", "7:00:00", ("7:00:10", "0:00:00", "0:00:00"), "date"),
        ("99021", "7:00:00", ("7:00:10", "0:00:00", "0:00:00"), "date"),
    ],
)
def test_a_technion_call_without_a_readable_end_after_its_start_has_no_times(
    day: str, entry: str, exits: tuple[str, ...], column: str
) -> None:
    names = ("date", "vru_entry", "vru_exit", "q_exit", "ser_exit")
    [found] = times_of("technion-calls").spans(
        {name: [text] for name, text in zip(names, (day, entry, *exits), strict=True)}
    )
    assert isinstance(found, BadCell)
    assert found.column == column


def test_a_date_of_six_digits_has_a_year_of_the_last_century_from_69_on() -> None:
    for text, expected in (("990201", "1999-02-01"), ("250331", "2025-03-31")):
        found = read_as(text, "%y%m%d")
        assert found is not None
        assert found.day == (date.fromisoformat(expected) - EPOCH.date()).days
