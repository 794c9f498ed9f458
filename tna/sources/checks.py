"""Looks for rows whose own numbers and dates cannot all be right: said with their cells, kept as written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from tna.duck import literal, quoted
from tna.sources.reports import CELLS, also
from tna.sources.texts import letters, shown

if TYPE_CHECKING:
    from datetime import date

    from tna.sources.intake import Intake, Table


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that may be wrong with a row: when it is, in which cell, and what the sentence about it names.

    `spot` gives the number of the table and the cell ("0 C7"); all but the names are SQL over the rows.
    """

    code: str
    column: str
    wrong: str
    spot: str
    facts: Mapping[str, str] = field(default_factory=dict)


def spot_of(table: Table, column: str) -> str:
    """SQL for the cell of a column in any row of a table."""
    return f"{literal(f'{table.source} {letters(table.headings.meaning.get(column, 0))}')} || row"


def check_rows(intake: Intake, relation: str, checks: Iterable[Check]) -> None:
    """Report the rows of a relation that fail each check, table by table, and note them in the ledger."""
    for check in checks:
        firsts = "".join(f", arg_min(({sql})::VARCHAR, row)" for sql in check.facts.values())
        answer = intake.run(
            f"SELECT split_part({check.spot}, ' ', 1)::INTEGER AS number,"
            f" list(split_part({check.spot}, ' ', 2) ORDER BY row)[1:{CELLS}], count(*){firsts}"
            f" FROM {relation} WHERE {check.wrong} GROUP BY number ORDER BY number"
        )
        for source, cells, count, *facts in answer:
            report(intake, check, int(str(source)), cast("list[str]", cells), int(str(count)), facts)
        if answer:
            intake.run(
                f"INSERT INTO changes SELECT table_no, row, {literal(check.column)}, {literal(check.code)}, ''"
                f" FROM {relation} WHERE {check.wrong}"
            )
            names = ", ".join(map(literal, check.facts))
            values = ", ".join(f"({sql})::VARCHAR" for sql in check.facts.values())
            intake.run(
                f"INSERT INTO particulars SELECT table_no, row, {literal(check.column)}, {literal(check.code)},"
                f" map([{names}]::VARCHAR[], [{values}]::VARCHAR[]) FROM {relation} WHERE {check.wrong}"
            )


def report(
    intake: Intake, check: Check, source: int, cells: list[str], count: int, facts: Iterable[object]
) -> None:
    """Say what is wrong with the rows of one table that fail a check, with what the first of them states."""
    table = intake.tables[source]
    named = {name: shown(str(fact), 200) for name, fact in zip(check.facts, facts, strict=True)}
    where = replace(table.place, cell=cells[0])
    heading = table.headings.title(check.column)
    intake.problems.add(f"registers.{check.code}", where, heading=heading, also=also(cells, count), **named)


def future(table: Table, column: str, as_of: date, only: str = "true") -> Iterable[Check]:
    """Dates after the day of the review, in the rows for which that matters."""
    if table.has(column):
        name = quoted(column)
        facts = {"value": name, "as_of": literal(as_of.isoformat())}
        wrong = f"{name} > DATE {literal(as_of.isoformat())} AND {only}"
        yield Check("after-review", column, wrong, spot_of(table, column), facts)


def balance(table: Table) -> Iterable[Check]:
    """Attendances that bookings cannot explain: booked - cancelled - no-show + unscheduled, as far as it is stated.

    A part that is not stated is nought or more, so it leaves only one side open.
    """
    booked, attended, cancelled, no_show, unscheduled = (
        f"{quoted(name)}.n" for name in ("booked", "attended", "cancelled", "no_show", "unscheduled")
    )
    least = f"{booked} - {cancelled} - {no_show} + coalesce({unscheduled}, 0)"
    most = f"{booked} - coalesce({cancelled}, 0) - coalesce({no_show}, 0) + {unscheduled}"
    parts = " || ".join(
        f"coalesce({sql}::VARCHAR, 'not stated') || {literal(words)}"
        for sql, words in ((booked, " booked, "), (cancelled, " cancelled, "), (no_show, " did not come, "),
                           (unscheduled, " unscheduled"))
    )  # fmt: skip
    wrong = f"coalesce({attended} < {least}, false) OR coalesce({attended} > {most}, false)"
    facts = {"attended": attended, "parts": parts}
    yield Check("attendance", "attended", wrong, spot_of(table, "attended"), facts)
