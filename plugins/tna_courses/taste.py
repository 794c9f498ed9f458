"""Which of two equally good courses to prefer: what the board declares first, then shorter, then sooner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tna.model import Course

A_DAY = 360  # minutes of training in a day, to compare lengths printed in days with those in minutes


class Taste:
    """The cost of choosing a course, smaller being better; compared only among sets of equal size."""

    def __init__(
        self, catalogue: Mapping[str, Course], preferences: Sequence[Mapping[str, Any]], as_of: date
    ) -> None:
        self._costs = {name: _cost(course, preferences, as_of) for name, course in catalogue.items()}

    def cost(self, courses: Sequence[str]) -> tuple[tuple[float, ...], tuple[str, ...]]:
        """The summed cost of a set of courses, then their ids so that the choice is always the same."""
        names = tuple(sorted(courses))
        return tuple(map(sum, zip(*(self._costs[name] for name in names), strict=True))), names


def _cost(course: Course, preferences: Sequence[Mapping[str, Any]], as_of: date) -> tuple[float, ...]:
    wishes = [
        _rank(value, preference.get(key))
        for preference in preferences
        for key, value in (("courses", course.id), ("modes", course.mode), ("providers", course.provider))
    ]
    return (*wishes, bool(course.availability), _minutes(course), _wait(course, as_of))


def _rank(value: str, liked: Sequence[str] | None) -> float:
    if not liked:
        return 0
    return liked.index(value) if value in liked else len(liked)


def _minutes(course: Course) -> float:
    if course.duration.minutes is not None:
        return course.duration.minutes
    return (course.duration.days or 0) * A_DAY


def _wait(course: Course, as_of: date) -> float:
    return min(((day - as_of).days for day in course.sessions if day >= as_of), default=0)
