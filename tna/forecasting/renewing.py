"""Which course would renew what ends, for how many people, and how many places that takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tna.duck import fill
from tna.forecasting.ending import ALREADY
from tna.review.places import Yield

if TYPE_CHECKING:
    import duckdb

COLUMNS = ("month", "course", "title", "people", "yield", "places", "comes_from", "assumed", "hidden")
TYPES = ("VARCHAR", "VARCHAR", "VARCHAR", "BIGINT", "DOUBLE", "BIGINT", "VARCHAR", "VARCHAR", "BOOLEAN")
NONE = "no course of the catalogue that is open to them"


def write(connection: duckdb.DuckDBPyConnection, known: Yield, mark: str) -> None:
    """The table `places`: by month and course the people who would renew and the places that takes; reads `ends`.

    A person counts once for a course, in the first month in which anything that it would renew ends, so that months
    add up to `*`. Places are people ÷ yield, rounded up for each line. A course of "" stands for what no course that
    is open to them gives or renews: it takes no places.
    """
    _choose(connection)
    rows: list[tuple[Any, ...]] = connection.execute(f"""
        with firsts as (
            select person_id, course, min(case when month = '{ALREADY}' then '' else month end) as first
            from chosen group by all
        ), named as (select person_id, course, coalesce(nullif(first, ''), '{ALREADY}') as month from firsts)
        select month, course, count(*) as people from named group by all
        union all
        select '*', course, count(*) from named where month <> '{ALREADY}' group by all
    """).fetchall()
    titles = dict(connection.execute("select course, title from kept.courses").fetchall())
    found = [
        (month, course, titles.get(course, NONE), people, known.attended / known.of,
         known.places(people) if course else None, known.comes_from, mark, False)
        for month, course, people in rows
    ]  # fmt: skip
    columns = [f'"{name}" {kind}' for name, kind in zip(COLUMNS, TYPES, strict=True)]
    fill(connection, "places_found", columns, found)
    connection.execute(f"""
        create temp table places as
        from places_found order by month = '*', month <> '{ALREADY}', month, course = '', course
    """)


def _choose(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `chosen` (person_id, month, course): the course that would renew each thing that ends, or ""."""
    connection.execute(f"""
        create temp table chosen as
        with opened as (select kind, unnest(string_split(courses, '|')) as course from kept.kind_classes),
        wanted as (select distinct kind, class, competency, course as given from ends),
        ranked as (
            select w.*, c.course, case when list_contains(string_split(w.given, '|'), c.course) then 0
                                       when c.renews then 1 else 2 end as place
            from wanted w join kept.credits c on c.class = w.class and c.competency = w.competency
            join opened o on o.kind = w.kind and o.course = c.course
            join kept.courses k on k.course = c.course and k.audience = 'workforce'
            where c.counts and c.mode = ''
        ), picked as (
            select kind, class, competency, given, arg_min(course, (place, course)) as course from ranked group by all
        )
        select distinct e.person_id, coalesce(p.course, '') as course,
               case when e.until < a.as_of then '{ALREADY}' else strftime(e.until, '%Y-%m') end as month
        from ends e cross join (select (json_extract_string(about, '$.as_of'))::DATE as as_of from kept.about) a
        left join picked p on p.kind = e.kind and p.class = e.class and p.competency = e.competency
             and p.given = e.course
    """)
