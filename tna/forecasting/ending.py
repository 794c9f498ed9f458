"""Which holdings end in which month, counted as people and as people's competencies, by agency and level."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tna import holdings

if TYPE_CHECKING:
    import duckdb

COLUMNS = (
    "month", "first_day", "last_day", "agency", "level", "people", "person_competencies", "assumed", "hidden",
)  # fmt: skip
ALREADY = "already"  # what an assumption ends before the as-of date


def levels(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The levels and cohorts of which anything is required, by id."""
    return [
        row[0]
        for row in connection.execute("select distinct scope from kept.kind_needs order by 1").fetchall()
    ]


def without_interval(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Those of them at which nothing that is required ever ends, since no interval is stated."""
    found = connection.execute("""
        select distinct scope from kept.kind_needs where scope not in (
            select n.scope from kept.kind_needs n join kept.kind_classes using (kind)
            join kept.credits c using (class, competency) where c.counts and (c.months is not null or c.accrues))
        order by 1
    """).fetchall()
    return [row[0] for row in found]


def write(
    connection: duckdb.DuckDBPyConnection, first: date, end: date, assumed: int | None, mark: str
) -> None:
    """The tables `ends` (a row for each person, agency, level and competency), `monthly` (the same with its month)
    and `lapses` (their counts by month).

    A holding ends on the last day on which it holds, from `first` up to the day before `end`; where several of a
    person's jobs in an agency require it on different terms, the earliest is taken. What is a gap already is not in it.
    `already` is what holds on the board's own terms and would not if every training held for `assumed` months.
    """
    connection.execute("create temp table everybody as select distinct person_id from kept.job_reasons")
    holdings.hold(connection, "kept", "held", "everybody", assumed)
    connection.execute(
        """
        create temp table ends as
        with needed as (
            select distinct person_id, agency, scope as level, competency, class, kind
            from kept.job_reasons join kept.kind_needs using (kind) join kept.kind_classes using (kind)
        )
        select n.person_id, n.agency, n.level, n.competency, min(h.until_assumed) as until,
               arg_min(h.course, (h.until_assumed, h.class, n.kind)) as course,
               arg_min(n.kind, (h.until_assumed, h.class, n.kind)) as kind,
               arg_min(n.class, (h.until_assumed, h.class, n.kind)) as class
        from needed n left join held h using (person_id, class, competency) group by all
        having bool_and(coalesce(h.until >= $first, false)) and min(h.until_assumed) < $end
    """,
        {"first": first, "end": end},
    )
    _count(connection, first, end, mark)


def _count(connection: duckdb.DuckDBPyConnection, first: date, end: date, mark: str) -> None:
    connection.execute(
        f"""
        create temp table monthly as
        select *, case when until < $first then '{ALREADY}' else strftime(until, '%Y-%m') end as month from ends
        """,
        {"first": first},
    )
    connection.execute(
        f"""
        create temp table lapses as
        with counted as (
            select coalesce(month, '*') as month, coalesce(agency, '*') as agency, coalesce(level, '*') as level,
                   count(distinct person_id)::BIGINT as people,
                   count(distinct (person_id, competency))::BIGINT as person_competencies
            from monthly where month <> '{ALREADY}' group by cube (month, agency, level)
            union all
            select month, coalesce(agency, '*'), coalesce(level, '*'), count(distinct person_id)::BIGINT,
                   count(distinct (person_id, competency))::BIGINT
            from monthly where month = '{ALREADY}' group by month, cube (agency, level)
            union all
            select strftime(day, '%Y-%m'), '*', '*', 0, 0
            from range(date_trunc('month', $first::DATE)::TIMESTAMP, $end::TIMESTAMP, interval 1 month) months(day)
            where $first < $end and strftime(day, '%Y-%m') not in (select month from monthly)
        )
        select month,
               case month when '*' then $first when '{ALREADY}' then null
                    else greatest($first, (month || '-01')::DATE) end as first_day,
               case month when '*' then $last when '{ALREADY}' then $before
                    else least($last, last_day((month || '-01')::DATE)) end as last_day,
               agency, level, people, person_competencies, $mark as assumed, false as hidden
        from counted where people > 0 or (agency = level and $first < $end) order by month = '*', month <> '{ALREADY}', month, agency, level
    """,
        {
            "first": first,
            "end": end,
            "last": max(first, end - timedelta(days=1)),
            "before": _before(first),
            "mark": mark,
        },
    )


def _before(first: date) -> date:
    return first - timedelta(days=1) if first > date.min else first
