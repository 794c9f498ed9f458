"""The tables of a file as rows of text with their places, whether it is CSV, a workbook or a Word document."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from tna.exchange.readings import Reading
from tna.problems import Place, Unusable, problem, refuse

LARGEST = 32 << 20  # bytes of a file that holds a framework; two thousand competencies are about one
WIDEST = 500  # columns
CELL = 131_072  # characters of a cell
MOST = 200_000  # rows
DELIMITERS = (",", ";", "\t", "|")
DAMAGE = (BadZipFile, EOFError, zlib.error, ParseError, KeyError, IndexError, ValueError, ArithmeticError)
NOT_TEXT = {
    b"PK\x03\x04": "a workbook, a Word document or another zip file",
    b"\xd0\xcf\x11\xe0": "an old workbook (.xls) or Word document",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a compressed file",
    b"\xff\xfe": "UTF-16 text, which spreadsheets call 'Unicode text'",
    b"\xfe\xff": "UTF-16 text, which spreadsheets call 'Unicode text'",
}
NO_ENCODING = "no text in any encoding that spreadsheets write"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its number as a spreadsheet shows it, the sheet it is in, and its cells."""

    number: int
    cells: Sequence[str]
    sheet: str = ""

    def cell(self, index: int) -> str:
        """One cell, "" beyond the end."""
        return self.cells[index] if 0 <= index < len(self.cells) else ""


def bytes_of(path: Path, where: Place) -> bytes:
    """The bytes of a file, its size looked at first. Raises `Unusable` when it cannot be read or is too large."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            refuse("exchange.too-large", where, size=f"{size / (1 << 20):,.0f}", limit=LARGEST >> 20)
        return path.read_bytes()
    except OSError as fault:
        raise Unusable([problem("paths.cannot-read", where, why=fault.strerror or str(fault))]) from fault


def text_of(reading: Reading) -> str:
    """The text of a file: UTF-8, or Windows-1252 as older spreadsheets save it. Raises `Unusable` for anything else."""
    where = reading.place()
    raw = bytes_of(reading.path, where)
    known = next((what for start, what in NOT_TEXT.items() if raw.startswith(start)), "")
    if known or b"\0" in raw:
        refuse("exchange.not-text", where, what=known or NO_ENCODING)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        reading.problems.add("tables.read-as-windows", where)
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return refuse("exchange.not-text", where, what=NO_ENCODING)


def csv_rows(text: str, where: Place, delimiters: Sequence[str] = DELIMITERS) -> list[Row]:
    """The rows of CSV text that have something in them. Raises `Unusable` for broken quotes and endless cells."""
    first = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(delimiters, key=first.count)
    found, number = [], 0
    try:
        for number, cells in enumerate(
            csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True), 1
        ):
            if any(cell.strip() for cell in cells):
                found.append(Row(number, cells))
            if len(cells) > WIDEST or number > MOST:
                refuse("exchange.too-many-cells", _cell(where, number), rows=f"{MOST:,}", columns=WIDEST)
    except csv.Error as fault:
        raise Unusable([problem("exchange.broken-csv", _cell(where, number + 1))]) from fault
    return found


def _cell(where: Place, number: int) -> Place:
    return Place(file=where.file, sheet=where.sheet, cell=f"A{number}")


def tables(reading: Reading) -> list[list[Row]]:
    """Every table of a file, in order: the one of a CSV, a workbook's sheets, a Word document's tables."""
    suffix, where = reading.path.suffix.lower(), reading.place()
    if suffix in (".xlsx", ".xlsm", ".docx"):
        bytes_of(reading.path, where)
        try:
            every = _workbook(reading) if suffix != ".docx" else _document(reading)
            return [rows for rows in every if rows]
        except DAMAGE as fault:
            raise Unusable([problem("tables.broken-workbook", where)]) from fault
    return [csv_rows(text_of(reading), where)]


def _workbook(reading: Reading) -> Iterator[list[Row]]:
    from tna.sources import read_sheets

    for name, rows in read_sheets(reading.path, reading.place()):
        yield [_checked(Row(number, cells, name), reading) for number, cells in rows]


def _document(reading: Reading) -> Iterator[list[Row]]:
    """The tables of a Word document, "table 1" and so on; a cell's paragraphs are its lines."""
    import docx

    from tna.sources import open_safely

    with open_safely(reading.path, reading.place()):
        document = docx.Document(str(reading.path))
    for count, table in enumerate(document.tables, 1):
        grid = _grid(table)
        rows = [Row(number, cells, f"table {count}") for number, cells in enumerate(grid, 1)]
        yield [_checked(row, reading) for row in rows if any(cell.strip() for cell in row.cells)]


def _grid(table: Any) -> list[list[str]]:
    """The cells of a Word table; one that reaches over several rows or columns is read where it begins."""
    grid, above = [], []
    for row in table.rows:
        cells = list(row.cells)
        parts = [cell._tc for cell in cells]
        begun = [part not in parts[:at] and part not in above for at, part in enumerate(parts)]
        grid.append([_text(cell) if begins else "" for cell, begins in zip(cells, begun, strict=True)])
        above = parts
    return grid


def _text(cell: object) -> str:
    """The paragraphs of a Word cell as lines, those of a list marked by a dash."""
    lines = []
    for paragraph in cell.paragraphs:  # type: ignore[attr-defined]
        listed = "list" in (paragraph.style.name or "").casefold()
        lines.append(f"- {paragraph.text}" if listed and paragraph.text.strip() else paragraph.text)
    return "\n".join(lines)


def _checked(row: Row, reading: Reading) -> Row:
    if len(row.cells) > WIDEST or row.number > MOST:
        refuse(
            "exchange.too-many-cells",
            reading.place(f"A{row.number}", row.sheet),
            rows=f"{MOST:,}",
            columns=WIDEST,
        )
    return row
