"""Opens DuckDB so that it can reach nothing by itself, and hands it small tables made in Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
IN_AN_ARRAY = "perfect_ht_threshold"
NUMBERED = 21  # up to two million people, by number, are added up in an array instead of a hash table
MEMORY = "2GB"  # more is spilled to disk: a million people fit beside a planner's other programs


def connect(path: Path | None = None, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A database in memory, or in a file; no extension is ever fetched or loaded."""
    import duckdb

    spill = f"{path}.tmp" if path else str(Path(gettempdir()) / "tna-spill")
    config = {**CLOSED, "memory_limit": MEMORY, "temp_directory": spill}
    return duckdb.connect(str(path) if path else ":memory:", read_only=read_only, config=config)


def seal(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """From here on the connection reads and writes in one folder only, and that cannot be undone."""
    connection.execute(f"set allowed_directories = [{literal(f'{folder}/')}]")
    connection.execute("set enable_external_access = false")
    connection.execute(f"set allowed_configs = ['{IN_AN_ARRAY}']")
    connection.execute("set lock_configuration = true")


@contextmanager
def numbered(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """While this lasts, what is added up by a person's number is added up in an array of all people.

    Only there: an array for groups of which few occur takes longer, and far more memory, than a hash table.
    """
    connection.execute(f"set {IN_AN_ARRAY} = {NUMBERED}")
    try:
        yield
    finally:
        connection.execute(f"reset {IN_AN_ARRAY}")


def literal(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def fill(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """A temporary table from rows; each column is written `name TYPE`, and values are bound, never spelled out."""
    connection.execute(f"create or replace temp table {table} ({', '.join(columns)})")
    by_column = list(zip(*rows, strict=True))
    if by_column:
        types = [column.split(" ", 1)[1] for column in columns]
        values = ", ".join(f"unnest(${place}::{kind}[])" for place, kind in enumerate(types, 1))
        connection.execute(f"insert into {table} select {values}", [list(column) for column in by_column])


def quoted(name: str) -> str:
    """An identifier, quoted."""
    return '"' + name.replace('"', '""') + '"'
