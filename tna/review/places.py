"""How many places it takes to train the people who need a course, as not every place is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tna.duck import fill
from tna.wording import counted, day, share

if TYPE_CHECKING:
    import duckdb

ENOUGH = 20  # places that a course's own sessions must have had before its own yield is used
NOT_KNOWN = "no yield known: as many places as people"


@dataclass(frozen=True, slots=True)
class Yield:
    """Of so many places so many were attended, and where that is known from."""

    attended: int
    of: int
    comes_from: str

    def places(self, people: int) -> int:
        """The fewest places that give so many attendances at this yield, and no fewer than people."""
        return max(people, -(-people * self.of // self.attended))


@dataclass(frozen=True, slots=True)
class History:
    """The sessions held that state places and attendances, added up."""

    attended: int
    places: int
    sessions: int
    first: date
    last: date

    def words(self, whose: str) -> str:
        """Where a yield comes from, with its parts."""
        first, last = day(self.first), day(self.last)
        when = f"on {first}" if first == last else f"from {first} to {last}"
        used = f"{share(self.attended, self.places)} places attended"
        more = ", and never fewer places than people" if self.attended > self.places else ""
        return f"{whose}: {used} at {counted(self.sessions, 'session')} {when}{more}"

    def as_yield(self, whose: str) -> Yield:
        """The yield of these sessions."""
        return Yield(self.attended, self.places, self.words(whose))


def write_places(
    connection: duckdb.DuckDBPyConnection, people: Mapping[str, int], declared: int | None = None
) -> None:
    """The table `places_needed`: for each course the people to train (individuals) and the places that takes.

    Reads `held_sessions`. The yield is attendances of places at sessions held, of any year: the course's own when
    they had at least 20 places, else those of all courses, else what is `declared` (whole per cent), else none is
    known and a place is asked for each person. `places` is people ÷ yield, rounded up, never below the people.
    """
    own = _history(connection, "course")
    every = _history(connection, "'*'").get("*")
    rows = [
        _row(course, number, _yield(own.get(course), every, declared)) for course, number in people.items()
    ]
    columns = ["course VARCHAR", "people_to_train BIGINT", "yield_attended BIGINT", "yield_of BIGINT",
               "yield_from VARCHAR", "places BIGINT"]  # fmt: skip
    fill(connection, "places_found", columns, rows)
    connection.execute("""
        create or replace table places_needed as
        select course, people_to_train, yield_attended, yield_of, yield_attended / yield_of as yield, yield_from, places
        from places_found order by course
    """)


def _history(connection: duckdb.DuckDBPyConnection, by: str) -> dict[str, History]:
    """The sessions by course, or all of them under one name; without those at which nobody used a place."""
    rows = connection.execute(f"""
        select {by}, sum(attended)::BIGINT, sum(places)::BIGINT, count(*), min(date), max(date) from held_sessions
        where state = 'held' and attended is not null and places > 0 group by 1 having sum(attended) > 0
    """).fetchall()
    return {row[0]: History(*row[1:]) for row in rows}


def _yield(own: History | None, every: History | None, declared: int | None) -> Yield | None:
    if own and own.places >= ENOUGH:
        return own.as_yield("this course's own sessions")
    if every:
        return every.as_yield("sessions of all courses")
    return Yield(declared, 100, f"declared: {declared} of 100 places") if declared else None


def _row(course: str, people: int, known: Yield | None) -> tuple[str | int | None, ...]:
    if known is None:
        return (course, people, None, None, NOT_KNOWN, people)
    return (course, people, known.attended, known.of, known.comes_from, known.places(people))
