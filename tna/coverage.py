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


TALLIED = ("required", *STATUSES)


def count(connection: duckdb.DuckDBPyConnection, masks: Masks) -> None:
    """The table `counts`: agency, level, competency (`*` the person's worst) and distinct people in each status.

    Most people have one job: they are tallied once by agency and kind and added up from there, since such a
    sum counts each of them once. People with several jobs are tallied anew for every sum they enter.
    """
    tally_single(connection, masks)
    tally_several(connection, masks)
    connection.execute(f"""
        create or replace temp table counts as
        select agency, level, competency, required,
               required - missing - undated - lapsed as held, due as due_soon, lapsed, undated, missing
        from (select agency, level, competency, {_added("BIGINT")}
              from (from single_tallies union all by name from several_tallies) group by all)
    """)


def tally_single(connection: duckdb.DuckDBPyConnection, masks: Masks) -> None:
    """The table `single_tallies`: people with one job, in every sum of agencies and scopes."""
    connection.execute(f"""
        create or replace temp table kind_tallies as
        select agency, kind, competency, 0 as required, {_tally(masks)}
        from single_cases c join bits b on {masks.has(_open_or_due())} group by all
        union all
        select agency, kind, competency, people, 0, 0, 0, 0
        from (select agency, kind, sum(people)::INTEGER as people from single_cases group by all)
        join kinds k using (kind) join bits b on {masks.has("k.need_#")}
    """)
    whole = ", ".join(masks.each(f"{status}_# & s.need_# as {status}_#") for status in STATUSES)
    connection.execute(f"""
        create or replace temp table single_tallies as
        with under_scope as (
            select agency, scope, competency, {", ".join(TALLIED)}
            from kind_tallies join bits b using (competency) join kind_scopes s using (kind) where {masks.has("s.need_#")}
            union all
            select agency, scope, '{EVERY}', {_worst(masks)} from (
                select agency, scope, people, {masks.each("s.need_#")}, {whole}
                from single_cases join kind_scopes s using (kind)) group by all
        ), under_all as (
            select agency, competency, {", ".join(TALLIED)} from kind_tallies
            union all
            select agency, '{EVERY}', {_worst(masks)}
            from single_cases join kinds using (kind) where kind in (select kind from kind_scopes) group by all
        )
        select coalesce(agency, '{EVERY}') as agency, scope as level, competency, {_added()}
        from under_scope group by grouping sets ((agency, scope, competency), (scope, competency))
        union all
        select coalesce(agency, '{EVERY}'), '{EVERY}', competency, {_added()}
        from under_all group by grouping sets ((agency, competency), (competency))
    """)


def tally_several(connection: duckdb.DuckDBPyConnection, masks: Masks) -> None:
    """The table `several_tallies`: people with several jobs, once in each sum, by their worst status there."""
    case_scopes(connection, masks)
    connection.execute(f"""
        create or replace temp table several_tallies as
        with needed as (
            select agency, scope, {masks.each("need_#")}, sum(people) as people from case_scopes group by all
        )
        select agency, scope as level, competency, 0 as required, {_tally(masks)}
        from case_scopes c join bits b on {masks.has(_open_or_due())} group by all
        union all
        select agency, scope, competency, people, 0, 0, 0, 0 from needed n join bits b on {masks.has("n.need_#")}
        union all
        select agency, scope, '{EVERY}', {_worst(masks)} from case_scopes group by all
    """)


def case_scopes(connection: duckdb.DuckDBPyConnection, masks: Masks) -> None:
    """The table `case_scopes`: cases of several jobs under each agency and scope, each competency in its worst status.

    Agency `*` and scope `*` unite all of a case's jobs, so that each person counts once there.
    """
    asked = ", ".join(masks.each(f"bit_or({status}_# & s.need_#) as {status}_#") for status in STATUSES)
    connection.execute(f"""
        create or replace temp table case_scopes as
        select coalesce(agency, '{EVERY}') as agency, coalesce(scope, '{EVERY}') as scope, people::INTEGER as people,
               {masks.each("need_#")}, {masks.each("missing_#")},
               {masks.each("undated_# & ~missing_# as undated_#")},
               {masks.each("lapsed_# & ~(missing_# | undated_#) as lapsed_#")},
               {masks.each("due_# & ~(missing_# | undated_# | lapsed_#) as due_#")}
        from (select case_id, agency, scope, any_value(people) as people, {masks.each("bit_or(s.need_#) as need_#")}, {asked}
              from (select case_id, people, unnest(jobs, recursive := true) from several_cases)
              join kind_scopes s using (kind)
              group by grouping sets ((case_id, agency, scope), (case_id, agency), (case_id, scope), (case_id)))
    """)


def _open_or_due() -> str:
    return f"({' | '.join(f'c.{status}_#' for status in STATUSES)})"


def _added(kind: str = "") -> str:
    cast = f"::{kind}" if kind else ""
    return ", ".join(f"sum({one}){cast} as {one}" for one in TALLIED)


def _tally(masks: Masks) -> str:
    """People by status of one competency, whose bit is `b`'s."""
    return ", ".join(
        f"coalesce(sum(people) filter ({masks.has(f'c.{status}_#')}), 0)::INTEGER as {status}" for status in STATUSES
    )


def _worst(masks: Masks) -> str:
    """People by their worst status over all competencies; `due` only where nothing is open."""
    some = {status: masks.any(f"{status}_#") for status in STATUSES}
    when = {
        "required": masks.any("need_#"),
        "missing": some["missing"],
        "undated": f"{some['undated']} and not {some['missing']}",
        "lapsed": f"{some['lapsed']} and not ({some['missing']} or {some['undated']})",
        "due": f"{some['due']} and not ({' or '.join(some[status] for status in OPEN)})",
    }
    return ", ".join(f"coalesce(sum(people) filter ({sql}), 0)::INTEGER as {name}" for name, sql in when.items())


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
