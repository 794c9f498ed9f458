"""Makes return workbooks, fills them in as an agency would, and sends them through another program."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import tna
from tna.forms import template
from tna.model import Board

AS_OF = date(2016, 1, 31)
HEAD = 5  # the row of the headings

# As a person saves it: every cell as the sheet shows it.
AS_SHOWN = {"csv": "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"}
Rows = Sequence[Mapping[str, object]]


def blank(
    folder: Path, kind: str = "people", agency: str = "Hillside School", board: str = "rotherham"
) -> Path:
    """A workbook as it goes out."""
    path = folder / f"{kind}-{agency.split()[0].lower()}.xlsx"
    template.write(load(board), agency, kind, AS_OF, path)
    return path


def load(board: str) -> Board:
    """A shipped board."""
    return tna.load(board)


def fill(path: Path, sheets: Mapping[str, Rows], first: int = HEAD + 1) -> Path:
    """The workbook with rows filled in under its headings, from a row on."""
    book = openpyxl.load_workbook(path)
    for name, rows in sheets.items():
        columns = {cell.value: cell.column for cell in book[name][HEAD]}
        for number, row in enumerate(rows, first):
            for heading, value in row.items():
                book[name].cell(number, columns[heading]).value = value
    book.save(path)
    return path


def through_office(path: Path, suffix: str = "xlsx") -> Path:
    """The file as LibreOffice saves it; on CI it must be there, elsewhere the test is skipped without it."""
    office = shutil.which("soffice")
    if not office and not os.environ.get("CI"):
        pytest.skip("LibreOffice is not here: apt-get install libreoffice-calc")
    assert office, "this test needs LibreOffice: apt-get install libreoffice-calc"
    out = path.parent / "office"
    home = f"-env:UserInstallation=file://{path.parent.resolve()}/profile"
    command = [
        office,
        home,
        "--headless",
        "--convert-to",
        AS_SHOWN.get(suffix, suffix),
        "--outdir",
        str(out),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return out / f"{path.stem}.{suffix}"
