"""What any report shows, whatever its format: sections of sentences and tables, their words made once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tna import wording
from tna.wording import Mark


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its heading; numbers stand to the right."""

    label: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's words, what is said quietly beside them, and the state shown by word, shape and colour, if any.

    `link` is the id of the section that says more.
    """

    text: str
    quiet: str = ""
    mark: Mark | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption as heading; the first cell of a row names it. `file` holds all of its numbers.

    `sheet` is what a workbook calls it, in a word or two.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    file: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A bar, a line or words of a drawing, placed in the drawing's own units; `look` names its style."""

    kind: Literal["rect", "line", "text"]
    x: float
    y: float
    width: float = 0
    height: float = 0
    look: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing that says what the table under it says; `says` is read to those who do not see it."""

    id: str
    title: str
    says: str
    width: float
    height: float
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report under one heading: what is said first, what the planner fills in, a drawing, then tables.

    `only` are the formats it is for, all when empty; `apart` begins a page of its own when printed.
    """

    id: str
    title: str
    says: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    fill_in: tuple[str, ...] = ()
    figure: Figure | None = None
    only: tuple[str, ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """One document, whatever its format: its headings, the finding in a sentence, and its sections.

    `banner` is what is said of small numbers, on every page; `note` stands at the end.
    """

    kind: str
    board: str
    title: str
    edition: str
    as_of: str
    banner: tuple[str, str]
    finding: str
    sections: tuple[Section, ...]
    note: str = ""


def columns(*labels: str) -> tuple[Column, ...]:
    """Columns by heading; one that begins with `#` holds numbers."""
    return tuple(Column(label.removeprefix("#"), label.startswith("#")) for label in labels)


def cells(*texts: str | Cell) -> tuple[Cell, ...]:
    """A row of plain words, or cells made before."""
    return tuple(text if isinstance(text, Cell) else Cell(text) for text in texts)


def table(
    caption: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str | Cell]],
    file: str = "",
    sheet: str = "",
) -> Table:
    """A table of plain words."""
    return Table(caption, columns(*headings), tuple(cells(*row) for row in rows), file, sheet)


def number(count: int | None, hidden: bool = False) -> str:
    """ "1,234"; "hidden" or "not stated" for none."""
    if count is None:
        return "hidden" if hidden else "not stated"
    return wording.number(count)


def share(part: int | None, whole: int | None, hidden: bool = False) -> Cell:
    """ "12 of 30" with its percentage quietly; "hidden" or "not stated" when either is not known."""
    if part is None or whole is None:
        return Cell("hidden" if hidden else "not stated")
    return Cell(wording.share(part, whole), wording.percent(part, whole))


def fit(paper: Paper, form: str) -> Paper:
    """The paper with the sections that are for a format, and links only to those."""
    kept = [one for one in paper.sections if not one.only or form in one.only]
    known = {one.id for one in kept}
    return replace(paper, sections=tuple(replace(one, tables=_linked(one.tables, known)) for one in kept))


def _linked(tables: tuple[Table, ...], known: set[str]) -> tuple[Table, ...]:
    return tuple(
        replace(one, rows=tuple(tuple(_reaching(cell, known) for cell in row) for row in one.rows))
        for one in tables
    )


def _reaching(cell: Cell, known: set[str]) -> Cell:
    return cell if not cell.link or cell.link in known else replace(cell, link="")
