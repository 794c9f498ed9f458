"""Reads workbooks sheet by sheet, after looking whether they are safe to open."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from tna.problems import Unusable, refuse
from tna.sources.archives import check_archive, open_archive
from tna.sources.book_parts import read_book
from tna.sources.rows import take_sheets
from tna.sources.sheet_xml import read_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from zipfile import ZipFile

    from tna.sources.intake import Intake, Origin
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
    NotImplementedError,
)


def read_workbook(intake: Intake, file: Origin, path: Path, _: Look) -> None:
    """Take the sheets of a workbook that head a register of its kind. Problems: anything unsafe or damaged."""
    try:
        with open_archive(path, file.place) as archive:
            check_archive(archive, file.place)
            take_sheets(intake, file, sheets(archive, file))
    except Unusable as stop:
        intake.problems.extend(stop.problems)
    except DAMAGE:
        intake.problems.add("tables.broken-workbook", file.place)


def sheets(archive: ZipFile, file: Origin) -> Iterator[NamedRows]:
    """Each sheet of a workbook by name, in order. Raises Unusable when there is none."""
    book = read_book(archive)
    if not book.sheets:
        refuse("tables.not-a-workbook", file.place)
    for name, part in book.sheets:
        yield name, read_sheet(archive, part, book, replace(file, sheet=name).place)
