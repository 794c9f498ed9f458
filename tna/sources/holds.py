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
from tna.sources.headers import HEAD_ROWS, find_headings
from tna.sources.intake import Origin
from tna.sources.looks import encoding, look
from tna.sources.stamps import read_above
from tna.sources.workbooks import DAMAGE, sheets

if TYPE_CHECKING:
    from pathlib import Path

    from tna.sources.rows import Row

BOOKS, TEXTS = (".xlsx", ".xlsm"), (".csv", ".tsv", ".txt")


@dataclass(frozen=True, slots=True)
class Holds:
    """The registers that a file holds, as far as its headings tell, and the boards whose forms its sheets are."""

    registers: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()


def holds(path: Path, kinds: Sequence[str]) -> Holds:
    """What a file holds of these kinds of register; nothing when it cannot be read, which its reader will say."""
    try:
        every = list(beginnings(path, kinds))
    except (Unusable, OSError, UnicodeDecodeError, csv.Error, *DAMAGE):
        return Holds()
    stamps = [stamp for head in every if (stamp := read_above(head).stamp)]
    found = {kind for head in every for kind in headed(head, kinds)}
    boards = dict.fromkeys(stamp.edition.board for stamp in stamps)
    return Holds(tuple(kind for kind in kinds if kind in found), tuple(boards))


def headed(head: Sequence[Row], kinds: Sequence[str]) -> list[str]:
    """The kinds of register that a sheet may be: a form's sheet is just one."""
    stamp = read_above(head).stamp
    if stamp:
        return [kind for kind in kinds if kind == stamp.sheet]
    return [kind for kind in kinds if (found := find_headings(kind, head)) and found.whole]


def beginnings(path: Path, kinds: Sequence[str]) -> Iterator[list[Row]]:
    """The first rows of each sheet of a file."""
    suffix = path.suffix.lower()
    if suffix in BOOKS:
        file = Origin("", path.name)
        with open_safely(path, file.place) as archive:
            for _, rows in sheets(archive, read_book(archive), file):
                with closing(iter(rows)) as stream:  # type: ignore[type-var]
                    yield list(islice(stream, HEAD_ROWS))
    elif suffix in TEXTS:
        for kind in kinds:
            yield list(islice(text_rows(path, kind), HEAD_ROWS))


def text_rows(path: Path, kind: str) -> Iterator[Row]:
    """The rows of a text file as its reader numbers them. Raises csv.Error or UnicodeDecodeError when it is none."""
    code = encoding(look(path))
    if code:
        delimiter, skipped = find_delimiter(kind, path, code)
        yield from (
            (row - skipped, cells) for row, cells in read_careful(path, code, delimiter) if row > skipped
        )
