"""What registers show of a plan: people in date by agency, and who attended which course on which days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tna.model import Analysis, Course


@dataclass(frozen=True, slots=True)
class Tally:
    """Of the people of whom something is required (`required`), how many hold all of it (`held`)."""

    held: int
    required: int


@dataclass(frozen=True, slots=True)
class Attended:
    """One course in the records: attendances by day, and the distinct people of these registers who came.

    `online` are attendances by day that show no session, as the course is not given online.
    """

    by_day: Mapping[date, int]
    people: int
    online: Mapping[date, int] = field(default_factory=dict)

    @property
    def times(self) -> int:
        """All attendances, online or not."""
        return sum(self.by_day.values()) + sum(self.online.values())


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that judging looks at, for one day: nothing is read twice, and nobody is named."""

    as_of: date
    whole: Tally = Tally(0, 0)
    agencies: Mapping[str, Tally] = field(default_factory=dict)
    silent: tuple[str, ...] = ()
    courses: Mapping[str, Attended] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    taken_online: frozenset[str] = frozenset()

    def attended(self, course: str) -> Attended:
        """What the records show of a course; nothing, when they do not have it."""
        return self.courses.get(course, Attended({}, 0))

    def title(self, course: str) -> str:
        """The title of a course as the board prints it."""
        return self.titles.get(course, course)


def gather(analysis: Analysis) -> Evidence:
    """The evidence in the tables of an analysis: `coverage` and `records`."""
    tallies = {
        agency: Tally(held, required)
        for agency, held, required in analysis.connection.execute(COVERED).fetchall()
    }
    silent = analysis.connection.execute(
        "select agency from coverage where rating = 'no-return' and level = '*' order by agency"
    ).fetchall()
    return Evidence(
        as_of=analysis.as_of,
        whole=tallies.pop("*", Tally(0, 0)),
        agencies=tallies,
        silent=tuple(agency for (agency,) in silent),
        courses=_attended(analysis),
        titles=_titles(analysis.board.pack.courses),
        taken_online=frozenset(one.id for one in analysis.board.pack.courses if one.mode == "online"),
    )


COVERED = """select agency, held, required from coverage
             where level = '*' and competency = '*' and required > 0 order by agency"""

# An attendance shows that a session took place, whoever came: people whom no register of people has count here too.
# What was taken online shows no session of a course that is given face to face.
DAYS = """select course, completed, coalesce(records.mode = 'online' and courses.mode <> 'online', false) as apart, count(*)
          from records join courses using (course)
          where status = 'attended' and completed <= $as_of and (counts = 'dated' or reason = 'unknown-person')
          group by all order by all"""
PEOPLE = "select course, count(distinct person_id) from records where counts = 'dated' group by course"


def _titles(courses: Sequence[Course]) -> dict[str, str]:
    """Titles by id; with the id where courses share a title."""
    shared = Counter(one.title for one in courses)
    return {one.id: f"{one.title} [{one.id}]" if shared[one.title] > 1 else one.title for one in courses}


def _attended(analysis: Analysis) -> dict[str, Attended]:
    days: dict[bool, dict[str, dict[date, int]]] = {False: {}, True: {}}
    for course, day, apart, attendances in analysis.connection.execute(
        DAYS, {"as_of": analysis.as_of}
    ).fetchall():
        days[apart].setdefault(course, {})[day] = attendances
    people: dict[str, int] = dict(analysis.connection.execute(PEOPLE).fetchall())
    return {
        course: Attended(days[False].get(course, {}), people.get(course, 0), days[True].get(course, {}))
        for course in sorted({*days[False], *days[True], *people})
    }
