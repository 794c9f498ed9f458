"""Reads the rows of a table to decide what may be shown, and blanks what may not, in place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb


def rows_of(connection: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    """The rows of a table by column, each with its `rowid`."""
    answer = connection.execute(f"select rowid, * from {table}")
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def blank(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], rows: Collection[int]
) -> None:
    """Makes some columns of some rows NULL."""
    if rows:
        nothing = ", ".join(f"{column} = null" for column in columns)
        question = f"update {table} set {nothing} where rowid in (select unnest($1::BIGINT[]))"
        connection.execute(question, [sorted(rows)])


def small(count: object, threshold: int) -> bool:
    """Whether a count is one of people that may not be shown."""
    return isinstance(count, int) and 0 < count < threshold
