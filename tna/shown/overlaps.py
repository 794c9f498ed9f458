"""Which of the counts that are published each person stands in, so that no small group is left between two of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tna.suppression import EVERY
from tna.suppression.remainders import Line, Name, Names

if TYPE_CHECKING:
    import duckdb

WAYS = ('"row", "column"', '"column", "row"')


def coverage(analysis: str = "") -> str:
    """SQL for people by agency and level and whether they lack anything there, from the tables an analysis kept.

    `analysis` is the name of an attached one, with its dot.
    """
    return f"""
        select person_id, agency as "row", scope as "column", lacks is not null as lacks
        from (select distinct person_id, agency, scope from {analysis}job_reasons
              join (select distinct kind, scope from {analysis}kind_needs) using (kind))
        left join (select distinct person_id, agency, level as scope, true as lacks from {analysis}gaps)
             using (person_id, agency, scope)"""


def lines(connection: duckdb.DuckDBPyConnection, counted: str, table: str = "people") -> Iterator[Line]:
    """The lines of a table of distinct people by row and column, with totals in which each counts once.

    `counted` is SQL for person_id, "row", "column" and `lacks`. Each line comes three times: for those counted, for
    those who lack something, and for those who lack nothing.
    """
    for along, across in (way.split(", ") for way in WAYS):
        by_line: defaultdict[str, list[tuple[frozenset[str], frozenset[str], int]]] = defaultdict(list)
        for name, at, lacking, people in connection.execute(_patterns(counted, along, across)).fetchall():
            by_line[name].append((frozenset(at), frozenset(lacking or ()), people))
        for name, found in by_line.items():
            for part in (0, 1, 2):
                yield _line(table, name, along == '"row"', [(_part(one, part), one[2]) for one in found])


def _patterns(counted: str, along: str, across: str) -> str:
    """SQL that counts people by the positions of a line in which they stand, and in which they lack something."""
    return f"""
        with counted as ({counted}), every as (
            select person_id, coalesce({along}, '{EVERY}') as named, coalesce({across}, '{EVERY}') as place,
                   bool_or(lacks) as lacks
            from counted group by grouping sets
                ((person_id, {along}, {across}), (person_id, {along}), (person_id, {across}), (person_id))
        )
        select named, places, lacking, count(*) from (
            select named, list(place order by place) as places, list(place order by place) filter (lacks) as lacking
            from every group by person_id, named)
        group by all order by all"""


def _part(found: tuple[frozenset[str], frozenset[str], int], part: int) -> frozenset[str]:
    at, lacking, _ = found
    return (at, lacking, at - lacking)[part]


def _line(table: str, name: str, is_row: bool, found: list[tuple[frozenset[str], int]]) -> Line:
    people: defaultdict[Names, int] = defaultdict(int)
    for at, count in found:
        people[frozenset(_name(table, name, one, is_row) for one in at)] += count
    return Line(_name(table, name, EVERY, is_row), people)


def _name(table: str, line: str, place: str, is_row: bool) -> Name:
    return (table, line, place) if is_row else (table, place, line)
