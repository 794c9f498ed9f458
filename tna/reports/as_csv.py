"""Writes the tables of an analysis as CSV files that no spreadsheet will run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tna.duck import literal, quoted
from tna.model import Analysis

if TYPE_CHECKING:
    import duckdb

COLUMNS = {
    "placements": ("person_id", "agency", "role", "level", "how", "because"),
    "gaps": ("person_id", "agency", "role", "level", "competency", "status", "since", "because"),
    "due": ("person_id", "agency", "role", "level", "competency", "until", "course"),
    "recommendations": ("person_id", "plugin", "position", "course", "closes", "because"),
    "coverage": (
        "agency", "level", "competency", "required", "held", "due_soon", "lapsed", "undated", "missing", "rate",
        "target", "floor", "rating",
    ),
    "deadlines": ("person_id", "agency", "role", "level", "competency", "started", "deadline", "state", "because"),
    "flags": ("plugin", "code", "severity", "subject", "message", "source"),
    "ledger": ("file", "sheet", "row", "column", "outcome", "reason", "value"),
}  # fmt: skip


def write(analysis: Analysis, folder: Path) -> None:
    """One file a table, columns in the documented order; text that looks like a formula gets a leading `'`.

    deadlines.csv is written for boards that state any: a file that can hold nothing would be a question.
    """
    dated = any(term.within for term in analysis.board.pack.framework.terms)
    for table, columns in COLUMNS.items():
        if table == "deadlines" and not dated:
            continue
        write_table(analysis.connection, table, columns, folder / f"{table}.csv")


def write_table(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], path: Path
) -> None:
    """One table as a file, in its own order of rows."""
    types = {row[0]: row[1] for row in connection.execute(f"describe {table}").fetchall()}
    listed = ", ".join(_guarded(column, types[column]) for column in columns)
    connection.execute(f"copy (select {listed} from {table}) to {literal(str(path))} (header, delimiter ',')")


def _guarded(column: str, kind: str) -> str:
    name = quoted(column)
    if kind != "VARCHAR":
        return name
    risky = f"substr({name}, 1, 1) in ('=', '+', '-', '@', chr(9), chr(13))"
    return f"case when {risky} then '''' || {name} else coalesce({name}, '') end as {name}"
