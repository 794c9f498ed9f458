"""The workbook that goes out: the board's own words, lists to choose from, and nothing that could be a name."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import tna
from tests import forms
from tna.cli import main
from tna.forms import layout, template
from tna.forms.entry import dated
from tna.sources import edition_of, heads

BOARDS = ("knowsley", "north-yorkshire", "rotherham")


def test_the_same_question_gives_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import tna; from datetime import date; from pathlib import Path; from tna.forms import template;"
        f"template.write(tna.load('rotherham'), 'Hillside School', 'people', date(2016, 1, 31), Path({str(tmp_path / 'other.xlsx')!r}))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONHASHSEED": "7"})
    assert forms.blank(tmp_path).read_bytes() == (tmp_path / "other.xlsx").read_bytes()


@pytest.mark.parametrize("kind", layout.KINDS)
@pytest.mark.parametrize("board", BOARDS)
def test_readers_know_every_heading(board: str, kind: str) -> None:
    for sheet in layout.form(tna.load(board), "A library", kind, forms.AS_OF).sheets:
        assert [heads(sheet.register, field.heading) for field in sheet.fields] == [
            field.column for field in sheet.fields
        ]


def test_levels_are_in_the_boards_own_word(tmp_path: Path) -> None:
    for board, word in (("rotherham", "Group"), ("knowsley", "Level")):
        book = openpyxl.load_workbook(forms.blank(tmp_path, board=board))
        assert book["People"].cell(forms.HEAD, 3).value == word


def test_the_first_sheet_says_what_each_level_is_in_the_boards_words(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(forms.blank(tmp_path, board="knowsley"))["Start here"]
    rows = [[cell for cell in row if cell] for row in page.iter_rows(values_only=True)]
    begin = rows.index(["What each level is, as the board's document says"])
    assert [row[0] for row in rows[begin + 1 : begin + 7]] == [f"Level {n}" for n in range(1, 7)]
    assert rows[begin + 3][1].startswith("Members of the workforce who work predominantly with children")
    assert "youth workers" in rows[begin + 3][1]
    silent = openpyxl.load_workbook(forms.blank(tmp_path / "ny", board="north-yorkshire"))["Start here"]
    assert "The document does not describe it." in [cell.value for cell in silent["B"]]


def test_no_file_has_a_name_that_planners_machines_keep_for_themselves() -> None:
    assert dict(template.file_names(["CON", "Con Ltd"])) == {
        "CON": "con-agency.xlsx",
        "Con Ltd": "con-ltd.xlsx",
    }


def test_a_word_no_reader_knows_stands_beside_level() -> None:
    board = tna.load("knowsley")
    framework = replace(board.pack.framework, level_word="rung")
    odd = replace(board, pack=replace(board.pack, framework=framework))
    assert layout.level_heading(odd) == "Level (rung)"


def test_lists_hold_what_the_pack_says(tmp_path: Path) -> None:
    board = tna.load("knowsley")
    book = openpyxl.load_workbook(forms.blank(tmp_path, board="knowsley"))
    found = {name: words(book, name) for name in book.defined_names if name.startswith("tna_")}
    assert found["tna_levels"] == [f"Level {number}" for number in range(1, 7)]
    assert found["tna_courses"] == [one.title for one in board.pack.courses if one.audience == "workforce"]
    assert found["tna_statuses"] == ["attended", "booked", "cancelled", "did-not-attend"]
    assert "Administrator" in found["tna_roles"]
    assert book["lists"].sheet_state == book["tna"].sheet_state == "hidden"


def words(book: openpyxl.Workbook, name: str) -> list[object]:
    """The words of a named list."""
    [(sheet, where)] = list(book.defined_names[name].destinations)
    return [row[0].value for row in book[sheet][where]]


def test_lists_go_by_name_and_only_levels_stop_anything(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(forms.blank(tmp_path))["People"]
    rules = {str(one.sqref).split("6")[0]: one for one in page.data_validations.dataValidation}
    assert (rules["C"].type, rules["C"].formula1, rules["C"].showErrorMessage) == ("list", "tna_levels", True)
    assert (rules["B"].type, rules["B"].formula1, rules["B"].showErrorMessage) == ("list", "tna_roles", False)
    assert all(len(one.formula1 or "") < 255 and len(one.prompt or "") <= 255 for one in rules.values())


def test_dates_end_a_year_after_the_form_was_made() -> None:
    assert dated(date(2016, 1, 31))["maximum"] == date(2017, 1, 31)
    assert dated(date(2016, 2, 29))["maximum"] == date(2017, 2, 28)


def test_five_hundred_rows_are_open_and_headings_are_not(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(forms.blank(tmp_path))
    for name in ("People", "Training"):
        page = book[name]
        assert page.protection.sheet and page.protection.password is None
        assert all(cell.protection.locked for row in page.iter_rows(1, forms.HEAD) for cell in row)
        assert not any(
            cell.protection.locked for row in page.iter_rows(forms.HEAD + 1, forms.HEAD + 500) for cell in row
        )
        assert page["A6"].number_format == page["A505"].number_format == "@"


def test_doubled_rows_are_shown_and_01_is_not_1(tmp_path: Path) -> None:
    path = forms.fill(
        forms.blank(tmp_path),
        {"People": [{"Staff number": number, "Job title": "Teacher"} for number in ("01", "1", "01")]},
    )
    page = openpyxl.load_workbook(path)["People"]
    [formula] = [rule.formula[0] for rules in page.conditional_formatting for rule in rules.rules]
    for row in (6, 7, 8):
        page.cell(row, 20).value = "=" + formula.replace("$A6", f"$A{row}").replace("$B6", f"$B{row}")
    page.parent.save(path)
    done = openpyxl.load_workbook(forms.through_office(path), data_only=True)["People"]
    assert [done.cell(row, 20).value for row in (6, 7, 8)] == [True, False, True]


def test_the_hidden_sheet_says_what_the_workbook_is(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(forms.blank(tmp_path))["tna"]
    said = {row[0].value: row[1].value for row in page.iter_rows(2, 9) if row[0].value}
    edition = edition_of(tna.load("rotherham").pack)
    assert said["Template"] == template.TEMPLATE
    assert (said["Agency"], said["Kind"], said["Board"]) == ("Hillside School", "people", "rotherham")
    assert (said["Pack edition"], said["Pack checksum"]) == ("2014/15", edition.checksum)


def test_nothing_in_it_computes_or_links(tmp_path: Path) -> None:
    path = forms.blank(tmp_path, agency='=HYPERLINK("http://example.org")')
    with zipfile.ZipFile(path) as archive:
        text = b"".join(
            archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")
        )
        assert b"<f>" not in text and b"hyperlink" not in text.lower().replace(b"inserthyperlinks", b"")
        assert not [
            name for name in archive.namelist() if "vba" in name.lower() or "external" in name.lower()
        ]


def test_libreoffice_prints_every_kind(tmp_path: Path) -> None:
    for kind in layout.KINDS:
        printed = forms.through_office(forms.blank(tmp_path, kind), "pdf")
        assert printed.read_bytes().startswith(b"%PDF")


def test_one_workbook_for_each_agency_of_a_list(tmp_path: Path) -> None:
    listed = tmp_path / "agencies.csv"
    listed.write_text("agency\nYsgol Môn\nYsgol Mân\nSt Mary's & St John's\n", "utf-8")
    out = tmp_path / "out"
    run = ["template", "knowsley", "--agencies", str(listed), "-o", str(out), "--as-of", "2016-01-31"]
    done = CliRunner().invoke(main, run)
    assert done.exit_code == 0, done.output
    names = ["st-mary-s-st-john-s.xlsx", "ysgol-m-n-2.xlsx", "ysgol-m-n.xlsx"]
    assert sorted(path.name for path in out.iterdir()) == names
    page = openpyxl.load_workbook(out / names[0])["People"]
    assert page["B2"].value == "St Mary's & St John's"


def test_an_agency_spelt_in_two_ways_gets_one_workbook_and_both_rows_are_named(tmp_path: Path) -> None:
    listed = tmp_path / "agencies.csv"
    listed.write_text("agency\nOak School\nElm School\noak school \nOAK-SCHOOL.\nElm School\n", "utf-8")
    out = tmp_path / "out"
    done = CliRunner().invoke(main, ["template", "knowsley", "--agencies", str(listed), "-o", str(out)])
    assert done.exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == ["elm-school.xlsx", "oak-school.xlsx"]
    [said] = done.stderr.strip().splitlines()
    assert "'Oak School' (A2), 'oak school' (A4) and 'OAK-SCHOOL.' (A5) differ only in capitals" in said
    assert openpyxl.load_workbook(out / "oak-school.xlsx")["People"]["B2"].value == "Oak School"


def test_either_an_agency_or_a_list_of_them() -> None:
    for options in ([], ["--agency", "A", "--agencies", "b.csv"], ["--agency", " "]):
        assert CliRunner().invoke(main, ["template", "knowsley", *options, "-o", "x.xlsx"]).exit_code == 2
