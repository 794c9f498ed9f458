"""What was run on what, and what came out in one sentence: the facts that stand beside every result."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tna.gaps import Dates
from tna.model import Board
from tna.plugins import Plugins
from tna.problems import Problems
from tna.wording import have, people_share, people_words, share

if TYPE_CHECKING:
    import duckdb

VERSION = 1  # of the shape of analysis.json


def about(
    connection: duckdb.DuckDBPyConnection,
    board: Board,
    dates: Dates,
    plugins: Plugins,
    problems: Problems,
) -> dict[str, Any]:
    """Everything of analysis.json but what flags add: inputs, pack, policies, plugins, counts, headline, problems.

    `run` is a hash of the inputs, the pack and the options: the same for the same question.
    """
    asked_of = {
        **asked(connection, board, dates.as_of, plugins),
        "horizon_days": dates.horizon,
    }
    run = sha256(json.dumps(asked_of, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
    return {
        "format": VERSION,
        "run": run,
        **asked_of,
        "counts": counts(connection),
        "headline": headline(connection, board),
        "problems": [str(problem) for problem in problems],
    }


def asked(
    connection: duckdb.DuckDBPyConnection, board: Board, as_of: date, plugins: Plugins, inputs: str = "inputs"
) -> dict[str, Any]:
    """The question: the board, the day, the files, the policies in force, the plugins and the common rules."""
    return {
        "board": _board(board),
        "as_of": as_of.isoformat(),
        "inputs": _inputs(connection, inputs),
        "policies": _policies(board),
        "plugins": [
            {"name": one.name, "distribution": one.distribution, "version": one.version}
            for one in plugins.members
        ],
        "left_out": list(plugins.left_out),
        "rules": dict(board.rule_files),
    }


def _board(board: Board) -> dict[str, Any]:
    framework = board.pack.framework
    return {
        "id": framework.id,
        "name": framework.board,
        "title": framework.title,
        "edition": framework.edition,
        "effective_from": _iso(framework.effective_from),
        "review_by": _iso(framework.review_by),
        "pack": board.pack.folder,
        "checksums": dict(board.pack.checksums),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _inputs(connection: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    rows = connection.execute(
        f"select kind, file, sha256, bytes, rows from {table} order by kind, file"
    ).fetchall()
    return [dict(zip(("kind", "file", "sha256", "bytes", "rows"), row, strict=True)) for row in rows]


def _policies(board: Board) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "value": one.value,
            "says": one.says,
            "source": str(one.origin.source),
            "basis": one.origin.basis,
            **({"agencies": {each.agency: each.value for each in one.agencies}} if one.agencies else {}),
        }
        for one in board.policies.values()
        if one.declared or one.value
    ]


def counts(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The numbers of people, jobs, records and rows, each under its own name."""
    return {
        "people": _one(connection, "select count(distinct person_id) from people"),
        "jobs": _one(connection, "select count(*) from people"),
        "agencies": _one(connection, "select count(distinct agency) from people"),
        "agencies_expected": _one(connection, "select nullif(count(distinct agency), 0) from agencies"),
        "agencies_returned": _one(
            connection,
            "select nullif(count(distinct agency), 0) from agencies where agency in (select agency from people)",
        ),
        "jobs_asked": _one(connection, "select count(*) from placements where how = 'ask'"),
        "people_asked": _one(
            connection, "select count(distinct person_id) from placements where how = 'ask'"
        ),
        "people_with_gaps": _one(connection, "select count(distinct person_id) from gaps"),
        "gaps": _one(connection, "select count(*) from gaps"),
        "cases": _one(connection, "select count(*) from case_people"),
        "records": _one(connection, "select count(*) from records"),
        "records_by_use": _pairs(connection, "select counts, count(*) from records group by 1 order by 1"),
        "records_left_out": _pairs(
            connection, "select reason, count(*) from records where counts = 'no' group by 1 order by 1"
        ),
        "ledger": ledger(connection, "ledger"),
    }


def ledger(connection: duckdb.DuckDBPyConnection, table: str) -> Mapping[str, int]:
    """How many rows had each outcome."""
    return _pairs(
        connection,
        f"""select outcome, sum(case when outcome = 'accepted' then value::BIGINT else 1 end)
            from {table} group by 1 order by 1""",
    )


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> Any:
    row = connection.execute(sql).fetchone()
    return row[0] if row else None


def _pairs(connection: duckdb.DuckDBPyConnection, sql: str) -> Mapping[str, int]:
    return {str(name): int(number) for name, number in connection.execute(sql).fetchall()}


def headline(connection: duckdb.DuckDBPyConnection, board: Board) -> str:
    """The finding in one sentence: where most people still need training, of how many."""
    rows = connection.execute("""
        select level, required, required - held as open from coverage
        where agency = '*' and level <> '*' and competency = '*' and required > held order by open desc, level limit 1
    """).fetchall()
    required, held = connection.execute("""
        select coalesce(sum(required), 0), coalesce(sum(held), 0) from coverage
        where agency = '*' and level = '*' and competency = '*'
    """).fetchall()[0]  # fmt: skip
    if not required:
        return "Nothing is required of the people in these registers."
    if not rows:
        everybody = "The 1 person" if required == 1 else f"All {people_words(required)}"
        return f"{everybody} of whom training is required {have(required)} it."
    level, needed, lacking = rows[0]
    name = {one.id: one.label for one in board.pack.framework.levels} | {
        f"cohort:{one.id}": one.label for one in board.pack.framework.cohorts
    }
    needs = "needs" if lacking == 1 else "need"
    return (
        f"The main gap is {name[level]}: {people_share(lacking, needed)} still {needs} training; "
        f"over all, {share(required - held, required)}."
    )


def flags(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many flags there are of each severity."""
    return dict(_pairs(connection, "select severity, count(*) from flags group by 1 order by 1"))
