"""Reads the workbook's sheets into rows, and accounts for every sheet, column and row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tna.authoring.layout import EXAMPLE, MARK, Sheet, sheets
from tna.names import plain, tidy
from tna.problems import Place, Problems, nearest
from tna.sources import letters, sheet_rows
from tna.wording import counted

HEAD_ROWS = 12  # how far down the headings are looked for
NEEDED = " (needed)"
NOT_ROWS = ("start here", "lists")


@dataclass(frozen=True, slots=True)
class Row:
    """A row to be taken: what stands in it by column, and where each cell is."""

    sheet: Sheet
    number: int
    place: Place
    cells: Mapping[str, str]
    places: Mapping[str, Place]

    def at(self, key: str) -> Place:
        """The cell of a column, or the row where the sheet does not have it."""
        return self.places.get(key, self.place)


@dataclass(slots=True)
class Book:
    """What a workbook holds: the rows of each sheet by its key, and how many of each were examples."""

    file: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    examples: dict[str, int] = field(default_factory=dict)

    def of(self, key: str) -> Sequence[Row]:
        """The rows of a sheet, in order; none when the workbook does not have it."""
        return self.rows.get(key, ())


def read_book(path: Path, problems: Problems) -> Book:
    """The rows of a workbook; what cannot be used is noted in `problems` at its cell."""
    book = Book(path.name if path.is_absolute() else path.as_posix())
    known = {plain(sheet.title): sheet for sheet in sheets()}
    for title, rows in sheet_rows(path, book.file, problems):
        sheet, where = known.get(plain(title)), Place(book.file, sheet=title)
        filled = [(number, [tidy(cell) for cell in cells]) for number, cells in rows if any(map(tidy, cells))]
        if sheet:
            _take(book, sheet, where, filled, problems)
        elif filled and plain(title) not in NOT_ROWS:
            problems.add("authoring.extra-sheet", where, near=nearest(title, (one.title for one in sheets())))
    if not problems.errors:
        for sheet in sheets():
            if sheet.key in ("board", "documents", "levels") and not book.of(sheet.key):
                problems.add("authoring.no-rows", Place(book.file, sheet=sheet.title), sheet=sheet.title)
    return book


Line = tuple[int, list[str]]


def _take(book: Book, sheet: Sheet, where: Place, lines: list[Line], problems: Problems) -> None:
    head = max(lines[:HEAD_ROWS], key=lambda line: len(_meaning(sheet, line[1])), default=None)
    meaning = _meaning(sheet, head[1]) if head else {}
    missing = [one for one in sheet.columns if one.needed and one.key not in meaning.values()]
    if head is None or missing:
        if lines:
            for one in missing:
                problems.add("authoring.no-heading", where, heading=one.heading)
        return
    _check_headings(sheet, head, meaning, where, lines, problems)
    taken = book.rows.setdefault(sheet.key, [])
    for line in lines:
        if line[0] > head[0]:
            _take_row(book, taken, _row(sheet, line, meaning, where), problems)
    if sheet.most and len(taken) > sheet.most:
        problems.add("authoring.one-row", taken[sheet.most].place, sheet=sheet.title)


def _meaning(sheet: Sheet, cells: Sequence[str]) -> dict[int, str]:
    """What each column means, by its place: the key of a column, or the mark of examples."""
    keys = {plain(one.heading): one.key for one in sheet.columns} | {plain(MARK): MARK}
    names = ((at, plain(cell.removesuffix(NEEDED.strip()))) for at, cell in enumerate(cells))
    return {at: keys[name] for at, name in names if name in keys}


def _check_headings(
    sheet: Sheet,
    head: Line,
    meaning: Mapping[int, str],
    where: Place,
    lines: Iterable[Line],
    problems: Problems,
) -> None:
    """Note headings that mean nothing here or that stand twice, and cells under no heading."""
    below = [line for line in lines if line[0] > head[0]]
    for at, key in meaning.items():
        if list(meaning.values()).index(key) != list(meaning).index(at):
            problems.add("authoring.two-headings", _cell(where, at, head[0]), heading=head[1][at])
    for at in range(max((len(cells) for _, cells in lines), default=0)):
        filled = [number for number, cells in below if at < len(cells) and cells[at]]
        if at not in meaning and filled:
            heading = head[1][at] if at < len(head[1]) else ""
            near = nearest(heading, (one.heading for one in sheet.columns))
            code = "authoring.extra-column" if heading else "authoring.no-heading-above"
            problems.add(
                code,
                _cell(where, at, filled[0]),
                heading=heading,
                near=near,
                rows=counted(len(filled), "row"),
            )


def _row(sheet: Sheet, line: Line, meaning: Mapping[int, str], where: Place) -> Row:
    number, cells = line
    places = {key: _cell(where, at, number) for at, key in meaning.items()}
    held = {key: cells[at] for at, key in meaning.items() if at < len(cells) and cells[at]}
    return Row(sheet, number, _cell(where, 0, number), held, places)


def _take_row(book: Book, taken: list[Row], row: Row, problems: Problems) -> None:
    """Keep a row, or leave an example out; an example that somebody changed is asked about."""
    mark = plain(row.cells.get(MARK, ""))
    if not mark:
        if row.cells:
            taken.append(row)
    elif mark != EXAMPLE:
        problems.add("authoring.unknown-word", row.at(MARK), found=row.cells[MARK], near=".", known=EXAMPLE)
    elif any(
        row.cells.get(one.key, "") != tidy(one.example) for one in row.sheet.columns if one.key in row.places
    ):
        problems.add("authoring.example-changed", row.at(MARK))
    else:
        book.examples[row.sheet.key] = book.examples.get(row.sheet.key, 0) + 1


def _cell(where: Place, at: int, row: int) -> Place:
    return Place(where.file, sheet=where.sheet, cell=f"{letters(at)}{row}")
