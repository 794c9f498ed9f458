"""Coverage of two analyses side by side, by agency and level, with a difference only where the terms are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

COLUMNS = (
    "agency", "level", "held_a", "required_a", "rate_a", "rating_a", "held_b", "required_b", "rate_b", "rating_b",
    "more_held", "more_required", "points", "differs", "hidden",
)  # fmt: skip
EACH = ("held", "required", "rate", "rating")
EVERY = "*"


def write(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `coverage_compared`: people who hold all that is required of them, of those with requirements.

    `more_held` and `more_required` are people, `points` percentage points, unrounded; all three are empty where
    `differs` says which terms are not the same, or where one of the two has no such line. `hidden` names the
    analyses (a, b) whose numbers are not shown. Level `*` differs when any level of the agency does.
    """
    before, after = (", ".join(f"{name}.{one} as {one}_{name}" for one in EACH) for name in "ab")
    connection.execute(f"""
        create or replace temp table coverage_compared as
        with one as (select * from a.coverage where competency = '{EVERY}'),
        other as (select * from b.coverage where competency = '{EVERY}'),
        touched as (
            select agency, level, differs
            from (select agency, level from one where required > 0 union select agency, level from other where required > 0)
            join uncompared using (level)
        ), terms as (
            from touched
            union all
            select agency, '{EVERY}', 'the terms of ' || string_agg(coalesce(label, level), ', ' order by rank, level)
            from (select distinct agency, level from touched) left join (select level, label, rank from b.levels) using (level)
            group by agency
        )
        select agency, level, {before}, {after},
               case when differs is null and a.required + b.required > 0 then b.held - a.held end as more_held,
               case when differs is null and a.required + b.required > 0 then b.required - a.required end as more_required,
               case when differs is null then (b.held * a.required - a.held * b.required) * 100.0
                    / nullif(a.required * b.required, 0) end as points,
               coalesce(differs, '') as differs, '' as hidden
        from one a full join other b using (agency, level) left join terms using (agency, level)
        order by agency, level
    """)
