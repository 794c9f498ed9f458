"""What the tables of boards' own documents share: columns headed loosely, objectives and dates in text."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tna.exchange.cells import Row, tables
from tna.exchange.readings import Reading
from tna.exchange.texts import from_html
from tna.names import plain, tidy
from tna.printed import board_word
from tna.problems import refuse
from tna.sources.dates import Order, read_date

HEAD_ROWS = 20
LATEST = date(2099, 12, 31)
BULLET = re.compile(r"^\s*(?:[-•*·▪●◦–]|\d{1,2}[.)]|o(?=\s))\s+")
DATE = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?(?: of)? [A-Za-z]{3,9}\.?,? \d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-\d\d-\d\d"
)
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
YEARLESS = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{MONTHS})[a-z]*\b", re.IGNORECASE)
OBJECTIVES = frozenset(
    {
        "objectives",
        "course objectives",
        "learning objectives",
        "aims and objectives",
        "learning outcomes",
        "outcomes",
    }
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose headings were found: its rows below them, and which column holds what."""

    at: Mapping[str, int]
    head: Row
    rows: Sequence[Row]

    def text(self, row: Row, column: str) -> str:
        """A cell as lines; HTML reduced."""
        return from_html(row.cell(self.at.get(column, -1)))

    def word(self, column: str) -> str:
        """What the heading of a column calls a level: Level, Group, Tier or Stage."""
        return board_word(self.head.cell(self.at[column])) or "Level"


def found(reading: Reading, headings: Mapping[str, Sequence[str]], needed: Sequence[str]) -> list[Table]:
    """Every table of a file that has the columns needed. Raises `Unusable` when none has."""
    every = []
    for rows in tables(reading):
        if table := _table(rows, headings, needed, reading):
            every.append(table)
        elif rows and rows[0].sheet:
            reading.problems.add("exchange.table-not-read", reading.place(sheet=rows[0].sheet))
    if not every:
        refuse(
            "exchange.no-table",
            reading.place(),
            columns=", ".join(f"'{headings[name][0]}'" for name in needed),
        )
    return every


def _table(
    rows: Sequence[Row], headings: Mapping[str, Sequence[str]], needed: Sequence[str], reading: Reading
) -> Table | None:
    for index, row in enumerate(rows[:HEAD_ROWS]):
        at = _columns(row, headings)
        if all(name in at for name in needed):
            for above in rows[:index]:
                told = "it stands above the headings and is read as a title"
                reading.ledger.note(
                    f"row {above.number}", "changed", told, " ".join(above.cells), above.sheet
                )
            reading.ledger.note(f"row {row.number}", "accepted", "headings", sheet=row.sheet)
            return Table(at, row, rows[index + 1 :])
    return None


def _columns(row: Row, headings: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The column of each kind: headed exactly so, else beginning so."""
    cells = [plain(re.sub(r"[^\w\s]+", " ", tidy(cell))) for cell in row.cells]
    at: dict[str, int] = {}
    for name, words in headings.items():
        exact = [index for index, cell in enumerate(cells) if cell in words]
        begun = [
            index for index, cell in enumerate(cells) if any(cell.startswith(f"{word} ") for word in words)
        ]
        free = [index for index in (*exact, *begun) if index not in at.values()]
        if free:
            at[name] = free[0]
    return at


def level_word(words: Sequence[str]) -> dict[str, str]:
    """The word that a board's tables use most for a level, as the framework has it."""
    return {"level_word": Counter(words).most_common(1)[0][0].casefold()} if words else {}


def is_head(row: Row, table: Table) -> bool:
    """Whether a row is the headings again, as on each page of a printed table."""
    return [tidy(cell) for cell in row.cells] == [tidy(cell) for cell in table.head.cells]


def objectives(text: str) -> tuple[list[str], list[str]]:
    """The lines of a description that are objectives, without their marks, and the others.

    They are marked as a list, or stand under the heading "Objectives" up to a remark in brackets or another heading.
    """
    every = text.split("\n") if text else []
    listed = {at for at, line in enumerate(every) if BULLET.match(line)}
    head = next((at for at, line in enumerate(every) if plain(line).rstrip(" :") in OBJECTIVES), len(every))
    under = itertools.takewhile(
        lambda at: not every[at].startswith("(") and not every[at].endswith(":"), range(head + 1, len(every))
    )
    taken = listed or set(under)
    return (
        [BULLET.sub("", line) for at, line in enumerate(every) if at in taken],
        [line for at, line in enumerate(every) if at not in taken],
    )


def dates(text: str) -> list[date]:
    """Every date in a text, day first, in order; what is no certain date is left out."""
    return list(dict.fromkeys(day for match in DATE.finditer(text) if (day := _day(match[0]))))


def undated(text: str) -> list[str]:
    """What is written as a date but is none: a day that no month has, or a day and month without a year."""
    impossible = [match[0] for match in DATE.finditer(text) if not _day(match[0])]
    return [*impossible, *(match[0] for match in YEARLESS.finditer(DATE.sub(" ", text)))]


def _day(text: str) -> date | None:
    return read_date(text.replace(" of ", " "), Order(day_first=True), LATEST).value


def joined(cells: Iterator[str]) -> str:
    """Cells that are not empty, a line each."""
    return "\n".join(cell for cell in cells if cell)
