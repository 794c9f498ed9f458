"""Reads the dates that agencies write, and says why when it cannot; nothing is guessed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tna.names import plain, tidy
from tna.sources.texts import data, is_fault

if TYPE_CHECKING:
    from collections.abc import Iterable

EARLIEST, LATEST = 1950, 2100  # years outside are slips of the pen

ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})()(\d\d)(\d\d)")
NUMERIC = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d\d)")
DAY_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)?[-/. ,]*([^\W\d_]+)\.?[-/. ,]*(\d{4}|\d\d)")
WORD_DAY = re.compile(r"([^\W\d_]+)\.?[-/. ]*(\d{1,2})(?:st|nd|rd|th)?[-/. ,]+(\d{4})")
WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[., ]+")
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")

NO_DAY = re.compile(r"\d{4}|\d{4}[-/. ]\d{1,2}|\d{1,2}[-/. ]\d{4}|([^\W\d_]+)\.?[-/. ,]*\d{4}")
NO_YEAR = re.compile(r"\d{1,2}(?:st|nd|rd|th)?(?: of)?[-/. ,]*([^\W\d_]+)\.?")

# The date without its time of day, which is left out before distinct dates are looked at.
CLOCK = r"[T ]+\d{1,2}:\d\d(:\d\d([.,]\d+)?)?( ?[AaPp]\.?[Mm]\.?)?( ?Z| ?[-+]\d\d:?\d\d)?$"


class Reading(NamedTuple):
    """A date, or why there is none: the last part of a problem's code."""

    value: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What the dates of a column tell about writing day or month first."""

    day_first: bool = False
    month_first: bool = False
    open: bool = False

    @property
    def assumed(self) -> bool:
        """Whether day-first was taken only because nothing in the column speaks for or against it."""
        return self.open and not self.day_first and not self.month_first


@cache
def months() -> dict[str, int]:
    """English and Welsh names of months and their usual short forms."""
    named = tomllib.loads(data("words.toml"))["months"]
    return {word: int(number) for number, words in named.items() for word in words}


def order(texts: Iterable[str]) -> Order:
    """What the numeric dates among the texts tell about their order."""
    found = {(one, two) for text in texts if (pair := numeric_pair(text)) for one, two in [pair]}
    return Order(
        day_first=any(one > 12 >= two for one, two in found),
        month_first=any(two > 12 >= one for one, two in found),
        open=any(one <= 12 and two <= 12 and one != two for one, two in found),
    )


def numeric_pair(text: str) -> tuple[int, int] | None:
    """The first two numbers of a date such as 03/04/2015 with a whole year."""
    match = NUMERIC.fullmatch(text)
    return (int(match[1]), int(match[3])) if match and len(match[4]) == 4 else None


def read_dates(texts: Iterable[str], as_of: date) -> tuple[dict[str, Reading], Order]:
    """Each tidy, distinct text of one column as a date; and what the column tells about its order.

    Two-digit years are read only when the month is a word and just one century puts the date between
    1950 and the day of the analysis; a month without a day is not a date.
    """
    distinct = set(texts)
    shape = order(map(tidy, distinct))
    return {text: read_date(tidy(text), shape, as_of) for text in distinct}, shape


def read_date(text: str, shape: Order, as_of: date) -> Reading:
    """One tidy text as a date; '' is no date and nothing wrong."""
    if not text:
        return Reading()
    if is_fault(text):
        return Reading(why="error-value")
    if match := ISO.fullmatch(text):
        year, month, day = (int(match[part] or match[part + 4]) for part in (1, 3, 4))
        return checked(year, month, day)
    if match := NUMERIC.fullmatch(text):
        return numeric(match, shape)
    if SERIAL.fullmatch(text):
        return Reading(why="serial-date")
    return worded(WEEKDAY.sub("", text.casefold(), count=1), as_of)


def numeric(match: re.Match[str], shape: Order) -> Reading:
    """A date of three numbers, day first unless its column gives reason to doubt that."""
    one, two, year = int(match[1]), int(match[3]), int(match[4])
    if len(match[4]) < 4:
        return Reading(why="short-year")
    if two > 12 >= one:
        return checked(year, one, two)
    if shape.month_first and one != two and one <= 12:
        return Reading(why="ambiguous-date")
    return checked(year, two, one)


def worded(text: str, as_of: date) -> Reading:
    """A date whose month is a word, in English or Welsh."""
    match = DAY_WORD.fullmatch(text)
    day, word, year = match.groups() if match else ("", "", "")
    if not match and (match := WORD_DAY.fullmatch(text)):
        word, day, year = match.groups()
    month = months().get(plain(word))
    if not month:
        return Reading(why=partly(text))
    if len(year) == 4:
        return checked(int(year), month, int(day))
    centuries = [1900 + int(year), 2000 + int(year)]
    possible = [found for found in centuries if EARLIEST <= found <= as_of.year]
    return checked(possible[0], month, int(day)) if len(possible) == 1 else Reading(why="short-year")


def partly(text: str) -> str:
    """Why a text is no date: it has no day, no year, or is nothing like one."""
    for why, pattern in (("no-day", NO_DAY), ("no-year", NO_YEAR)):
        match = pattern.fullmatch(text)
        if match and (not match[1] or plain(match[1]) in months()):
            return why
    return "unreadable-date"


def checked(year: int, month: int, day: int) -> Reading:
    """A calendar date within the years that make sense."""
    try:
        found = date(year, month, day)
    except ValueError:
        return Reading(why="no-such-day")
    return Reading(found) if EARLIEST <= year < LATEST else Reading(why="implausible-date")
