"""Writes a paper as a workbook to work from: a sheet a table, with filters, frozen headings and print set-up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from tna.reports import palette
from tna.reports.as_docx import FILLS, words
from tna.reports.sections import Cell, Column, Paper, Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

CREATED = datetime(2000, 1, 1)  # workbooks of the same paper are the same bytes
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDEST, NARROWEST = 60, 9  # letters of a column
SHORT = 14  # letters that are not broken, such as those of a number of staff
MOST = 400  # letters of a text by which width is shared out where there is too little
PAGE = 165  # letters that are still read across a page
LINE = 13.5  # the height of a line
SUMMARY = "Summary"
RESERVED = {SUMMARY.casefold(), "history"}  # Excel keeps the second for itself
NAMED = 27  # letters of a sheet's name, which may have 31: some are numbered
MANY = 3  # columns of shares that are too many to stand side by side
NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*")
SHARE = re.compile(r"(\d[\d,]*) of (\d[\d,]*)")


def write(paper: Paper, path: Path) -> None:
    """The paper as one .xlsx file; the same paper gives the same bytes."""
    from xlsxwriter import Workbook

    with Workbook(str(path), PLAIN) as book:
        book.set_properties(
            {"title": f"{paper.kind}: {paper.board}", "created": CREATED, "comments": " ".join(paper.banner)}
        )
        looks = _Looks(book)
        names = _names(paper)
        _summary(book, paper, names, looks)
        for section in paper.sections:
            for place, table in enumerate(section.tables):
                _sheet(book, names[section.id, place], table, paper, looks)


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.made: dict[tuple[str, bool, bool, bool], Any] = {}

    def of(self, fill: str = "", *, number: bool = False, bold: bool = False, wrapped: bool = True) -> Any:
        """A format by fill colour, alignment and weight."""
        key = fill, number, bold, wrapped
        if key not in self.made:
            look: dict[str, Any] = {
                "text_wrap": wrapped,
                "valign": "top",
                "bold": bold,
                "num_format": "#,##0" if number else "@",
                "align": "right" if number else "left",
                "indent": 1 if wrapped else 0,
            }
            if fill in palette.COLOURS:
                look |= {"bg_color": palette.COLOURS[fill], "pattern": 1}
            self.made[key] = self.book.add_format(look)
        return self.made[key]


def _summary(book: Workbook, paper: Paper, names: Mapping[tuple[str, int], str], looks: _Looks) -> None:
    """The first sheet: what the workbook is, the finding, what each sheet says, and what is said of small numbers."""
    sheet = book.add_worksheet(SUMMARY)
    sheet.set_column(0, 0, 110, looks.of())
    sheet.set_column(1, 1, 40, looks.of())
    titles = [one.title for one in paper.sections]
    sheets = {
        one.title: "; ".join(names[one.id, place] for place in range(len(one.tables)))
        for one in paper.sections
    }
    lines = [
        paper.board,
        paper.kind,
        f"{paper.title}, edition {paper.edition}. As of {paper.as_of}.",
        " ".join(paper.banner),
        paper.finding,
    ]
    for section in paper.sections:
        lines += ["", section.title, *section.says, *section.fill_in]
    for row, line in enumerate([*lines, "", paper.note]):
        sheet.set_row(row, LINE * _lines(line, 105))
        bold = line in (paper.board, paper.finding, *titles)
        sheet.write_string(row, 0, line, looks.of(bold=bold))
        if sheets.get(line):
            sheet.write_string(row, 1, f"On: {sheets[line]}", looks.of())
    _print(sheet, paper)


def _names(paper: Paper) -> dict[tuple[str, int], str]:
    """The name of the sheet of each table, by its section and its place in it."""
    taken: set[str] = set()
    return {
        (section.id, place): _name(table.sheet or table.caption, taken)
        for section in paper.sections
        for place, table in enumerate(section.tables)
    }


def _name(wanted: str, taken: set[str]) -> str:
    """A name that a sheet may have: short, in whole words, without signs that are not allowed, and not taken."""
    plain = " ".join(re.sub(r"[\[\]:*?/\\']", " ", wanted).split())
    plain = shorten(plain, NAMED, placeholder="") or plain[:NAMED] or "Table"
    name, number = plain, 2
    while name.casefold() in taken | RESERVED:
        name, number = f"{plain} {number}", number + 1
    taken.add(name.casefold())
    return name


def _long(table: Table) -> Table:
    """A table with many columns of shares as one with a row a share, so that it can be filtered and printed."""
    wide = [place for place in range(1, len(table.columns)) if _spread(table, place)]
    if len(wide) < MANY:
        return table
    rows = tuple(
        (row[0], Cell(column.label), cell)
        for row in table.rows
        for column, cell in zip(table.columns[1:], row[1:], strict=True)
        if cell.text or (cell.mark and cell.mark.state != "nobody")
    )
    return replace(table, columns=(table.columns[0], Column("Of"), Column("People", True)), rows=rows)


def _sheet(book: Workbook, name: str, given: Table, paper: Paper, looks: _Looks) -> None:
    """A table as a real one: shares are three columns of numbers, so that they can be sorted and added up."""
    table = _long(given)
    sheet = book.add_worksheet(name)
    spread = [_spread(table, place) for place in range(len(table.columns))]
    prefix = sum(spread) > 1
    headings = [
        heading
        for column, wide in zip(table.columns, spread, strict=True)
        for heading in (_headings(column.label if prefix else "") if wide else [column.label])
    ]
    rows = [
        [
            part
            for place, cell in enumerate(row)
            for part in _parts(cell, table.columns[place].number, spread[place])
        ]
        for row in table.rows
    ]
    sheet.write_string(0, 0, table.caption, looks.of(bold=True, wrapped=False))
    widths = _widths([headings, *([str(value) for value, _ in row] for row in rows)])
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_row(1, LINE * max(map(_lines, headings, widths)))
    for number, row in enumerate(rows, 2):
        sheet.set_row(
            number,
            LINE * max(_lines(str(value), width) for (value, _), width in zip(row, widths, strict=True)),
        )
        for column, (value, fill) in enumerate(row):
            _put(sheet, number, column, value, looks.of(fill, number=isinstance(value, int)))
    shown = looks.of("panel", bold=True)
    sheet.add_table(1, 0, len(rows) + 1, len(headings) - 1, {
        "columns": [{"header": heading, "header_format": shown} for heading in _distinct(headings)],
        "style": "Table Style Light 15", "name": f"Table_{len(book.worksheets())}"})  # fmt: skip
    sheet.freeze_panes(2, 1)
    _print(sheet, paper)
    sheet.repeat_rows(0, 1)


def _widths(rows: list[list[str]]) -> list[int]:
    """Columns as wide as what stands in them; of many long ones, narrower, so that a page of them can be read."""
    longest = [max(map(len, column)) + 2 for column in zip(*rows, strict=True)]
    words = [max(map(len, (*heading.split(), ""))) + 4 for heading in rows[0]]  # a word, and its button
    least = [max(few, long if long <= SHORT else 0) for few, long in zip(words, longest, strict=True)]
    widths = [max(few, NARROWEST, min(WIDEST, long)) for few, long in zip(least, longest, strict=True)]
    if sum(widths) <= PAGE:
        return widths
    wanted = [min(MOST, long) for long in longest]
    spare = max(0, PAGE - sum(least))
    return [few + spare * many // sum(wanted) for few, many in zip(least, wanted, strict=True)]


def _lines(text: str, width: int) -> int:
    """The lines that a text takes in a column, as words are not cut."""
    lines, filled = 1, 0
    for word in text.split():
        if filled and filled + len(word) > width:
            lines, filled = lines + 1, 0
        filled += len(word) + 1
    return lines


def _print(sheet: Worksheet, paper: Paper) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{paper.banner[0].replace('&', '&&')}&RPage &P of &N")


def _spread(table: Table, place: int) -> bool:
    """Whether a column of numbers holds shares, "12 of 30"."""
    return table.columns[place].number and any(SHARE.fullmatch(row[place].text) for row in table.rows)


def _headings(label: str) -> list[str]:
    """What the columns of a share are called: of one that stands alone, without its own heading."""
    return [f"{label}: {one.lower()}" if label else one for one in ("Need", "Have", "To train", "State")]


def _parts(cell: Cell, number: bool, wide: bool) -> list[tuple[str | int, str]]:
    """A cell as values with a fill; a share as need, have, to train and the state in words; an id stays text."""
    fill = FILLS.get(cell.mark.state, cell.mark.state) if cell.mark else ""
    if not wide:
        plain = number and NUMBER.fullmatch(cell.text) and not cell.quiet and not cell.mark
        return [(int(cell.text.replace(",", "")) if plain else words(cell), fill)]
    found = SHARE.fullmatch(cell.text)
    state = words(Cell("" if found else cell.text, cell.quiet, cell.mark))
    if not found:
        return [("", ""), ("", ""), ("", ""), (state, fill)]
    part, whole = (int(one.replace(",", "")) for one in found.groups())
    return [(whole, ""), (part, ""), (whole - part, ""), (state, fill)]


def _put(sheet: Worksheet, row: int, column: int, value: str | int, look: Any) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value, look)
    elif not value:
        sheet.write_blank(row, column, None, look)
    else:
        sheet.write_string(row, column, value, look)


def _distinct(headings: list[str]) -> list[str]:
    """Headings of a real table must differ."""
    seen: dict[str, int] = {}
    found = []
    for heading in headings:
        seen[heading.casefold()] = seen.get(heading.casefold(), 0) + 1
        count = seen[heading.casefold()]
        found.append(heading if count == 1 else f"{heading} ({count})")
    return found
