"""Reads a workbook that is no register: the rows of each of its sheets, as safely as a register's."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from tna.problems import Unusable
from tna.sources.archives import open_safely, swollen
from tna.sources.book_parts import read_book
from tna.sources.intake import Origin
from tna.sources.tables import reason, usable
from tna.sources.workbooks import DAMAGE, sheets

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tna.problems import Problems
    from tna.sources.rows import Row


MOST = 20_000  # rows of one sheet; what people write by hand is nothing like that


def sheet_rows(path: Path, name: str, problems: Problems) -> list[tuple[str, list[Row]]]:
    """Each sheet of a workbook by name, with its rows; `name` is what to call the file.

    What makes it unsafe, damaged or no workbook is noted in `problems`, and nothing of it is given.
    """
    file = Origin("framework", name)
    if not usable(path, file, problems):
        return []
    try:
        with open_safely(path, file.place) as archive:
            return [
                (title, _few(title, rows, file)) for title, rows in sheets(archive, read_book(archive), file)
            ]
    except Unusable as stop:
        problems.extend(stop.problems)
    except OSError as fault:
        problems.add("tables.unreadable-file", file.place, why=reason(fault))
    except DAMAGE:
        problems.add("tables.broken-workbook", file.place)
    return []


def _few(title: str, rows: Iterable[Row], file: Origin) -> list[Row]:
    """The rows of a sheet. Raises `Unusable` when there are more than anybody writes by hand."""
    found = list(islice(rows, MOST + 1))
    if len(found) > MOST:
        swollen(file.place, f"the sheet {title} has more than {MOST:,} rows")
    return found
