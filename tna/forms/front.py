"""The sheets around those to fill in: what to do, the lists that cells offer, and what the workbook is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tna.forms.entry import Desk, range_name, write_lines
from tna.forms.layout import Form, Sheet
from tna.forms.looks import Looks

FIRST = 4  # row of the first word of a list, counted from 0


def write_start(page: Worksheet, stamp: str, desk: Desk) -> None:
    """What to do, what not to send, and an example row of each sheet."""
    form, looks = desk.form, desk.looks
    page.set_column(0, 11, 13)
    write_lines(page, looks, f"{form.board.pack.framework.board}: {form.title.lower()}", form.agency, stamp)
    row = write_steps(page, 4, form.start["heading"], form.start["steps"], looks, numbered=True)
    row = write_steps(page, row + 1, form.start["never"], form.start["nevers"], looks)
    for sheet in form.sheets:
        row = write_example(page, row + 1, sheet, form, looks)
    write_levels(page, row + 1, form, looks)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.hide_gridlines(2)
    page.protect("")


def write_steps(
    page: Worksheet, row: int, heading: str, steps: Sequence[str], looks: Looks, *, numbered: bool = False
) -> int:
    """A heading and its lines; gives the row after them."""
    page.write_string(row, 0, heading, looks.warn)
    for number, step in enumerate(steps, 1):
        text = f"{number}. {step}" if numbered else step
        page.merge_range(row + number, 0, row + number, 11, text, looks.plain)
        page.set_row(row + number, 31 if len(text) > 165 else 16)
    return row + len(steps) + 1


def write_levels(page: Worksheet, row: int, form: Form, looks: Looks) -> None:
    """Each level with what the document says of it, and the jobs it names as examples."""
    heading = form.start["levels"].format(level=form.board.pack.framework.level_word)
    page.write_string(row, 0, heading, looks.warn)
    for number, level in enumerate(form.board.pack.framework.levels, 1):
        jobs = "; ".join(dict.fromkeys(example.printed for example in level.examples if example.printed))
        named = f"{level.descriptor.rstrip('.')}. " if level.descriptor else ""
        text = f"{named}Named as examples: {jobs}" if jobs else named or form.start["silent"]
        page.write_string(row + number, 0, level.label, looks.example)
        page.merge_range(row + number, 1, row + number, 11, text, looks.example)
        page.set_row(row + number, min(15 * (1 + len(text) // 150) + 1, 400))


def write_example(page: Worksheet, row: int, sheet: Sheet, form: Form, looks: Looks) -> int:
    """The headings of a sheet over an example row; gives the row after it."""
    page.write_string(row, 0, form.start["example"].format(sheet=sheet.title), looks.warn)
    page.set_row(row + 1, 31)
    page.set_row(row + 2, 62)
    for index, field in enumerate(sheet.fields):
        page.write_string(row + 1, index, field.heading, looks.heading)
        page.write(row + 2, index, field.example, looks.example)
    return row + 3


def write_lists(
    book: Workbook, page: Worksheet, lists: Mapping[str, Sequence[str]], stamp: str, desk: Desk
) -> None:
    """The words of each list in a column of its own, named so that cells can offer them."""
    write_lines(page, desk.looks, "Lists", desk.form.agency, stamp)
    for index, (name, words) in enumerate(lists.items()):
        page.write_string(FIRST - 1, index, name, desk.looks.label)
        page.write_column(FIRST, index, words)
        letter = xl_col_to_name(index)
        where = f"'{page.get_name()}'!${letter}${FIRST + 1}:${letter}${FIRST + len(words)}"
        book.define_name(range_name(name), f"={where}")
    page.protect("")
    page.hide()


def write_identity(page: Worksheet, facts: Mapping[str, str], stamp: str, desk: Desk) -> None:
    """What the workbook is, for whoever reads it back."""
    write_lines(page, desk.looks, "What this workbook is", desk.form.agency, stamp)
    page.set_column(0, 1, 30)
    for row, (name, value) in enumerate(facts.items(), 3):
        page.write_string(row, 0, name, desk.looks.label)
        page.write_string(row, 1, value, desk.looks.plain)
    page.protect("")
    page.hide()
