"""Writes the workbook in which a board's framework can be written without a line of YAML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from tna import policies, roles, shelves
from tna.authoring.layout import EXAMPLE, MARK, Column, Sheet, said, sheets, words
from tna.forms.looks import Looks, looks
from tna.problems import Place, Problems, refuse

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
ROWS = 500  # ready to fill in
NOTES, HEAD = 2, 3  # rows counted from 0; the example stands under the headings
FIRST, LAST = HEAD + 2, HEAD + 1 + ROWS
MADE = datetime(2020, 1, 1)  # the same for every workbook, so that the same question gives the same bytes
PAGE = 220  # letters that stand side by side on a page and can still be read
WIDE = 8  # columns that the instructions span
LONGEST = 255  # letters of a hint that a spreadsheet shows


def write(path: Path) -> None:
    """The workbook, empty but for an example row on each sheet. Raises `Unusable` when it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with Workbook(str(path), PLAIN) as book:
            _fill(book)
    except (OSError, FileCreateError) as fault:
        why = getattr(fault.args[0], "strerror", "") if fault.args else ""
        refuse("paths.cannot-write", Place(str(path)), why=why or "it cannot be written")


def _fill(book: Workbook) -> None:
    style = looks(book)
    book.set_properties({"title": said()["start"]["title"], "created": MADE})
    _start(book.add_worksheet("Start here"), style)
    for sheet in sheets():
        _sheet(book.add_worksheet(sheet.title), sheet, style)
    _lists(book, book.add_worksheet("lists"), style)


def lists() -> Mapping[str, Sequence[str]]:
    """What each dropdown offers: fixed words, the jobs of tna's list, and the policies that it knows."""
    quiet = Problems()
    known = roles.load(shelves.rule_files("roles.yaml"), quiet)
    common = policies.common(shelves.rule_files("policies.yaml"), quiet)
    fixed = {name: words(name) for name in said()["words"]}
    jobs = sorted({role.label for role in known.nodes.values()}, key=str.casefold)
    return {**fixed, "policies": tuple(common), "roles": jobs}


def _start(page: Worksheet, style: Looks) -> None:
    told = said()["start"]
    page.set_column(0, 0, 18)
    page.set_column(1, WIDE, 12)
    page.set_row(0, 26)
    page.write_string(0, 0, told["title"], style.title)
    row = _lines(page, 2, told["heading"], [f"{n}. {step}" for n, step in enumerate(told["steps"], 1)], style)
    row = _lines(page, row + 1, told["never"], told["nevers"], style)
    page.write_string(row + 1, 0, told["tables"], style.warn)
    for at, sheet in enumerate(sheets(), row + 2):
        page.write_string(at, 0, sheet.title, style.label)
        page.merge_range(at, 1, at, WIDE, sheet.says, style.plain)
        page.set_row(at, 31 if len(sheet.says) > 110 else 16)
    page.hide_gridlines(2)
    _print(page)


def _lines(page: Worksheet, row: int, heading: str, lines: Sequence[str], style: Looks) -> int:
    page.write_string(row, 0, heading, style.warn)
    for at, line in enumerate(lines, row + 1):
        page.merge_range(at, 0, at, WIDE, line, style.plain)
        page.set_row(at, 31 if len(line) > 135 else 16)
    return row + len(lines) + 1


def _sheet(page: Worksheet, sheet: Sheet, style: Looks) -> None:
    """A sheet: what a row is, a note over each heading, the example, and rows that offer lists."""
    page.set_row(0, 26)
    page.write_string(0, 0, sheet.title, style.title)
    page.write_string(1, 0, sheet.says, style.quiet)
    page.set_row(NOTES, 92)
    page.set_row(HEAD, 34)
    page.set_column(0, 0, 10, style.columns["text"])
    page.write_string(HEAD, 0, MARK, style.heading)
    page.write_string(HEAD + 1, 0, EXAMPLE, style.example)
    for at, column in enumerate(sheet.columns, 1):
        _column(page, at, column, style)
    page.freeze_panes(HEAD + 1, 2)
    page.repeat_rows(HEAD)
    page.repeat_columns(0, 1)
    _print(page, -(-sum(one.width for one in sheet.columns) // PAGE))


def _column(page: Worksheet, at: int, column: Column, style: Looks) -> None:
    kind = "date" if column.kind == "date" else "text"
    page.set_column(at, at, column.width, style.columns[kind])
    page.write_string(NOTES, at, column.note, style.note)
    page.write_string(HEAD, at, f"{column.heading}{' (needed)' if column.needed else ''}", style.heading)
    page.write_string(HEAD + 1, at, column.example, style.example)
    page.data_validation(FIRST, at, LAST, at, _watch(column))


def _watch(column: Column) -> dict[str, Any]:
    """What a column offers; nothing is stopped, since what is read back says what it makes of each cell."""
    told = {"input_title": column.heading[:32], "input_message": column.note[:LONGEST]}
    offers = "roles" if column.of == "role" else column.offers
    if not offers:
        return {"validate": "any", **told}
    return {"validate": "list", "source": f"=tna_{offers}", "show_error": column.kind == "word", **told}


def _lists(book: Workbook, page: Worksheet, style: Looks) -> None:
    for at, (name, offered) in enumerate(lists().items()):
        page.write_string(0, at, name, style.label)
        page.write_column(1, at, offered)
        letter = xl_col_to_name(at)
        book.define_name(f"tna_{name}", f"=lists!${letter}$2:${letter}${1 + len(offered)}")
    page.hide()


def _print(page: Worksheet, across: int = 1) -> None:
    """A4 across, on so many pages side by side."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(across, 0)
