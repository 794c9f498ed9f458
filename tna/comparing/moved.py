"""Who moved and why: every gap that was closed or opened between two analyses has exactly one reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tna import holdings

if TYPE_CHECKING:
    import duckdb

COLUMNS = ("agency", "change", "reason", "people", "gaps", "hidden")
OPENED = {  # why a gap is there that was not there before; the first that holds is the reason
    "joined": "joined: no job here before",
    "placed-now": "placed now: the level of their job was still to be asked",
    "lapsed": "lapsed: held before, and only time has passed",
    "withdrawn": "a record by which it was held is no longer sent, or no longer counts",
    "level-changed": "their level, post or duties changed",
    "framework-changed": "the framework, catalogue, rules or policies changed",
}
CLOSED = {  # why a gap is there no longer
    "left": "left: no job here any more",
    "no-longer-placed": "no longer placed: the level of their job must be asked",
    "trained": "trained: a record that was not there, or not dated, before",
    "level-changed": "their level, post or duties changed",
    "framework-changed": "the framework, catalogue, rules or policies changed",
}
EVERY = "*"
SAME = """r.person_id = o.person_id and r.completed = o.completed and r.mode = o.mode and r.provider = o.provider
          and r.evidence = o.evidence"""


def write(connection: duckdb.DuckDBPyConnection, a: Mapping[str, Any], b: Mapping[str, Any]) -> None:
    """The tables `moved` (agency, change, reason, people, gaps, hidden), `totals` and `people_compared`.

    A gap is a person and a competency, whatever the number of jobs that require it; agency `*` counts it once over
    all agencies, and joining or leaving an agency is not joining or leaving there. `totals` has for each agency the
    gaps before, after and still open: before less those closed, and after less those opened, are those still open.
    `people` are distinct, and one person may stand under several reasons.
    """
    _number(connection)
    _change(connection)
    _scope_jobs(connection)
    _compare_records(connection)
    holdings.hold(connection, "a", "held_before", "concerned")
    _ask(connection)
    _opened(connection, a["as_of"], b["as_of"])
    _closed(connection)
    _sum(connection)
    _people(connection)


def _number(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `persons` and types for agencies and competencies: numbers join faster than texts.

    People who are `single` work in one and the same agency all along, so that what is true there is true over all.
    """
    connection.execute(f"""
        create or replace temp table persons as
        select person_id, row_number() over (order by person_id)::INTEGER as person, count(distinct agency) = 1 as single
        from (select person_id, agency from a.people union select person_id, agency from b.people) group by person_id;
        create type agency_named as enum (
            select agency from (select '{EVERY}' as agency union select agency from a.people union select agency from b.people)
            order by agency);
        create type competency_named as enum (
            select competency from (select competency from a.competencies union select competency from b.competencies)
            order by competency)
    """)


def _change(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables `gap_lines` (agency, person, competency, before, after) and `concerned`, the people with a change."""
    for name in "ab":
        connection.execute(f"""
            create or replace temp table gaps_{name} as
            with every as (
                select agency::agency_named as agency, person, single, competency::competency_named as competency,
                       status = 'lapsed' as lapsed
                from {name}.gaps join persons using (person_id)
            )
            select agency, person, competency, bool_and(lapsed) as lapsed from every group by all
            union all
            select '{EVERY}', person, competency, bool_and(lapsed) from every where not single group by all
        """)
    connection.execute("""
        create or replace temp table gap_lines as
        select agency, person, competency, a.lapsed is not null as before, b.lapsed is not null as after,
               coalesce(b.lapsed, false) as lapsed
        from gaps_a a full join gaps_b b using (agency, person, competency);
        create or replace temp table concerned as
        from persons semi join (from gap_lines where before <> after) using (person)
    """)


def _scope_jobs(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables `posts_a`, `posts_b` (jobs of those concerned, under their agency and under `*`) and `changed_posts`."""
    for name in "ab":
        connection.execute(f"""
            create or replace temp table posts_{name} as
            with mine as (select j.* exclude (agency), agency::agency_named as agency, person, single
                          from jobs_{name} j join concerned using (person_id))
            select agency as under, * from mine union all select '{EVERY}', * from mine where not single
        """)
        connection.execute(f"""
            create or replace temp table needed_{name} as
            select distinct under as agency, person, competency::competency_named as competency, class
            from posts_{name} join {name}.kind_needs using (kind)
        """)
    connection.execute("""
        create or replace temp table posts as
        with one as (select under as agency, person, list_sort(list(distinct facts)) as facts,
                            list_sort(list(distinct scopes)) as scopes from posts_a group by all),
        other as (select under as agency, person, list_sort(list(distinct facts)) as facts,
                         list_sort(list(distinct scopes)) as scopes from posts_b group by all)
        select agency, person, a.facts is not null as here_before, b.facts is not null as here_after,
               a.facts = b.facts as same_facts, a.scopes = b.scopes as same_scopes, b.scopes
        from one a full join other b using (agency, person)
    """)


def _compare_records(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables `records_new` and `records_gone`: dated records of those concerned that only one analysis counts.

    A record is the same when person, date and how it was taken are, and the course as read or as written. One whose
    course the other catalogue did not know is no news: the catalogue changed.
    """
    for into, mine, other in (("records_new", "b", "a"), ("records_gone", "a", "b")):
        connection.execute(f"""
            create or replace temp table {into} as
            select r.* exclude (person), c.person from {mine}.records r join concerned c using (person_id)
            where r.counts = 'dated' and not exists (
                select 1 from {other}.records o where {SAME}
                and ((o.counts = 'dated' and (r.course = o.course or r.course_written = o.course_written))
                     or (o.reason = 'unknown-course' and r.course_written = o.course_written)))
        """)


def _ask(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables `given_new` and `given_gone` (what such records gave), and `asked` (jobs placed in one analysis only)."""
    for into, name, records in (("given_new", "b", "records_new"), ("given_gone", "a", "records_gone")):
        connection.execute(f"""
            create or replace temp table {into} as
            with worth as (select * replace (competency::competency_named as competency) from {name}.credits where counts)
            select distinct n.agency, n.person, n.competency
            from needed_{name} n join {records} r using (person)
            join worth c on c.class = n.class and c.competency = n.competency and c.course = r.course
                 and c.mode = r.mode and coalesce(c.provider, r.provider) = r.provider
                 and coalesce(c.evidence, r.evidence) = r.evidence
        """)
    for into, asked, placed in (("asked_before", "a", "b"), ("asked_after", "b", "a")):
        connection.execute(f"""
            create or replace temp table {into} as
            select distinct n.agency, n.person, n.competency
            from (select under as agency, person, role, agency as at, competency::competency_named as competency
                  from posts_{placed} join {placed}.kind_needs using (kind)) n
            join posts_{asked} p on p.under = n.agency and p.person = n.person
            where p.scopes = '' and ((p.agency = n.at and p.role = n.role) or not exists (
                select 1 from posts_{asked} q where q.under = p.under and q.person = p.person and q.scopes <> ''))
        """)


NAMED = """exists (select 1 from level_terms t where t.competency = competency_changed::VARCHAR
                   and list_contains(string_split(array_to_string(scopes, '|'), '|'), t.level))"""
BY_FRAMEWORK = f"same_facts or (same_scopes and {NAMED})"


def _opened(connection: duckdb.DuckDBPyConnection, before: str, after: str) -> None:
    """The table `opened` (agency, person, competency, reason)."""
    connection.execute(
        f"""
        create or replace temp table opened as
        with ends as (
            select n.agency, n.person, n.competency, min(h.until) as until
            from needed_a n join (
                select person, class, competency::competency_named as competency, until
                from held_before join concerned using (person_id)
            ) h using (person, class, competency) group by all
        )
        select g.agency, g.person, g.competency,
               case when not p.here_before then 'joined'
                    when r.agency is null and q.agency is not null then 'placed-now'
                    when r.agency is not null and g.lapsed and e.until between $before::DATE and $after::DATE - 1
                        then 'lapsed'
                    when r.agency is not null and w.agency is not null then 'withdrawn'
                    when {BY_FRAMEWORK} then 'framework-changed'
                    else 'level-changed' end as reason
        from (select *, competency as competency_changed from gap_lines where after and not before) g
        join posts p using (agency, person)
        left join (select distinct agency, person, competency from needed_a) r using (agency, person, competency)
        left join asked_before q using (agency, person, competency)
        left join ends e using (agency, person, competency)
        left join given_gone w using (agency, person, competency)
        """,
        {"before": before, "after": after},
    )


def _closed(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `closed` (agency, person, competency, reason)."""
    connection.execute(f"""
        create or replace temp table closed as
        select g.agency, g.person, g.competency,
               case when not p.here_after then 'left'
                    when r.agency is null and q.agency is not null then 'no-longer-placed'
                    when r.agency is not null and t.agency is not null then 'trained'
                    when {BY_FRAMEWORK} then 'framework-changed'
                    else 'level-changed' end as reason
        from (select *, competency as competency_changed from gap_lines where before and not after) g
        join posts p using (agency, person)
        left join (select distinct agency, person, competency from needed_b) r using (agency, person, competency)
        left join asked_after q using (agency, person, competency)
        left join given_new t using (agency, person, competency)
    """)


def _sum(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables `moved` and `totals`; who is `single` is counted over all agencies by the line of the one agency."""
    for table in ("opened", "closed", "gap_lines"):
        connection.execute(f"""
            create or replace temp view every_{table} as
            from {table} union all
            select * replace ('{EVERY}'::agency_named as agency) from {table} semi join (from persons where single) using (person)
        """)
    counted = "count(distinct person)::BIGINT as people, count(*)::BIGINT as gaps, false as hidden"
    connection.execute(f"""
        create or replace temp table moved as
        select agency::VARCHAR as agency, 'closed' as change, reason, {counted} from every_closed group by all
        union all
        select agency::VARCHAR, 'opened', reason, {counted} from every_opened group by all
        order by agency, change, reason
    """)
    connection.execute("""
        create or replace temp table totals as
        select agency::VARCHAR as agency, count(*) filter (before)::BIGINT as gaps_a,
               count(*) filter (after)::BIGINT as gaps_b, count(*) filter (before and after)::BIGINT as still_open
        from every_gap_lines group by all order by agency
    """)


def _people(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `people_compared`: by agency the people in each analysis, in both, joined and left; jobs, and those asked."""
    jobs = ", ".join(
        f"coalesce(jobs_{run}, 0)::BIGINT as jobs_{run}, coalesce(asked_{run}, 0)::BIGINT as asked_{run}"
        for run in "ab"
    )
    counted = " ".join(
        f"""left join (select coalesce(agency, '{EVERY}') as agency, count(*) as jobs_{run},
                              count(*) filter (how = 'ask') as asked_{run}
                       from {run}.job_reasons group by grouping sets ((agency), ())) of_{run} using (agency)"""
        for run in "ab"
    )
    connection.execute(f"""
        create or replace temp table people_compared as
        with one as (select distinct agency, person_id from a.people union select '{EVERY}', person_id from a.people),
        other as (select distinct agency, person_id from b.people union select '{EVERY}', person_id from b.people),
        each as (select agency, a.person_id is not null as was, b.person_id is not null as is_there
                 from (select agency, person_id from one) a full join (select agency, person_id from other) b
                 using (agency, person_id)),
        summed as (
            select agency, count(*) filter (was)::BIGINT as people_a, count(*) filter (is_there)::BIGINT as people_b,
                   count(*) filter (was and is_there)::BIGINT as in_both,
                   count(*) filter (is_there and not was)::BIGINT as joined,
                   count(*) filter (was and not is_there)::BIGINT as left_since
            from each group by agency
        )
        select summed.*, {jobs} from summed {counted} order by agency
    """)
