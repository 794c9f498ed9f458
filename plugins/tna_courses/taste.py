"""Which of equally small sets of courses to prefer: no obstacle stated, what the board prefers, shorter, sooner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tna.model import Course

A_DAY = 360  # minutes of training in a day, to compare lengths printed in days with those in minutes


@dataclass(frozen=True, slots=True)
class Point:
    """One thing on which courses are compared: how far a course falls short, and what to say when it wins."""

    short: int
    wins: str


class Taste:
    """Weighs courses so that a lighter set is a better one: fewer courses first, then point by point.

    Each course has one whole number. They add up, and no two sets of courses weigh the same, so the best set is
    one only, and the best of a whole is the best of its parts.
    """

    def __init__(
        self, catalogue: Mapping[str, Course], preferences: Sequence[Mapping[str, Any]], as_of: date
    ) -> None:
        self._points = {
            name: tuple(_points(catalogue[name], preferences, as_of)) for name in sorted(catalogue)
        }
        self.weights: Mapping[str, int] = _packed(
            {name: (1, *(point.short for point in points)) for name, points in self._points.items()}
        )

    def why(self, course: str, other: str) -> str:
        """Why a course is preferred to another: the first point on which it falls less short."""
        for mine, theirs in zip(self._points[course], self._points[other], strict=True):
            if mine.short < theirs.short:
                return mine.wins
        return "nothing tells them apart but the order of their ids"


def _points(course: Course, preferences: Sequence[Mapping[str, Any]], as_of: date) -> Iterator[Point]:
    yield Point(bool(course.availability), "nothing is stated to stand in its way")
    for preference in preferences:
        yield Point(_rank(course.id, preference.get("courses")), "the board prefers it")
        yield Point(_rank(course.mode, preference.get("modes")), f"the board prefers {course.mode} training")
        yield Point(
            _rank(course.provider, preference.get("providers")),
            f"the board prefers '{course.provider}' as provider",
        )
    yield from _length(course)
    yield from _wait(course, as_of)


def _rank(value: str, liked: Sequence[str] | None) -> int:
    if not liked:
        return 0
    return liked.index(value) if value in liked else len(liked)


def _length(course: Course) -> Iterator[Point]:
    """A length that is not stated is never taken for a short one."""
    minutes = course.duration.minutes
    if minutes is None and course.duration.days is not None:
        minutes = round(course.duration.days * A_DAY)
    yield Point(minutes is None, "its length is stated")
    yield Point(minutes or 0, "it is shorter")


def _wait(course: Course, as_of: date) -> Iterator[Point]:
    """A date that is not stated is never taken for a near one, unless the course is there whenever it is wanted."""
    days = [(day - as_of).days for day in course.sessions if day >= as_of]
    any_day = course.mode == "online" or course.frequency.unlimited or course.frequency.on_request
    known = "a date for it is known" if days else "it can be taken when it is wanted"
    yield Point(not days and not any_day, known)
    yield Point(min(days, default=0), "it is sooner")


def _packed(costs: Mapping[str, tuple[int, ...]]) -> dict[str, int]:
    """One number a course: summed, these compare like the summed costs place by place, and at last by id."""
    totals = [1 + sum(places) for places in zip(*costs.values(), strict=True)]
    weights = {}
    for nth, (name, cost) in enumerate(costs.items()):
        weight = 0
        for total, place in zip(totals, cost, strict=True):
            weight = weight * total + place
        weights[name] = (weight << len(costs)) | 1 << nth
    return weights
