"""COMPEITO's CSV and OpenSALT's workbook: read by the names of their columns, written in CASE's words."""

from __future__ import annotations

import csv
import tempfile
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from tests.exchange import made
from tna import shelves
from tna.checking import check
from tna.exchange.case_words import STANDARD
from tna.exchange.opensalt import SHEETS
from tna.model import Pack

SAMPLE = made.SAMPLES / "compeito.csv"
SUFFIXES = {"compeito": ".csv", "opensalt": ".xlsx"}
BOARDS = ["knowsley", "rotherham", "north-yorkshire"]


def words(pack: Pack) -> tuple[list[Any], list[Any], list[Any]]:
    """What both formats carry: levels with number and descriptor, competencies, courses; in order."""
    framework = pack.framework
    return (
        [(one.id, one.label, one.number, one.descriptor, one.note) for one in framework.levels],
        [(one.id, one.label, one.note) for one in framework.competencies],
        [(one.id, one.title, one.note) for one in pack.courses],
    )


def test_rows_may_name_what_comes_later_and_stand_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    done, problems = made.brought("compeito", SAMPLE, tmp_path / "county")
    pack = made.load(tmp_path / "county")
    assert [one.code for one in problems] == ["exchange.unknown-column"]
    assert done.ledger.counts() == {"accepted": 12, "changed": 0, "refused": 0}
    assert [(one.id, one.number, one.note) for one in pack.framework.levels] == [
        ("level-a", "A", "Everybody"),
        ("level-b", "B", ""),
    ]
    assert [(one.id, one.label) for one in pack.framework.competencies] == [
        ("a1", "Recognises harm & neglect"),
        ("a2", "Shares information lawfully"),
        ("a3", "=Keeps a record"),
        ("b1", "Leads an enquiry"),
    ]
    assert made.ties(pack) == {
        ("requires", "level-a", "a1"), ("requires", "level-a", "a2"), ("requires", "level-a", "a3"), ("requires", "level-b", "b1"),
        ("needs", "a2", "a1"), ("needs", "a3", "a1"),
    }  # fmt: skip
    assert {one.severity for one in check(tmp_path / "county")} <= {"note"}


def test_what_a_pack_has_no_place_for_goes_out_as_it_came(tmp_path: Path) -> None:
    made.brought("compeito", SAMPLE, tmp_path / "county")
    made.sent(tmp_path / "county", "compeito", tmp_path / "out.csv")
    rows = list(csv.reader(StringIO((tmp_path / "out.csv").read_text("utf-8"))))
    meta = dict(row for row in rows if row[0].startswith("#"))
    assert (meta["#license"], meta["#house_style"], meta["#version"]) == ("CC BY 4.0", "blue", "2")
    head, *body = rows[len(meta) :]
    found = {row[2]: dict(zip(head, row, strict=True)) for row in body}
    assert found["A2"]["exactMatchOf"] == "https://elsewhere.example.org/77"
    assert found["A2"]["parentIdentifier"] == "0b7a4a8e-6b1f-4f6e-8a01-5a0c9b1d2e01"
    assert (found["A1"]["educationLevel"], found["A2"]["Colour"]) == ("Adult", "red")
    assert found["A3"]["fullStatement"] == "'=Keeps a record"


@pytest.mark.parametrize("kind", SUFFIXES)
@pytest.mark.parametrize("board", BOARDS)
def test_our_own_packs_come_back_with_all_that_the_format_can_say(
    tmp_path: Path, kind: str, board: str
) -> None:
    file = tmp_path / f"out{SUFFIXES[kind]}"
    left = made.sent(shelves.packs()[board], kind, file)
    assert any(one.startswith("lines of the plan (") for one in left)
    _, problems = made.brought(kind, file, tmp_path / board)
    before, after = made.load(shelves.packs()[board]), made.load(tmp_path / board)
    assert list(problems) == []
    assert words(after) == words(before)
    assert made.ties(after) <= made.ties(before)
    assert {one.severity for one in check(tmp_path / board)} <= {"note"}


def test_what_a_policy_that_is_off_would_add_is_not_said_to_others(tmp_path: Path) -> None:
    left = made.sent(shelves.packs()["knowsley"], "opensalt", tmp_path / "out.xlsx")
    made.brought("opensalt", tmp_path / "out.xlsx", tmp_path / "knowsley")
    assert not any(tie[0] == "includes" for tie in made.ties(made.load(tmp_path / "knowsley")))
    assert any(one.startswith("'includes' (15: level-2 includes level-1") for one in left)


def test_the_workbook_has_opensalts_sheets_and_only_the_standards_associations(tmp_path: Path) -> None:
    made.sent(shelves.packs()["rotherham"], "opensalt", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(BytesIO((tmp_path / "out.xlsx").read_bytes()))
    assert book.sheetnames == list(SHEETS)
    for name, titles in SHEETS.items():
        assert tuple(cell.value for cell in book[name][1]) == titles
    kinds = {str(row[3].value) for row in book["CF Association"].iter_rows(min_row=2)}
    assert kinds == {"Is Child Of", "Is Part Of"}
    assert {kind[0].lower() + kind[1:].replace(" ", "") for kind in kinds} <= set(STANDARD)


@pytest.mark.parametrize("kind", SUFFIXES)
def test_the_same_pack_gives_the_same_bytes(tmp_path: Path, kind: str) -> None:
    for name in ("a", "b"):
        made.sent(shelves.packs()["rotherham"], kind, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


CARRIED = {
    "compeito": ("requires", "includes", "needs", "gives", "open-to", "after"),
    "opensalt": ("requires", "includes", "needs", "after"),
}


@pytest.mark.parametrize("kind", SUFFIXES)
@settings(max_examples=20, deadline=None)
@given(files=made.packs())
def test_statements_and_ties_come_back_as_they_went(kind: str, files: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder, file = made.write(Path(scratch) / "pack", files), Path(scratch) / f"out{SUFFIXES[kind]}"
        made.sent(folder, kind, file)
        _, problems = made.brought(kind, file, Path(scratch) / "again")
        before, after = made.load(folder), made.load(Path(scratch) / "again")
        assert not problems.errors
        assert words(after) == words(before)
        assert made.ties(after) == {tie for tie in made.ties(before) if tie[0] in CARRIED[kind]}


def test_a_row_that_only_places_a_refused_item_is_refused_with_it(tmp_path: Path) -> None:
    made.sent(shelves.packs()["rotherham"], "opensalt", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    sheet = book["CF Association"]
    at = {cell.value: cell.column for cell in sheet[1]}
    ends = [at[name] for name in at if name in ("originNodeIdentifier", "destinationNodeIdentifier")]
    assert len(ends) == 2
    child = sheet.cell(2, ends[0]).value
    sheet.cell(2, ends[1]).value = child  # it stands under itself
    book.save(tmp_path / "out.xlsx")
    done, _ = made.brought("opensalt", tmp_path / "out.xlsx", tmp_path / "county")
    line = done.ledger.lines[("CF Association", "row 2")]
    assert (line.outcome, line.reason) == ("refused", f"'{child}', which it places, was refused")
