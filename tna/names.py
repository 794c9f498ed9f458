"""How text is tidied and names compared: without case, doubled spaces, or the dashes and quotes a program chose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from tna.model import Course, Level

SHARED = "|"  # joins the ids of courses that share a title

INVISIBLE = "\u00ad\u200b\u2060\ufeff"
BLANKS = "\x00-\x20\x7f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # what a reader sees as a space
DASHES = re.compile(r"\s*[\u2010-\u2015\u2212\-]\s*")
QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "`": "'"})
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
REMARKS = re.compile(r"[(\[].*?[)\]]")
WORDS = re.compile(r"[^\W_]+")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
GUARD = "^'([-=+@])"  # our own spreadsheets put the quote before text that Excel would compute


def tidy(text: str) -> str:
    """Text without outer and doubled blanks, invisible characters and the guard before `= + - @`."""
    seen = re.sub(f"[{INVISIBLE}]", "", unicodedata.normalize("NFC", text))
    seen = re.sub(f"[{BLANKS}]+", " ", seen).strip(" ")
    return re.sub(GUARD, r"\1", seen)


def plain(text: str) -> str:
    """How names are compared loosely: no case, one kind of dash and quote, no doubled blanks or last full stop."""
    key = DASHES.sub("-", tidy(text).translate(QUOTES).casefold())
    return key.rstrip(".").rstrip() or key


def level_names(levels: Iterable[Level]) -> dict[str, str]:
    """Every way an agency may name a level, as it is compared, with the level's id.

    A level that the board numbers 2 is also "2.0", "Two" and "L2", as spreadsheets and people write it; a roman number
    is only what it is, since an arabic one may be another framework's.
    """
    every = tuple(levels)
    own = {
        plain(name): level.id
        for level in every
        for name in (level.id, level.label, level.number, *level.also)
    }
    more = {plain(name): level.id for level in every for name in _numbered(level)}
    return more | own


def _numbered(level: Level) -> Iterator[str]:
    """A level's number and label with the number as a spreadsheet or a sentence has it."""
    number = int(level.number) if level.number.isdecimal() else 0
    written = (f"{number}.0", *NUMBERS[number - 1 : number]) if number else ()
    for one in written:
        yield one
        yield re.sub(rf"\b{number}\b", one, level.label)
    if number:
        yield re.sub(rf" {number}\b", str(number), level.label)
        if short := re.fullmatch(rf"([^\W\d_])[^\W\d_]+ {number}", level.label):  # "Level 2" is also L2
            yield from (f"{short[1]}{number}", f"{short[1]} {number}")


@cache
def agency_key(name: str) -> str:
    """How an agency's name is compared in a condition: its words, without remarks in brackets or punctuation.

    "York Hospital NHS FT (Paediatrics)" is York Hospital NHS Foundation Trust.
    """
    bare = REMARKS.sub(" ", plain(name.replace("&", " and ")))
    words = WORDS.findall(bare.replace("'", "").replace(".", ""))
    return " ".join("foundation trust" if word == "ft" else word for word in words)


def other_numerals(levels: Iterable[Level]) -> dict[str, str]:
    """Levels by the numerals that their board does not write: "III" where it writes 3, "3" where it writes III.

    They name no level, since they may be of another framework; the level is what to suggest.
    """
    every = tuple(levels)
    own = level_names(every)
    found: dict[str, str] = {}
    for level in every:
        for name in _renumbered(level):
            found.setdefault(plain(name), level.id)
    return {name: level for name, level in found.items() if name not in own}


def _renumbered(level: Level) -> Iterator[str]:
    """A level's number and label in the other numerals, in every way they may be written."""
    number = level.number.casefold()
    if number.isdecimal() and 0 < int(number) <= len(ROMAN):
        other = ROMAN[int(number) - 1]
    elif number in ROMAN:
        other = str(ROMAN.index(number) + 1)
    else:
        return
    label = re.sub(rf"\b{re.escape(level.number)}\b", other, level.label)
    yield from (other, label, *_numbered(replace(level, number=other, label=label)))


def course_names(courses: Iterable[Course]) -> dict[str, str]:
    """Every way a record may name a course, as it is compared, with the course's id.

    A title that several courses share stands for all of them, their ids joined by `|`: which is meant
    depends on who attended. An id is never another course's title.
    """
    names: dict[str, dict[str, None]] = {}
    every = tuple(courses)
    for course in every:
        for name in (course.title, *course.also):
            names.setdefault(plain(name), {})[course.id] = None
    for name in list(names):
        names.setdefault(spaced(name), names[name])
    shared = {name: SHARED.join(ids) for name, ids in names.items()}
    return {**shared, **{plain(course.id): course.id for course in every}}


def spaced(name: str) -> str:
    """A compared name with its hyphens as spaces: "multi-agency" is "multi agency"."""
    return " ".join(name.replace("-", " ").split())
