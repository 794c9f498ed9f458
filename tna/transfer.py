"""What of somebody's training at one board is recognised at another: on which statement, and what remains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tna import crosswalks, evidence, holdings, placement, recognition, requirements
from tna.binding import bound
from tna.duck import connect, literal
from tna.evidence import Attendance
from tna.model import Board, Crosswalk, Match, Need, Placement
from tna.names import level_names, plain
from tna.problems import Place, refuse

if TYPE_CHECKING:
    import duckdb

WITHIN = ("exact", "broader")  # who is at the one is at the other


@dataclass(frozen=True, slots=True)
class Held:
    """A competency held where somebody comes from, by one record: until when (None: no interval stated), taken when.

    What adds up over several records has no date, mode or evidence of its own.
    """

    competency: str
    course: str
    until: date | None = None
    taken: date | None = None
    mode: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A competency that the new board requires: recognised or remaining, and on which statements either rests."""

    need: Need
    label: str
    recognised: bool
    because: tuple[str, ...]
    courses: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """Somebody's way from one board to another.

    `here` is the level where they come from and why; `there` the level at the new board, "" when it must be asked,
    with why, and `perhaps` the levels that are asked about.
    """

    who: str
    here: str
    here_because: str
    there: str
    there_because: str
    perhaps: tuple[str, ...]
    outcomes: tuple[Outcome, ...]


def of_role(
    title: str, here: Board, there: Board, walks: Sequence[Crosswalk], as_of: date | None = None
) -> Transfer:
    """The way of anybody with a job title, or at a level, who has all the training the first board offers such people."""
    level = level_names(here.pack.framework.levels).get(plain(title))
    named = (
        Placement(level, "stated", f"'{title}' is a {here.pack.framework.level_word} of it")
        if level
        else None
    )
    found = named or _place(title, here, as_of)
    held = _offered(here, found.level) if found.level else ()
    return _transfer(title, found.level, found.because, title, held, (here, there, walks, as_of))


def of_person(
    person: str, folder: Path, here: Board, there: Board, walks: Sequence[Crosswalk], as_of: date
) -> tuple[Transfer, ...]:
    """The ways of one person, one for each level or title, with what they hold in a folder's analysis on a day.

    Raises `Unusable` when the folder holds no analysis, or nobody of that id in it.
    """
    connection = connect()
    try:
        _attach(connection, folder)
        jobs = connection.execute(
            """select distinct on (role, level) role, level, because from kept.job_reasons where person_id = ?
               order by role, level, agency""",
            [person],
        ).fetchall()
        if not jobs:
            refuse("paths.unknown-person", Place(str(folder)), person=person, near=".")
        held = tuple(_holdings(connection, person, as_of))
    finally:
        connection.close()
    way = (here, there, walks, as_of)
    return tuple(_transfer(person, level, because, role, held, way) for role, level, because in jobs)


def _attach(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    import duckdb

    path = folder / "analysis.duckdb"
    if not path.is_file():
        refuse("crosswalk.person", Place(), folder=folder)
    try:
        connection.execute(f"attach {literal(str(path))} as kept (read_only)")
    except duckdb.Error:
        refuse("crosswalk.person", Place(), folder=folder)
    holdings.check(connection, "kept", folder)


def _holdings(connection: duckdb.DuckDBPyConnection, person: str, as_of: date) -> Iterator[Held]:
    """What a person holds on a day by each record that gives it, and what adds up over several."""
    rows = connection.execute(
        """
        with classes as (
            select distinct class from kept.job_reasons join kept.kind_classes using (kind) where person_id = $person
        ), worth as (
            select c.competency, r.course, r.completed, c.taken, r.evidence, c.renews,
                   (r.completed + to_months(c.months))::DATE as until
            from kept.records r join kept.credits c on c.course = r.course and c.mode = r.mode
                 and coalesce(c.provider, r.provider) = r.provider and coalesce(c.evidence, r.evidence) = r.evidence
            where r.person_id = $person and r.counts = 'dated' and c.counts and not c.accrues
                  and c.class in (select class from classes)
        )
        select distinct competency, course, until, completed, taken, evidence from worth
        where (until is null or until >= $as_of)
              and (not renews or competency in (select competency from worth where not renews))
        union all
        select distinct competency, course, until, null, '', '' from kept.amounts_held
        where person_id = $person and until >= $as_of and class in (select class from classes)
        order by all
        """,
        {"person": person, "as_of": as_of},
    ).fetchall()
    for competency, course, until, taken, mode, seen in rows:
        ends = None if until is None or until.year == date.max.year else until
        yield Held(competency, course, ends, taken, mode, seen)


def _offered(board: Board, level: str) -> tuple[Held, ...]:
    """Everything that the board's offers to a level give, each by the first offer that does."""
    terms = bound(board, [level])
    found: dict[str, Held] = {}
    for offer in requirements.openings(board):
        course = board.courses[offer.course]
        if offer.admits([level], offer.roles):
            for competency, _ in evidence.best(
                evidence.credits(board, Attendance(course.id, course.mode), terms)
            ):
                found.setdefault(competency, Held(competency, course.id, mode=course.mode))
    return tuple(found.values())


def _place(title: str, board: Board, as_of: date | None) -> Placement:
    reader = placement.reader(board, as_of)
    return placement.place(reader, placement.facts(reader, {"role": title}))


Way = tuple[Board, Board, Sequence[Crosswalk], date | None]


@dataclass(frozen=True, slots=True)
class _Said:
    """What crosswalks say from one board to the other: what stands, what of it recognises, and what is switched off."""

    every: tuple[Match, ...]
    covering: frozenset[Match]
    off: tuple[Match, ...]


def _said(here: Board, there: Board, walks: Sequence[Crosswalk]) -> _Said:
    off = [one.id for one in there.policies.values() if one.kind == "switch" and one.value == "off"]
    return _Said(
        tuple(crosswalks.matches(walks, here.id, there.id, off)),
        frozenset(recognition.covering(walks, here.id, there.id, there.policies)),
        tuple(one for one in crosswalks.matches(walks, here.id, there.id) if one.origin.policy in off),
    )


def _transfer(who: str, level: str, because: str, title: str, held: Sequence[Held], way: Way) -> Transfer:
    here, there, walks, as_of = way
    said = _said(here, there, walks)
    placed = _level_there(level, title, there, said, as_of)
    return Transfer(
        who,
        requirements.label(here, level) if level else "",
        because,
        requirements.label(there, placed[0]) if placed[0] else "",
        placed[1],
        tuple(requirements.label(there, one) for one in placed[2]),
        tuple(_outcomes(there, placed[0], held, said, as_of)),
    )


def _level_there(
    level: str, title: str, there: Board, said: _Said, as_of: date | None
) -> tuple[str, str, tuple[str, ...]]:
    """The level at the new board: by its own reading of the title, else by a match that settles it; else asked."""
    own = _place(title, there, as_of)
    if own.level:
        return own.level, f"{there.pack.framework.board} places it itself: {own.because}", ()
    about = [match for match in said.every if match.here.kind == "level" and match.here.id == level]
    settled = [match for match in about if match.relation in WITHIN]
    if len(settled) == 1:
        return settled[0].there.id, str(settled[0]), ()
    perhaps = tuple(match.there.id for match in about if match.relation != "related")
    if not level:
        return "", "the level they come from is not known, so no crosswalk can say", perhaps
    off = [match for match in said.off if match.here.kind == "level" and match.here.id == level]
    told = [*map(str, about), *map(_switched_off, off)]
    return "", "; ".join(told) or "no statement of a crosswalk is about the level they come from", perhaps


def _outcomes(
    there: Board,
    level: str,
    held: Sequence[Held],
    said: _Said,
    as_of: date | None,
) -> Iterator[Outcome]:
    labels = {one.id: one.label for one in there.pack.framework.competencies}
    own = frozenset(one.competency for one in held)
    for need in requirements.needs(there).get(level, ()) if level else ():
        about, off = _about(need.competency, said.every), _about(need.competency, said.off)
        met = [
            (had, one)
            for one in about
            if one in said.covering
            for had in held
            if had.competency == one.here.id and _meets(had, one, as_of)
        ]
        if met:
            had, by = max(met, key=lambda pair: _until(*pair) or date.max)
            on = (f"by {had.course}: {by}",)
            yield Outcome(need, labels[need.competency], True, on, until=_until(had, by))
        else:
            why = (*_why_not(about, own, said.covering), *map(_switched_off, off))
            yield Outcome(need, labels[need.competency], False, why or ("no statement of a crosswalk is about it",),
                          tuple(_giving(there, level, need.competency)))  # fmt: skip


def _about(competency: str, said: Iterable[Match]) -> list[Match]:
    """The matches about a competency of the new board."""
    return [one for one in said if one.there.kind == "competency" and one.there.id == competency]


def _meets(had: Held, match: Match, as_of: date | None) -> bool:
    """Whether one record meets what the match asks of it, on a day when one is given."""
    asked, ends = match.conditions, _until(had, match)
    return (
        (not asked.evidence or had.evidence.casefold() in {one.casefold() for one in asked.evidence})
        and (not asked.modes or had.mode in asked.modes)
        and (not asked.months or as_of is None or had.taken is not None)
        and (ends is None or as_of is None or ends >= as_of)
    )


def _until(had: Held, match: Match) -> date | None:
    """The last day on which it is recognised: while it is held, and for as long as the match says."""
    months = match.conditions.months
    limits = [had.until, evidence.add_months(had.taken, months) if months and had.taken else None]
    return min((one for one in limits if one), default=None)


def _why_not(about: Iterable[Match], own: frozenset[str], covering: frozenset[Match]) -> Iterator[str]:
    """Each statement about it, and what it would take."""
    for match in about:
        if match not in covering:
            yield f"not enough: {match}"
        elif match.here.id in own:
            yield f"asks for more than is known ({match.conditions}): {match}"
        else:
            yield f"not held there: {match}"


def _switched_off(match: Match) -> str:
    return f"switched off (policy {match.origin.policy}): {match}"


def _giving(board: Board, level: str, competency: str) -> Iterator[str]:
    """The offers of the new board that give a competency to people of a level."""
    terms = bound(board, [level])
    for offer in requirements.openings(board):
        course = board.courses[offer.course]
        if offer.admits([level], offer.roles):
            credits = evidence.best(evidence.credits(board, Attendance(course.id, course.mode), terms))
            if (competency, False) in credits:
                yield f"{course.title} [{course.id}]"
