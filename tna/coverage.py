"""How many distinct people are in date, by agency, level and competency, counted from cases alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tna.gaps import STATUSES
from tna.masks import Masks

if TYPE_CHECKING:
    import duckdb

COUNTS = ("required", "held", "due_soon", "lapsed", "undated", "missing")
EVERY = "*"


def scope_cases(connection: duckdb.DuckDBPyConnection, masks: Masks) -> None:
    """The table `case_scopes`: each case under each agency and scope, a competency in its worst status only.

    Agency `*` and scope `*` unite all of a case's jobs, so that each person counts once there. Reads
    `case_jobs` and `kind_scopes` (what each scope requires of a kind).
    """
    asked = ", ".join(
        masks.each(f"bit_or({status}_# & s.need_#) as {status}_#") for status in STATUSES
    )
    connection.execute(f"""
        create or replace temp table case_scopes as
        select case_id, coalesce(agency, '{EVERY}') as agency, coalesce(scope, '{EVERY}') as scope,
               {masks.each("need_# as need_#")}, {masks.each("missing_#")},
               {masks.each("undated_# & ~missing_# as undated_#")},
               {masks.each("lapsed_# & ~(missing_# | undated_#) as lapsed_#")},
               {masks.each("due_# & ~(missing_# | undated_# | lapsed_#) as due_#")}
        from (select case_id, agency, scope, {masks.each("bit_or(s.need_#) as need_#")}, {asked}
              from case_jobs join kind_scopes s using (kind)
              group by grouping sets ((case_id, agency, scope), (case_id, agency), (case_id, scope), (case_id)))
    """)


def count(connection: duckdb.DuckDBPyConnection, masks: Masks) -> None:
    """The table `counts`: agency, level, competency (`*` the person's worst) and distinct people in each status."""
    words = ", ".join(masks.columns("need", *STATUSES))
    connection.execute(f"""
        create or replace temp table scope_groups as
        select agency, scope, {words}, sum(people)::BIGINT as people
        from case_scopes join case_people using (case_id) group by all
    """)
    each = {status: masks.has(f"g.{status}_#") for status in STATUSES}
    connection.execute(f"""
        create or replace temp table counts as
        select agency, scope as level, competency, {_sums(each["missing"], each["undated"], each["lapsed"], each["due"], "true")}
        from scope_groups g join bits b on {masks.has("g.need_#")} group by all
        union all
        select agency, scope, '{EVERY}', {_sums(*(masks.any(f"{status}_#") for status in STATUSES), masks.any("need_#"))}
        from scope_groups g group by all
    """)


def _sums(missing: str, undated: str, lapsed: str, due: str, needed: str) -> str:
    """Each person in one status, the worst first; `due_soon` is part of `held`."""
    worst = f"case when not {needed} then '' when {missing} then 'm' when {undated} then 'u' when {lapsed} then 'l' else 'h' end"
    counts = {
        "required": needed,
        "held": f"{worst} = 'h'",
        "due_soon": f"{worst} = 'h' and {due}",
        "lapsed": f"{worst} = 'l'",
        "undated": f"{worst} = 'u'",
        "missing": f"{worst} = 'm'",
    }
    return ", ".join(f"coalesce(sum(people) filter ({when}), 0)::BIGINT as {name}" for name, when in counts.items())


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
