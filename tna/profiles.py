"""Sorts jobs into profiles (the facts that rules ask about), places each profile once, and names its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tna import membership, placement, policies, requirements, rules
from tna.duck import fill, quoted
from tna.frameworks.conditions import facts_of
from tna.model import Board, Placement, Profile, Rule
from tna.requirements import Kind

if TYPE_CHECKING:
    import duckdb

STATED = ("role", "level", "agency_type", "contact", "manages", "duties", "cohort", "conflict")
SOMETIMES = ("agency", "start_date")  # facts only where a rule asks about them: they would multiply profiles
EXTRA = "x_"


@dataclass(frozen=True, slots=True)
class Placed:
    """A profile with its placement, the number of its kind, the `flag` rules that hold for it, its cohorts and why."""

    profile: Profile
    placement: Placement
    kind: int
    flags: tuple[Rule, ...] = ()
    cohorts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sorted:
    """Every profile placed, and the distinct kinds they fall into, by number."""

    placed: tuple[Placed, ...]
    kinds: tuple[Kind, ...]


def gather(connection: duckdb.DuckDBPyConnection, board: Board) -> tuple[Profile, ...]:
    """The distinct profiles of `people`, and the table `job_profiles` that gives each job its profile.

    A fact that some rule asks about and some register has as an extra column is part of a profile.
    """
    columns = _columns(connection, board)
    listed = ", ".join(map(quoted, columns))
    connection.execute(f"""
        create or replace temp table profiles as
        select row_number() over (order by {listed}) - 1 as profile, * from (select distinct {listed} from people)
    """)
    rows = connection.execute(f"select profile, {listed} from profiles order by profile").fetchall()
    told_apart = [
        name
        for name, *values in zip(columns, *(row[1:] for row in rows), strict=True)
        if len(set(values)) > 1
    ]
    same = " and ".join(
        f"one.{column} is not distinct from other.{column}" for column in map(quoted, told_apart)
    )
    connection.execute(f"""
        create or replace temp view job_profiles as
        select one.person_id, one.person, one.several, one.agency, one.role, profile from people one join profiles other on {same or "true"}
    """)
    names = [column.removeprefix(EXTRA) for column in columns]
    return tuple(Profile(row[0], _facts(names, row[1:])) for row in rows)


def _facts(names: Sequence[str], values: Sequence[Any]) -> Mapping[str, Any]:
    return {name: str(value) for name, value in zip(names, values, strict=True) if value not in (None, "")}


def _columns(connection: duckdb.DuckDBPyConnection, board: Board) -> tuple[str, ...]:
    asked = rules.asked_facts(board.pack.rules).union(
        *(facts_of(cohort.when) for cohort in board.pack.framework.cohorts if cohort.when)
    )
    if policies.agencies_with_terms(board.policies):
        asked |= {"agency"}
    known = {row[0] for row in connection.execute("describe people").fetchall()}
    extra = sorted(f"{EXTRA}{fact}" for fact in asked if f"{EXTRA}{fact}" in known)
    return (*STATED, *(fact for fact in SOMETIMES if fact in asked), *extra)


def sort(board: Board, profiles: Sequence[Profile], as_of: date) -> Sorted:
    """Each profile placed once, with the kind it belongs to."""
    reader = placement.reader(board, as_of)
    in_force = [rule for rule in board.pack.rules if rules.in_force(rule, as_of)]
    offers = requirements.openings(board)
    numbers: dict[Kind, int] = {}
    placed = []
    for profile in profiles:
        facts = placement.facts(reader, profile.facts)
        found = placement.place(reader, facts)
        cohorts = membership.cohorts(reader, facts)
        kind = requirements.kind(board, found.level, cohorts, facts, in_force, offers)
        flags = rules.applying(in_force, "flag", {**facts, "placed": frozenset(kind.scopes)})
        number = numbers.setdefault(kind, len(numbers))
        placed.append(Placed(profile, found, number, flags, tuple(cohorts.items())))
    return Sorted(tuple(placed), tuple(numbers))


def keep(connection: duckdb.DuckDBPyConnection, found: Sorted) -> None:
    """The tables `placed` (a row per profile) and `jobs` (person, agency, role, kind, whether one of several)."""
    columns = ["profile INTEGER", "kind INTEGER", "level VARCHAR", "how VARCHAR", "because VARCHAR"]
    columns += [
        "matched VARCHAR",
        "roles VARCHAR",
        "suggestions VARCHAR",
        "differs VARCHAR",
        "cohorts VARCHAR",
    ]
    fill(connection, "placed", columns, map(_row, found.placed))
    connection.execute("""
        create or replace temp view jobs as
        select person_id, person, several, agency, role, kind, profile
        from job_profiles join placed using (profile)
    """)


def write_placements(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `placements`: one line a job, with how its level was found and why."""
    connection.execute("""
        create or replace table placements as
        select person_id, agency, role, level, how, because
        from jobs join placed using (profile) order by person_id, agency, role
    """)


def write_rule_flags(connection: duckdb.DuckDBPyConnection, found: Sorted) -> None:
    """The table `rule_flags`: what the pack's `flag` rules say, with the number of people each holds for."""
    columns = [
        "profile INTEGER",
        "rule VARCHAR",
        "code VARCHAR",
        "severity VARCHAR",
        "message VARCHAR",
        "source VARCHAR",
    ]
    said = [
        (
            one.profile.id,
            rule.id,
            *(rule.then.says[key] for key in ("code", "severity", "message")),
            str(rule.origin.source),
        )
        for one in found.placed
        for rule in one.flags
    ]
    fill(connection, "profile_flags", columns, said)
    connection.execute("""
        create or replace table rule_flags as
        select rule, code, severity, message, source, count(distinct person_id) as people
        from profile_flags join jobs using (profile) group by all order by rule
    """)


def _row(one: Placed) -> tuple[Any, ...]:
    found = one.placement
    return (
        one.profile.id, one.kind, found.level, found.how, found.because, found.matched,
        "|".join(found.roles), "|".join(found.suggestions), found.differs,
        "\n".join(f"{cohort}: {why}" for cohort, why in one.cohorts),
    )  # fmt: skip
