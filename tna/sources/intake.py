"""Puts the tables of one file into the database as text, whatever format they came in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from shutil import copyfile
from typing import TYPE_CHECKING

from tna.duck import literal, quoted
from tna.problems import Place, Problems
from tna.sources.texts import letters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from tna.sources.headers import Headings
    from tna.sources.mappings import RegisterMap
    from tna.sources.stamps import Edition


@dataclass(frozen=True, slots=True)
class Origin:
    """Which register a table belongs to, and the file and sheet it stands in."""

    kind: str
    file: str
    sheet: str = ""

    @property
    def place(self) -> Place:
        """The sheet, or the file when it has none."""
        return Place(file=self.file, sheet=self.sheet)


@dataclass(frozen=True, slots=True)
class Half:
    """A sheet that was not read though it looks like a register, which lacks a column; and how many rows it has."""

    origin: Origin
    headings: Headings
    rows: int


@dataclass(frozen=True, slots=True)
class Table:
    """One table as read: its headings, and `lines` in the database seen as `row, broken, c0, c1` and so on."""

    source: int
    origin: Origin
    headings: Headings
    lines: str
    relation: str
    rows: int

    @property
    def place(self) -> Place:
        """The table as a whole."""
        return self.origin.place

    def has(self, column: str) -> bool:
        """Whether the table has this column."""
        return column in self.headings.meaning or column in self.headings.given

    def sql(self, column: str) -> str:
        """The column as SQL, or what one line says for all rows; an empty text when the table does not have it."""
        if column in self.headings.given:
            return literal(self.headings.given[column])
        return f"c{self.headings.meaning[column]}" if self.has(column) else "''"

    def cell(self, index: int, row: int) -> Place:
        """One cell by the position of its column."""
        return replace(self.place, cell=f"{letters(index)}{row}")

    def at(self, column: str, row: int) -> Place:
        """One cell."""
        return replace(self.place, cell=self.headings.cell(column, row))


def silent(stage: str) -> None:
    """Tells nobody how far reading has come."""


@dataclass(slots=True)
class Intake:
    """What every reader needs: the database, a folder for passing files, whom to tell, what was read so far.

    `account` begins the names of the tables that say what was read: inputs and ledger; `told` hears how far it is.
    """

    connection: DuckDBPyConnection
    scratch: Path
    problems: Problems
    account: str = ""
    marks: bool = False  # whether every cell is to be marked that something is wrong with
    told: Callable[[str], None] = silent
    tables: list[Table] = field(default_factory=list)
    unread: list[Origin] = field(default_factory=list)
    halves: list[Half] = field(default_factory=list)
    others: list[Origin] = field(default_factory=list)  # sheets of forms with rows of another register
    stamps: dict[str, dict[Edition, None]] = field(default_factory=dict)  # by file
    made: list[str] = field(default_factory=list)
    maps: Sequence[RegisterMap] = ()  # how a planner says that other systems' exports are read

    def map_of(self, origin: Origin) -> RegisterMap | None:
        """The planner's map for a file, if there is one."""
        return next((one for one in self.maps if one.kind == origin.kind and one.covers(origin.file)), None)

    def fresh(self, stem: str) -> str:
        """A name nothing else has."""
        self.made.append(f"{stem}_{len(self.made) + 1}")
        return self.made[-1]

    def plain(self, path: Path) -> str:
        """The path of a file as the database must be told it: one that holds no pattern such as `[1]`."""
        if not set("*?[]{}") & set(str(path)):
            return str(path.resolve())
        stand_in = self.scratch / f"{self.fresh('file')}{path.suffix}"
        try:
            stand_in.symlink_to(path.resolve())
        except OSError:
            copyfile(path, stand_in)
        return str(stand_in)

    def run(self, question: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """Every row of the answer to a question."""
        return self.connection.execute(question, list(parameters)).fetchall()

    def named(self, name: str) -> str:
        """A name for something only this reading uses, so that it is cleared away."""
        self.made.append(name)
        return name

    def make(self, name: str, columns: str) -> None:
        """Make an empty table that only this reading uses."""
        self.run(f"CREATE OR REPLACE TEMP TABLE {self.named(name)} ({columns})")

    def number(self, question: str, parameters: Sequence[object] = ()) -> int:
        """The one number that answers a question; 0 for none."""
        return int(str(self.run(question, parameters)[0][0] or 0))

    def accept(self, origin: Origin, headings: Headings, lines: str, relation: str, rows: int) -> None:
        """Keep a table whose headings were understood."""
        self.tables.append(Table(len(self.tables), origin, headings, lines, relation, rows))
        if headings.given and not headings.above.stamp:
            self.problems.add("tables.agency-above", origin.place, **headings.given)
        elif headings.row > 1 and not headings.above.stamp and not headings.above.agency:
            self.problems.add("tables.headings-lower", origin.place, row=headings.row)

    def widen(self, table: Table, columns: Mapping[str, int]) -> None:
        """Know more columns of a table by name."""
        headings = replace(table.headings, meaning={**table.headings.meaning, **columns})
        self.tables[table.source] = replace(table, headings=headings)

    def release(self, table: Table) -> None:
        """Let go of a table's rows once they are understood."""
        self.run(f"DROP TABLE temp.{quoted(table.lines)}")

    def clear(self) -> None:
        """Leave nothing behind in the database but what was asked for."""
        for name in self.made:
            self.run(f"DROP TABLE IF EXISTS temp.{quoted(name)}")

    def of(self, kind: str) -> list[Table]:
        """The tables of a kind, in the order given."""
        return [table for table in self.tables if table.origin.kind == kind]
