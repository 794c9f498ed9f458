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
    programmes = Programmes(catalogue, prerequisites, Taste(catalogue, preferences, as_of), as_of)
    for case in cases:
        for position, step in enumerate(programmes.programme(case), 1):
            yield Advice(case.id, position, step.course, step.closes, step.because)
