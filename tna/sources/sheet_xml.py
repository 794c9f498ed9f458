"""Reads the rows of one sheet as text, in order, without holding more than one row."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from tna.problems import Place, refuse
from tna.sources.book_parts import PIECE, Book, pieces_of, unescaped
from tna.sources.cells import number, position
from tna.sources.texts import UNCALCULATED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from zipfile import ZipFile

    from tna.sources.rows import Row

EMPTY_RUN = 1_000  # so many rows with nothing in them end a sheet; what follows is looked for and reported
CELL = 131_072  # characters of a cell; spreadsheets hold a quarter of that

ROW_OR_SOMETHING = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d+)"|<(?:\w+:)?[vtf](?:\s[^>]*)?>[^<]')


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
            return self.book.texts[natural(raw)]
        if self.kind == "n":
            code = self.book.formats[self.style] if self.style < len(self.book.formats) else "General"
            return number(raw, code, self.book.epoch)
        if self.kind == "b":
            return "TRUE" if raw.strip() == "1" else "FALSE"
        return unescaped(raw)


def natural(raw: str) -> int:
    """The number of a text. Raises IndexError below nought, where a list would count from its end."""
    found = int(raw)
    if found < 0:
        raise IndexError(raw)
    return found


def read_sheet(archive: ZipFile, part: str, book: Book, where: Place) -> Iterator[Row]:
    """The filled rows of a sheet with their numbers. Raises Unusable when cells lie far below the rest."""
    reader = Reader(book, where)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    last = 0
    with closing(pieces_of(archive, part)) as pieces:
        for piece in pieces:
            parser.Parse(piece)
            for row in reader.rows:
                if last and row[0] - last > EMPTY_RUN:
                    refuse("tables.gap", where, run=EMPTY_RUN, row=last, next=row[0])
                last = row[0]
                yield row
            reader.rows.clear()
            if last and reader.row - last > EMPTY_RUN:
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
