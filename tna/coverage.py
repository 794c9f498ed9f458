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
    """The table `single_tallies`: people with one job, in every sum of agencies and scopes.

    People with several jobs are here too, in sums of an agency where they have but one.
    """
    connection.execute(f"""
        create or replace temp table kind_tallies as
        select agency, kind, alone, competency, 0 as required, {_tally(masks)}
        from (from case_jobs where alone_here) c join bits b on {masks.has(_open_or_due())} group by all
        union all
        select agency, kind, alone, competency, people, 0, 0, 0, 0
        from (select agency, kind, alone, sum(people)::INTEGER as people from case_jobs where alone_here group by all)
        join kinds k using (kind) join bits b on {masks.has("k.need_#")}
    """)
    whole = ", ".join(masks.each(f"{status}_# & s.need_# as {status}_#") for status in STATUSES)
    connection.execute(f"""
        create or replace temp table single_tallies as
        with under_scope as (
            select agency, scope, alone, competency, {", ".join(TALLIED)}
            from kind_tallies join scope_bits using (kind, competency)
            union all
            select agency, scope, alone, '{EVERY}', {_worst(masks)} from (
                select agency, scope, alone, people, {masks.each("s.need_#")}, {whole}
                from case_jobs join kind_scopes s using (kind) where alone_here) group by all
        ), under_all as (
            select agency, '{EVERY}' as scope, alone, competency, {", ".join(TALLIED)} from kind_tallies
            union all
            select agency, '{EVERY}', alone, '{EVERY}', {_worst(masks)}
            from case_jobs join kinds using (kind) where alone_here and kind in (select kind from kind_scopes) group by all
        ), every as (from under_scope union all from under_all)
        select agency, scope as level, competency, {_added()} from every group by all
        union all
        select '{EVERY}', scope, competency, {_added()} from every where alone group by all
    """)


def tally_several(connection: duckdb.DuckDBPyConnection, masks: Masks) -> None:
    """The table `several_tallies`: people with several jobs, once in each sum that unites them, by their worst status."""
    unite(connection, masks)
    connection.execute(f"""
        create or replace temp table several_tallies as
        with needed as (
            select agency, scope, {masks.each("need_#")}, sum(people) as people from united group by all
        )
        select agency, scope as level, competency, 0 as required, {_tally(masks)}
        from united c join bits b on {masks.has(_open_or_due())} group by all
        union all
        select agency, scope, competency, people, 0, 0, 0, 0 from needed n join bits b on {masks.has("n.need_#")}
        union all
        select agency, scope, '{EVERY}', {_worst(masks)} from united group by all
    """)


def unite(connection: duckdb.DuckDBPyConnection, masks: Masks) -> None:
    """The table `united`: cases of several jobs as one, each competency in its worst status, by scope and over all.

    Over all agencies, and in an agency where they have several jobs.
    """
    asked = ", ".join(masks.each(f"bit_or({status}_# & s.need_#) as {status}_#") for status in STATUSES)
    summed = f"any_value(people) as people, {masks.each('bit_or(s.need_#) as need_#')}, {asked}"
    rows = "case_jobs join kind_scopes s using (kind) where not alone"
    connection.execute(f"""
        create or replace temp table united as
        select agency, coalesce(scope, '{EVERY}') as scope, people::INTEGER as people,
               {masks.each("need_#")}, {masks.each("missing_#")},
               {masks.each("undated_# & ~missing_# as undated_#")},
               {masks.each("lapsed_# & ~(missing_# | undated_#) as lapsed_#")},
               {masks.each("due_# & ~(missing_# | undated_# | lapsed_#) as due_#")}
        from (select '{EVERY}' as agency, scope, {summed} from {rows}
              group by grouping sets ((case_id, scope), (case_id))
              union all
              select agency, scope, {summed} from {rows} and not alone_here
              group by grouping sets ((case_id, agency, scope), (case_id, agency)))
    """)


def _open_or_due() -> str:
    return f"({' | '.join(f'c.{status}_#' for status in STATUSES)})"


def _added(kind: str = "") -> str:
    cast = f"::{kind}" if kind else ""
    return ", ".join(f"sum({one}){cast} as {one}" for one in TALLIED)


def _tally(masks: Masks) -> str:
    """People by status of one competency, whose bit is `b`'s."""
    return ", ".join(
        f"coalesce(sum(people) filter ({masks.has(f'c.{status}_#')}), 0)::INTEGER as {status}"
        for status in STATUSES
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
    return ", ".join(
        f"coalesce(sum(people) filter ({sql}), 0)::INTEGER as {name}" for name, sql in when.items()
    )


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
