"""The gaps that most people have, whom to train on which course, and what nothing on offer closes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tna import wording
from tna.model import Analysis, Course
from tna.reports.labels import Labels
from tna.reports.shares import Share

if TYPE_CHECKING:
    import duckdb

TOP_GAPS = 20
SESSIONS = 4
MODES = {"online": "online", "face-to-face": "face to face", "blended": "blended"}


@dataclass(frozen=True, slots=True)
class Closing:
    """A competency and for how many people it would be closed, or stays open."""

    competency: str
    label: str
    people: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Competencies that people at one level or in one cohort still need; the numbers are true of each of them."""

    level: str
    competencies: tuple[Closing, ...]
    held: Share
    missing: int
    lapsed: int
    undated: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A course as one plugin recommends it: for how many people, what it closes, when and how it runs."""

    plugin: str
    course: str
    title: str
    people: int
    closes: tuple[Closing, ...]
    runs: tuple[str, ...]
    when: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unclosed:
    """What nothing on offer closes, for how many people, and why."""

    plugin: str
    because: str
    people: int
    competencies: tuple[Closing, ...]


@dataclass(frozen=True, slots=True)
class Training:
    """`advised`: people advised at least one course, of those with a gap."""

    gaps: tuple[Gap, ...]
    gaps_in_all: int
    advised: Share
    offers: tuple[Offer, ...]
    unclosed: tuple[Unclosed, ...]


def training(analysis: Analysis, labels: Labels) -> Training:
    """Top gaps, courses by headcount, and what nothing closes; people are counted once in each number."""
    connection = analysis.connection
    gaps = _gaps(connection, labels)
    [(lacking, advised)] = connection.execute("""
        select (select count(distinct person_id) from gaps),
               (select count(distinct person_id) from recommendations where course <> '')
    """).fetchall()
    closes = _closes(connection, labels)
    return Training(
        gaps=gaps[:TOP_GAPS],
        gaps_in_all=len(gaps),
        advised=Share(advised, lacking),
        offers=tuple(_offers(analysis, closes)),
        unclosed=tuple(_unclosed(connection, closes)),
    )


def _gaps(connection: duckdb.DuckDBPyConnection, labels: Labels) -> tuple[Gap, ...]:
    found = connection.execute("""
        select level, list(competency order by competency), held, required, missing, lapsed, undated
        from coverage
        where agency = '*' and level <> '*' and competency <> '*' and required > held
        group by level, held, required, missing, lapsed, undated
        order by required - held desc, level, missing desc, lapsed desc
    """).fetchall()
    return tuple(
        Gap(labels.levels[level], _closings(ones, required - held, labels), Share(held, required), *rest)
        for level, ones, held, required, *rest in found
    )


def _closings(competencies: Sequence[str], people: int, labels: Labels) -> tuple[Closing, ...]:
    return tuple(Closing(one, labels.competencies.get(one, one), people) for one in competencies)


Closes = dict[
    tuple[str, str, str], tuple[Closing, ...]
]  # by plugin, course, and the reason where nothing closes


def _closes(connection: duckdb.DuckDBPyConnection, labels: Labels) -> Closes:
    """What each course closes for how many people, the most first; counted from the distinct lists of closes."""
    found: defaultdict[tuple[str, str, str], list[Closing]] = defaultdict(list)
    rows = connection.execute("""
        with lines as (
            select plugin, course, '' as because, closes, count(*) as people from recommendations
            where course <> '' and closes <> '' group by plugin, course, closes
            union all
            select plugin, '', because, closes, count(*) from recommendations
            where course = '' and closes <> '' group by plugin, because, closes
        ), each as (select plugin, course, because, unnest(string_split(closes, '|')) as competency, people from lines)
        select plugin, course, because, competency, sum(people)::BIGINT as people from each
        group by all order by plugin, course, because, people desc, competency
    """).fetchall()
    for plugin, course, because, one, people in rows:
        found[plugin, course, because].extend(_closings([one], people, labels))
    return {key: tuple(closings) for key, closings in found.items()}


def _offers(analysis: Analysis, closes: Closes) -> list[Offer]:
    rows = analysis.connection.execute("""
        select plugin, course, count(distinct person_id) as people from recommendations
        where course <> '' group by all order by plugin, people desc, course
    """).fetchall()
    return [
        _offer(plugin, course, people, closes.get((plugin, course, ""), ()), analysis)
        for plugin, course, people in rows
    ]


def _offer(plugin: str, name: str, people: int, closes: tuple[Closing, ...], analysis: Analysis) -> Offer:
    course = analysis.board.courses.get(name)
    if course is None:
        return Offer(plugin, name, name, people, closes, (), ())
    return Offer(plugin, name, course.title, people, closes, _runs(course), when(course, analysis.as_of))


def _runs(course: Course) -> tuple[str, ...]:
    """How a course is given, in the board's words where it has any."""
    mode = MODES.get(course.mode, "")
    return tuple(word for word in (mode, course.duration.printed) if word)


def when(course: Course, as_of: date) -> tuple[str, ...]:
    """Sessions to come, how often it runs and whether it can be had, as the board says; else that it does not say."""
    coming = [wording.day(one) for one in sorted(course.sessions) if one >= as_of]
    found = [f"next sessions: {wording.listed(coming, SESSIONS)}"] if coming else []
    if course.sessions and not coming:
        found.append("every dated session is past")
    if course.frequency.printed:
        found.append(f"runs “{course.frequency.printed.strip(' :()')}”")
    if course.capacity:
        found.append(f"{wording.counted(course.capacity, 'place')} a session")
    if course.availability:
        found.append(course.availability)
    return tuple(found) or ("dates not stated",)


def _unclosed(connection: duckdb.DuckDBPyConnection, closes: Closes) -> list[Unclosed]:
    rows = connection.execute("""
        select plugin, because, count(distinct person_id) as people from recommendations
        where course = '' group by all order by plugin, people desc, because
    """).fetchall()
    return [
        Unclosed(plugin, because, people, closes.get((plugin, "", because), ()))
        for plugin, because, people in rows
    ]
