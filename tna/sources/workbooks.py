"""Reads workbooks sheet by sheet, after looking whether they are safe to open."""

from __future__ import annotations

import zlib
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from tna.problems import Unusable, refuse
from tna.sources.archives import check_archive, open_archive
from tna.sources.book_parts import Book, read_book
from tna.sources.headers import HEAD_ROWS
from tna.sources.intake import Origin
from tna.sources.rows import take_sheets
from tna.sources.sheet_xml import read_sheet
from tna.sources.stamps import HIDDEN, agency_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from zipfile import ZipFile

    from tna.problems import Place
    from tna.sources.intake import Intake
    from tna.sources.looks import Look
    from tna.sources.rows import NamedRows

DAMAGE = (
    BadZipFile,
    EOFError,
    zlib.error,
    ParseError,
    ExpatError,
    KeyError,
    IndexError,
    ValueError,
    ArithmeticError,
    NotImplementedError,  # what the zip library raises for a compression that it cannot undo
)


def read_workbook(intake: Intake, file: Origin, path: Path, _: Look) -> None:
    """Take the sheets of a workbook that head a register of its kind. Problems: anything unsafe or damaged."""
    try:
        with open_archive(path, file.place) as archive:
            check_archive(archive, file.place)
            book = read_book(archive)
            take_sheets(intake, file, sheets(archive, book, file), whose(archive, book, file))
    except Unusable as stop:
        intake.problems.extend(stop.problems)
    except DAMAGE:
        intake.problems.add("tables.broken-workbook", file.place)


def read_sheets(path: Path, where: Place) -> Iterator[NamedRows]:
    """The rows of every sheet of a workbook that is safe to open. Raises Unusable when it is not, DAMAGE when it is broken."""
    with open_archive(path, where) as archive:
        check_archive(archive, where)
        yield from sheets(archive, read_book(archive), Origin("", where.file))


def whose(archive: ZipFile, book: Book, file: Origin) -> str:
    """The agency whose form a workbook is, by its hidden sheet; '' when there is none, or more than one."""
    hidden = [(name, part) for name, part in book.sheets if name.casefold().startswith(HIDDEN)]
    if len(hidden) != 1:
        return ""
    [(name, part)] = hidden
    where = replace(file, sheet=name).place
    return agency_of(list(islice(read_sheet(archive, part, book, where), HEAD_ROWS)))


def sheets(archive: ZipFile, book: Book, file: Origin) -> Iterator[NamedRows]:
    """Each sheet of a workbook by name, in order. Raises Unusable when there is none."""
    if not book.sheets:
        refuse("tables.not-a-workbook", file.place)
    for name, part in book.sheets:
        yield name, read_sheet(archive, part, book, replace(file, sheet=name).place)
