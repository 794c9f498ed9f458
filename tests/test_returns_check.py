"""A return is checked as it is read: each slip asked about once, with its cells, and marked in the agency's own workbook."""

from __future__ import annotations

import csv
import time
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from tests import forms
from tests.hostile import half_a_register, repacked, workbook
from tna.cli import main
from tna.forms.writing import spans

# Plausible mistakes, each beside the cell it is in.
PEOPLE = [
    {"Staff number": "001", "Job title": "Teacher", "Group": "Group 3", "Start date": date(2012, 9, 1)},
    {"Staff number": "002", "Job title": "Play ranger"},  # B7: nothing in the pack places it
    {"Staff number": "003", "Job title": "School nurse", "Group": "Group 2"},  # C8 and C9: two groups for one job
    {"Staff number": "003", "Job title": "School nurse", "Group": "Group 3"},
    {"Job title": "Caretaker", "Group": "Group 1"},  # A10: whose?
    {"Staff number": "005", "Job title": "Cook", "Group": "Group 1", "Contact with children": "sometimes"},  # E11
    {"Staff number": "006", "Job title": "Cook", "Group": "Groop 1"},  # C12
]  # fmt: skip
TRAINING = [
    {"Staff number": "001", "Course": "Family CAF Workshop", "Date completed": date(2015, 3, 4)},
    {"Staff number": "1", "Course": "Family CAF Workshop", "Date completed": date(2015, 3, 4)},  # A7: lost its noughts
    {"Staff number": "003", "Course": "Familly CAF Workshop", "Date completed": date(2015, 3, 4)},  # B8, B9
    {"Staff number": "005", "Course": "Familly CAF Workshop", "Date completed": date(2015, 3, 4)},
    {"Staff number": "005", "Course": "Family CAF Workshop", "Date completed": "31/02/2015"},  # C10, C12
    {"Staff number": "005", "Course": "Family CAF Workshop", "Date completed": "4/5/15", "Status": "booked"},  # C11
    {"Staff number": "001", "Course": "Governor training", "Date completed": "30/02/2015"},
]  # fmt: skip
MUST = {
    "People": {"C8", "C9", "A10", "C12"},
    "Training": {"A7", "C10", "C11", "C12"},
}
CHECK = {"People": {"B7", "E11"}, "Training": {"B8", "B9"}}


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    """A return with mistakes in it."""
    return forms.fill(forms.blank(tmp_path), {"People": PEOPLE, "Training": TRAINING})


def check(*arguments: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(
        main, ["returns", "check", *map(str, arguments), "--as-of", forms.AS_OF.isoformat()]
    )


def table(folder: Path) -> list[dict[str, str]]:
    """The lines of questions.csv."""
    with (folder / "questions.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def asked(rows: Sequence[dict[str, str]], urgency: str) -> dict[str, set[str]]:
    """The cells of each sheet that are asked about."""
    found: dict[str, set[str]] = {}
    for row in rows:
        if row["urgency"] == urgency:
            for span in row["cells"].split("|"):
                column, ends = span[0], [int(part[1:]) for part in span.split(":")]
                cells = {f"{column}{number}" for number in range(ends[0], ends[-1] + 1)}
                found.setdefault(row["sheet"], set()).update(cells)
    return found


def test_every_mistake_is_asked_about_and_nothing_else(returned: Path, tmp_path: Path) -> None:
    done = check(returned, "--out", tmp_path / "out")
    rows = table(tmp_path / "out")
    assert done.exit_code == 1, done.output
    assert asked(rows, "must-fix") == MUST
    assert asked(rows, "please-check") == CHECK


def test_the_same_thing_in_many_rows_is_one_question(returned: Path, tmp_path: Path) -> None:
    check(returned, "--out", tmp_path / "out")
    [line] = [row for row in table(tmp_path / "out") if row["written"] == "Familly CAF Workshop"]
    assert (line["rows"], line["cells"]) == ("8|9", "B8:B9")
    assert "did you mean 'family caf workshop' (r2-b)?" in line["error"]
    assert line["what_to_do"].startswith("Choose from the list")


def test_the_list_has_what_must_be_put_right_first(returned: Path) -> None:
    told = check(returned).stdout
    people, training = told.split("sheet Training")
    for sheet in (people, training):
        assert sheet.index("Must fix") < sheet.index("Please check")
    assert "C12 (Group): 'Groop 1' is not a group of this board." in people
    assert "14 rows read: 4 accepted, 1 changed, 3 not-evidence and 6 refused." in told
    assert "Which group? 'Play ranger'." in told


def test_only_the_marked_cells_of_the_copy_differ(returned: Path, tmp_path: Path) -> None:
    check(returned, "--out", tmp_path / "out")
    before = openpyxl.load_workbook(returned)
    after = openpyxl.load_workbook(tmp_path / "out" / f"marked-{returned.name}")
    assert before.sheetnames == after.sheetnames
    for page in before:
        same_but_for(
            page, after[page.title], MUST.get(page.title, set()) | CHECK.get(page.title, set()), MUST.get(page.title, set())
        )  # fmt: skip
    assert before.defined_names == after.defined_names


def same_but_for(page: object, other: object, marked: set[str], must: set[str]) -> None:
    """Two sheets are the same but for a comment and a fill in some cells."""
    assert isinstance(page, openpyxl.worksheet.worksheet.Worksheet)
    assert isinstance(other, openpyxl.worksheet.worksheet.Worksheet)
    assert page.dimensions == other.dimensions and page.sheet_state == other.sheet_state
    assert repr(page.data_validations) == repr(other.data_validations)
    assert repr(page.protection) == repr(other.protection) and page.freeze_panes == other.freeze_panes
    assert [(one.sqref, one.rules) for one in page.conditional_formatting] == [
        (one.sqref, one.rules) for one in other.conditional_formatting
    ]
    for row in page.iter_rows():
        for cell in row:
            twin = other[cell.coordinate]
            assert cell.value == twin.value and cell.number_format == twin.number_format
            assert repr(cell.font) == repr(twin.font) and repr(cell.protection) == repr(twin.protection)
            if cell.coordinate in marked:
                word = "MUST FIX: " if cell.coordinate in must else "PLEASE CHECK: "
                assert twin.comment is not None and twin.comment.text.startswith(word)
            else:
                assert twin.comment is None and repr(cell.fill) == repr(twin.fill)


def test_the_marked_copy_put_right_is_a_return(returned: Path, tmp_path: Path) -> None:
    check(returned, "--out", tmp_path / "out")
    copy = tmp_path / "out" / f"marked-{returned.name}"
    book = openpyxl.load_workbook(copy)
    right = {
        "People": {"C7": "Group 2", "C9": "Group 2", "A10": "004", "E11": "infrequent", "C12": "Group 1"},
        "Training": {"A7": "002", "B8": "Family CAF Workshop", "B9": "Family CAF Workshop", "C10": date(2015, 2, 28),
                     "C11": date(2015, 5, 4), "C12": date(2015, 2, 28)},
    }  # fmt: skip
    for sheet, cells in right.items():
        for cell, value in cells.items():
            book[sheet][cell].value = value
    book.save(copy)
    done = check(copy)
    assert (done.exit_code, "0 to put right, 1 to look at." in done.stdout) == (0, True), done.stdout
    run = ["analyse", "rotherham", "--people", str(copy), "--records", str(copy), "--as-of", "2016-01-31"]
    analysed = CliRunner().invoke(main, [*run, "--out", str(tmp_path / "analysis")])
    assert analysed.exit_code == 0, analysed.output
    assert "6 people in 1 agency, 7 training records; 0 of 6 jobs to ask about." in analysed.stdout


def test_a_comment_that_was_there_is_kept(returned: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(returned)
    book["People"]["A10"].comment = openpyxl.comments.Comment("Ask Payroll", "HR")
    book.save(returned)
    check(returned, "--out", tmp_path / "out")
    copy = openpyxl.load_workbook(tmp_path / "out" / f"marked-{returned.name}")
    comment = copy["People"]["A10"].comment
    assert comment is not None and comment.text.startswith("Ask Payroll\n\nMUST FIX: ")


def test_a_merged_cell_is_marked_where_it_begins(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, "p.xlsx", {"P": [["person_id", "agency", "role", "level"], ["1", "A library", "Cook", "Level 8"], ["2", "A library", "Cook"]]}
    )  # fmt: skip
    book = openpyxl.load_workbook(path)
    book["P"].merge_cells("C2:D2")
    book["P"]["C2"] = None
    book["P"].merge_cells("B3:C3")
    book.save(path)
    check(path, "--board", "knowsley", "--out", tmp_path / "out")
    page = openpyxl.load_workbook(tmp_path / "out" / "marked-p.xlsx")["P"]
    assert page["B3"].comment is not None


def test_text_files_get_a_marked_workbook(tmp_path: Path) -> None:
    path = tmp_path / "training.csv"
    path.write_text("person_id;course;completed\n0001;k4-4;31/04/2015\n0001;=k4-4;01/04/2015\n", "utf-8")
    done = check(path, "--board", "knowsley", "--out", tmp_path / "out")
    page = openpyxl.load_workbook(tmp_path / "out" / "marked-training.xlsx").active
    assert page is not None
    assert [cell.value for cell in page[3]] == ["0001", "=k4-4", "01/04/2015"]
    assert page["B3"].data_type == "s" and page["C2"].comment.text.startswith("MUST FIX: ")
    assert done.exit_code == 1


def test_training_alone_does_not_ask_who_everybody_is(tmp_path: Path) -> None:
    path = tmp_path / "training.csv"
    path.write_text("person_id,course,completed\n0001,k4-4,2015-04-01\n", "utf-8")
    done = check(path, "--board", "knowsley")
    assert (done.exit_code, "0 to put right, 0 to look at." in done.stdout) == (0, True)


def test_what_a_copy_cannot_keep_is_said(returned: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(returned, "a") as archive:
        archive.writestr("xl/charts/chart1.xml", "<c/>")
    done = check(returned, "--out", tmp_path / "out")
    assert "the marked copy is without the workbook's charts." in done.stdout


def test_a_workbook_that_cannot_be_opened_is_a_line_and_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    path.write_bytes(b"PK\x03\x04 cut short")
    done = check(path, "--board", "knowsley", "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == ["questions.csv", "questions.txt"]
    [line] = table(tmp_path / "out")
    assert (line["urgency"], line["error"]) == ("must-fix", "The workbook is damaged or was cut short.")


def test_one_bad_file_does_not_hide_the_others(returned: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04 cut short")
    done = check(bad, returned)
    assert done.exit_code == 2
    assert "C12 (Group)" in done.stdout and "cut short" in done.stdout


def test_headcounts_and_sessions_are_known_by_their_forms(tmp_path: Path) -> None:
    counts = forms.fill(
        forms.blank(tmp_path, "headcounts", board="knowsley"),
        {
            "Headcounts": [
                {"Level": "Level 2", "Required": 10, "Trained": 12},
                {"Level": "Level 9", "Trained": 1},
            ]
        },
    )
    sessions = forms.fill(
        forms.blank(tmp_path, "sessions", board="knowsley"),
        {"Sessions": [{"Course": "k4-4", "Session date": date(2015, 5, 1), "Places": 20, "Booked": 10, "Attended": 10, "Cancelled": 1, "No shows": 0, "Unscheduled": 0}]},
    )  # fmt: skip
    done = check(counts, sessions, "--out", tmp_path / "out")
    found = {(row["sheet"], row["cells"], row["urgency"]) for row in table(tmp_path / "out")}
    assert done.exit_code == 1
    assert ("Headcounts", "A7", "must-fix") in found
    assert {sheet for sheet, _, urgency in found if urgency == "please-check"} == {"Headcounts", "Sessions"}


def test_a_list_of_cells_is_short() -> None:
    assert spans(("C7", "C9", "C10", "C11", "D12")) == ["C7", "C9:C11", "D12"]


def test_no_cell_of_the_table_is_longer_than_a_spreadsheet_shows(tmp_path: Path) -> None:
    path = tmp_path / "training.csv"
    lines = "0001,k4-4,soon\n" * 5_000
    path.write_text(f"person_id,course,completed\n{lines}", "utf-8")
    check(path, "--board", "knowsley", "--out", tmp_path / "out")
    [line] = table(tmp_path / "out")
    assert line["rows"].endswith("|2001|and 3,000 more") and line["cells"] == "C2:C5001"


def test_checking_twice_gives_the_same_bytes(returned: Path, tmp_path: Path) -> None:
    text = tmp_path / "training.csv"
    text.write_text("person_id,course,completed\n0001,k4-4,2015-04-31\n", "utf-8")
    for name in ("one", "two"):
        check(returned, text, "--out", tmp_path / name)
        time.sleep(2.1)  # a zip archive counts time in steps of two seconds
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(names) == 5
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_merge_over_the_whole_sheet_is_not_laid_out(returned: Path, tmp_path: Path) -> None:
    merge = b'<mergeCells><mergeCell ref="A7:XFD1048576"/></mergeCells><conditionalFormatting'
    repacked(
        returned,
        lambda name, xml: (
            xml.replace(b"<conditionalFormatting", merge, 1) if name.endswith("sheet2.xml") else xml
        ),
    )
    began = time.monotonic()
    done = check(returned, "--out", tmp_path / "out")
    assert "no marked copy: cells are merged or linked over whole sheets." in done.stdout
    assert time.monotonic() - began < 10


def test_more_unknown_words_than_anybody_reads_are_one_question(tmp_path: Path) -> None:
    path = tmp_path / "training.csv"
    lines = "".join(f"0001,Course of our own {number * 7919},2015-04-01\n" for number in range(500))
    path.write_text(f"person_id,course,completed\n{lines}", "utf-8")
    check(path, "--board", "knowsley", "--out", tmp_path / "out")
    rows = table(tmp_path / "out")
    assert len(rows) == 21
    assert sum(len(row["rows"].split("|")) for row in rows) == 500


def test_several_boards_at_once_are_a_question(tmp_path: Path) -> None:
    files = [forms.blank(tmp_path, agency=board, board=board) for board in ("knowsley", "rotherham")]
    done = check(*files)
    assert done.exit_code == 2
    assert "they are forms of knowsley and rotherham. Give the board's id with --board" in done.stderr


def test_what_a_planner_decided_is_never_written_over(returned: Path, tmp_path: Path) -> None:
    out = tmp_path / "checked-twice"
    words = ["returns", "check", str(returned), "--as-of", "2016-01-31", "--out", str(out)]
    CliRunner().invoke(main, words)
    decided = (out / "decisions.yaml").read_text("utf-8").replace("level:", "level: group-2", 1)
    (out / "decisions.yaml").write_text(decided, "utf-8")
    said = CliRunner().invoke(main, [*words, "--overwrite"])
    assert (out / "decisions.yaml").read_text("utf-8") == decided
    assert (out / "decisions-asked-now.yaml").is_file() and "Kept as it was" in said.stdout


def test_a_sheet_of_people_that_was_left_out_must_be_put_right(tmp_path: Path) -> None:
    half_a_register(tmp_path)
    done = check(tmp_path / "people.xlsx", "--board", "knowsley", "--out", tmp_path / "out")
    [line] = table(tmp_path / "out")
    assert (done.exit_code, line["sheet"], line["urgency"]) == (1, "Hillside", "must-fix")
    assert "2 rows left out" in line["error"] and "no column for 'agency'" in line["error"]


def renamed(path: Path, sheet: str, cell: str, heading: str) -> Path:
    """A return with one heading written over."""
    book = openpyxl.load_workbook(path)
    book[sheet][cell].value = heading
    book.save(path)
    return path


def test_a_form_with_a_heading_written_over_is_asked_for_the_column(returned: Path) -> None:
    done = check(renamed(returned, "Training", "B5", "What they did"))
    training = done.stdout.split("sheet Training")[1]
    assert "No column for 'course'" in training and "What they did" in training
    assert "--people" not in done.output


def test_nothing_is_advised_that_the_check_cannot_do(returned: Path) -> None:
    done = check(renamed(returned, "People", "I5", "Group"))
    assert "Two or more columns mean 'level'" in done.stdout
    assert "--people" not in done.output
