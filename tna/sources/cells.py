"""What a number in a workbook looks like on the screen, where that matters: dates, whole numbers, zeros."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

WIDTH = 16_384  # the columns a spreadsheet has
EXACT = 10**15  # whole numbers are exact up to here

REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?\d*")
ZEROS = re.compile(r"0{2,}")


def position(reference: str, before: int) -> int:
    """The column of a cell counted from 0: as its reference says, else the one after the cell before."""
    match = REFERENCE.fullmatch(reference)
    if not match:
        return before + 1
    found = column_number(match[1].upper())
    return found if found < WIDTH else WIDTH - 1


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """The number of a column from its letters, counted from 0."""
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found - 1


@lru_cache(maxsize=65_536)
def number(raw: str, code: str, epoch: datetime) -> str:
    """A number as the sheet shows it where that matters: dates, whole numbers, leading zeros."""
    try:
        value = float(raw)
    except ValueError:
        return raw
    if is_date(code):
        return dated(value, epoch)
    if not value.is_integer() or abs(value) >= EXACT:
        return raw
    whole = str(int(value))
    return whole.zfill(len(code)) if ZEROS.fullmatch(code) and value >= 0 else whole


@lru_cache(maxsize=256)
def is_date(code: str) -> bool:
    """Whether a number format shows a date or a time."""
    from openpyxl.styles.numbers import is_date_format

    return bool(is_date_format(code))


def dated(value: float, epoch: datetime) -> str:
    """A day count as ISO text; an error when it is outside the calendar, as spreadsheets show it."""
    from openpyxl.utils.datetime import from_excel

    try:
        found: datetime | date | time | timedelta = from_excel(value, epoch)
    except (OverflowError, ValueError):
        return "#VALUE!"
    if isinstance(found, datetime):
        return found.date().isoformat() if found.time() == time() else found.isoformat(" ", "seconds")
    return str(found)
