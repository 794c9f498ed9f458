"""Writes the workbook for one agency, or one for each of many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path

from tna.forms.layout import Form, form, offered, said
from tna.forms.lists import LISTS
from tna.model import Board
from tna.names import plain
from tna.problems import Place, refuse
from tna.sources import HIDDEN, Edition, Stamp, edition_of

TEMPLATE = "tna-return-1"  # what reads the workbook back goes by this
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write(board: Board, agency: str, kind: str, as_of: date, path: Path) -> None:
    """The workbook of a kind for an agency; the same bytes for the same board, agency, kind and day.

    Raises `Unusable` when the file cannot be written.
    """
    from xlsxwriter.exceptions import FileCreateError

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_book(form(board, agency, kind, as_of), path)
    except (OSError, FileCreateError) as fault:
        why = getattr(fault.args[0], "strerror", "") if fault.args else ""
        refuse(
            "paths.cannot-write",
            Place(str(path)),
            why=why or getattr(fault, "strerror", None) or "it cannot be written",
        )


def write_book(asked: Form, path: Path) -> None:
    """Every sheet of a form, in order, and its hidden ones last."""
    from xlsxwriter import Workbook

    from tna.forms.entry import Desk, write_sheet
    from tna.forms.front import write_identity, write_lists, write_start
    from tna.forms.looks import looks

    edition = edition_of(asked.board.pack)
    lists = {name: words for name in offered(asked) if (words := list_of(name, asked.board))}
    with Workbook(str(path), {**PLAIN, "default_date_format": "dd mmm yyyy"}) as book:
        describe(book, asked)
        desk = Desk(asked, looks(book), frozenset(lists))
        write_start(book.add_worksheet("Start here"), stamp("start", edition), desk)
        for sheet in asked.sheets:
            write_sheet(book.add_worksheet(sheet.title), sheet, stamp(sheet.register, edition), desk)
        write_lists(book, book.add_worksheet("lists"), lists, stamp("lists", edition), desk)
        write_identity(book.add_worksheet(HIDDEN), identity(asked, edition), stamp(HIDDEN, edition), desk)


def describe(book: object, asked: Form) -> None:
    """The properties of the file: no clock, so that the same question gives the same bytes."""
    from xlsxwriter import Workbook

    assert isinstance(book, Workbook)
    name = asked.board.pack.framework.board
    book.set_properties(
        {"title": f"{name}: {asked.title.lower()}, {asked.agency}", "author": name,
         "created": datetime.combine(asked.as_of, time())}
    )  # fmt: skip


def stamp(sheet: str, edition: Edition) -> str:
    """The line by which a sheet is known again."""
    return str(Stamp(sheet, edition))


def identity(asked: Form, edition: Edition) -> Mapping[str, str]:
    """What the hidden sheet says."""
    return {
        "Template": TEMPLATE, "Kind": asked.kind, "Board": edition.board, "Pack edition": edition.edition,
        "Pack checksum": edition.checksum, "Made as of": asked.as_of.isoformat(),
    }  # fmt: skip


def list_of(name: str, board: Board) -> list[str]:
    """The words of a list: the pack's, or those of cells that hold fixed words."""
    return LISTS[name](board) if name in LISTS else list(said()["words"][name])


RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)  # no file may be called so where planners work


def file_names(agencies: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each agency with the name of its file; agencies that would share one are numbered."""
    taken: set[str] = set()
    for agency in agencies:
        stem = name = re.sub(r"[^a-z0-9]+", "-", plain(agency)).strip("-")[:80] or "agency"
        if stem in RESERVED:
            stem = name = f"{stem}-agency"
        number = 2
        while name in taken:
            name, number = f"{stem}-{number}", number + 1
        taken.add(name)
        yield agency, f"{name}.xlsx"
