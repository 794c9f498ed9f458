"""What is kept of a run besides its answers, so that it can be explained later from its own database alone."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tna.accrual import minutes_of
from tna.counting import Counted
from tna.duck import fill
from tna.evidence import Attendance
from tna.model import Board, Flag, Need
from tna.requirements import labels, needed

if TYPE_CHECKING:
    import duckdb

SOURCED = ["source VARCHAR", "basis VARCHAR", "policy VARCHAR"]


def keep(connection: duckdb.DuckDBPyConnection, board: Board, counted: Counted) -> None:
    """The tables that explain: needs, credits, jobs, the pack's words and files, its policies and questions."""
    framework = board.pack.framework
    _keep(connection, "levels", ["level VARCHAR", "label VARCHAR", "rank INTEGER", "descriptor VARCHAR", "source VARCHAR"],
          [(one.id, one.label, one.rank, one.descriptor, str(one.origin.source)) for one in framework.levels]
          + [(f"cohort:{one.id}", one.label, 1000 + n, one.printed, str(one.origin.source))
             for n, one in enumerate(framework.cohorts)])  # fmt: skip
    _keep(connection, "competencies", ["competency VARCHAR", "label VARCHAR", *SOURCED],
          [(one.id, one.label, *_sourced(one)) for one in framework.competencies])  # fmt: skip
    _keep(connection, "courses", ["course VARCHAR", "title VARCHAR", "kind VARCHAR", "mode VARCHAR", "audience VARCHAR",
                                  "availability VARCHAR", "sessions VARCHAR", "minutes BIGINT", *SOURCED],
          [(one.id, one.title, one.kind, one.mode, one.audience, one.availability,
            "|".join(day.isoformat() for day in one.sessions), minutes_of(one), *_sourced(one)) for one in board.pack.courses])  # fmt: skip
    _keep(connection, "policies", ["policy VARCHAR", "value VARCHAR", "says VARCHAR", "declared BOOLEAN", *SOURCED[:2]],
          [(one.id, one.value, one.says, one.declared, *_sourced(one)[:2]) for one in board.policies.values()])  # fmt: skip
    _keep(connection, "questions", ["question VARCHAR", "asks VARCHAR", "treatment VARCHAR", "source VARCHAR"],
          [(one.id, one.asks, one.treatment, str(one.origin.source)) for one in framework.questions])  # fmt: skip
    _keep(connection, "pack_files", ["file VARCHAR", "checksum VARCHAR", "text VARCHAR"],
          [(name, board.pack.checksums[name], text) for name, text in board.pack.files.items()])  # fmt: skip
    _keep_needs(connection, board, counted)
    _keep_credits(connection, counted)
    _keep_amounts(connection, counted)
    _keep_people(connection)


def _keep(connection: duckdb.DuckDBPyConnection, table: str, columns: list[str], rows: Iterable[Any]) -> None:
    fill(connection, f"{table}_kept", columns, rows)
    connection.execute(f"create or replace table {table} as from {table}_kept")
    connection.execute(f"drop table {table}_kept")


def _sourced(statement: Any) -> tuple[str, str, str]:
    origin = statement.origin
    return str(origin.source), origin.basis, origin.policy


def all_needs(counted: Counted) -> dict[tuple[str, str], Need]:
    """Every need by scope and competency, those that rules add to some kind included."""
    found = {(need.scope, need.competency): need for needs in counted.needs.values() for need in needs}
    for kind in counted.found.kinds:
        for need in kind.extra:
            found.setdefault((need.scope, need.competency), need)
    return found


def _keep_needs(connection: duckdb.DuckDBPyConnection, board: Board, counted: Counted) -> None:
    columns = ["scope VARCHAR", "competency VARCHAR", "path VARCHAR", "because VARCHAR", *SOURCED]
    known = labels(board)
    _keep(connection, "needs", columns,
          [(need.scope, need.competency, " → ".join(known.get(node, node) for node in need.path), need.because,
            *_sourced(need)) for need in all_needs(counted).values()])  # fmt: skip
    _keep(connection, "kind_needs", ["kind INTEGER", "scope VARCHAR", "competency VARCHAR"],
          [(number, scope, need.competency) for number, kind in enumerate(counted.found.kinds)
           for scope in kind.scopes for need in needed(counted.needs, kind, scope)])  # fmt: skip
    _keep(connection, "kind_classes", ["kind INTEGER", "class INTEGER", "scopes VARCHAR", "courses VARCHAR"],
          [(number, counted.classes[number], "|".join(kind.scopes), "|".join(sorted(kind.courses)))
           for number, kind in enumerate(counted.found.kinds)])  # fmt: skip


def _keep_credits(connection: duckdb.DuckDBPyConnection, counted: Counted) -> None:
    columns = ["class INTEGER", "course VARCHAR", "mode VARCHAR", "provider VARCHAR", "evidence VARCHAR",
               "competency VARCHAR", "months INTEGER", "renews BOOLEAN", "counts BOOLEAN", "taken VARCHAR",
               "because VARCHAR", "interval_by VARCHAR", "accrues BOOLEAN"]  # fmt: skip
    added = {(one.number, one.competency) for one in counted.amounts}
    _keep(connection, "credits", columns,
          [(number, attended.course, attended.mode, *_asked(attended, counted.asks), one.competency, one.months,
            one.renews, one.counts, one.mode, one.because, one.interval_by, (number, one.competency) in added)
           for number, by in counted.worth.items() for attended, found in by.items() for one in found])  # fmt: skip


def _keep_amounts(connection: duckdb.DuckDBPyConnection, counted: Counted) -> None:
    """What has to add up over several records, and what does for each person."""
    columns = ["class INTEGER", "competency VARCHAR", "needed BIGINT", "together BIGINT", "once BOOLEAN",
               "months INTEGER", "listed VARCHAR", "said VARCHAR", "because VARCHAR"]  # fmt: skip
    _keep(connection, "amounts_asked", columns,
          [(one.number, one.competency, one.needed, one.together, one.once,
            one.term.hours.months if one.term.hours else None,
            "|".join(one.term.choose.courses) if one.term.choose else "", one.said, str(one.term.origin))
           for one in counted.amounts])  # fmt: skip
    connection.execute("create or replace table amounts_held as from added_up")


def _asked(attended: Attendance, asks: Collection[str]) -> tuple[str | None, ...]:
    """The further facts of an attendance that decide its worth; None for one that nobody asks about."""
    return tuple(getattr(attended, name) if name in asks else None for name in ("provider", "evidence"))


def _keep_people(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("""
        create or replace table job_reasons as
        select person_id, agency, role, jobs.kind, level, how, because, matched, suggestions, differs, cohorts,
               coalesce(nullif(roles, ''), role) as read_as
        from jobs join placed using (profile) order by person_id, agency, role
    """)


def keep_flags(connection: duckdb.DuckDBPyConnection, signed: Iterable[tuple[str, Iterable[Flag]]]) -> None:
    """The table `flags`, signed by plugin, the most pressing first."""
    order = {"act": 0, "check": 1, "note": 2}
    found = sorted((order[flag.severity], plugin, flag) for plugin, flags in signed for flag in flags)
    columns = [
        "plugin VARCHAR",
        "code VARCHAR",
        "severity VARCHAR",
        "subject VARCHAR",
        "message VARCHAR",
        "source VARCHAR",
    ]
    _keep(connection, "flags", columns,
          [(plugin, flag.code, flag.severity, flag.subject, flag.message, flag.source) for _, plugin, flag in found])  # fmt: skip


def keep_about(connection: duckdb.DuckDBPyConnection, about: Mapping[str, Any]) -> None:
    """The table `about`: one JSON text that says what was run on what."""
    _keep(connection, "about", ["about VARCHAR"], [(json.dumps(about, ensure_ascii=False, sort_keys=True),)])
