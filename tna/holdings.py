"""Until when each person holds each competency, worked out again from what an analysis kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tna.problems import Place, refuse

if TYPE_CHECKING:
    import duckdb

NEEDED = ("job_reasons", "kind_needs", "kind_classes", "credits", "needs", "levels", "courses", "competencies",
          "policies", "people", "records", "coverage", "gaps", "flags", "amounts_held")  # fmt: skip
FOR_EVER = "date '9999-12-31'"  # where no interval is stated


def check(connection: duckdb.DuckDBPyConnection, analysis: str, folder: Path) -> None:
    """Refuse an attached analysis that did not keep all that it takes, such as one of an older tna."""
    rows = connection.execute(
        "select table_name from duckdb_tables() where database_name = $1", [analysis]
    ).fetchall()
    if not {*NEEDED} <= {name for (name,) in rows}:
        refuse("paths.no-analysis", Place(str(folder)))


def hold(
    connection: duckdb.DuckDBPyConnection, analysis: str, into: str, people: str, assumed: int | None = None
) -> None:
    """The table `into` (person_id, class, competency, until, until_assumed, course) from an attached analysis.

    One row for each person of the table `people`, each class of their jobs, and each competency that a dated record
    ever gave; `until` is the last day on which it holds, `course` that of the record it holds by. A renewal counts
    for what was given once. `until_assumed` is the same as if every training held no longer than `assumed` months;
    what adds up over several records has a window of its own, and keeps it.
    """
    least = f"least(coalesce(months, {assumed}), {assumed})" if assumed else "months"
    connection.execute(f"""
        create or replace temp table {into} as
        with classes as (
            select distinct person_id, class
            from {analysis}.job_reasons join {analysis}.kind_classes using (kind) join {people} using (person_id)
        ), worth as (
            select class, course, mode, provider, evidence, competency, renews,
                   case when bool_or(months is null) then null else max(months) end as months
            from {analysis}.credits where counts and not accrues group by all
        ), taken as (
            select c.person_id, c.class, w.competency, w.renews, r.course, r.completed, w.months
            from classes c join {analysis}.records r on r.person_id = c.person_id and r.counts = 'dated'
            join worth w on w.class = c.class and w.course = r.course and w.mode = r.mode
                 and coalesce(w.provider, r.provider) = r.provider and coalesce(w.evidence, r.evidence) = r.evidence
        ), dated as (
            select person_id, class, competency, renews, course,
                   coalesce((completed + to_months(months))::DATE, {FOR_EVER}) as until,
                   coalesce((completed + to_months({least}))::DATE, {FOR_EVER}) as until_assumed
            from taken
        )
        select person_id, class, competency, max(until) as until, max(until_assumed) as until_assumed,
               arg_max(course, (until_assumed, course)) as course
        from dated group by all having not bool_and(renews)
        union all
        select h.person_id, h.class, h.competency, h.until, h.until, h.course
        from {analysis}.amounts_held h join classes using (person_id, class) where h.until is not null
    """)
