"""People who are advised each course, and how they stand beside those to train, of whom they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tna.shown import overlaps
from tna.suppression import EVERY, Line, Position
from tna.suppression.remainders import Name, Names

if TYPE_CHECKING:
    import duckdb

Patterns = list[tuple[Names, int]]


def _advised(analysis: str) -> str:
    return f"""
        select person_id, agency as "row", course as "column", false as lacks
        from (select distinct person_id, course from {analysis}recommendations where course <> '')
        join (select distinct person_id, agency from {analysis}placements) using (person_id)"""


def courses(connection: duckdb.DuckDBPyConnection, analysis: str = "") -> dict[Position, int]:
    """People to train by agency and course; a person of two agencies is counted in both, and once over all."""
    found = connection.execute(f"""
        select coalesce("row", '{EVERY}'), "column", count(distinct person_id) from ({_advised(analysis)})
        group by grouping sets (("row", "column"), ("column")) order by all""").fetchall()
    return {(agency, course): people for agency, course, people in found}


def _beside_sql(analysis: str) -> str:
    """SQL that counts people of each agency, and of all, by the levels at which they lack something, and their courses."""
    return f"""
        with lacking as (
            select person_id, coalesce(agency, '{EVERY}') as agency,
                   list(distinct coalesce(level, '{EVERY}')) as levels
            from (select person_id, agency, level from {analysis}gaps
                  union all select person_id, agency, null from {analysis}gaps)
            group by grouping sets ((person_id, agency), (person_id))
        ), advised as (
            select person_id, coalesce("row", '{EVERY}') as agency, list(distinct "column") as courses
            from ({_advised(analysis)}) group by grouping sets ((person_id, "row"), (person_id))
        )
        select agency, list_sort(levels), list_sort(courses), count(*)
        from lacking full join advised using (person_id, agency) group by all order by all"""


def lines(connection: duckdb.DuckDBPyConnection, analysis: str = "") -> Iterator[Line]:
    """Lines of people in date, of courses by agency, and of each beside the other."""
    yield from overlaps.lines(connection, overlaps.totalled(overlaps.coverage(analysis)), "people")
    yield from overlaps.lines(connection, overlaps.totalled(_advised(analysis)), "courses")
    by_agency: defaultdict[str, Patterns] = defaultdict(list)
    for agency, levels, advised, people in connection.execute(_beside_sql(analysis)).fetchall():
        at = [("people", agency, level) for level in levels or ()]
        by_agency[agency].append(
            (frozenset([*at, *(("courses", agency, one) for one in advised or ())]), people)
        )
    for found in by_agency.values():
        yield from _beside(found)


def _beside(found: Patterns) -> Iterator[Line]:
    """Each level and all of them less courses, and each course less levels."""
    for total in sorted(frozenset[Name]().union(*(at for at, _ in found))):
        yield Line(total, _gathered((at & _others(total, at), people) for at, people in found))


def _others(total: Name, at: Names) -> Names:
    """A total and what is of the other table; over all levels is no member beside them."""
    return frozenset(one for one in at if one == total or (one[0] != total[0] and one[2] != EVERY))


def _gathered(found: Iterable[tuple[Names, int]]) -> dict[Names, int]:
    people: defaultdict[Names, int] = defaultdict(int)
    for at, count in found:
        people[at] += count
    return people
