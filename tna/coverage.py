"""How many distinct people are in date, by agency, level and competency, counted from cases alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tna.gaps import STATUSES
from tna.masks import Masks

if TYPE_CHECKING:
    import duckdb

COUNTS = ("required", "held", "due_soon", "lapsed", "undated", "missing")
EVERY = "*"


OPEN = STATUSES[:3]


def count(connection: duckdb.DuckDBPyConnection, masks: Masks) -> None:
    """The table `counts`: agency, level, competency (`*` the person's worst) and distinct people in each status.

    Most people have one job under one scope: they are tallied there once and added up, since a sum over
    agencies or scopes counts each of them once. The others are tallied again for every sum they enter.
    """
    tally_simple(connection, masks)
    tally_others(connection, masks)
    connection.execute(f"""
        create or replace temp table counts as
        select agency, level, competency, required,
               required - missing - undated - lapsed as held, due as due_soon, lapsed, undated, missing
        from (select agency, level, competency, {", ".join(f"sum({one})::BIGINT as {one}" for one in TALLIED)}
              from (from simple_tallies union all by name from other_tallies) group by all)
    """)


TALLIED = ("required", *STATUSES)


def tally_simple(connection: duckdb.DuckDBPyConnection, masks: Masks) -> None:
    """The table `simple_tallies`: people with one job of a kind that falls under one scope, and their sums."""
    connection.execute("""
        create or replace temp table simple_kinds as
        select kind, any_value(scope) as scope from kind_scopes group by kind having count(*) = 1
    """)
    found = " | ".join(f"c.{status}_#" for status in STATUSES)
    connection.execute(f"""
        create or replace temp table simple_tallies as
        with cases as (from single_cases where kind in (select kind from simple_kinds)),
        opened as (
            select agency, kind, competency, 0 as required, {_tally(masks)}
            from cases c join bits b on {masks.has(f"({found})")} group by all
        ), needed as (
            select agency, kind, competency, people as required, 0 as missing, 0 as undated, 0 as lapsed, 0 as due
            from (select agency, kind, sum(people) as people from cases group by all)
            join kinds k using (kind) join bits b on {masks.has("k.need_#")}
        ), worst as (
            select agency, kind, '{EVERY}' as competency, {_worst(masks, "k.need_#")}
            from cases join kinds k using (kind) group by all
        )
        select coalesce(agency, '{EVERY}') as agency, coalesce(scope, '{EVERY}') as level, competency,
               {", ".join(f"sum({one}) as {one}" for one in TALLIED)}
        from (from opened union all from needed union all from worst) join simple_kinds using (kind)
        group by grouping sets ((agency, scope, competency), (agency, competency), (scope, competency), (competency))
    """)


def tally_others(connection: duckdb.DuckDBPyConnection, masks: Masks) -> None:
    """The table `other_tallies`: people with several jobs or scopes, once in each sum, by their worst status there."""
    case_scopes(connection, masks, "case_id not in (select case_id from single_cases join simple_kinds using (kind))")
    found = " | ".join(f"c.{status}_#" for status in STATUSES)
    connection.execute(f"""
        create or replace temp table other_tallies as
        with cases as (from case_scopes join case_people using (case_id)),
        needed as (
            select agency, scope, {masks.each("need_#")}, sum(people) as people from cases group by all
        )
        select agency, scope as level, competency, 0 as required, {_tally(masks)}
        from cases c join bits b on {masks.has(f"({found})")} group by all
        union all
        select agency, scope, competency, people, 0, 0, 0, 0 from needed n join bits b on {masks.has("n.need_#")}
        union all
        select agency, scope, '{EVERY}', {_worst(masks, "need_#")} from cases group by all
    """)


def case_scopes(connection: duckdb.DuckDBPyConnection, masks: Masks, which: str) -> None:
    """The table `case_scopes`: some cases under each agency and scope, a competency in its worst status only.

    Agency `*` and scope `*` unite all of a case's jobs, so that each person counts once there.
    """
    asked = ", ".join(masks.each(f"bit_or({status}_# & s.need_#) as {status}_#") for status in STATUSES)
    connection.execute(f"""
        create or replace temp table case_scopes as
        select case_id, coalesce(agency, '{EVERY}') as agency, coalesce(scope, '{EVERY}') as scope,
               {masks.each("need_#")}, {masks.each("missing_#")},
               {masks.each("undated_# & ~missing_# as undated_#")},
               {masks.each("lapsed_# & ~(missing_# | undated_#) as lapsed_#")},
               {masks.each("due_# & ~(missing_# | undated_# | lapsed_#) as due_#")}
        from (select case_id, agency, scope, {masks.each("bit_or(s.need_#) as need_#")}, {asked}
              from case_jobs join kind_scopes s using (kind) where {which}
              group by grouping sets ((case_id, agency, scope), (case_id, agency), (case_id, scope), (case_id)))
    """)


def _tally(masks: Masks) -> str:
    """People by status of one competency, whose bit is `b`'s."""
    return ", ".join(
        f"coalesce(sum(people) filter ({masks.has(f'c.{status}_#')}), 0) as {status}" for status in STATUSES
    )


def _worst(masks: Masks, need: str) -> str:
    """People by their worst status over all competencies; `due` only where nothing is open."""
    some = {status: masks.any(f"{status}_#") for status in STATUSES}
    when = {
        "required": masks.any(need),
        "missing": some["missing"],
        "undated": f"{some['undated']} and not {some['missing']}",
        "lapsed": f"{some['lapsed']} and not ({some['missing']} or {some['undated']})",
        "due": f"{some['due']} and not ({' or '.join(some[status] for status in OPEN)})",
    }
    return ", ".join(f"coalesce(sum(people) filter ({sql}), 0) as {name}" for name, sql in when.items())


def rate(connection: duckdb.DuckDBPyConnection, target: int | None, floor: int | None) -> None:
    """The table `coverage`: the counts with rate, target, floor and rating, and agencies that sent nothing.

    Compared unrounded, in whole numbers. A target without a floor has no amber; without a target, nothing is
    rated. Reads `counts`, `people` and `agencies`.
    """
    connection.execute(
        f"""
        create or replace table coverage as
        with silent as (
            select agency, 'no-return' as rating from (select distinct agency from agencies)
            where agency not in (select agency from people)
            union all
            select distinct agency, 'not-stated' from people
            where agency not in (select agency from counts)
        ), every as (
            select agency, level, competency, {", ".join(COUNTS)}, '' as silence from counts
            union all
            select agency, '{EVERY}', '{EVERY}', 0, 0, 0, 0, 0, 0, rating from silent
        )
        select agency, level, competency, {", ".join(COUNTS)},
               case when required > 0 then held / required end as rate,
               $target::INTEGER as target, $floor::INTEGER as floor,
               case when silence <> '' then silence
                    when required = 0 then 'not-needed'
                    when $target is null then 'not-stated'
                    when held * 100 >= $target * required then 'green'
                    when $floor is not null and held * 100 >= $floor * required then 'amber'
                    else 'red' end as rating
        from every order by agency, level, competency
        """,
        {"target": target, "floor": floor},
    )
