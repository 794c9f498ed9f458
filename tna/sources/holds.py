"""Says which registers a file holds, and which board's form it is, by looking at the first rows of its sheets."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tna.problems import Unusable
from tna.sources.archives import open_safely
from tna.sources.book_parts import read_book
from tna.sources.csv_text import find_delimiter, read_careful
from tna.sources.headers import HEAD_ROWS, find_headings, looks_like
from tna.sources.intake import Origin
from tna.sources.looks import encoding, look
from tna.sources.rows import peek
from tna.sources.stamps import agency_for, read_above
from tna.sources.workbooks import DAMAGE, sheets, whose

if TYPE_CHECKING:
    from pathlib import Path

    from tna.sources.rows import Row

BOOKS, TEXTS = (".xlsx", ".xlsm"), (".csv", ".tsv", ".txt")


@dataclass(frozen=True, slots=True)
class Holds:
    """The registers that a file holds, as far as its headings tell, and the boards whose forms its sheets are."""

    registers: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()
    readable: bool = True


def holds(path: Path, kinds: Sequence[str]) -> Holds:
    """What a file holds of these kinds of register; nothing when it cannot be read, which its reader will say."""
    try:
        every = list(beginnings(path, kinds))
    except (Unusable, OSError, UnicodeDecodeError, csv.Error, *DAMAGE):
        return Holds(readable=False)
    stamps = [stamp for one in every if (stamp := read_above(one.head).stamp)]
    found = {kind for one in every for kind in headed(one, kinds)}
    boards = dict.fromkeys(stamp.edition.board for stamp in stamps)
    return Holds(tuple(kind for kind in kinds if kind in found), tuple(boards))


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first rows of a sheet, and the agency whose form it is when they do not say."""

    head: Sequence[Row]
    agency: str = ""


def headed(one: Beginning, kinds: Sequence[str]) -> list[str]:
    """The kinds of register that a sheet may be, as its reader would find: a form's sheet is just one.

    One that is none, and lacks just a column of one, is that: its reader will say what it lacks.
    """
    stamp = read_above(one.head).stamp
    if stamp:
        return [kind for kind in kinds if kind == stamp.sheet]
    found = {kind: headings for kind in kinds if (headings := find_headings(kind, one.head, one.agency))}
    whole = [kind for kind, headings in found.items() if headings.whole]
    return whole or [kind for kind, headings in found.items() if looks_like(kind, headings)]


def beginnings(path: Path, kinds: Sequence[str]) -> Iterator[Beginning]:
    """How each sheet of a file begins."""
    suffix = path.suffix.lower()
    if suffix in BOOKS:
        file = Origin("", path.name)
        with open_safely(path, file.place) as archive:
            book = read_book(archive)
            agency = whose(archive, book, file)
            for name, rows in sheets(archive, book, file):
                with closing(iter(rows)) as stream:  # type: ignore[type-var]
                    head, _ = peek(stream)  # what stops it further down, its reader will say
                    yield Beginning(head, agency_for(name, agency))
    elif suffix in TEXTS:
        for kind in kinds:
            yield Beginning(list(islice(text_rows(path, kind), HEAD_ROWS)))


def text_rows(path: Path, kind: str) -> Iterator[Row]:
    """The rows of a text file as its reader numbers them. Raises csv.Error or UnicodeDecodeError when it is none."""
    code = encoding(look(path))
    if code:
        delimiter, skipped = find_delimiter(kind, path, code)
        yield from (
            (row - skipped, cells) for row, cells in read_careful(path, code, delimiter) if row > skipped
        )
