"""Fills in a return workbook as an agency might, with plausible mistakes, and puts them right as it would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tna.model import Board

HEADINGS = 5  # the row under which a form is filled in
Rows = Sequence[Mapping[str, str]]
PERSON, TITLE, LEVEL, COURSE, DONE, STATUS = (
    "Staff number",
    "Job title",
    "Level",
    "Course",
    "Date completed",
    "Status",
)


def with_mistakes(board: Board, form: Path, path: Path) -> None:
    """The form with a dozen people and their training: a slip in a course, a date without its year, an unknown word."""
    _fill(form, path, {"People": _people(board), "Training": _training(board, slips=True)})


def put_right(board: Board, marked: Path, path: Path) -> None:
    """The marked copy with the mistakes mended, as it is sent again."""
    _fill(marked, path, {"People": _people(board), "Training": _training(board, slips=False)})


def _people(board: Board) -> Rows:
    levels = board.pack.framework.levels[:3]
    titles = ("Administrator", "Youth worker", "Social worker", "Play ranger in chief")
    return [
        {PERSON: f"Q{number:03d}", TITLE: titles[number % 4], LEVEL: "" if number % 4 == 3 else levels[number % len(levels)].label}
        for number in range(1, 13)
    ]  # fmt: skip


def _training(board: Board, slips: bool) -> Rows:
    offered = [course for course in board.pack.courses if course.audience == "workforce"]
    rows = [
        {PERSON: f"Q{number:03d}", COURSE: offered[number % 2].title, DONE: f"{1 + number}/09/2015", STATUS: "attended"}
        for number in range(1, 10)
    ]  # fmt: skip
    if slips:
        rows[1][COURSE] = rows[1][COURSE][:-6] + "trianing"
        rows[3][DONE] = "9/15"
        rows[5][STATUS] = "came along"
    return rows


def _fill(form: Path, path: Path, sheets: Mapping[str, Rows]) -> None:
    import openpyxl

    book = openpyxl.load_workbook(form)
    for name, rows in sheets.items():
        columns = {str(cell.value): int(cell.column or 0) for cell in book[name][HEADINGS]}
        for number, row in enumerate(rows, HEADINGS + 1):
            for heading, value in row.items():
                book[name].cell(number, columns[heading]).value = value
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
