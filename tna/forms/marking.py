"""Gives an agency its own workbook back with each cell marked that a question is about, and nothing else changed."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

from tna.forms.keeping import core_of, losses, settle, sprawling
from tna.forms.questions import Question
from tna.problems import Place
from tna.sources import open_safely, text_rows

if TYPE_CHECKING:
    from openpyxl import Workbook

AUTHOR = "tna"
MUST, CHECK = "MUST FIX", "PLEASE CHECK"
FILLS = {True: "FBE3E1", False: "FFF0CC"}
LARGEST = 24 << 20  # bytes of the parts of a workbook that is marked
WIDTH, LINE = 320, 18  # pixels of a comment
TOO_LARGE = "no marked copy: the file is too large; the list has every cell"
LETTERS = 42  # in a line of a comment


def word(must: bool) -> str:
    """How pressing a question is, in words."""
    return MUST if must else CHECK


def mark(path: Path, kind: str, questions: Sequence[Question], out: Path) -> str:
    """Write a marked copy of a file, read as a kind of register, to `out`; says what could not be kept, or why there is no copy."""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return mark_book(path, questions, out)
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        return mark_text(path, kind, questions, out)
    return "no marked copy: only workbooks and text files can be marked"


def mark_book(path: Path, questions: Sequence[Question], out: Path) -> str:
    """A marked copy of a workbook."""
    from openpyxl import load_workbook

    try:
        with open_safely(path, Place(path.name)) as archive:
            size = sum(part.file_size for part in archive.infolist())
            if size > LARGEST:
                return TOO_LARGE
            lost, sprawls, core = losses(archive), sprawling(archive), core_of(archive)
        if sprawls:
            return "no marked copy: cells are merged or linked over whole sheets"
        with catch_warnings():  # what is lost is said by us
            simplefilter("ignore")
            book = load_workbook(path, rich_text=True, keep_vba=path.suffix.lower() == ".xlsm")
            put(book, questions)
            book.save(out)
            settle(out, core)
    except Exception:  # openpyxl fails in its own way on each part that others wrote and it does not know
        out.unlink(missing_ok=True)
        return "no marked copy: the workbook has parts that cannot be written again; the list has every cell"
    return f"the marked copy is without the workbook's {' and '.join(lost)}" if lost else ""


def mark_text(path: Path, kind: str, questions: Sequence[Question], out: Path) -> str:
    """A workbook made of a text file, its cells as they are written, with the marks."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    if path.stat().st_size > LARGEST:
        return TOO_LARGE
    try:
        for row, cells in text_rows(path, kind):
            for column, text in enumerate(cells, 1):
                cell = sheet.cell(row, column)
                cell.value, cell.data_type, cell.number_format = printable(text), "s", "@"
    except (csv.Error, UnicodeDecodeError, ValueError):
        return "no marked copy: the text cannot be read"
    put(book, questions)
    book.save(out)
    settle(out)
    return ""


def put(book: Workbook, questions: Sequence[Question]) -> None:
    """A comment and a fill in every cell that a question is about."""
    for (sheet, cell), asked in cells(questions).items():
        page = book[sheet] if sheet else book.worksheets[0]
        note(anchor(page, cell), cell, asked)


def cells(questions: Sequence[Question]) -> Mapping[tuple[str, str], list[Question]]:
    """What is asked about each cell, what must be put right first."""
    found: dict[tuple[str, str], list[Question]] = {}
    for one in sorted(questions, key=lambda one: not one.must):
        for cell in one.cells:
            found.setdefault((one.sheet, cell), []).append(one)
    return found


def anchor(page: Any, cell: str) -> Any:
    """The cell, or the first of those it is merged with."""
    for merged in page.merged_cells.ranges:
        if cell in merged:
            return page.cell(merged.min_row, merged.min_col)
    return page[cell]


def note(cell: Any, name: str, asked: Sequence[Question]) -> None:
    """The comment and fill of one cell; a comment that is there already is kept above ours."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    before = [cell.comment.text] if cell.comment else []
    text = printable("\n\n".join([*before, *lines(asked, name)]))
    height = LINE * (sum(len(line) // LETTERS + 1 for line in text.splitlines()) + 1)
    cell.comment = Comment(text, AUTHOR, height=height, width=WIDTH)
    cell.fill = PatternFill("solid", start_color=FILLS[asked[0].must])


def printable(text: str) -> str:
    """Text without the characters that no workbook can hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


def lines(asked: Sequence[Question], cell: str) -> Iterator[str]:
    """What a comment says of each question, as far as it is about this cell."""
    for one in asked:
        yield f"{word(one.must)}: {one.of(cell)}\n{one.todo}"
