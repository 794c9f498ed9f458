"""How text is tidied and compared, once for Python and once, identically, for whole columns in SQL."""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

INVISIBLE = "\u00ad\u200b\u2060\ufeff"
BLANKS = "\x00-\x20\x7f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # what a reader sees as a space
DASHES = re.compile(r"\s*[\u2010-\u2015\u2212\-]\s*")
QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "`": "'"})
GUARD = "^'([-=+@])"  # our own spreadsheets put the quote before text that Excel would compute

# A cell showing one of these holds no fact; the last stands for a formula nobody has calculated yet.
UNCALCULATED = "#UNCALCULATED!"
FAULTS = (
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
    "#UNKNOWN!", "#GETTING_DATA", UNCALCULATED,
)  # fmt: skip


def tidy(text: str) -> str:
    """Text without outer and doubled blanks, invisible characters and the guard before `= + - @`."""
    seen = re.sub(f"[{INVISIBLE}]", "", unicodedata.normalize("NFC", text))
    seen = re.sub(f"[{BLANKS}]+", " ", seen).strip(" ")
    return re.sub(GUARD, r"\1", seen)


def is_fault(text: str) -> bool:
    """Whether a tidy text is a spreadsheet's error or an uncalculated formula."""
    return text.startswith("#") and text.upper() in FAULTS


def name_key(text: str) -> str:
    """How names are compared loosely: no case, one kind of dash and quote, no doubled blanks or last full stop."""
    key = DASHES.sub("-", tidy(text).translate(QUOTES).casefold())
    return key.rstrip(".").rstrip() or key


def letters(index: int) -> str:
    """The letters a spreadsheet gives a column, counted from 0."""
    found = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        found = chr(65 + rest) + found
    return found


def counted(number: int, thing: str) -> str:
    """A number and its noun: "1 row", "2,000 rows"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a sentence lists them: "a, b and c"."""
    *first, final = list(words) or [""]
    return f"{', '.join(first)} {last} {final}" if first else final


def shown(text: str, width: int = 60) -> str:
    """A value short enough to print in a sentence."""
    return text if len(text) <= width else text[: width - 1] + "…"


def data(name: str) -> str:
    """One of this room's own data files, as text."""
    return files(__package__).joinpath(name).read_text("utf-8")
