"""Which of the counts that are published each person stands in, so that no small group is left between two of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tna.suppression import EVERY
from tna.suppression.remainders import Line, Name, Names

if TYPE_CHECKING:
    import duckdb

Pattern = tuple[
    frozenset[str], frozenset[str], int
]  # where people stand, where they lack something, how many
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


def totalled(counted: str) -> str:
    """SQL for the same people under the totals too, in which each counts once; `lacks` there if they do anywhere."""
    return f"""
        select person_id, coalesce("row", '{EVERY}') as "row", coalesce("column", '{EVERY}') as "column",
               bool_or(lacks) as lacks
        from ({counted}) group by grouping sets
            ((person_id, "row", "column"), (person_id, "row"), (person_id, "column"), (person_id))"""


@dataclass(frozen=True, slots=True)
class Apart:
    """People known by their number only, who stand at one position and, where they are part of it, in its totals."""

    row: str
    column: str
    lacking: int
    holding: int
    added: bool = True

    def patterns(self, is_row: bool) -> Iterator[tuple[str, Pattern]]:
        """The lines of one direction in which they stand, and how."""
        own, other = (self.row, self.column) if is_row else (self.column, self.row)
        at = frozenset({other, EVERY} if self.added or not is_row else {other})
        for name in sorted({own, EVERY} if self.added or is_row else {own}):
            yield name, (at, at, self.lacking)
            yield name, (at, frozenset(), self.holding)


def lines(
    connection: duckdb.DuckDBPyConnection, every: str, table: str, apart: Sequence[Apart] = ()
) -> Iterator[Line]:
    """The lines of a table of distinct people by row and column.

    `every` is SQL for person_id, "row", "column" and `lacks`, totals (`*`) included; "" where nobody is known one by
    one. Each line comes three times: for those counted, for those who lack something, and for those who lack nothing.
    """
    for along, across in (way.split(", ") for way in WAYS):
        by_line: defaultdict[str, list[Pattern]] = defaultdict(list)
        rows = connection.execute(_patterns(every, along, across)).fetchall() if every else []
        for name, at, lacking, people in rows:
            by_line[name].append((frozenset(at), frozenset(lacking or ()), people))
        for one in apart:
            for name, pattern in one.patterns(along == '"row"'):
                by_line[name].append(pattern)
        for name, found in by_line.items():
            for part in (0, 1, 2):
                yield _line(table, name, along == '"row"', [(_part(one, part), one[2]) for one in found])


def _patterns(every: str, along: str, across: str) -> str:
    """SQL that counts people by the positions of a line in which they stand, and in which they lack something."""
    return f"""
        select named, places, lacking, count(*) from (
            select {along} as named, list({across} order by {across}) as places,
                   list({across} order by {across}) filter (lacks) as lacking
            from ({every}) group by person_id, {along})
        group by all order by all"""


def _part(found: Pattern, part: int) -> frozenset[str]:
    at, lacking, _ = found
    return (at, lacking, at - lacking)[part]


def _line(table: str, name: str, is_row: bool, found: list[tuple[frozenset[str], int]]) -> Line:
    people: defaultdict[Names, int] = defaultdict(int)
    for at, count in found:
        people[frozenset(_name(table, name, one, is_row) for one in at)] += count
    return Line(_name(table, name, EVERY, is_row), people)


def _name(table: str, line: str, place: str, is_row: bool) -> Name:
    return (table, line, place) if is_row else (table, place, line)
