"""The workbook to work from: real tables that can be filtered, sorted, printed and read by everybody."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.papers import HOSTILE, made, papers, whole
from tna.reports import palette
from tna.reports.as_xlsx import _name, _widths
from tna.reports.sections import fit

ON_CI = bool(os.environ.get("CI"))
PARTS = ("Need", "Have", "To train", "State")
SHEETS = {
    "board-paper": ["Summary", "By agency", "Plan", "By competency", "By course"],
    "gaps": ["Summary", "By agency", "Plan", "By competency", "By course", "Agency and course", "By person",
             "Definitions", "Files read", "Rows read"],
}  # fmt: skip


@pytest.fixture(scope="module", params=["board", "internal"])
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    analysis = made(
        folder, 5, ("Alder", HOSTILE, "=1+1", "Dovecote"), {"coverage.target": "70", "coverage.floor": "40"}
    )
    (found,) = papers(analysis, folder / "out", request.param, ("xlsx",))
    return found


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


def test_every_sheet_but_the_first_is_one_real_table_with_a_filter(book: Workbook) -> None:
    first, *rest = book.worksheets
    assert first.title == "Summary"
    assert not first.tables
    names = set()
    for sheet in rest:
        (table,) = sheet.tables.values()
        assert table.ref == f"A2:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
        assert table.autoFilter is not None
        names.add(table.name)
        heads = [cell.value for cell in sheet[2]]
        assert heads == [column.name for column in table.tableColumns]
        assert len({str(head).casefold() for head in heads}) == len(heads)
    assert len(names) == len(rest)


def test_headings_stay_in_sight_and_repeat_in_print_and_a_page_is_wide_enough(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (int(sheet.page_setup.fitToWidth or 1), int(sheet.page_setup.fitToHeight)) == (1, 0)
        assert "mall numbers" in sheet.oddFooter.left.text
        if sheet.title != "Summary":
            assert sheet.freeze_panes == "B3"
            assert sheet.print_title_rows == "$1:$2"


def test_a_printed_page_can_be_read_as_columns_are_no_wider_than_it(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sum(one.width * (one.max - one.min + 1) for one in sheet.column_dimensions.values()) <= 180, (
            sheet.title
        )


def test_numbers_of_staff_stand_on_one_line_and_a_long_reason_gets_most_of_the_page() -> None:
    rows = [
        ["Person", "Agency", "Course", "Why"],
        ["SAMPLE-0003", "A" * 80, "C" * 80, "because " * 40],
    ]
    person, agency, course, why = _widths(rows)
    assert person >= len("SAMPLE-0003")
    assert why > 1.8 * agency
    assert person + agency + course + why <= 165


def test_no_text_is_cut_off_below(book: Workbook) -> None:
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                width = sheet.column_dimensions[cell.column_letter].width or 9
                if isinstance(cell.value, str) and len(cell.value) > 1.3 * width:
                    least = len(cell.value) / (1.3 * width)
                    assert (sheet.row_dimensions[cell.row].height or 15) >= 12 * least, (
                        sheet.title,
                        cell.coordinate,
                    )


def test_need_have_and_to_train_stand_together_as_numbers(book: Workbook) -> None:
    sheet = book["By agency"]
    heads = [cell.value for cell in sheet[2]]
    assert heads == ["Agency", "Of", *PARTS]
    counted = 0
    for _, _, need, have, train, state in sheet.iter_rows(min_row=3, values_only=True):
        if have is None:
            assert (need, train) == (None, None)
            assert state == "hidden" or re.match(r"[✕–?○] \w", str(state))
            continue
        counted += 1
        assert isinstance(have, int)
        assert (need, train) == (have + train, need - have)
        assert str(state).startswith(f"{have * 100 // need}% ")
    assert counted


def test_a_filled_cell_says_its_meaning_in_words_and_can_be_read(book: Workbook) -> None:
    fills = set()
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows(min_row=3):
            for cell in row:
                if cell.fill.fill_type:
                    fills.add(f"#{cell.fill.fgColor.rgb[2:]}")
                    assert re.search(r"[●▲■○✕?–·◆] \w", str(cell.value))
    assert len(fills) >= 3
    assert all(palette.contrast(palette.COLOURS["text"], one) >= palette.LEAST_TEXT for one in fills)


def test_numbers_are_numbers_to_the_right_and_ids_are_text(book: Workbook) -> None:
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows(min_row=3):
            for cell in row:
                if isinstance(cell.value, int):
                    assert (cell.alignment.horizontal, cell.number_format) == ("right", "#,##0")
                elif cell.value is not None:
                    assert cell.number_format == "@"
                    assert cell.data_type == "s"


def test_the_team_has_gaps_by_person_with_the_course_that_closes_each(path: Path, book: Workbook) -> None:
    found = [one for one in book.worksheets if one.title == "By person"]
    assert bool(found) == (path.stem == "gaps")
    for sheet in found:
        rows = list(sheet.iter_rows(min_row=3, values_only=True))
        assert all(str(row[0]).startswith("PERSON-") for row in rows)
        assert {row[7] for row in rows} <= {"Course c1", "Course c2", "Course c3"}
        assert all(row[8] for row in rows)


def test_nothing_is_hidden_or_noted_in_a_corner(book: Workbook) -> None:
    assert all(sheet.sheet_state == "visible" for sheet in book.worksheets)
    assert not [
        cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.comment
    ]
    assert not [one for sheet in book.worksheets for one in sheet.column_dimensions.values() if one.hidden]
    assert set(book.defined_names) <= {"_xlnm.Print_Titles"}


def test_sheets_have_short_plain_names_in_whole_words(path: Path, book: Workbook) -> None:
    assert book.sheetnames == SHEETS[path.stem]


def test_a_name_too_long_for_a_sheet_ends_with_a_whole_word() -> None:
    assert _name("Competencies that most people still need", set()) == "Competencies that most"


def test_need_is_who_has_it_who_is_to_train_and_who_is_trained_another_way(
    path: Path, book: Workbook
) -> None:
    for name in ("By course", "Agency and course"):
        if path.stem != "gaps":
            return
        heads = [cell.value for cell in book[name][2]]
        at = heads.index("Need")
        assert heads[at : at + 4] == ["Need", "Have", "To train", "To train another way"]
        rows = [row[at : at + 4] for row in book[name].iter_rows(min_row=3, values_only=True)]
        assert rows
        assert all(need == have + train + otherwise for need, have, train, otherwise in rows)


def test_the_summary_says_on_which_sheet_each_section_is(book: Workbook) -> None:
    said = [row[1].removeprefix("On: ") for row in book["Summary"].iter_rows(values_only=True) if row[1]]
    assert [one for line in said for one in line.split("; ")] == book.sheetnames[1:]


@pytest.mark.parametrize("caption", ["a/b: [c]*?\\'", "Summary", "x" * 60, "", "'"])
def test_any_caption_makes_a_name_that_a_sheet_may_have(caption: str) -> None:
    taken: set[str] = set()
    names = [_name(caption, taken) for _ in range(12)]
    assert len({name.casefold() for name in names} | {"summary"}) == 13
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\']", name) for name in names)


def test_libre_office_opens_it_and_keeps_every_row(path: Path, book: Workbook, tmp_path: Path) -> None:
    if not shutil.which("soffice") and not ON_CI:
        pytest.skip("LibreOffice is not installed")
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    words = ["soffice", home, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), str(path)]
    subprocess.run(words, check=True, capture_output=True, timeout=180)
    again = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path / "again"),
        str(tmp_path / f"{path.stem}.ods"),
    ]
    subprocess.run(again, check=True, capture_output=True, timeout=180)
    found = openpyxl.load_workbook(tmp_path / "again" / path.name)
    assert found.sheetnames == book.sheetnames
    for one, other in zip(book.worksheets, found.worksheets, strict=True):
        rows = [
            [value for value in row if value not in (None, "")] for row in one.iter_rows(values_only=True)
        ]
        kept = [
            [value for value in row if value not in (None, "")] for row in other.iter_rows(values_only=True)
        ]
        assert [row for row in kept if row] == [row for row in rows if row], one.title


def test_the_summary_names_every_section(path: Path, book: Workbook) -> None:
    paper = fit(
        whole(path.parent.parent / "analysis", "internal" if path.stem == "gaps" else "board"), "xlsx"
    )
    lines = [row[0] for row in book["Summary"].iter_rows(values_only=True)]
    assert [one.title for one in paper.sections] == [
        line for line in lines if line in {one.title for one in paper.sections}
    ]
    assert lines[4] == paper.finding
