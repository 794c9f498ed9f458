"""Finished analyses in folders, as `tna analyse` leaves them, for tests of what is done with them afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from tests.generated import fill_registers, number_people
from tests.small import Rows, register
from tna import about, analysis, counting, duck, kept, people, plugins
from tna.gaps import Dates
from tna.model import Analysis, Board, Flag
from tna.problems import Problems


def run(
    folder: Path,
    board: Board,
    people: Rows,
    records: Rows = (),
    *,
    as_of: date,
    agencies: Rows = (),
    **members: Any,
) -> Path:
    """An analysis of these rows in a folder, with no plugins but `members`."""
    folder.mkdir(parents=True)
    sent = {
        name: register(folder / f"{name}.csv", rows)
        for name, rows in (("people", people), ("records", records), ("agencies", agencies))
    }
    found = analysis.analyse(
        board, sent["people"], sent["records"], agencies=sent["agencies"], as_of=as_of,
        plugins=plugins.only(members), database=folder / "analysis.duckdb",
    )  # fmt: skip
    found.connection.close()
    return folder


def count(
    connection: duckdb.DuckDBPyConnection, board: Board, dates: Dates, flags: Sequence[Flag] = ()
) -> None:
    """All tables of an analysis of registers that lie in a database already."""
    connection.execute("""
        create table inputs (kind VARCHAR, file VARCHAR, sha256 VARCHAR, bytes BIGINT, rows BIGINT);
        create table ledger (file VARCHAR, sheet VARCHAR, "row" BIGINT, "column" VARCHAR, outcome VARCHAR, reason VARCHAR,
                             value VARCHAR)
    """)
    counted = counting.count(connection, board, dates)
    analysis._write(Analysis(board, dates.as_of, connection), counted, dates)
    people.write_recommendations(connection, [])
    kept.keep(connection, board, counted)
    kept.keep_flags(connection, [("made", flags)])
    kept.keep_about(connection, about.about(connection, board, dates, plugins.only({}), Problems()))


def made(folder: Path, board: Board, jobs: Sequence[Any], records: Sequence[Any], dates: Dates) -> Path:
    """An analysis of jobs (person, agency, role, level, cohort) and records (person, course, completed, mode)."""
    folder.mkdir(parents=True)
    connection = duck.connect(folder / "analysis.duckdb")
    fill_registers(connection, 0)
    for job in jobs:
        connection.execute(
            "insert into people values (?, ?, ?, ?, '', null, '', '', '', ?, '', 'people', '', 1, null, false)",
            list(job),
        )
    for person, course, completed, mode in records:
        counts = "undated" if completed is None else "dated"
        if completed and completed > dates.as_of:
            counts = "no"
        connection.execute(
            "insert into records values (?, ?, ?, 'attended', ?, '', '', ?, '', 'records', '', 1, ?, '', null, null)",
            [person, course, completed, mode, counts, course],
        )
    number_people(connection)
    count(connection, board, dates)
    connection.close()
    return folder


def drawn(folder: Path, board: Board, people: int, dates: Dates, seed: float) -> Path:
    """An analysis of so many made-up people."""
    folder.mkdir(parents=True)
    connection = duck.connect(folder / "analysis.duckdb")
    fill_registers(connection, people, seed=seed, agencies=9)
    connection.execute("delete from records where completed > $1", [dates.as_of])
    count(connection, board, dates)
    connection.close()
    return folder
