"""What of an analysis may be shown outside the team: decided here for papers, reviews and comparisons alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tna.shown import advised
from tna.shown.hiding import hide
from tna.suppression import Position

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Shown:
    """People in date and to train by agency and level, people to train by agency and course; and which are hidden."""

    people: dict[Position, tuple[int, int]]
    courses: dict[Position, int]
    no_people: frozenset[Position]
    no_courses: frozenset[Position]


def of(connection: duckdb.DuckDBPyConnection, threshold: int, analysis: str = "") -> Shown:
    """What of an analysis's counts may be shown, every group below the threshold being hidden.

    `analysis` is the name of an attached database, with its dot. With a threshold of 1 nothing is hidden.
    """
    counted = connection.execute(f"""
        select agency, level, held, required from {analysis}coverage where competency = '*' and required > 0
    """).fetchall()
    people = {(name, level): (held, required - held) for name, level, held, required in counted}
    courses = advised.courses(connection, analysis)
    lines = advised.lines(connection, analysis) if threshold > 1 else ()
    return Shown(people, courses, *hide(people, courses, threshold, lines))
