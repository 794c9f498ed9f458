"""A finished analysis opened for a review: its tables seen as they are, or empty ones where none was given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tna.duck import fill, literal
from tna.model import Board
from tna.problems import Place, refuse

if TYPE_CHECKING:
    import duckdb

SEEN: Mapping[str, str] = {  # what a review looks at, with the columns an empty one has
    "coverage": "agency VARCHAR, level VARCHAR, competency VARCHAR, required BIGINT, held BIGINT, due_soon BIGINT,"
    " lapsed BIGINT, undated BIGINT, missing BIGINT, rate DOUBLE, target INTEGER, floor INTEGER, rating VARCHAR",
    "records": "person_id VARCHAR, course VARCHAR, completed DATE, status VARCHAR, mode VARCHAR, provider VARCHAR,"
    " evidence VARCHAR, counts VARCHAR, reason VARCHAR",
    "placements": "person_id VARCHAR, agency VARCHAR, role VARCHAR, level VARCHAR, how VARCHAR, because VARCHAR",
    "recommendations": "person_id VARCHAR, plugin VARCHAR, position INTEGER, course VARCHAR, closes VARCHAR, because VARCHAR",
    "agencies": 'agency VARCHAR, agency_type VARCHAR, file VARCHAR, sheet VARCHAR, "row" BIGINT',
}


def open_analysis(
    connection: duckdb.DuckDBPyConnection, board: Board, folder: Path | None, name: str = "analysed"
) -> Mapping[str, Any]:
    """Views of an analysis's tables and what it says of itself; empty tables and nothing without a folder.

    The table `courses` is the board's own. Raises `Unusable` for a folder without an analysis, or another board's.
    """
    courses = [(one.id, one.title, one.mode) for one in board.pack.courses]
    fill(connection, "courses", ["course VARCHAR", "title VARCHAR", "mode VARCHAR"], courses)
    if folder is None:
        for table, columns in SEEN.items():
            connection.execute(f"create temp table {table} ({columns})")
        return {}
    about = attach_own(connection, board, folder, name)
    for table in SEEN:
        connection.execute(f"create temp view {table} as from {name}.{table}")
    return about


def attach_own(
    connection: duckdb.DuckDBPyConnection, board: Board, folder: Path, name: str
) -> Mapping[str, Any]:
    """What an attached analysis says of itself; raises `Unusable` when it is another board's."""
    attach(connection, folder, name)
    about = said(connection, name)
    if about["board"]["id"] != board.id:
        refuse("review.other-board", Place(str(folder)), board=board.id, other=about["board"]["id"])
    return about


def attach(connection: duckdb.DuckDBPyConnection, folder: Path, name: str) -> None:
    """The analysis in a folder beside the tables of this connection. Raises `Unusable` when there is none."""
    import duckdb

    path = folder / "analysis.duckdb"
    try:
        if not path.is_file():
            refuse("paths.no-analysis", Place(str(folder)))
        connection.execute(f"attach {literal(str(path))} as {name} (read_only)")
        connection.execute(f"select 1 from {name}.about")
    except duckdb.Error:
        refuse("paths.no-analysis", Place(str(folder)))


def said(connection: duckdb.DuckDBPyConnection, name: str) -> Mapping[str, Any]:
    """What an attached analysis says of itself."""
    (text,) = connection.execute(f"select about from {name}.about").fetchall()[0]
    about: Mapping[str, Any] = json.loads(text)
    return about
