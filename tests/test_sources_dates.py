"""Dates are read as agencies in Britain write them, and never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from tna.sources.dates import read_dates

AS_OF = date(2016, 1, 31)


def one(text: str, *others: str) -> date | str | None:
    """What one text of a column reads as: its date, or why there is none."""
    readings, _ = read_dates([text, *others], AS_OF)
    return readings[text].value or readings[text].why or None


@pytest.mark.parametrize(
    "text",
    [
        "2015-03-12", "2015/03/12", "2015.3.12", "20150312", "12/03/2015", "12.03.2015", "12-03-2015", "12 03 2015",
        "12 March 2015", "12th March 2015", "12th of March 2015", "12 Mar 2015", "12-Mar-2015", "12/mar/2015",
        "March 12, 2015", "Mar 12th 2015", "Thursday 12 March 2015", "Thu, 12 Mar 2015", "12 Mawrth 2015",
        "12 Mar 15", "12-Mar-15", " 12/03/2015\u00a0",
    ],
)  # fmt: skip
def test_a_day_is_the_same_however_it_is_written(text: str) -> None:
    assert one(text) == date(2015, 3, 12)


@pytest.mark.parametrize(
    "text", ["31/02/2015", "29/02/2015", "32/01/2015", "2015-13-01", "00/01/2015", "31 Sept 2013"]
)
def test_a_day_no_calendar_has_is_said_to_be_that(text: str) -> None:
    assert one(text) == "no-such-day"


@pytest.mark.parametrize("text", ["2015-03", "03/2015", "March 2015", "Mar-2015", "2015"])
def test_a_month_or_a_year_has_no_day(text: str) -> None:
    assert one(text) == "no-day"


@pytest.mark.parametrize("text", ["3 October", "3rd of October", "14-Mar"])
def test_a_day_of_no_year_is_said_to_be_that(text: str) -> None:
    assert one(text) == "no-year"


@pytest.mark.parametrize(
    "text", ["12/13/14/2015", "TBC", "n/a", "12 Foo 2015", "Mar-14", "03/10", "foo 2015", "room 3 foo"]
)
def test_what_is_no_day_is_unreadable(text: str) -> None:
    assert one(text) == "unreadable-date"


def test_the_29th_of_february_is_read_in_a_leap_year() -> None:
    assert one("29/02/2016") == date(2016, 2, 29)


@pytest.mark.parametrize("text", ["42078", "42078.5"])
def test_a_bare_number_is_not_a_date(text: str) -> None:
    assert one(text) == "serial-date"


@pytest.mark.parametrize("text", ["03/04/15", "25/03/15", "12 Mar 17", "12 Mar 45"])
def test_a_short_year_is_ambiguous_unless_the_month_is_a_word_and_one_century_fits(text: str) -> None:
    assert one(text) == "short-year"


def test_a_short_year_of_the_last_century_is_read_where_only_that_fits() -> None:
    assert one("12 Mar 87") == date(1987, 3, 12)


@pytest.mark.parametrize("text", ["1900-01-01", "01/01/1949", "01/03/0215", "2100-01-01"])
def test_a_year_nobody_means_is_implausible(text: str) -> None:
    assert one(text) == "implausible-date"


@pytest.mark.parametrize("text", ["#N/A", "#VALUE!", "#UNCALCULATED!"])
def test_a_spreadsheet_error_is_neither_a_date_nor_blank(text: str) -> None:
    assert one(text) == "error-value"


def test_nothing_is_no_date_and_nothing_wrong() -> None:
    assert one("") is None
    assert one("  ") is None


def test_a_month_that_comes_first_makes_the_others_of_its_column_ambiguous() -> None:
    column = ["03/25/2015", "03/04/2015", "05/05/2015", "2015-03-04"]
    readings, order = read_dates(column, AS_OF)
    assert [readings[text].value for text in column] == [
        date(2015, 3, 25),
        None,
        date(2015, 5, 5),
        date(2015, 3, 4),
    ]
    assert readings["03/04/2015"].why == "ambiguous-date"
    assert not order.assumed


def test_a_day_that_comes_first_settles_its_column() -> None:
    readings, order = read_dates(["25/03/2015", "03/04/2015"], AS_OF)
    assert readings["03/04/2015"].value == date(2015, 4, 3)
    assert not order.assumed


def test_day_first_is_said_to_be_assumed_where_nothing_settles_it() -> None:
    readings, order = read_dates(["03/04/2015"], AS_OF)
    assert readings["03/04/2015"].value == date(2015, 4, 3)
    assert order.assumed
