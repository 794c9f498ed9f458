"""Counts and lists in words, and rows of an analysis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from tna.model import Analysis


def rows(analysis: Analysis, sql: str, **values: Any) -> list[tuple[Any, ...]]:
    """Every row of the answer to a question; `values` are bound to `$name`."""
    return analysis.connection.execute(sql, values or None).fetchall()


def counted(count: int, one: str, many: str = "") -> str:
    """ "1 job", "2 jobs", "2 agencies" (`many` where an "s" will not do)."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def people(count: int) -> str:
    """ "1 person", "2 people"."""
    return counted(count, "person", "people")


def have(count: int) -> str:
    """The verb after a number of people."""
    return "has" if count == 1 else "have"


def are(count: int) -> str:
    """The verb after a number of people."""
    return "is" if count == 1 else "are"


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


def named(analysis: Analysis, courses: Iterable[str], joined: str = "and") -> str:
    """Courses by title, in the order of the catalogue; with the id where courses share a title or it has none."""
    catalogue, wanted = analysis.board.pack.courses, set(courses)
    shared = Counter(one.title for one in catalogue)
    known = [
        f"{one.title} [{one.id}]" if shared[one.title] > 1 else one.title
        for one in catalogue
        if one.id in wanted
    ]
    return listed([*known, *sorted(wanted - {one.id for one in catalogue})], 6, joined)


def labels(analysis: Analysis) -> dict[str, str]:
    """What the board calls each level and `cohort:ID`."""
    return dict(rows(analysis, "select level, label from levels"))


def of(part: int, whole: int, one: str, many: str = "") -> str:
    """ "3 of 40 records", "1 of 1 record"."""
    return f"{part:,} of {counted(whole, one, many)}"


def cut(text: str, length: int = 80) -> str:
    """What a register says, short enough for a sentence; cut between words where there are any."""
    if len(text) <= length:
        return text
    short = text[: length - 1]
    return f"{short.rsplit(maxsplit=1)[0] if ' ' in short else short}…"
