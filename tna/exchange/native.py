"""What the tables of boards' own documents share: columns headed loosely, levels as people write them, dates in text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tna.exchange.cells import Row, tables
from tna.exchange.readings import Reading
from tna.exchange.texts import from_html
from tna.names import plain, tidy
from tna.problems import refuse
from tna.sources.dates import Order, read_date

HEAD_ROWS = 20
LATEST = date(2099, 12, 31)
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
BULLET = re.compile(r"^\s*(?:[-•*·▪●◦–]|\d{1,2}[.)]|o(?=\s))\s+")
DATE = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?(?: of)? [A-Za-z]{3,9}\.?,? \d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-\d\d-\d\d"
)
WORD = re.compile(r"[A-Za-z]+|\d+|[-–—/&,]")
NOTHING = frozenset({"", "na", "n/a", "none", "not applicable", "-", "tbc"})
BETWEEN = frozenset({"-", "–", "—", "to"})
BESIDE = frozenset({"/", "&", ",", "and", "or"})
LEVEL_WORDS = frozenset(
    {"level", "levels", "group", "groups", "tier", "tiers", "stage", "stages", "course", "induction"}
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


def is_head(row: Row, table: Table) -> bool:
    """Whether a row is the headings again, as on each page of a printed table."""
    return [tidy(cell) for cell in row.cells] == [tidy(cell) for cell in table.head.cells]


def bullets(text: str) -> tuple[list[str], list[str]]:
    """The lines of a cell that are marked as a list, without their marks, and the others."""
    every = text.split("\n") if text else []
    listed = [BULLET.sub("", line) for line in every if BULLET.match(line)]
    return listed, [line for line in every if not BULLET.match(line)]


def levels(text: str) -> tuple[list[str], str, bool]:
    """The numbers of the levels a cell names, why it cannot be read ("" when it can), and whether that took a reading.

    "Level 1-6" and "Level 3/4" take one: a range means each level in it. "NA" names none.
    """
    if plain(text) in NOTHING:
        return [], "", False
    words = [word.casefold() for word in WORD.findall(re.sub(r"\(.*?\)", " ", text))]
    words = [word for word in words if word not in LEVEL_WORDS]
    numbers: list[str] = []
    joined = ""
    for word in words:
        number = _number(word)
        if number is None and word not in BETWEEN | BESIDE:
            return [], word, False
        if number is not None:
            numbers += _range(numbers[-1], number) if joined in BETWEEN and numbers else [number]
        joined = word if number is None else ""
    return list(dict.fromkeys(numbers)), "" if numbers else text, len(numbers) > 1


def _number(word: str) -> str | None:
    if word.isdigit():
        return str(int(word))
    if word in NUMBERS:
        return str(NUMBERS.index(word) + 1)
    return word.upper() if word in ROMAN or (len(word) == 1 and word in "abcdefgh") else None


def _range(first: str, last: str) -> list[str]:
    """The numbers after the first up to the last, written as they are."""
    for scale in (
        tuple(str(number) for number in range(100)),
        tuple(map(str.upper, ROMAN)),
        tuple("ABCDEFGH"),
    ):
        if first in scale and last in scale:
            return list(scale[scale.index(first) + 1 : scale.index(last) + 1])
    return [last]


def dates(text: str) -> list[date]:
    """Every date in a text, day first, in order; what is no certain date is left out."""
    read = (
        read_date(match[0].replace(" of ", " "), Order(day_first=True), LATEST).value
        for match in DATE.finditer(text)
    )
    return list(dict.fromkeys(one for one in read if one))


def joined(cells: Iterator[str]) -> str:
    """Cells that are not empty, a line each."""
    return "\n".join(cell for cell in cells if cell)
