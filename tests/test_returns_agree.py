"""What a check reads is what an analysis reads, and what it says of a cell is about that cell."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from tests import forms
from tests.hostile import cut_short, written
from tna.cli import main

PEOPLE = [
    {"Staff number": "001", "Job title": "Teacher", "Group": "Group 3"},
    {"Staff number": "002", "Job title": "School nurse", "Group": "Group 3"},
]
TRAINING = [{"Staff number": "001", "Course": "Family CAF Workshop", "Date completed": date(2015, 3, 4)}]
SUMS = "sum(if(outcome = 'accepted', value::BIGINT, 1))"


def check(*arguments: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(
        main, ["returns", "check", *map(str, arguments), "--as-of", forms.AS_OF.isoformat()]
    )


def analysed(path: Path, out: Path) -> Mapping[str, int]:
    """The rows of each register that an analysis reads of a workbook given as both."""
    import duckdb

    run = ["analyse", "rotherham", "--people", str(path), "--records", str(path), "--as-of", "2016-01-31"]
    assert CliRunner().invoke(main, [*run, "--out", str(out)]).exit_code in (0, 1)
    with duckdb.connect(str(out / "analysis.duckdb"), read_only=True) as found:
        return dict(found.execute("select kind, sum(rows)::BIGINT from inputs group by kind").fetchall())


def changed(path: Path, *without: str) -> Path:
    """A form whose sheets of these names lost the lines above their headings."""
    book = openpyxl.load_workbook(path)
    for name in without:
        book[name].delete_rows(1, forms.HEAD - 1)
    book.save(path)
    return path


@pytest.mark.parametrize("without", [(), ("People",), ("Training",), ("People", "Training")])
def test_a_check_and_an_analysis_read_the_same_rows(tmp_path: Path, without: tuple[str, ...]) -> None:
    path = forms.fill(forms.blank(tmp_path), {"People": PEOPLE, "Training": TRAINING})
    read = analysed(changed(path, *without), tmp_path / "out")
    assert read == {"people": 2, "records": 1}
    assert "3 rows read: 3 accepted." in check(path).stdout


def test_a_form_with_too_many_blank_rows_is_told_so_and_not_asked_whose_it_is(tmp_path: Path) -> None:
    path = forms.fill(forms.blank(tmp_path), {"People": PEOPLE}, first=1_800)
    found = check(path)
    assert (
        "There are more than 1,000 empty rows after row 5, and then more cells at row 1,800." in found.stdout
    )
    assert "which-board" not in found.output
    assert found.exit_code == 2


def test_a_file_that_cannot_be_read_says_why_before_whose_it_is(tmp_path: Path) -> None:
    cut_short(tmp_path)
    (path,) = tmp_path.iterdir()
    found = check(path)
    assert "cut short" in found.output and "which-board" not in found.output
    assert found.exit_code == 2


def comments(path: Path, sheet: str) -> dict[str, str]:
    """The comment on each cell of a sheet."""
    book = openpyxl.load_workbook(path)
    return {
        cell.coordinate: cell.comment.text for row in book[sheet].iter_rows() for cell in row if cell.comment
    }


def marked(path: Path, out: Path, *more: object) -> Path:
    check(path, "--out", out, *more)
    return out / f"marked-{path.name}"


def questions(out: Path) -> list[dict[str, str]]:
    with (out / "questions.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_each_comment_speaks_of_its_own_cell(tmp_path: Path) -> None:
    wrong = ("31/02/2015", "30/02/2015", "29/02/2015")
    rows = [{**TRAINING[0], "Date completed": text} for text in wrong]
    path = forms.fill(forms.blank(tmp_path), {"People": PEOPLE, "Training": rows})
    found = comments(marked(path, tmp_path / "out"), "Training")
    for row, text in enumerate(wrong, forms.HEAD + 1):
        others = [one for one in wrong if one != text]
        assert f"'{text}'" in found[f"C{row}"]
        assert not any(one in found[f"C{row}"] for one in others)
    [line] = questions(tmp_path / "out")
    assert line["error"].startswith(
        "'31/02/2015' (in other cells '30/02/2015' and '29/02/2015') in 'Date completed'"
    )


def test_each_comment_has_the_figures_of_its_own_row(tmp_path: Path) -> None:
    rows = [
        {"Group": "Group 1", "Required": 5, "Trained": 8},
        {"Group": "Group 2", "Required": 9, "Trained": 11},
    ]
    path = forms.fill(forms.blank(tmp_path, "headcounts"), {"Headcounts": rows})
    found = comments(marked(path, tmp_path / "out"), "Headcounts")
    assert "8 trained" in found["F6"] and "5 required" in found["F6"]
    assert "11 trained" in found["F7"] and "9 required" in found["F7"]
    [line] = questions(tmp_path / "out")
    assert line["error"].endswith("So in 1 more cell, each with its own figures.")


def test_a_number_at_two_agencies_is_asked_about_and_read_as_one_person(tmp_path: Path) -> None:
    text = "person_id,agency,role\n001,A,Teacher\n002,A,Teacher\n003,A,Teacher\n001,B,Nurse\n002,B,Nurse\n"
    path = written(tmp_path, "people.csv", text)
    found = check(path, "--board", "rotherham", "--out", tmp_path / "out")
    assert found.exit_code == 0
    asked = [one for one in questions(tmp_path / "out") if "one person" in one["error"]]
    assert [(one["cells"], one["urgency"], one["error"]) for one in asked] == [
        ("A2:A3", "please-check", "'001' and 1 other number at B too; read as one person with jobs at both."),
        ("A5:A6", "please-check", "'001' and 1 other number at A too; read as one person with jobs at both."),
    ]
    said = comments(tmp_path / "out" / "marked-people.xlsx", "Sheet")
    assert said["A6"].startswith("PLEASE CHECK: '002' is at A too; read as one person with jobs at both.")


def test_numbers_of_one_agency_are_not_asked_about(tmp_path: Path) -> None:
    path = written(tmp_path, "people.csv", "person_id,agency,role\n001,A,Teacher\n001,A,Nurse\n002,B,Nurse\n")
    assert "one person" not in check(path, "--board", "rotherham").stdout


SHEETS: Mapping[str, list[Mapping[str, Any]]] = {
    "People": [
        *PEOPLE,
        {"Staff number": "Staff number", "Job title": "Job title"},
        {"Staff number": "Total"},
    ],
    "Training": [*TRAINING, {"Staff number": "Staff no", "Course": "Course title"}],
}


def test_totals_and_pasted_headings_are_looked_at_and_count_nobody(tmp_path: Path) -> None:
    path = forms.fill(forms.blank(tmp_path), SHEETS)
    found = check(path, "--out", tmp_path / "out")
    assert found.exit_code == 0
    assert "6 rows read: 3 accepted and 3 not-evidence." in found.stdout
    lines = {(one["sheet"], one["cells"]): one["error"] for one in questions(tmp_path / "out")}
    assert lines == {
        ("People", "A8"): "The headings once more, not an entry; not counted.",
        ("People", "A9"): "A total, not an entry of its own; not counted.",
        ("Training", "A7"): "The headings once more, not an entry; not counted.",
    }
