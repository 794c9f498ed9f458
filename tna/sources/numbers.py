"""Reads the numbers agencies write: counts exact, estimated or hidden, percentages and scores; nothing is guessed."""

from __future__ import annotations

import re
from typing import Any

from tna.names import tidy
from tna.sources.texts import is_fault
from tna.sources.words import vocabulary, word_key

# A count as the database keeps it: the number when one is stated, else the bounds it lies between.
COUNT = "STRUCT(n BIGINT, low BIGINT, high BIGINT, estimated BOOLEAN)"
LARGEST = 10**9  # more people than any board has

WHOLE = r"([0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)(?:\.0+)?"
EXACT = re.compile(WHOLE)
BEFORE = re.compile(rf"(?:approx(?:imately)?|about|around|circa|ca?|est(?:imated?)?|roughly|~|≈)[. ]*{WHOLE}")
AFTER = re.compile(rf"{WHOLE} ?(?:\*|\(?(?:approx(?:imately)?|est(?:imated?)?)\.?\)?)")
RANGE = re.compile(rf"{WHOLE} ?(?:-|–|to) ?{WHOLE}")
HIDDEN = re.compile(rf"(<=|≤|<|at most|up to|fewer than|less than|under|below) ?{WHOLE}")
DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)?)")
PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(?:%|per ?cent|pct)?")
SCORE = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)")
HOURS = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(?:h|hrs?|hours?)?")
COMMA = re.compile(r"[0-9]+,[0-9]{1,2} ?(?:h|hrs?|hours?)?")
CLOCK = re.compile(r"([0-9]{1,3}) ?(?::|h|hrs?|hours?,?) ?([0-5]?[0-9]) ?(?:m|mins?|minutes?)?")
MINUTES = re.compile(r"([0-9]{1,5}) ?(?:m|mins?|minutes?)")
PLAIN_MINUTES = re.compile(r"[0-9]{1,5}")
IN_MINUTES = re.compile(r"(?i)\bmin(ute)?s?\b")  # in the heading of a column
IN_HOURS = re.compile(r"(?i)\b(hours?|hrs?)\b")
A_DAY = 24  # hours
LONGEST = 1000  # hours of one training
ENDED = ("<=", "≤", "at most", "up to")

Read = tuple[Any, str]


def nothing(text: str) -> bool:
    """Whether a tidy cell says that there is no number: blank, a dash, "n/a", "not known"."""
    key = word_key(text)
    return vocabulary("number").get(key) == "" or (not key and not set(text) - set("-–—.?"))


def read_count(text: str) -> Read:
    """A count of people, places or events, and why not when it is none; a hidden one has bounds and no number."""
    seen = tidy(text).casefold()
    if is_fault(seen) or nothing(seen):
        return None, "error-value" if is_fault(seen) else ""
    if match := EXACT.fullmatch(seen):
        return counted(whole(match[1]))
    if match := BEFORE.fullmatch(seen) or AFTER.fullmatch(seen):
        return counted(whole(match[1]), estimated=True)
    if match := RANGE.fullmatch(seen):
        return between(whole(match[1]), whole(match[2]), "", estimated=True)
    if match := HIDDEN.fullmatch(seen):
        return between(0, whole(match[2]) - (match[1] not in ENDED), "hidden-count")
    return None, "hidden-count" if seen == "*" else fault(seen)


def read_plain_count(text: str) -> Read:
    """A count where nothing can be kept but one number: an estimate is taken as the number, and said to be one."""
    found, why = read_count(text)
    return found, "estimated-count" if found and found["estimated"] else why


def fault(seen: str) -> str:
    """Why a text is no count."""
    if PERCENT.fullmatch(seen) and not NUMBER.fullmatch(seen):
        return "percent-for-count"
    if seen.startswith(("-", "−")) and EXACT.fullmatch(seen[1:].strip()):
        return "below-nought"
    return "not-whole" if DECIMAL.fullmatch(seen) else "unreadable-count"


def whole(digits: str) -> int:
    """The number its digits write, thousands set apart or not."""
    return int(re.sub("[, ]", "", digits))


def counted(number: int, estimated: bool = False) -> Read:
    """A stated count."""
    if number > LARGEST:
        return None, "unreadable-count"
    return {"n": number, "low": None, "high": None, "estimated": estimated}, ""


def between(low: int, high: int, why: str, estimated: bool = False) -> Read:
    """A count of which only the bounds are stated."""
    if low > high or high > LARGEST:
        return None, "unreadable-count"
    return {"n": None, "low": low, "high": high, "estimated": estimated}, why


def read_percent(text: str) -> Read:
    """A percentage as printed, 85 for "85%"; one over 100 is read, and checked against its parts elsewhere."""
    return measured(PERCENT, text)


def read_score(text: str) -> Read:
    """A score of a form."""
    return measured(SCORE, text)


def read_hours(text: str) -> Read:
    """A length in hours."""
    return measured(HOURS, text)


def read_length(text: str) -> Read:
    """The length of one training in hours, however it is written: 3, 3.5, 3,5, 1:30, 1h 30, 90 minutes.

    One that cannot be read, or longer than any one training, is no length: it adds nothing, and is told of.
    """
    seen = tidy(text).casefold()
    found, why = read_hours(seen.replace(",", ".") if COMMA.fullmatch(seen) else seen)
    if why == "unreadable-number":
        if match := CLOCK.fullmatch(seen):
            found, why = int(match[1]) + int(match[2]) / 60, ""
        elif match := MINUTES.fullmatch(seen):
            found, why = int(match[1]) / 60, ""
    return (
        (None, "unreadable-length") if why == "unreadable-number" or (found or 0) > LONGEST else (found, why)
    )


def read_minutes(text: str) -> Read:
    """The length of one training in hours, from a column of minutes: 90, 90 mins, 1h 30."""
    seen = tidy(text).casefold()
    return read_length(f"{seen} minutes" if PLAIN_MINUTES.fullmatch(seen) else seen)


def read_short_length(text: str) -> Read:
    """The length of one training where nothing says in what: a bare number above a day's hours may be minutes."""
    found, why = read_length(text)
    bare = re.fullmatch(r"[0-9.,]+", tidy(text))
    return (None, "unreadable-length") if bare and not why and (found or 0) > A_DAY else (found, why)


def measured(shape: re.Pattern[str], text: str) -> Read:
    """A number of a given shape, and why not when the cell holds another."""
    seen = tidy(text).casefold()
    if is_fault(seen) or nothing(seen):
        return None, "error-value" if is_fault(seen) else ""
    match = shape.fullmatch(seen)
    return (float(match[1]), "") if match else (None, "unreadable-number")
