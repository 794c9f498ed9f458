"""Reads returns through the ordinary readers, whatever they hold, and accounts for every row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tna import boards, duck, sources
from tna.model import Board
from tna.names import course_names, level_names
from tna.plugins import Plugins
from tna.problems import Place, Problems, refuse
from tna.review.walk import names
from tna.wording import listed

if TYPE_CHECKING:
    import duckdb

# Which registers each kind of workbook may hold; the first is what a file is read as when its headings do not tell.
KINDS: Mapping[str, tuple[str, ...]] = {
    "people": ("people", "records"),
    "headcounts": ("returns",),
    "sessions": ("sessions", "bookings"),
}
OF_PEOPLE = KINDS["people"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Returns as read: the database, what is wrong, the board, and the files by register."""

    connection: duckdb.DuckDBPyConnection
    problems: Problems
    board: Board
    as_of: date
    files: Mapping[str, tuple[Path, ...]]

    @property
    def accounts(self) -> tuple[str, ...]:
        """What begins the names of the tables that account for rows: of people and training, and of a year."""
        return ("",) * any(map(self.files.get, OF_PEOPLE)) + ("year_",) * any(
            paths for kind, paths in self.files.items() if kind not in OF_PEOPLE
        )

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The registers that are read together."""
        return OF_PEOPLE, tuple(kind for kind in self.files if kind not in OF_PEOPLE)

    def rows(self, question: str) -> list[tuple[object, ...]]:
        """The answer to a question about what was read."""
        return self.connection.execute(question).fetchall()


def read(
    paths: Sequence[Path],
    board: str,
    kind: str,
    as_of: date,
    plugins: Plugins,
    decided: Sequence[Path] = (),
    told: Callable[[str], None] = lambda stage: None,
) -> Reading:
    """Every return as what it holds; `board` and `kind` are "" when the files are to tell.

    Raises `Unusable` when the board is not known, or the files are of several.
    """
    kinds = [kind] if kind else list(KINDS)
    every = [register for one in kinds for register in KINDS[one]]
    held = {path: sources.holds(path, every) for path in paths}
    whole = boards.load(board or the_board(held, plugins), places=plugins.all("tna_shelves"), decided=decided)
    files: dict[str, list[Path]] = {register: [] for register in every}
    for path, found in held.items():
        for register in chosen(found, kinds):
            files[register].append(path)
    reading = Reading(
        duck.connect(), Problems(), whole, as_of, {one: tuple(some) for one, some in files.items()}
    )
    take(reading, plugins, told)
    check_account(reading)
    return reading


def the_board(held: Mapping[Path, sources.Holds], plugins: Plugins) -> str:
    """The one board whose forms the files are.

    Raises `Unusable` when none says, or they are of several; for files that cannot be read, with the reason.
    """
    found = list(dict.fromkeys(board for one in held.values() for board in one.boards))
    closed = [path for path, one in held.items() if not one.readable]
    if not found and closed:
        problems, formats = Problems(), plugins.all("tna_sources")
        sources.read_registers(duck.connect(), closed, (), (), {}, date.max, problems, formats)
        problems.stop_on_errors()
    if len(found) != 1:
        why = f"they are forms of {listed(found)}" if found else "no file is a form that says so"
        refuse("forms.which-board", Place(), why=why)
    return found[0]


def chosen(held: sources.Holds, kinds: Sequence[str]) -> Sequence[str]:
    """What a file is read as: of the first kind that its headings fit.

    Sessions and bookings have the same headings: only a form says which it is, anything else is sessions.
    """
    for kind in kinds:
        if found := [one for one in KINDS[kind] if one in held.registers]:
            return found if held.boards or kind != "sessions" else found[:1]
    return KINDS[kinds[0]][:1]


def take(reading: Reading, plugins: Plugins, told: Callable[[str], None]) -> None:
    """Every file into the database by the readers of analyse and review."""
    files, pack, formats = reading.files, reading.board.pack, plugins.all("tna_sources")
    edition = sources.edition_of(pack)
    if "" in reading.accounts:
        people, records = (files.get(kind, ()) for kind in OF_PEOPLE)
        sources.read_registers(
            reading.connection, people, records, (), course_names(pack.courses), reading.as_of, reading.problems,
            formats, edition, marks=True, told=told,
            levels=level_names(pack.framework.levels),
        )  # fmt: skip
    if "year_" in reading.accounts:
        year = {kind: paths for kind, paths in files.items() if kind not in OF_PEOPLE}
        sources.read_year(
            reading.connection, year, names(reading.board), reading.as_of, reading.problems, formats, edition, marks=True, told=told,
        )  # fmt: skip


def check_account(reading: Reading) -> None:
    """Make sure that the ledger sums to the rows read."""
    for account in reading.accounts:
        [(read,)] = reading.rows(f"SELECT coalesce(sum(rows), 0) FROM {account}inputs")
        assert sum(outcomes(reading, [account]).values()) == int(str(read)), "the ledger does not sum"


def outcomes(reading: Reading, accounts: Iterable[str]) -> dict[str, int]:
    """How many rows had each outcome."""
    found: dict[str, int] = {}
    for account in accounts:
        for outcome, rows in reading.rows(
            f"SELECT outcome, sum(if(outcome = 'accepted', value::BIGINT, 1)) FROM {account}ledger GROUP BY 1"
        ):
            found[str(outcome)] = found.get(str(outcome), 0) + int(str(rows))
    return found
