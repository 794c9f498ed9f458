"""Writes down what is to be put right: a list to read, the same as a table, and a file of decisions to fill in."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from tna.forms.asked import Asked
from tna.forms.marking import word
from tna.forms.questions import Question
from tna.model import Board
from tna.wording import counted

COLUMNS = ("file", "sheet", "rows", "cells", "question", "written", "error", "what_to_do", "urgency")
SHOWN = 12  # cells named in a list to read; the table has all of them
MOST = 2_000  # rows or cells in one line of the table; spreadsheets cut a cell at 32,767 letters
CELL = re.compile(r"([A-Z]+)(\d+)")


def lines(questions: Sequence[Question]) -> Iterator[str]:
    """The questions to read, by file and sheet: what must be put right apart from what is to be looked at."""
    for (file, sheet), group in groupby(questions, key=lambda one: (one.file, one.sheet)):
        alike = list(group)
        yield f"\n{file}{f', sheet {sheet}' if sheet else ''}"
        for must in (True, False):
            if some := [one for one in alike if one.must == must]:
                yield f"  {word(must).capitalize()}"
                yield from (f"    {line}" for one in some for line in told(one))


def told(one: Question) -> Iterator[str]:
    """One question: where, under which heading, what is wrong and what to do."""
    where = ", ".join(spans(one.cells or tuple(f"row {row}" for row in one.rows))[:SHOWN])
    more = len(spans(one.cells)) - SHOWN
    where += f" and {more:,} more" if more > 0 else ""
    yield " ".join(part for part in (where, f"({one.heading}):" if one.heading else "", one.error) if part)
    yield f"  {one.todo}"


def spans(cells: Sequence[str]) -> list[str]:
    """Cells as a person would name them: C7, C9:C12."""
    found: list[list[str]] = []
    for cell in cells:
        if found and follows(found[-1][-1], cell):
            found[-1].append(cell)
        else:
            found.append([cell])
    return [one[0] if len(one) == 1 else f"{one[0]}:{one[-1]}" for one in found]


def follows(one: str, other: str) -> bool:
    """Whether a cell is the one below another."""
    above, below = CELL.fullmatch(one), CELL.fullmatch(other)
    return bool(above and below and above[1] == below[1] and int(above[2]) + 1 == int(below[2]))


def write_table(questions: Sequence[Question], path: Path) -> None:
    """questions.csv."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS)
        for one in questions:
            urgency = word(one.must).lower().replace(" ", "-")
            rows, cells = few([str(row) for row in one.rows]), few(spans(one.cells))
            texts = (one.heading, one.written, one.error, one.todo)
            writer.writerow((one.file, one.sheet, rows, cells, *map(guarded, texts), urgency))


def few(words: Sequence[str]) -> str:
    """Words joined by `|`, no more than a spreadsheet's cell can hold."""
    more = [f"and {len(words) - MOST:,} more"] if len(words) > MOST else []
    return "|".join([*words[:MOST], *more])


def guarded(text: str) -> str:
    """Text that no spreadsheet will take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def skeleton(asked: Sequence[Asked], board: Board, as_of: date) -> str:
    """A file of decisions with the titles that were asked about, for the planner to fill in."""
    framework = board.pack.framework
    levels = ", ".join(f"{level.id} ({level.label})" for level in framework.levels)
    head = (
        f"# Titles that {framework.board} places nowhere, from returns checked on {as_of.isoformat()}.\n"
        f"# Fill in level, by, on and because where the board has decided; what is left blank is passed over.\n"
        f"# Keep it beside the pack, or give it with 'tna analyse --decisions'.\n"
        f"# Levels: {levels}\n"
    )
    blocks = "".join(block(one) for one in asked if one.title and not one.level)
    return f"{head}decisions:\n{blocks}" if blocks else f"{head}decisions: []\n"


def block(one: Asked) -> str:
    """One title to decide, with what is known of it as remarks."""
    remarks = [
        f"{counted(len(one.spots), 'job')}: {one.because}",
        *(f"perhaps {hint}" for hint in one.suggestions),
    ]
    told = "".join(f"  # {' '.join(remark.split())}\n" for remark in remarks)
    title = json.dumps(one.title, ensure_ascii=False)
    return f"{told}  - title: {title}\n    level:\n    by:\n    on:\n    because:\n"
