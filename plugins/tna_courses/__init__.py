"""Recommends, for each case, the smallest set of courses that closes its gap, in an order they can be taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tna import hookimpl
from tna.model import Advice, Case, Course
from tna_courses.programme import Programmes
from tna_courses.taste import Taste

__all__ = ["tna_recommend"]


@hookimpl
def tna_recommend(
    cases: Sequence[Case],
    catalogue: Mapping[str, Course],
    prerequisites: Mapping[str, Sequence[str]],
    preferences: Sequence[Mapping[str, Any]],
    as_of: date,
) -> Iterator[Advice]:
    """One programme a case; a last line without a course says what nothing on offer closes, and why."""
    by_wishes: dict[tuple[int, ...], Programmes] = {}
    for case in cases:
        wishes = case.preferences or tuple(preferences)
        among = tuple(map(id, wishes))  # the same wishes are the same objects in every case
        if among not in by_wishes:
            by_wishes[among] = Programmes(catalogue, prerequisites, Taste(catalogue, wishes, as_of), as_of)
        for position, step in enumerate(by_wishes[among].programme(case), 1):
            yield Advice(case.id, position, step.course, step.closes, step.because)
