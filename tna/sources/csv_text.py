"""Reads comma-, semicolon-, tab- and bar-separated text; fast where every line is provably accounted for."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING

from tna.duck import literal
from tna.sources.headers import COLUMNS, HEAD_ROWS, Headings, read_headings
from tna.sources.looks import PIECE, Look, encoding
from tna.sources.rows import take_lines, take_sheets, text_columns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tna.sources.intake import Intake, Origin
    from tna.sources.rows import Row

CELL = 131_072  # characters in one cell; the csv module refuses more
CODES = {"utf-8": "utf-8-sig"}  # with or without its mark
DELIMITERS = (",", ";", "\t", "|")


def read_csv(intake: Intake, file: Origin, path: Path, seen: Look) -> None:
    """Take a text file into the database. Problems: not text, no headings, broken quotes, lines too long."""
    told = intake.map_of(file)
    code = CODES.get(told.encoding, told.encoding) if told and told.encoding else encoding(seen)
    if not code:
        intake.problems.add("tables.not-text", file.place)
    elif seen.unbroken:
        intake.problems.add("tables.line-too-long", file.place, limit=f"{PIECE:,}")
    else:
        if code == "cp1252" and not (told and told.encoding):
            intake.problems.add("tables.read-as-windows", file.place)
        read_text(intake, file, path, seen, code)


def read_text(intake: Intake, file: Origin, path: Path, seen: Look, code: str) -> None:
    """Take a file whose encoding is known, the fast way if it can be trusted, else row by row."""
    told = intake.map_of(file)
    if told and told.delimiter:
        delimiter, skipped = told.delimiter, 0
    else:
        delimiter, skipped = find_delimiter(file.kind, path, code)
    if seen.plain and not skipped and not told and read_fast(intake, file, path, seen, delimiter):
        return
    try:
        rows = ((row - skipped, cells) for row, cells in read_careful(path, code, delimiter) if row > skipped)
        take_sheets(intake, file, [("", rows)])
    except csv.Error as fault:
        report_fault(intake, file, str(fault))
    except UnicodeDecodeError:
        intake.problems.add("tables.not-text", file.place)


def report_fault(intake: Intake, file: Origin, fault: str) -> None:
    """Say in a planner's words what the csv module could not read."""
    row, _, why = fault.partition(":")
    code = "tables.cell-too-long" if "field limit" in why else "tables.broken-quotes"
    intake.problems.add(code, replace(file.place, cell=f"A{row}"), limit=f"{CELL:,}")


def find_delimiter(kind: str, path: Path, code: str) -> tuple[str, int]:
    """The delimiter under which the file's first rows head a register best, and rows before its table.

    Spreadsheets may begin a file with "sep=;", which is believed and left out.
    """
    with path.open(encoding=code, newline="", errors="replace") as handle:
        lines = list(islice(iter(lambda: handle.readline(PIECE), ""), HEAD_ROWS))
    said = lines[0].strip().strip('"') if lines else ""
    if said.lower().startswith("sep=") and said[4:5] in DELIMITERS:
        return said[4], 1
    return max(DELIMITERS, key=lambda delimiter: fitness(kind, lines, delimiter)), 0


def fitness(kind: str, lines: list[str], delimiter: str) -> tuple[int, int]:
    """How well a delimiter fits: columns understood in the best row, then columns found."""
    rows = csv.reader(StringIO("".join(lines), newline=""), delimiter=delimiter)
    best = (0, 0)
    try:
        for number, cells in enumerate(rows, 1):
            best = max(best, (len(read_headings(kind, number, cells).meaning), len(cells)))
    except csv.Error:
        pass
    return best


def read_careful(path: Path, code: str, delimiter: str) -> Iterator[Row]:
    """Each record with the row number a spreadsheet shows. Raises csv.Error as "ROW: why"."""
    number = 0
    with path.open(encoding=code, newline="") as handle:
        reader = csv.reader(handle, delimiter=delimiter, strict=True)
        try:
            for number, cells in enumerate(reader, 1):
                yield number, cells
        except csv.Error as fault:
            raise csv.Error(f"{number + 1}: {fault}") from fault


def read_fast(intake: Intake, file: Origin, path: Path, seen: Look, delimiter: str) -> bool:
    """Let the database read the file; False, with nothing kept, unless every line became exactly one row."""
    headings = first_row(file.kind, path, delimiter)
    if headings is None:
        return False
    lines = intake.fresh("lines")
    if not load_lines(intake, path, lines, len(headings.written), delimiter):
        return False
    if intake.number(f"SELECT count(*) FROM {lines}") + 1 != seen.lines:
        intake.run(f"DROP TABLE {lines}")
        return False
    take_lines(intake, file, headings, lines)
    return True


def first_row(kind: str, path: Path, delimiter: str) -> Headings | None:
    """The headings, when they stand in the first row, are all there and leave nothing to report."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        try:
            cells = next(csv.reader([handle.readline(PIECE)], delimiter=delimiter, strict=True), [])
        except csv.Error:
            return None
    headings = read_headings(kind, 1, cells)
    tidy_enough = (
        headings.whole and not headings.rivals and 1 < len(cells) <= COLUMNS and headings.written[-1]
    )
    return headings if tidy_enough else None


def load_lines(intake: Intake, path: Path, lines: str, width: int, delimiter: str) -> bool:
    """Load all lines below the first as text; False when the database finds any line irregular."""
    from duckdb import Error

    try:
        intake.run(
            f"CREATE TEMP TABLE {lines} AS SELECT * FROM read_csv({literal(intake.plain(path))},"
            f" columns = {{{text_columns(width)}}}, header = true, auto_detect = false, all_varchar = true,"
            f" delim = {literal(delimiter)}, quote = '\"', escape = '\"', strict_mode = true, null_padding = false,"
            f" max_line_size = {CELL}, hive_partitioning = false)"
        )
    except Error:
        return False
    return True
