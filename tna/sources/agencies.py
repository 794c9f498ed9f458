"""The agencies a board expects a return from, and agencies spelt in more than one way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tna.names import plain
from tna.sources.sql import fault_sql, tidy_sql
from tna.sources.texts import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tna.sources.intake import Intake, Table


@dataclass(slots=True)
class Agency:
    """One agency: the row that lists it first and every type stated for it."""

    table: Table
    row: int
    types: set[str] = field(default_factory=set)
    rows: list[tuple[int, int]] = field(default_factory=list)


def make_agencies(intake: Intake) -> None:
    """Make `agencies`: one row an agency; its type is '' when rows disagree about it."""
    found: dict[str, Agency] = {}
    for table in intake.of("agencies"):
        read_agencies(intake, table, found)
    intake.run(
        'CREATE TABLE agencies (agency VARCHAR, agency_type VARCHAR, file VARCHAR, sheet VARCHAR, "row" BIGINT)'
    )
    for name, agency in found.items():
        kind = agency.types.pop() if len(agency.types) == 1 else ""
        table = agency.table
        intake.run(
            "INSERT INTO agencies VALUES (?, ?, ?, ?, ?)",
            [name, kind, table.origin.file, table.origin.sheet, agency.row],
        )
        note_repeats(intake, name, agency)


def read_agencies(intake: Intake, table: Table, found: dict[str, Agency]) -> None:
    """Add the agencies of one table to those found; rows that name none are refused."""
    agency, kind = table.sql("agency"), table.sql("agency_type")
    rows = intake.run(
        f"SELECT row, {tidy_sql(agency)}, CASE WHEN {fault_sql(kind)} THEN '' ELSE {tidy_sql(kind)} END,"
        f" CASE WHEN broken <> '' THEN 'broken-row' WHEN {fault_sql(agency)} THEN 'unreadable-cell'"
        f" WHEN {tidy_sql(agency)} = '' THEN 'blank-agency' ELSE '' END FROM {table.relation} ORDER BY row"
    )
    for number, name, stated, refused in rows:
        row = int(str(number))
        if refused:
            intake.run(
                "INSERT INTO verdicts VALUES (?, ?, 'agency', ?, ?)", [table.source, row, refused, name]
            )
            continue
        known = found.setdefault(str(name), Agency(table, row))
        known.types |= {str(stated)} - {""}
        known.rows.append((table.source, row))


def note_repeats(intake: Intake, name: str, agency: Agency) -> None:
    """Note rows that list an agency again; report types that differ."""
    disagree = len(agency.types) > 1
    if disagree:
        where = agency.table.at("agency_type", agency.row)
        intake.problems.add("registers.agency-types", where, agency=name, types=listed(sorted(agency.types)))
    for source, row in agency.rows[0 if disagree else 1 :]:
        column, reason = ("agency_type", "conflicting-type") if disagree else ("agency", "duplicate")
        intake.run("INSERT INTO changes VALUES (?, ?, ?, ?, ?)", [source, row, column, reason, name])


def report_spellings(intake: Intake) -> None:
    """Report agencies whose names differ only by case, punctuation or blanks, in either register."""
    answer = intake.run(
        "SELECT agency, min(file), min(row) FROM people GROUP BY agency UNION SELECT agency, file, row FROM agencies"
    )
    names: dict[str, set[str]] = {}
    for name, *_ in answer:
        names.setdefault(spelling(str(name)), set()).add(str(name))
    for alike in names.values():
        if len(alike) > 1:
            report_alike(intake, sorted(alike))


def spelling(name: str) -> str:
    """A name with letters and digits only, "&" read as "and"."""
    return "".join(letter for letter in plain(name.replace("&", " and ")) if letter.isalnum())


def report_alike(intake: Intake, names: Iterable[str]) -> None:
    """Report names that are probably one agency, at the first row that uses the second of them."""
    first, second, *_ = names
    question = (
        "SELECT file, sheet, row FROM people WHERE agency = ? UNION ALL"
        " SELECT file, sheet, row FROM agencies WHERE agency = ? ORDER BY ALL LIMIT 1"
    )
    [(file, sheet, row)] = intake.run(question, [second, second])
    for table in intake.tables:
        if (table.origin.file, table.origin.sheet) == (file, sheet):
            where = table.at("agency", int(str(row)))
            intake.problems.add("registers.agency-spelling", where, first=first, second=second)
            break
