"""A return goes its whole way: sent out, filled in with slips, checked, marked, put right, analysed and tabled."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import openpyxl

import tna
from tna.cli.returning import AGENCY, cycle


def test_a_return_goes_its_whole_way(tmp_path: Path) -> None:
    lines = list(cycle(tna.load("knowsley"), tmp_path, date(2016, 1, 31)))
    assert "; 0 to put right once corrected." in lines[1]
    assert not lines[1].strip().startswith("0 to put right")
    returned, corrected = (
        openpyxl.load_workbook(tmp_path / f"{one}.xlsx") for one in ("returned", "corrected")
    )
    assert returned.sheetnames == corrected.sheetnames
    papers = sorted(path.name for path in (tmp_path / "papers").iterdir())
    assert papers == ["agency-quarry-voluntary-action-sample.docx", "board-paper.docx"]
    text = "\n".join(one.text for one in docx.Document(str(tmp_path / "papers" / papers[0])).paragraphs)
    assert AGENCY in text
