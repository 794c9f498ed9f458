"""How people stand to a course, counted: of whom it is needed, who has what it gives, and whom to train on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tna.suppression import EVERY, Position

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Standing:
    """Distinct people of an agency and a course; `need` is the sum of the other three."""

    need: int
    have: int
    train: int
    otherwise: int


def standings(connection: duckdb.DuckDBPyConnection) -> dict[Position, Standing]:
    """By agency (`*` for all) and course somebody is advised; what it gives is what it counts for or is advised for."""
    found = connection.execute(f"""
        with offered as (select distinct course from recommendations where course <> ''),
        gives as (
            select distinct course, competency from credits join offered using (course) where counts
            union
            select course, unnest(string_split(closes, '|')) from recommendations where course <> '' and closes <> ''
        ), asked as (select distinct kind, course from kind_needs join gives using (competency)),
        each as (
            select person_id, agency, course, false as lacks, false as train from job_reasons join asked using (kind)
            union all select person_id, agency, course, true, false from gaps join gives using (competency)
            union all select person_id, agency, course, false, true
            from recommendations join (select distinct person_id, agency from placements) using (person_id)
            where course <> ''
        ), people as (
            select person_id, coalesce(agency, '{EVERY}') as agency, course,
                   bool_or(lacks) as lacks, bool_or(train) as train
            from each group by grouping sets ((person_id, agency, course), (person_id, course))
        )
        select agency, course, count(*), count(*) filter (not lacks and not train), count(*) filter (train),
               count(*) filter (lacks and not train)
        from people group by all order by all
    """).fetchall()
    return {(agency, course): Standing(*counts) for agency, course, *counts in found}
