"""The account of every row read: accepted, changed, not evidence or refused, and why."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING

from tna.duck import fill, literal
from tna.sources.sql import tidy_sql
from tna.sources.texts import counted, data, listed

if TYPE_CHECKING:
    from tna.sources.intake import Intake
    from tna.sources.lookups import Lookup


@cache
def reasons() -> dict[str, dict[str, str]]:
    """Why a row is not plainly accepted: outcome and words by stable word."""
    return tomllib.loads(data("reasons.toml"))


def open_ledger(intake: Intake) -> None:
    """Make the tables that rows are noted in while they are read: at most one verdict a row, any changes."""
    for name in ("verdicts", "changes"):
        intake.make(name, 'source INTEGER, "row" BIGINT, "column" VARCHAR, reason VARCHAR, value VARCHAR')
    intake.make("whys", 'source INTEGER, "row" BIGINT, "column" VARCHAR, why VARCHAR')  # finer than reasons
    intake.make(  # what a check found in one row, as its sentence names it
        "particulars",
        'source INTEGER, "row" BIGINT, "column" VARCHAR, reason VARCHAR, facts MAP(VARCHAR, VARCHAR)',
    )
    intake.make(
        "sources", "source INTEGER, file VARCHAR, sheet VARCHAR, rows BIGINT, said VARCHAR, place VARCHAR"
    )
    for table in intake.tables:
        values = [table.source, table.origin.file, table.origin.sheet, table.rows, "", str(table.place)]
        intake.run("INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?)", values)
    halves = {
        (
            one.origin.file,
            one.origin.sheet,
        ): f"sheet not read: {counted(one.rows, 'row')} left out, as it has no column for"
        f" {listed(one.headings.missing)}"
        for one in intake.halves
    }
    for number, left in enumerate(intake.unread):
        why = halves.get((left.file, left.sheet), "sheet not read: its headings are not those of a register")
        intake.run(
            "INSERT INTO sources VALUES (?, ?, ?, 0, ?, '')", [-1 - number, left.file, left.sheet, why]
        )


def note_changes(intake: Intake, found: Lookup, reason: str) -> None:
    """Note each cell of a column that has no answer as a change of its row, for its own reason if that is one."""
    if found.wrong:
        own = ", ".join(literal(word) for word, said in reasons().items() if said["outcome"] == "changed")
        why = f"CASE WHEN {found.why} IN ({own}) THEN {found.why} ELSE {literal(reason)} END"
        table, column = found.table, found.column
        intake.run(
            f"INSERT INTO changes SELECT {table.source}, row, {literal(column)}, {why}, {tidy_sql(table.sql(column))}"
            f" FROM {table.relation}{found.join} WHERE {found.why} <> '' AND coalesce(broken, '') = ''"
        )


def note_wrong(intake: Intake, found: Lookup, reason: str) -> None:
    """Note, where cells are marked, each cell that refuses its row though another may be the verdict; `reason` is SQL."""
    if found.wrong and intake.marks:
        table, column = found.table, found.column
        intake.run(
            f"INSERT INTO changes SELECT {table.source}, row, {literal(column)}, {reason}, {tidy_sql(table.sql(column))}"
            f" FROM {table.relation}{found.join} WHERE {found.why} <> '' AND coalesce(broken, '') = ''"
        )


def or_unreadable(why: str, reason: str) -> str:
    """SQL for a reason, or that the cell holds an error where that is why."""
    return f"CASE WHEN {why} = 'error-value' THEN 'unreadable-cell' ELSE {reason} END"


def refused_date(why: str) -> str:
    """SQL for the reason that a date which cannot be read gives for refusing its row."""
    return f"CASE WHEN {why} IN ('ambiguous-date', 'short-year') THEN 'ambiguous-date' ELSE 'unreadable-date' END"


def close_ledger(intake: Intake) -> None:
    """Make `ledger` of what was noted, ordered by file, sheet and row; each row once, by its worst outcome."""
    said = [(word, reason["outcome"], f"{word}: {reason['words']}") for word, reason in reasons().items()]
    columns = ["reason VARCHAR", "outcome VARCHAR", "said VARCHAR"]
    fill(intake.connection, intake.named("reasons"), columns, said)
    intake.make("titles", 'source INTEGER, "column" VARCHAR, title VARCHAR')
    for table in intake.tables:
        columns = list(table.headings.meaning)
        heads = [table.headings.title(column) for column in columns]
        intake.run("INSERT INTO titles SELECT ?, unnest(?), unnest(?)", [table.source, columns, heads])
    intake.run(f"CREATE TABLE {intake.account}ledger AS {LEDGER}")


LEDGER = """
WITH titled AS (
    SELECT v.source, v.row, coalesce(t.title, v."column") AS "column", r.outcome, r.said AS reason, v.value
    FROM verdicts v JOIN reasons r USING (reason) LEFT JOIN titles t ON t.source = v.source AND t."column" = v."column"
), retitled AS (
    SELECT c.source, c.row, coalesce(t.title, c."column") AS "column", r.said AS reason, c.value
    FROM changes c JOIN reasons r USING (reason) LEFT JOIN titles t ON t.source = c.source AND t."column" = c."column"
    WHERE NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.source = c.source AND v.row = c.row)
), altered AS (
    SELECT source, row, string_agg("column", '|' ORDER BY "column") AS "column", 'changed' AS outcome,
        string_agg(DISTINCT reason, '; ' ORDER BY reason) AS reason, string_agg(value, '|' ORDER BY "column") AS value
    FROM retitled GROUP BY source, row
), noted AS (FROM titled UNION ALL BY NAME FROM altered),
counts AS (SELECT source, count(*) AS noted FROM noted GROUP BY source)
SELECT file, sheet, row, "column", outcome, reason, value FROM (
    SELECT s.source, s.file, s.sheet, n.row, n."column", n.outcome, n.reason, n.value
    FROM noted n JOIN sources s USING (source)
    UNION ALL
    SELECT s.source, s.file, s.sheet, NULL, '', 'accepted', s.said, (s.rows - coalesce(c.noted, 0))::VARCHAR
    FROM sources s LEFT JOIN counts c USING (source)
) ORDER BY file, sheet, row NULLS FIRST, source
"""
