"""A sample year: sessions, bookings, forms, follow-ups, observations, counts, dated words and headcounts, all made up."""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tna.model import Board, Course
from tna.names import course_names, plain

Row = Sequence[object]
QUESTIONS = ("I know the signs", "I know whom to tell")
HEADINGS = {
    "returns": ("agency", "level", "headcount", "required", "trained", "in_date", "as_at", "estimated", "respondent_post"),
    "sessions": ("course", "date", "places", "booked", "attended", "cancelled", "no_show", "unscheduled", "status"),
    "bookings": ("course", "date", "agency", "booked", "attended", "cancelled", "no_show", "unscheduled"),
    "evaluations": ("form_id", "course", "session", "date", "question", "pre", "post"),
    "followups": ("person_id", "course", "completed", "followed_up", "line_manager", "finding"),
    "observations": ("course", "date", "item", "seen", "observer_post"),
    "outcomes": ("period", "measure", "count", "source"),
    "updates": ("line", "date", "update", "status", "post"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody of an agency who came to a course on a day."""

    person: str
    agency: str
    course: Course
    day: date


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a sample year is drawn from: who came in it to courses with sessions, the agencies, the days and chance."""

    board: Board
    came: tuple[Came, ...]
    agencies: Mapping[str, int]
    silent: tuple[str, ...]
    first: date
    as_of: date
    chance: random.Random


def write_year(board: Board, registers: Path, first: date, as_of: date) -> dict[str, Path]:
    """The files of a sample year beside the sample registers in a folder, by kind; the same every time.

    Sessions are those at which the sample records show somebody, so that registers and sessions agree.
    """
    drawn = _drawn(board, registers, first, as_of)
    found = {}
    for kind, make in MAKERS.items():
        rows = list(make(drawn))
        if not rows:  # nothing of the kind is planned here
            continue
        found[kind] = registers / f"sample-{kind}.csv"
        with found[kind].open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADINGS[kind])
            writer.writerows(rows)
    return found


def _drawn(board: Board, registers: Path, first: date, as_of: date) -> Drawn:
    people = _read(registers / "sample-people.csv")
    agency = {row["person_id"]: row["agency"] for row in people}
    expected = [row["agency"] for row in _read(registers / "sample-agencies.csv")]
    names, courses = course_names(board.pack.courses), board.courses
    came = []
    for row in _read(registers / "sample-records.csv"):
        course, day = courses.get(names.get(plain(row["course"]), "")), _day(row["completed"])
        here = row["status"].lower() in ("", "attended") and row["person_id"] in agency
        if course and course.mode != "online" and day and first <= day <= as_of and here:
            came.append(Came(row["person_id"], agency[row["person_id"]], course, day))
    return Drawn(
        board, tuple(came), Counter(agency.values()), tuple(sorted(set(expected) - set(agency.values()))), first, as_of,
        random.Random(f"{board.id} {first} {as_of}"),  # noqa: S311 - a reproducible sample, not a secret
    )  # fmt: skip


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date | None:
    if "/" in text:
        day, month, year = map(int, text.split("/"))
        return date(year, month, day)
    return date.fromisoformat(text) if text else None


def _by_session(drawn: Drawn) -> list[tuple[Course, date, list[Came]]]:
    found: dict[tuple[str, date], list[Came]] = defaultdict(list)
    for one in drawn.came:
        found[one.course.id, one.day].append(one)
    return [(some[0].course, some[0].day, some) for _, some in sorted(found.items())]


def _absent(key: str, people: int) -> tuple[int, int, int]:
    """How many cancelled, did not come and came unbooked, always the same for the same session and agency."""
    chance = random.Random(key)  # noqa: S311
    return (
        chance.choice((0, 0, 0, 1)),
        chance.choice((0, 0, 1, 1, 2)),
        min(people, chance.choice((0, 0, 0, 1))),
    )


def _booked(drawn: Drawn) -> Iterator[tuple[str, date, str, tuple[int, ...]]]:
    """Each session and agency with booked, attended, cancelled, no-shows and unscheduled, which add up."""
    for course, day, some in _by_session(drawn):
        for agency, attended in sorted(Counter(one.agency for one in some).items()):
            cancelled, no_show, unscheduled = _absent(f"{course.id} {day} {agency}", attended)
            booked = attended + cancelled + no_show - unscheduled
            yield course.id, day, agency, (booked, attended, cancelled, no_show, unscheduled)


def _bookings(drawn: Drawn) -> Iterator[Row]:
    return ((course, day, agency, *numbers) for course, day, agency, numbers in _booked(drawn))


def _sessions(drawn: Drawn) -> Iterator[Row]:
    """Every session with its bookings added up; one that was cancelled, one of which nothing is known, one to come."""
    totals: dict[tuple[str, date], list[int]] = {}
    for course, day, _, numbers in _booked(drawn):
        known = totals.setdefault((course, day), [0] * len(numbers))
        totals[course, day] = [one + more for one, more in zip(known, numbers, strict=True)]
    for place, ((course, day), added) in enumerate(totals.items()):
        places = max(12, -(-(added[0] + 2) // 4) * 4)
        if place == 3:
            added[1] -= 1  # one row that does not add up, as real ones do not
        yield course, day, places, *added, "held" if place % 3 else ""
    for course in sorted({course for course, _ in totals})[:1]:
        yield course, drawn.as_of - timedelta(days=20), 16, "", "", "", "", "", "cancelled"
        yield course, drawn.as_of - timedelta(days=12), 16, "", "", "", "", "", ""
        yield course, drawn.as_of + timedelta(days=30), 16, 9, "", "", "", "", "planned"


def _evaluated(drawn: Drawn) -> str:
    """The course that the plan evaluates, else the one that most people came to."""
    planned = [
        line.course
        for line in drawn.board.pack.plan
        if line.kind == "evaluation" and line.target and line.course
    ]
    most = Counter(one.course.id for one in drawn.came).most_common(1)
    return (planned or [course for course, _ in most] or [""])[0]


def _evaluations(drawn: Drawn) -> Iterator[Row]:
    course = _evaluated(drawn)
    for number, one in enumerate((one for one in drawn.came if one.course.id == course), 1):
        late = drawn.chance.random() < 0.06
        left = drawn.chance.random()
        for question in QUESTIONS:
            pre = drawn.chance.randint(1, 4)
            post = min(5, max(1, pre + drawn.chance.choice((0, 1, 1, 2, -1))))
            when = one.day + timedelta(days=9) if late else one.day
            yield (f"FORM-{number:04d}", course, one.day, when, question,
                   "" if left < 0.04 else pre, "" if left > 0.95 else post)  # fmt: skip


def _followups(drawn: Drawn) -> Iterator[Row]:
    wanted = {line.course for line in drawn.board.pack.plan if line.kind == "follow-up"}
    for one in drawn.came:
        due = one.day + timedelta(days=95)
        if one.course.id in wanted and due <= drawn.as_of and drawn.chance.random() < 0.3:
            manager = drawn.chance.choice(("yes", "yes", "yes", "no", ""))
            yield one.person, one.course.id, one.day, due, manager, "uses it in supervision"


def _observations(drawn: Drawn) -> Iterator[Row]:
    lines = [line for line in drawn.board.pack.plan if line.checklist]
    for course, day, _ in _by_session(drawn)[:2]:
        for line in lines:
            seen = drawn.chance.choices(("yes", "no", ""), (12, 2, 1))[0]
            if seen:
                yield course.id, day, line.id, seen, "training officer"


def _outcomes(drawn: Drawn) -> Iterator[Row]:
    for line in drawn.board.pack.plan:
        if line.kind == "outcome":
            for quarter in range(1, 4):
                yield f"Quarter {quarter}", line.id, drawn.chance.randint(20, 60), "performance team (sample)"


def _updates(drawn: Drawn) -> Iterator[Row]:
    said = {
        "done": "Done as planned (sample).",
        "under-way": "Under way (sample).",
        "not-begun": "No progress yet (sample).",
        "": "Discussed (sample).",
    }
    for line in drawn.board.pack.plan:
        if line.kind in ("activity", "ambition", "availability", "review") and drawn.chance.random() < 0.6:
            status = drawn.chance.choices(tuple(said), (5, 3, 1, 1))[0]
            yield (
                line.id,
                drawn.as_of - timedelta(days=drawn.chance.randint(5, 90)),
                said[status],
                status,
                "business manager (sample)",
            )


def _returns(drawn: Drawn) -> Iterator[Row]:
    """Headcounts of agencies without a register but the last, which sends nothing, and of one that has one too."""
    levels = drawn.board.pack.framework.levels[:3]
    as_at = drawn.as_of - timedelta(days=31)
    for place, agency in enumerate((*drawn.silent[:-1], *sorted(drawn.agencies)[:1])):
        for level in levels:
            headcount = drawn.chance.randint(12, 80)
            trained = drawn.chance.randint(4, headcount)
            in_date = trained - drawn.chance.randint(0, min(3, trained))
            estimated = "yes" if place % 2 else ""
            yield (
                agency,
                level.label,
                headcount,
                headcount - 1,
                min(trained, headcount - 1),
                min(in_date, headcount - 1),
                as_at,
                estimated,
                "safeguarding lead",
            )


MAKERS: Mapping[str, Callable[[Drawn], Iterable[Row]]] = {
    "returns": _returns,
    "sessions": _sessions,
    "bookings": _bookings,
    "evaluations": _evaluations,
    "followups": _followups,
    "observations": _observations,
    "outcomes": _outcomes,
    "updates": _updates,
}
