"""One sheet to fill in: who it is for, its headings, and rows that offer lists and catch slips."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from tna.forms.layout import Field, Form, Sheet
from tna.forms.looks import Looks
from tna.sources import AGENCY, FORM

ROWS = 500  # ready to fill in
HEAD = 4  # the row of the headings, counted from 0; what stands above says whose sheet it is
FIRST, LAST = HEAD + 1, HEAD + ROWS
EARLIEST = date(1950, 1, 1)
LONGEST_MESSAGE = 255
MOST = 1_000_000

# What agencies may do on a protected sheet: all but change the headings and what stands above them.
ALLOWED = {
    "format_cells": True, "format_columns": True, "format_rows": True, "insert_columns": True, "insert_rows": True,
    "delete_rows": True, "sort": True, "autofilter": True, "insert_hyperlinks": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """What is needed to write sheets: the form, the formats and the lists that the board fills."""

    form: Form
    looks: Looks
    filled: frozenset[str]


def write_lines(page: Worksheet, looks: Looks, title: str, agency: str, stamp: str) -> None:
    """The lines at the top of every sheet, by which a reader knows it again."""
    page.set_row(0, 26)
    page.write_string(0, 0, title, looks.title)
    for row, (label, value) in enumerate(((AGENCY, agency), (FORM, stamp)), 1):
        page.write_string(row, 0, label, looks.label)
        page.write_string(row, 1, value, looks.quiet if label == FORM else looks.label)


def write_sheet(page: Worksheet, sheet: Sheet, stamp: str, desk: Desk) -> None:
    """A whole sheet: lines, headings, ready rows and what watches over them."""
    write_lines(page, desk.looks, sheet.title, desk.form.agency, stamp)
    page.write_string(3, 0, sheet.says, desk.looks.quiet)
    page.set_row(HEAD, 34)
    for index, field in enumerate(sheet.fields):
        page.set_column(index, index, field.width, desk.looks.columns[field.kind])
        page.write_string(HEAD, index, field.heading, desk.looks.heading)
        for row in range(FIRST, LAST + 1):
            page.write_blank(row, index, None, desk.looks.cells[field.kind])
        page.data_validation(FIRST, index, LAST, index, watch(field, desk))
    write_checks(page, sheet, desk.looks)
    page.freeze_panes(FIRST, 1)
    page.protect("", ALLOWED)
    set_print(page, sheet)


def set_print(page: Worksheet, sheet: Sheet) -> None:
    """A4 across, as wide as one page, headings on each."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD)
    page.print_area(0, 0, LAST, len(sheet.fields) - 1)


def watch(field: Field, desk: Desk) -> dict[str, Any]:
    """What a column accepts, and what it says when somebody enters a cell of it."""
    told = {"input_title": field.heading[:32], "input_message": field.hint[:LONGEST_MESSAGE]}
    return {"validate": "any", **rule(field, desk), **told}


def rule(field: Field, desk: Desk) -> dict[str, Any]:
    """What a column accepts; lists that only help stop nothing, nor does anything stop an id."""
    if field.kind in ("list", "free"):
        if field.offers not in desk.filled:
            return {}
        stop = {
            "error_title": field.heading[:32],
            "error_message": "Choose from the list, or leave it blank.",
        }
        return {
            "validate": "list", "source": f"={range_name(field.offers)}", "show_error": field.kind == "list", **stop,
        }  # fmt: skip
    if field.kind == "date":
        return dated(desk.form.as_of)
    if field.kind in ("count", "number"):
        whole = "integer" if field.kind == "count" else "decimal"
        stop = {"error_title": "A number", "error_message": "Write a number from 0 up, or leave it blank."}
        return {"validate": whole, "criteria": "between", "minimum": 0, "maximum": MOST, **stop}
    return {}


def dated(as_of: date) -> dict[str, Any]:
    """Days from 1950 to a year after the day the form was made."""
    last = date(as_of.year + 1, as_of.month, 28 if (as_of.month, as_of.day) == (2, 29) else as_of.day)
    return {
        "validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": last,
        "error_title": "A date", "error_message": f"Write a day from 01/01/1950 to {last:%d/%m/%Y}, as 31/03/{as_of.year}.",
    }  # fmt: skip


def range_name(offers: str) -> str:
    """What a list is called in the workbook."""
    return f"tna_{offers}"


def write_checks(page: Worksheet, sheet: Sheet, looks: Looks) -> None:
    """Colour rows that repeat another, and numbers that the other sheet does not have."""
    last = len(sheet.fields) - 1
    page.conditional_format(FIRST, 0, LAST, last, formula(twice(sheet), looks.twice))
    if sheet.among:
        page.conditional_format(FIRST, 0, LAST, 0, formula(stranger(sheet), looks.stranger))


def formula(criteria: str, look: Any) -> dict[str, Any]:
    """A conditional format by a formula."""
    return {"type": "formula", "criteria": criteria, "format": look}


def twice(sheet: Sheet) -> str:
    """Whether a row is the same as another in all that makes it one; compared as text, so that 01 is not 1."""
    letters = [xl_col_to_name(sheet.index(column)) for column in sheet.unique]
    filled = "&".join(f"${one}{FIRST + 1}" for one in letters)
    return f'=AND({filled}<>"",SUMPRODUCT({"*".join(alike(letters))})>1)'


def alike(letters: list[str]) -> Iterator[str]:
    """For each column, which rows hold what this one does."""
    for one in letters:
        yield f"(${one}${FIRST + 1}:${one}${LAST + 1}=${one}{FIRST + 1})"


def stranger(sheet: Sheet) -> str:
    """Whether a number is not on the sheet it should be on."""
    others = f"'{sheet.among}'!$A${FIRST + 1}:$A${LAST + 1}"
    return f'=AND($A{FIRST + 1}<>"",SUMPRODUCT(--({others}=$A{FIRST + 1}))=0)'
