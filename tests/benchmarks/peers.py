"""The same question asked in other ways: a floor that only groups records, the plain anti-join, and a Python loop."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import duckdb
import networkx as nx

from tna.counting import Counted
from tna.evidence import add_months
from tna.gaps import Dates
from tna.model import Board


def floor(connection: duckdb.DuckDBPyConnection) -> None:
    """The least that any answer must do: look at every record once, by person."""
    connection.execute(
        "create or replace temp table latest as select person_id, max(completed) from records group by person_id"
    )


def anti_join(connection: duckdb.DuckDBPyConnection, dates: Dates) -> None:
    """The straightforward SQL: explode records into competencies, look for what is needed and not among them, group.

    It counts less than tna does: nothing of what is due, undated or renewed, and nobody once over several jobs.
    """
    connection.execute(
        """
        create or replace temp table held as
        select distinct r.person_id, c.class, c.competency from records r
        join credits c on c.course = r.course and c.mode = r.mode
        where r.counts = 'dated' and c.counts and not c.renews
          and (c.months is null or r.completed + to_months(c.months) >= $as_of)
        """,
        {"as_of": dates.as_of},
    )
    connection.execute("""
        create or replace temp table lacking as
        select j.person_id, j.agency, n.scope, n.competency
        from jobs j join kind_needs n using (kind) join kind_classes k using (kind)
        anti join held h on h.person_id = j.person_id and h.class = k.class and h.competency = n.competency
    """)
    connection.execute("""
        create or replace temp table lacking_counts as
        select agency, scope, competency, count(distinct person_id) as people from lacking group by all
    """)
    connection.execute("""
        create or replace temp table lacking_cases as
        select agency, gap, count(*) as people
        from (select person_id, agency, string_agg(competency, '|' order by competency) as gap from lacking group by all)
        group by all
    """)


def python_loop(connection: duckdb.DuckDBPyConnection, board: Board, counted: Counted, dates: Dates) -> int:
    """A loop over people with the closure asked of networkx for each: what one would write first. Returns gaps."""
    records: dict[str, list[tuple[str, date]]] = defaultdict(list)
    for person, course, completed in connection.execute(
        "select person_id, course, completed from records where counts = 'dated'"
    ).fetchall():
        records[person].append((course, completed))
    competencies = {node for node, kind in board.graph.nodes(data="kind") if kind == "competency"}
    gaps = 0
    for person, level in connection.execute("select person_id, level from people").fetchall():
        needed = nx.descendants(board.graph, f"level-{level}") & competencies
        held = {
            competency
            for course, completed in records[person]
            for grant in board.courses[course].gives
            if grant.months is None or add_months(completed, grant.months) >= dates.as_of
            for competency in grant.competencies
        }
        gaps += len(needed - held)
    return gaps
