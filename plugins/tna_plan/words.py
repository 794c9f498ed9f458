"""Counts, numbers, lists and days in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def counted(count: int, one: str, many: str = "") -> str:
    """ "1 line", "2 lines", "2 agencies" (`many` where an "s" will not do)."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def people(count: int) -> str:
    """ "1 person", "2 people"."""
    return counted(count, "person", "people")


def have(*counts: int) -> str:
    """The verb after a number of people, or one of so many: "has" where one of the counts is one."""
    return "has" if 1 in counts else "have"


def number(value: float) -> str:
    """ "695", "2.5"."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def listed(words: Iterable[str], at_most: int = 0, joined: str = "and") -> str:
    """ "a, b and c"; with `at_most`, "a, b and 7 more"."""
    every = list(words)
    shown = every[:at_most] if at_most else every
    if len(every) > len(shown):
        shown, joined = [*shown, f"{len(every) - len(shown):,} more"], "and"
    return f" {joined} ".join(part for part in (", ".join(shown[:-1]), *shown[-1:]) if part)


def day(when: date) -> str:
    """ "31 January 2016"."""
    return f"{when.day} {when:%B} {when.year}"
