"""Sample training records: who came to which course, on one of its session dates or, online, on any day."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from tna import membership, placement
from tna.model import Board, Course
from tna.requirements import is_open

Row = tuple[str, ...]

YEARS = 5  # far enough back for a refresh interval of three years to lapse
MEANT, ELSEWHERE, RARE = 1.0, 0.1, 0.002  # how often people come to what is or is not for them
STATUSES = ("attended", "", "Attended", "booked", "cancelled", "DNA")


@dataclass(frozen=True, slots=True)
class Offer:
    """A course as registers name it, and the days on which it ran and will run; without days, it ran on any day."""

    names: tuple[str, ...]
    past: tuple[date, ...] = ()
    coming: tuple[date, ...] = ()
    online: bool = True


@dataclass(frozen=True, slots=True)
class Diary:
    """All that records are drawn from: offers, and for each person how likely each offer is, added up."""

    offers: tuple[Offer, ...]
    likely: Mapping[str, Sequence[float]]
    elsewhere: Sequence[str]
    as_of: date


def records(
    board: Board,
    people: Sequence[Mapping[str, str]],
    elsewhere: Sequence[str],
    chance: random.Random,
    as_of: date,
    count: int,
) -> list[Row]:
    """So many records (person_id, course, completed, status, mode) of these people, sorted."""
    workforce = [course for course in board.pack.courses if course.audience == "workforce"]
    offers = tuple(_offer(course, chance, as_of) for course in workforce)
    diary = Diary(
        offers=offers or tuple(Offer((name,)) for name in elsewhere),
        likely=_likely(board, workforce, people, as_of),
        elsewhere=elsewhere,
        as_of=as_of,
    )
    trained = {agency: 0.3 + 0.6 * chance.random() for agency in sorted({one["agency"] for one in people})}
    shares = [trained[one["agency"]] ** 2 for one in people]
    drawn = chance.choices([one["person_id"] for one in people], shares, k=count)
    return sorted(_record(person, diary, chance) for person in drawn)


def _offer(course: Course, chance: random.Random, as_of: date) -> Offer:
    names = (course.id, course.title, course.title.upper(), course.title)
    if course.mode == "online" or course.kind == "e-learning":
        return Offer(names)
    days = sorted(set(course.sessions or _days(course, chance, as_of)))
    past, coming = (tuple(day for day in days if (day <= as_of) is gone) for gone in (True, False))
    return Offer(names, past or tuple(_days(course, chance, as_of))[-1:], coming, online=False)


def _days(course: Course, chance: random.Random, as_of: date) -> Iterator[date]:
    """Working days spread over each of the last years, as many a year as the catalogue states, else four to eight."""
    a_year = course.frequency.sessions or chance.randint(4, 8)
    apart = 365 / a_year
    for number in reversed(range(YEARS * a_year)):
        day = as_of - timedelta(days=3 + int((number + 0.8 * chance.random()) * apart))
        yield day - timedelta(days=max(0, day.weekday() - 4))


def _likely(
    board: Board, courses: Sequence[Course], people: Sequence[Mapping[str, str]], as_of: date
) -> dict[str, Sequence[float]]:
    """For each person over all jobs, how likely each course is, as sums to draw by."""
    reader = placement.reader(board, as_of)
    scopes: dict[str, set[str]] = defaultdict(set)
    roles: dict[str, set[str]] = defaultdict(set)
    for job in people:
        facts = placement.facts(reader, job)
        scopes[job["person_id"]].update(membership.scopes(reader, placement.place(reader, facts), facts))
        roles[job["person_id"]].update(facts.get("roles", ()))
    return {
        person: tuple(accumulate(_weight(one, scopes[person], frozenset(roles[person])) for one in courses))
        for person in scopes
    }


def _weight(course: Course, scopes: set[str], roles: frozenset[str]) -> float:
    """What is meant for a cohort or for some jobs is rare among others; what is meant for levels less so."""
    links = (*course.open_to, *course.required_of)
    if not (links or course.roles) or is_open(course, scopes, roles):
        return MEANT
    levels = any(link.levels for link in links)
    return ELSEWHERE if levels and not course.roles and not any(link.cohorts for link in links) else RARE


def _record(person: str, diary: Diary, chance: random.Random) -> Row:
    drawn = chance.random()
    likely = diary.likely[person] or None
    offer = chance.choices(diary.offers, cum_weights=likely)[0]
    name, when, mode = chance.choice(offer.names), _when(offer, diary.as_of, chance), _mode(offer, chance)
    status = chance.choices(STATUSES, (60, 20, 8, 4, 4, 4))[0]
    if drawn < 0.02:
        name = chance.choice(diary.elsewhere)
    elif drawn < 0.05:
        return person, name, "", status, mode
    elif drawn < 0.07:
        when = _later(offer, diary.as_of, chance)
    elif drawn < 0.075:
        person = person.replace("SAMPLE-", "SAMPLE-9")
    written = when.isoformat() if chance.random() < 0.7 else when.strftime("%d/%m/%Y")
    return person, name, written, status, mode


def _when(offer: Offer, as_of: date, chance: random.Random) -> date:
    """A day on which it ran, the last years more often than those before."""
    back = chance.random() ** 1.3
    if offer.past:
        return offer.past[-1 - int(back * len(offer.past))]
    return as_of - timedelta(days=int(YEARS * 340 * back))


def _later(offer: Offer, as_of: date, chance: random.Random) -> date:
    if offer.coming:
        return chance.choice(offer.coming)
    return as_of + timedelta(days=1 + int(120 * chance.random()))


def _mode(offer: Offer, chance: random.Random) -> str:
    """Mostly not stated; now and then a register says online of what is given face to face."""
    weights = (80, 20, 0) if offer.online else (85, 2, 13)
    return chance.choices(("", "online", "face to face"), weights)[0]
