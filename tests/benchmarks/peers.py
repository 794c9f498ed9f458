"""The same question asked in other ways: a floor that only groups records, the plain anti-join, and a Python loop."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import duckdb
import networkx as nx

from tests import oracle
from tna.counting import Counted
from tna.evidence import add_months
from tna.gaps import Dates
from tna.model import Board


def floor(connection: duckdb.DuckDBPyConnection) -> None:
    """The least that any answer must do: look at every record once, by person."""
    connection.execute(
        "create or replace temp table latest as select person_id, max(completed) from records group by person_id"
    )


def anti_join(connection: duckdb.DuckDBPyConnection, board: Board, counted: Counted, dates: Dates) -> None:
    """The straightforward SQL: explode records into competencies, join what is needed, group."""
    oracle.ask(connection, board, counted, dates)


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
