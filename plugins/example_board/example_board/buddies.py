"""Advises people who lack one thing only to spend a day beside a colleague, rather than to wait for a course."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from tna.model import Advice, Case, Course

BESIDE_A_COLLEAGUE = ("session", "agency")  # the kind and the provider of such offers in a catalogue


def advise(
    cases: Iterable[Case],
    catalogue: Mapping[str, Course],
    prerequisites: Mapping[str, Sequence[str]],
    as_of: date,
) -> Iterator[Advice]:
    """One line for each case that lacks one competency: the day that closes it, or that nothing on offer does.

    A case is all people with the same jobs and the same gap, so this runs some hundred times, not a million.
    Where a course closes the gap and no such day does, there is nothing to add to what other plugins advise.
    """
    days = [
        course
        for course in catalogue.values()
        if (course.kind, course.provider) == BESIDE_A_COLLEAGUE
        and not prerequisites.get(course.id)
        and _can_still_be_had(course, as_of)
    ]
    for case in cases:
        if len(case.gap) == 1:
            yield from _for(case, days)


def _for(case: Case, days: Iterable[Course]) -> Iterator[Advice]:
    (lacking,) = case.gap
    found = next((day for day in days if lacking in case.courses.get(day.id, ())), None)
    if found:
        because = f"{lacking} is all that is lacking; {found.title} gives it without leaving the service for a course"
        yield Advice(case.id, 1, found.id, (lacking,), because)
    elif not any(lacking in given for given in _closing(case)):
        because = f"nothing on offer gives {lacking}: agree a buddy who has it, and ask the board to put it on offer"
        yield Advice(case.id, 1, "", (lacking,), because)  # no course: nothing closes it


def _closing(case: Case) -> Iterator[frozenset[str]]:
    """What each offer open to the case would close: all it gives, and what it renews of what was held once."""
    yield from case.courses.values()
    yield from (renewed & case.lapsed for renewed in case.renews.values())


def _can_still_be_had(course: Course, as_of: date) -> bool:
    """Whether an offer has no printed dates, or one that is not over."""
    return not course.sessions or max(course.sessions) >= as_of
