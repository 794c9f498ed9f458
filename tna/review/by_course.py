"""What agencies state of single courses: people trained of people required, reported and not evidenced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from tna.duck import fill
from tna.review.statements import Statement, standings

if TYPE_CHECKING:
    import duckdb

COLUMNS = ["agency VARCHAR", "course VARCHAR", "required BIGINT", "held BIGINT", "low BIGINT", "high BIGINT", "basis VARCHAR",
           "because VARCHAR", "file VARCHAR", "sheet VARCHAR", "row BIGINT"]  # fmt: skip


def write_by_course(
    connection: duckdb.DuckDBPyConnection, said: Iterable[Statement], lapses: bool, margin: int | None
) -> None:
    """The table `stated_courses`: a row for each agency and course that returns name, its levels and roles added up."""
    by_course: dict[str, list[Statement]] = {}
    for one in said:
        if one.course:
            by_course.setdefault(one.course, []).append(replace(one, course="", level=""))
    rows = [
        (
            one.agency,
            course,
            one.required,
            one.held,
            one.low,
            one.high,
            one.basis,
            one.because,
            one.file,
            one.sheet,
            one.row,
        )
        for course, some in sorted(by_course.items())
        for one in standings(some, lapses, margin)
    ]
    fill(connection, "stated_courses", COLUMNS, sorted(rows, key=lambda row: (str(row[0]), str(row[1]))))
