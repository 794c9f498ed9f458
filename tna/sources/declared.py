"""Reads a register from a description of its columns: how each cell is read, and which a row cannot do without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tna.duck import literal, quoted
from tna.sources.headers import wanted
from tna.sources.ledger import note_changes, note_wrong, or_unreadable, refused_date
from tna.sources.lookups import Lookup, learn, learn_dates
from tna.sources.numbers import COUNT
from tna.sources.records import nearest_courses
from tna.sources.reports import Group, blank_faults, report_wrong
from tna.sources.sql import fault_sql, ident_sql, tidy_sql

if TYPE_CHECKING:
    from datetime import date

    from tna.sources.columns import Column
    from tna.sources.intake import Intake, Table

SAID = "'', 'hidden-count', 'estimated-count'"  # what is said of a number and is no fault
Case = tuple[str, str, str]  # a condition, the reason it gives and the column it is about, all in SQL


@dataclass(frozen=True, slots=True)
class Register:
    """A kind of register: its columns, and groups of which each row must fill one, with the reason when it does not."""

    kind: str
    columns: tuple[Column, ...]
    one_of: Mapping[tuple[str, ...], str]

    def column(self, name: str) -> Column:
        """One of its columns."""
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True, slots=True)
class Cell:
    """The SQL that gives one column of every row: its value, why there is none, what was written, and the join."""

    column: Column
    value: str
    why: str
    written: str
    join: str = ""

    @property
    def sql(self) -> str:
        """The three as columns."""
        pieces = {"": self.value, " why": self.why, " written": self.written}
        return ", ".join(f"{sql} AS {quoted(self.column.name + end)}" for end, sql in pieces.items())


def read_table(intake: Intake, table: Table, register: Register, as_of: date) -> str:
    """The usable rows of one table as `table_no, row` and its columns; the others are noted in `verdicts`.

    What is wrong with cells is reported, and noted as a change where the row is kept.
    """
    cells = [understand(intake, table, column, as_of) for column in register.columns]
    cases = list(verdicts(register, cells))
    refused, odd = (" ".join(f"WHEN {case[0]} THEN {case[part]}" for case in cases) for part in (1, 2))
    name = intake.fresh("read")
    intake.run(
        f"CREATE TEMP TABLE {name} AS SELECT *, CASE {refused} ELSE '' END AS refused, CASE {odd} ELSE '' END AS odd"
        f" FROM (SELECT {table.source} AS table_no, row, broken, {', '.join(one.sql for one in cells)}"
        f" FROM {table.relation}{''.join(one.join for one in cells)}) ORDER BY row"
    )
    set_aside(intake, name, register)
    return name


def set_aside(intake: Intake, relation: str, register: Register) -> None:
    """Move the rows that have a verdict out of what was read."""
    names = [column.name for column in register.columns]
    written = " ".join(f"WHEN {literal(name)} THEN {quoted(name + ' written')}" for name in names)
    intake.run(
        f"INSERT INTO verdicts SELECT table_no, row, odd, refused, coalesce(CASE odd {written} END, '')"
        f" FROM {relation} WHERE refused <> ''"
    )
    intake.run(f"DELETE FROM {relation} WHERE refused <> ''")


def leave_out(intake: Intake, relation: str, column: str, said: str) -> None:
    """Move the rows that say a word in a column out of what was read; the word is the reason too."""
    name, written = quoted(column), quoted(f"{column} written")
    wrong = f"FROM {relation} WHERE {name} = {literal(said)}"
    intake.run(
        f"INSERT INTO verdicts SELECT table_no, row, {literal(column)}, {literal(said)}, {written} {wrong}"
    )
    intake.run(f"DELETE {wrong}")


def understand(intake: Intake, table: Table, column: Column, as_of: date) -> Cell:
    """How the cells of one column of a table are read; what cannot be is reported."""
    cell = table.sql(column.name)
    if not table.has(column.name):
        return Cell(column, column.missing, "''", "''")
    if column.kind == "DATE":
        found, order = learn_dates(intake, table, column.name, as_of)
        if order.assumed:
            heading = table.headings.title(column.name)
            intake.problems.add("registers.day-first", table.place, heading=heading)
    elif column.think:
        found = learn(intake, table, column.name, column.think, column.kind)
    else:
        return as_written(intake, table, column)
    report_wrong(intake, found, lambda group: nearest(column, group))
    if not column.decides:
        note_changes(intake, found, column.noted)
    else:
        note_wrong(intake, found, or_unreadable(found.why, refusal(column, found.why)))
    return Cell(column, answer(column, found), found.why, tidy_sql(cell), found.join)


def as_written(intake: Intake, table: Table, column: Column) -> Cell:
    """How a column is read that is kept as written: a person's id to the letter, other text tidied."""
    cell = table.sql(column.name)
    if wanted(table.origin.kind)[column.name].required or column.name in ("person_id", "form_id"):
        why = f"CASE WHEN {fault_sql(cell)} THEN 'error-value' ELSE '' END"
        value = ident_sql(cell) if column.name in ("person_id", "form_id") else tidy_sql(cell)
        return Cell(column, value, why, tidy_sql(cell))
    return Cell(column, blank_faults(intake, table, column.name), "''", tidy_sql(cell))


def answer(column: Column, found: Lookup) -> str:
    """The answer of a lookup, an empty text where a word has none."""
    return f"coalesce({found.value}, '')" if column.kind == "VARCHAR" else found.value


def nearest(column: Column, group: Group) -> dict[str, str]:
    """What a report of an unknown name adds: "; did you mean 'x' (c8)?" with up to three, or "."."""
    if column.names is None or not group.why.startswith("unknown-"):
        return {}
    return {"nearest": nearest_courses(group.value, column.names)}


def verdicts(register: Register, cells: list[Cell]) -> Iterator[Case]:
    """Everything that refuses a row or sets it aside, the first that holds being the verdict."""
    yield "broken <> ''", "'broken-row'", "''"
    needed = {name for name, want in wanted(register.kind).items() if want.required}
    for one in cells:
        name = one.column.name
        why, written = quoted(f"{name} why"), quoted(f"{name} written")
        if name in needed or one.column.decides:
            yield f"{why} = 'error-value'", "'unreadable-cell'", literal(name)
        if name in needed:
            reason = "blank-agency" if name == "agency" else "blank-cell"
            yield f"{written} = ''", literal(reason), literal(name)
        if one.column.decides:
            yield f"{why} <> ''", refusal(one.column, why), literal(name)
    for names, reason in register.one_of.items():
        yield from unfilled([cell for cell in cells if cell.column.name in names], reason)


def refusal(column: Column, why: str) -> str:
    """The reason a deciding cell gives for refusing its row, as SQL."""
    if column.kind == "DATE":
        return refused_date(why)
    return literal(column.noted)


def unfilled(cells: list[Cell], reason: str) -> Iterator[Case]:
    """The verdict on rows that fill none of a group of columns, for their faults when they have any."""
    blank = " AND ".join(f"NOT {stated(cell.column)}" for cell in cells)
    faulty = " OR ".join(f"{quoted(cell.column.name + ' why')} NOT IN ({SAID})" for cell in cells)
    first = literal(cells[0].column.name)
    yield f"{blank} AND ({faulty})", "'nothing-readable'", first
    yield blank, literal(reason), first


def stated(column: Column) -> str:
    """SQL for whether a row states anything in a column."""
    name = quoted(column.name)
    if column.kind == "VARCHAR":
        return f"({name} <> '')"
    return (
        f"({name}.n IS NOT NULL OR {name}.high IS NOT NULL)"
        if column.kind == COUNT
        else f"({name} IS NOT NULL)"
    )
