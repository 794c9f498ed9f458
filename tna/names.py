"""How names are compared: without case, doubled spaces, or the dashes and quotation marks a program chose."""

from __future__ import annotations

from collections.abc import Iterable

from tna.model import Course, Level

SHARED = "|"  # joins the ids of courses that share a title

DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "})  # fmt: skip


def plain(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.translate(DASHES).casefold().split())


def level_names(levels: Iterable[Level]) -> dict[str, str]:
    """Every way an agency may name a level, as it is compared, with the level's id."""
    return {
        plain(name): level.id
        for level in levels
        for name in (level.id, level.label, level.number, *level.also)
    }


def course_names(courses: Iterable[Course]) -> dict[str, str]:
    """Every way a record may name a course, as it is compared, with the course's id.

    A title that several courses share stands for all of them, their ids joined by `|`: which is meant
    depends on who attended.
    """
    names: dict[str, dict[str, None]] = {}
    for course in courses:
        for name in (course.id, course.title, *course.also):
            names.setdefault(plain(name), {})[course.id] = None
    return {name: SHARED.join(ids) for name, ids in names.items()}
