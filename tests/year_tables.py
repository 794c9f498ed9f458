"""The tables that the year's registers are read into, made by hand: all eight of them, with the rows a test gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb

from tna import duck
from tna.review.year import Year
from tna.sources.year_registers import TABLES

Rows = Sequence[Mapping[str, Any]]
YEAR = Year(date(2015, 4, 1), date(2016, 3, 31), date(2016, 1, 31))

ANALYSED = {
    "records": "person_id VARCHAR, course VARCHAR, completed DATE, counts VARCHAR",
    "placements": "person_id VARCHAR, agency VARCHAR, role VARCHAR, level VARCHAR",
}
PLACE = ', file VARCHAR, sheet VARCHAR, "row" BIGINT'


def year_tables(**given: Rows) -> duckdb.DuckDBPyConnection:
    """A database with the eight tables and those of an analysis; a word that a row leaves out is '', all else NULL."""
    connection = duck.connect()
    for table, columns in {**{name: sql + PLACE for name, sql in TABLES.items()}, **ANALYSED}.items():
        connection.execute(f"create table {table} ({columns})")
        put(connection, table, given.get(table, ()))
    assert set(given) <= {*TABLES, *ANALYSED}
    return connection


def put(connection: duckdb.DuckDBPyConnection, table: str, rows: Rows) -> None:
    """Rows into a table, each at its own place in a file."""
    columns = connection.execute(f"describe {table}").fetchall()
    for number, row in enumerate(rows, 2):
        full = {"file": f"{table}.csv", "row": number, **row}
        assert set(full) <= {"file", "row", *(column[0] for column in columns)}, full
        values = [full.get(name, "" if kind == "VARCHAR" else None) for name, kind, *_ in columns]
        connection.execute(f"insert into {table} values ({', '.join('?' * len(values))})", values)


def told(connection: duckdb.DuckDBPyConnection, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """A result table's rows in its own order: these columns, or all."""
    return connection.execute(f"select {', '.join(columns) or '*'} from {table}").fetchall()


def named(connection: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    """A result table's rows in its own order, by column."""
    found = connection.execute(f"select * from {table}")
    names = [one[0] for one in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
