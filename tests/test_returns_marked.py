"""Each wrong cell of a return is marked with its own reason, and each thing is asked about once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl

from tests import forms
from tests.test_returns_check import PEOPLE, asked, check, table


def test_every_wrong_cell_of_a_row_is_marked_and_each_thing_is_asked_once(tmp_path: Path) -> None:
    training = [
        {"Staff number": "001", "Course": "Odd course", "Date completed": when}
        for when in ("31/09/2015", "May 2015", "4 May", "1/2/15", "#N/A", date(2015, 5, 4))
    ]
    training.append({"Staff number": "999", "Course": "Odd course", "Date completed": "31/09/2015"})
    path = forms.fill(forms.blank(tmp_path), {"People": PEOPLE[:1], "Training": training})
    check(path, "--out", tmp_path / "out")
    rows = [row for row in table(tmp_path / "out") if row["sheet"] == "Training"]
    assert asked(rows, "please-check") == {"Training": {f"B{row}" for row in range(6, 13)}}
    assert asked(rows, "must-fix") == {"Training": {"C6", "C7", "C8", "C9", "C10", "A12", "C12"}}
    assert len([row for row in rows if row["written"] == "Odd course"]) == 1
    assert "catalogue" not in "".join(row["what_to_do"] for row in rows)
    page = openpyxl.load_workbook(tmp_path / "out" / f"marked-{path.name}")["Training"]
    own = {"C6": "does not exist", "C7": "no day", "C8": "no year", "C9": "two digits", "C10": "error of the spreadsheet", "C12": "does not exist"}  # fmt: skip
    for cell, words in own.items():
        assert words in page[cell].comment.text and page[cell].comment.text.count("MUST FIX") == 1
