"""What of an analysis may be shown: people in date and people to train, hidden together, as one tells of the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tna.suppression import EVERY, Grid, Line, Position, hidden, withheld
from tna.suppression.remainders import Name

Counts = Mapping[Position, tuple[int, ...]]
Gone = frozenset[Position]


def hide(
    people: Counts, courses: Mapping[Position, int], threshold: int, lines: Iterable[Line] = ()
) -> tuple[Gone, Gone]:
    """The positions to hide of people (in date, to train) by agency and level, and of people to train by course.

    Whoever is advised a course is to train, so that a course tells how many are to train at least, and what is left
    of these needs other courses only. Each table is safe by itself, and what one hides the other does not tell.
    `lines` say how people overlap, so that taking one count from another leaves no few either.
    """
    in_date = Grid(people)
    to_train = Grid({at: (count,) for at, count in courses.items()})
    sizes: dict[Name, int] = {("people", *at): sum(counts) for at, counts in people.items()}
    sizes |= {("courses", *at): count for at, count in courses.items()}
    of_people, of_courses = Gone(), Gone()
    while True:
        found = hidden(in_date, threshold, of_people | {*_equal_to_courses(people, courses, of_courses)})
        both = hidden(to_train, threshold, of_courses | {*_told_by_people(people, courses, found, threshold)})
        gone = {("people", *at) for at in found} | {("courses", *at) for at in both}
        more = withheld(lines, gone, sizes, threshold)
        lines = ()  # what leaves no few leaves none when more is hidden
        found |= {(row, column) for table, row, column in more if table == "people"}
        both |= {(row, column) for table, row, column in more if table == "courses"}
        if (found, both) == (of_people, of_courses):
            return found, both
        of_people, of_courses = found, both


def _equal_to_courses(people: Counts, courses: Mapping[Position, int], gone: Gone) -> Iterator[Position]:
    """Where as many are to train as are advised a course, and the course is hidden."""
    counts = {(agency, courses[agency, course]) for agency, course in gone}
    return ((agency, level) for (agency, level), (_, rest) in people.items() if (agency, rest) in counts)


def _told_by_people(
    people: Counts, courses: Mapping[Position, int], gone: Gone, threshold: int
) -> Iterator[Position]:
    """Courses of agencies that are hidden, that come to a hidden number, or that all but a few to train are advised."""
    counts = {(agency, people[agency, level][1]) for agency, level in gone}
    for (agency, course), count in courses.items():
        _, rest = people.get((agency, EVERY), (0, 0))
        if (agency, EVERY) in gone or (agency, count) in counts or 0 < rest - count < threshold:
            yield agency, course
