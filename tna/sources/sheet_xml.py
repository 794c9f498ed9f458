"""Reads the rows of one sheet as text, in order, without holding more than one row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.parsers import expat

from tna.problems import Place, refuse
from tna.sources.book_parts import PIECE, Book, pieces_of, unescaped
from tna.sources.texts import UNCALCULATED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from zipfile import ZipFile

    from tna.sources.rows import Row

EMPTY_RUN = 1_000  # so many rows with nothing in them end a sheet; what follows is looked for and reported
WIDTH = 16_384  # the columns a spreadsheet has
CELL = 131_072  # characters of a cell; spreadsheets hold a quarter of that

REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?\d*")
ROW_OR_SOMETHING = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d+)"|<(?:\w+:)?[vtf](?:\s[^>]*)?>[^<]')
ZEROS = re.compile(r"0{2,}")


@dataclass(slots=True)
class Reader:
    """Collects the rows of a sheet while its XML goes by."""

    book: Book
    where: Place
    rows: list[Row] = field(default_factory=list)
    row: int = 0
    column: int = 0
    cells: list[str] = field(default_factory=list)
    filled: int = 0
    kind: str = ""
    style: int = 0
    formula: bool = False
    valued: bool = False
    keeping: bool = False
    phonetic: bool = False
    pieces: list[str] = field(default_factory=list)
    length: int = 0

    def start(self, tag: str, said: Mapping[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition(":")[2]
        if name == "c":
            self.column = position(said.get("r", ""), self.column)
            self.kind, self.style = said.get("t", "n"), int(said.get("s", 0) or 0)
            self.formula = self.valued = False
        elif name in ("v", "t"):
            self.keeping = not self.phonetic
            self.valued = True
        elif name == "f":
            self.formula = True
        elif name == "row":
            self.row = int(float(said.get("r", self.row + 1)))
            self.column = -1
        elif name == "rPh":
            self.phonetic = True

    def text(self, data: str) -> None:
        """Text goes by."""
        if self.keeping:
            self.pieces.append(data)
            self.length += len(data)
            if self.length > CELL:
                refuse("tables.cell-too-long", self.where, limit=f"{CELL:,}")

    def end(self, tag: str) -> None:
        """An element ends."""
        name = tag.rpartition(":")[2]
        if name in ("v", "t"):
            self.keeping = False
        elif name == "c":
            self.put()
        elif name == "row" and self.cells:
            self.rows.append((self.row, tuple(self.cells)))
            self.filled = self.row
            self.cells = []
        elif name == "rPh":
            self.phonetic = False

    def put(self) -> None:
        """Keep the cell that ends here, if it shows something."""
        raw = "".join(self.pieces)
        self.pieces.clear()
        self.length = 0
        shown = self.show(raw)
        if shown:
            self.cells.extend([""] * (self.column + 1 - len(self.cells)))
            self.cells[self.column] = shown

    def show(self, raw: str) -> str:
        """A cell's content as text: a date in ISO form, a whole number without fraction, an error as it is."""
        if self.formula and not raw:
            return "" if self.kind == "str" and self.valued else UNCALCULATED
        if not raw:
            return ""
        if self.kind == "s":
            return self.book.texts[int(raw)]
        if self.kind == "n":
            code = self.book.formats[self.style] if self.style < len(self.book.formats) else "General"
            return number(raw, code, self.book.epoch)
        if self.kind == "b":
            return "TRUE" if raw.strip() == "1" else "FALSE"
        return unescaped(raw)


def position(reference: str, before: int) -> int:
    """The column of a cell counted from 0: as its reference says, else the one after the cell before."""
    match = REFERENCE.fullmatch(reference)
    if not match:
        return before + 1
    found = column_number(match[1].upper())
    return found if found < WIDTH else WIDTH - 1


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """The number of a column from its letters, counted from 0."""
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found - 1


@lru_cache(maxsize=65_536)
def number(raw: str, code: str, epoch: datetime) -> str:
    """A number as the sheet shows it where that matters: dates, whole numbers, leading zeros."""
    try:
        value = float(raw)
    except ValueError:
        return raw
    if is_date(code):
        return dated(value, epoch)
    if not value.is_integer() or abs(value) >= 10**15:
        return raw
    whole = str(int(value))
    return whole.zfill(len(code)) if ZEROS.fullmatch(code) and value >= 0 else whole


@lru_cache(maxsize=256)
def is_date(code: str) -> bool:
    """Whether a number format shows a date or a time."""
    from openpyxl.styles.numbers import is_date_format

    return bool(is_date_format(code))


def dated(value: float, epoch: datetime) -> str:
    """A day count as ISO text; an error when it is outside the calendar, as spreadsheets show it."""
    from openpyxl.utils.datetime import from_excel

    try:
        found: datetime | date | time | timedelta = from_excel(value, epoch)
    except (OverflowError, ValueError):
        return "#VALUE!"
    if isinstance(found, datetime):
        return found.date().isoformat() if found.time() == time() else found.isoformat(" ", "seconds")
    return str(found)


def read_sheet(archive: ZipFile, part: str, book: Book, where: Place) -> Iterator[Row]:
    """The filled rows of a sheet with their numbers. Raises Unusable when cells lie far below the rest."""
    reader = Reader(book, where)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    pieces = pieces_of(archive, part)
    last = 0
    for piece in pieces:
        parser.Parse(piece)
        for row in reader.rows:
            if row[0] - last > EMPTY_RUN:
                refuse("tables.gap", where, run=EMPTY_RUN, row=last, next=row[0])
            last = row[0]
            yield row
        reader.rows.clear()
        if reader.row - last > EMPTY_RUN:
            check_rest(pieces, reader, last)
            return
    parser.Parse(b"", True)


def check_rest(pieces: Iterator[bytes], reader: Reader, last: int) -> None:
    """Look for anything below a long run of empty rows without parsing it. Raises Unusable when there is."""
    row, text = reader.row, b""
    found = bool(reader.cells)
    while not found and (piece := next(pieces, b"")):
        text += piece
        for match in ROW_OR_SOMETHING.finditer(text):
            row = int(match[1] or row)
            found = not match[1]
            if found:
                break
        text = text[max(text.rfind(b"<"), len(text) - PIECE) :]
    if found:
        refuse("tables.gap", reader.where, run=EMPTY_RUN, row=last, next=row)
