"""From cases back to people: the lines of placements, gaps, what is due, and recommendations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from tna.duck import fill
from tna.evidence import best
from tna.gaps import STATUSES, Dates, Worth
from tna.masks import Masks
from tna.model import Advice

if TYPE_CHECKING:
    import duckdb


def lapse_dates(
    connection: duckdb.DuckDBPyConnection, masks: Masks, worth: Worth, asks: Iterable[str]
) -> None:
    """The table `lapse_dates` (person_id, class, competency, until, course) for what has lapsed or is due.

    A second pass over the records of those people alone. Training holds until its date plus the interval.
    """
    rows = [
        (
            number,
            attended.course,
            attended.mode,
            attended.provider,
            attended.evidence,
            one.competency,
            one.months,
        )
        for number, by_attendance in worth.items()
        for attended, found in by_attendance.items()
        for one in best(found).values()
        if one.months is not None
    ]
    keys = ["class INTEGER", "course VARCHAR", "mode VARCHAR", "provider VARCHAR", "evidence VARCHAR"]
    fill(connection, "intervals", [*keys, "competency VARCHAR", "months INTEGER"], rows)
    on = " and ".join(f"i.{name} = r.{name}" for name in ("course", "mode", *sorted(asks)))
    connection.execute(f"""
        create or replace temp table lapse_dates as
        with concerned as (
            select distinct person_id, class from standings join kinds using (kind)
            where {masks.any("lapsed_# | due_#")}
        )
        select person_id, class, competency, max(until) as until, arg_max(course, (until, course)) as course
        from (select c.person_id, c.class, i.competency, r.course, (r.completed + to_months(i.months))::DATE as until
              from concerned c join records r using (person_id) join intervals i on i.class = c.class and {on}
              where r.counts = 'dated')
        group by all
    """)


def explode(
    connection: duckdb.DuckDBPyConnection, masks: Masks, because: Mapping[tuple[str, str], str]
) -> None:
    """The table `case_lines`: each case's agency, scope and competency that is open or due, with its worst status.

    `because` says, for a scope and a competency, why it is required.
    """
    rows = [(scope, competency, words) for (scope, competency), words in because.items()]
    fill(connection, "need_words", ["scope VARCHAR", "competency VARCHAR", "because VARCHAR"], rows)
    asked = ", ".join(masks.each(f"bit_or({status}_# & s.need_#) as {status}_#") for status in STATUSES)
    opened, due = "(c.missing_# | c.undated_# | c.lapsed_#)", "c.due_#"
    connection.execute(f"""
        create or replace temp table case_lines as
        with cases as (select case_id, agency, scope, {asked}
                       from case_jobs join kind_scopes s using (kind) group by all)
        select case_id, agency::VARCHAR as agency, scope::VARCHAR as scope, competency,
               case when {masks.has("c.missing_#")} then 'missing' when {masks.has("c.undated_#")} then 'undated'
                    when {masks.has("c.lapsed_#")} then 'lapsed' else 'due' end as status
        from cases c join bits b on {masks.has(opened)} or {masks.has(due)}
    """)
    connection.execute("""
        create or replace temp table scope_roles as
        select person_id, agency, scope::VARCHAR as scope, string_agg(distinct role, '|' order by role) as role
        from jobs join kind_scopes using (kind) where several group by all
        union all
        select person_id, agency, scope::VARCHAR, role from jobs join kind_scopes using (kind)
        where not several
    """)


def write_gaps(connection: duckdb.DuckDBPyConnection, dates: Dates) -> None:
    """The tables `gaps` and `due`; a lapse is `since` the first day on which training no longer held."""
    classes = """(select person_id, agency, scope, competency, min(until) filter (until < $as_of) as ended,
                         min(until) filter (until >= $as_of) as ends, arg_min(course, (until, course)) filter (until >= $as_of) as course
                  from lapse_dates join (select distinct person_id, agency, scope::VARCHAR as scope, class from jobs
                       join kinds using (kind) join kind_scopes using (kind)) using (person_id, class)
                  group by all)"""
    connection.execute(
        f"""
        create or replace table gaps as
        select p.person_id, g.agency, r.role, g.scope as level, g.competency, g.status,
               case when g.status = 'lapsed' then d.ended + 1 end as since, w.because
        from person_cases p join (from case_lines where status <> 'due') g using (case_id)
        join scope_roles r on r.person_id = p.person_id and r.agency = g.agency and r.scope = g.scope
        join need_words w on w.scope = g.scope and w.competency = g.competency
        left join {classes} d on d.person_id = p.person_id and d.agency = g.agency and d.scope = g.scope
             and d.competency = g.competency
        order by p.person_id, g.agency, level, g.competency
        """,
        {"as_of": dates.as_of},
    )
    connection.execute(
        f"""
        create or replace table due as
        select p.person_id, g.agency, r.role, g.scope as level, g.competency, d.ends as until, d.course
        from person_cases p join (from case_lines where status = 'due') g using (case_id)
        join scope_roles r on r.person_id = p.person_id and r.agency = g.agency and r.scope = g.scope
        join {classes} d on d.person_id = p.person_id and d.agency = g.agency and d.scope = g.scope
             and d.competency = g.competency
        order by p.person_id, g.agency, level, g.competency
        """,
        {"as_of": dates.as_of},
    )


def write_recommendations(
    connection: duckdb.DuckDBPyConnection, signed: Iterable[tuple[str, Sequence[Advice]]]
) -> None:
    """The table `recommendations` from each plugin's advice: one programme per person over all jobs."""
    rows = [
        (plugin, one.case, one.position, one.course, "|".join(one.closes), one.because)
        for plugin, advice in signed
        for one in sorted(advice)
    ]
    columns = ["plugin VARCHAR", "case_id BIGINT", "position INTEGER", "course VARCHAR", "closes VARCHAR"]
    fill(connection, "advice", [*columns, "because VARCHAR"], rows)
    connection.execute("""
        create or replace table recommendations as
        select person_id, plugin, position, course, closes, because
        from person_cases join advice using (case_id) order by person_id, plugin, position
    """)
