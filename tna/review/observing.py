"""What observers of a course looked for, what they saw, and what nobody has looked at yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tna.duck import fill
from tna.review.year import Year

if TYPE_CHECKING:
    import duckdb

ANSWERS = {"seen": "yes", "not_seen": "no", "not_applicable": "not-applicable", "not_stated": "not-stated",
           "conflicting": "conflicting"}  # fmt: skip


def write_observed(
    connection: duckdb.DuckDBPyConnection,
    year: Year,
    checklist: Mapping[str, str],
    lists: Mapping[str, str] | None = None,
) -> None:
    """The tables `observed` (every observation with every line of the checklist) and `observed_summary` (by line).

    `checklist` is the words of each line by its id, in the plan's order; `lists` the name of the list that a line
    is part of. Reads `observations`. One observation is a course on a day by one observer; a line that it does not
    mention is not-stated, never unseen, and one that it answers twice, differently, is conflicting. What it says of
    other things than the checklist's lines follows after them in `observed` only, in its own words. Observations
    that state no day are counted with the year's.
    """
    rows = [
        (place, item, says, (lists or {}).get(item, ""))
        for place, (item, says) in enumerate(checklist.items())
    ]
    fill(connection, "checklist", ["place INTEGER", "item VARCHAR", "says VARCHAR", "list VARCHAR"], rows)
    _answer(connection, year)
    connection.execute("""
        create or replace table observed as
        select course, date, item, coalesce(says, item_written) as says, seen, observer_post
        from looked left join checklist using (item)
        order by course, date nulls last, observer_post, place nulls last, item, item_written, seen
    """)
    counts = ", ".join(f"count(*) filter (seen = '{answer}') as {one}" for one, answer in ANSWERS.items())
    connection.execute(f"""
        create or replace table observed_summary as
        select item, says, list as checklist, count(seen) as observations, {counts}
        from checklist left join looked using (item) group by place, item, says, list order by place
    """)


def _answer(connection: duckdb.DuckDBPyConnection, year: Year) -> None:
    """The table `looked`: what each observation says of each line, and of anything else."""
    connection.execute(
        """
        create or replace temp table looked as
        with year as (
            select *, course || chr(31) || coalesce(date::VARCHAR, '') || chr(31) || observer_post as one
            from observations where coalesce(date between $first and $last, true)
        ), lines as (
            select one, item, case when min(seen) = max(seen) then min(seen) else 'conflicting' end as seen
            from year where item in (select item from checklist) group by one, item
        ), ones as (select distinct one, course, date, observer_post from year)
        select course, date, observer_post, item, '' as item_written, coalesce(seen, 'not-stated') as seen
        from ones cross join checklist left join lines using (one, item)
        union all
        select distinct course, date, observer_post, item, item_written, seen
        from year where item not in (select item from checklist)
        """,
        year.bounds,
    )
