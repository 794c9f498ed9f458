"""The tables boards already have come in from CSV, workbooks and Word, and go out again for a document."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from tests.exchange import made
from tna import boards, shelves
from tna.checking import check
from tna.cli import main
from tna.exchange.native import dates

BOARDS = ["knowsley", "rotherham", "north-yorkshire"]
DELIMITERS = {"levels": ",", "offer": ";", "plan": ","}


def table(kind: str, suffix: str, folder: Path) -> Path:
    """A sample as a CSV, a workbook or a Word document."""
    sample, path = made.SAMPLES / f"{kind}.csv", folder / f"{kind}.{suffix}"
    text = sample.read_text("utf-8")
    rows = list(csv.reader(io.StringIO(text), delimiter=DELIMITERS[kind]))
    if suffix == "csv":
        path.write_text(text, "utf-8")
    elif suffix == "xlsx":
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.title = "Plan"
        for row in rows:
            sheet.append(row)
        book.save(path)
    else:
        document = docx.Document()
        width = max(map(len, rows))
        grid = document.add_table(rows=0, cols=width)
        for row in rows:
            for cell, words in zip(grid.add_row().cells, row, strict=False):
                cell.text = words
        document.save(str(path))
    return path


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "docx"])
def test_level_descriptors_become_levels_with_their_examples(tmp_path: Path, suffix: str) -> None:
    done, problems = made.brought(
        "levels", table("levels", suffix, tmp_path), tmp_path / "county", board="County"
    )
    framework = made.load(tmp_path / "county").framework
    assert [one.code for one in problems] == ["exchange.no-level"]
    assert done.ledger.counts() == {"accepted": 4, "changed": 1, "refused": 1}
    assert [(one.id, one.number, one.printed, one.provision, one.descriptor) for one in framework.levels] == [
        ("level-1", "1", "One (single agency)", "single-agency", "Staff in infrequent contact with children"),
        ("level-2", "2", "Two (multi-agency)", "multi-agency", "Staff in regular contact or intense contact"),
        ("level-3", "3", "Three", "", "Members of the workforce who work mainly with children"),
    ]
    assert [one.printed for one in framework.levels[0].examples] == [
        "Librarians",
        "Park rangers",
        "Receptionists",
    ]
    assert [one.printed for one in framework.levels[1].examples] == ["School nurses", "Youth workers"]
    read_as = {one.printed: one.roles for level in framework.levels for one in level.examples}
    assert read_as["Librarians"] == ("librarian",) and read_as["School nurses"] == ("school-nurse",)
    assert framework.board == "County"
    assert {one.severity for one in check(tmp_path / "county")} <= {"note"}


def test_a_file_of_an_older_spreadsheet_is_read_and_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "levels.csv").write_bytes(
        "Level,Target group\nOne,Caf\u00e9 staff \u2013 all\n".encode("cp1252")
    )
    _, problems = made.brought("levels", tmp_path / "levels.csv", tmp_path / "county")
    assert [one.code for one in problems] == ["tables.read-as-windows"]
    assert made.load(tmp_path / "county").framework.levels[0].descriptor == "Café staff – all"


def test_people_are_placed_by_the_examples_of_a_table(tmp_path: Path) -> None:
    made.brought("levels", made.SAMPLES / "levels.csv", tmp_path / "county")
    done = CliRunner().invoke(main, ["place", str(tmp_path / "county"), "School nurse"])
    assert "Level 2" in done.stdout
    switch = next(
        one for one in made.load(tmp_path / "county").framework.policies if one.id == "examples-are-roles"
    )
    assert (switch.value, switch.origin.basis) == ("on", "interpreted")


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "docx"])
def test_an_offer_becomes_courses_open_to_the_levels_it_names(tmp_path: Path, suffix: str) -> None:
    done, problems = made.brought("offer", table("offer", suffix, tmp_path), tmp_path / "county")
    pack = made.load(tmp_path / "county")
    assert [one.code for one in problems] == [
        "exchange.unread-level",
        "exchange.duplicate-id",
        "exchange.no-key",
    ]
    assert done.ledger.counts() == {"accepted": 4, "changed": 1, "refused": 2}
    assert [one.title for one in pack.courses] == [
        "Basic awareness", "Working together day", "Briefing on county lines", "Leading practice",
    ]  # fmt: skip
    given = {one.id: one.label for one in pack.framework.competencies}
    assert list(given.values()) == [
        "Know the signs of neglect", "Know whom to tell", "Share information lawfully", "Know whom to tell",
    ]  # fmt: skip
    opened = {one.title: [level for link in one.open_to for level in link.levels] for one in pack.courses}
    assert opened == {
        "Basic awareness": ["level-1", "level-2", "level-3"], "Working together day": ["level-2", "level-3"],
        "Briefing on county lines": [], "Leading practice": [],
    }  # fmt: skip
    first = pack.courses[0]
    assert first.printed["level"] == "Induction Course Level 1-3"
    assert {(link.origin.basis, link.origin.policy) for link in first.open_to} == {
        ("interpreted", "level-ranges")
    }
    assert first.frequency.unlimited and pack.courses[1].frequency.sessions == 4 and not first.required_of
    boards.load(tmp_path / "county")


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "docx"])
def test_a_plan_becomes_groups_competencies_courses_and_dated_lines(tmp_path: Path, suffix: str) -> None:
    done, problems = made.brought("plan", table("plan", suffix, tmp_path), tmp_path / "county")
    pack = made.load(tmp_path / "county")
    assert sorted({one.code for one in problems}) == [
        "exchange.leads-over", "exchange.name-not-copied", "exchange.no-level",
    ]  # fmt: skip
    assert done.ledger.counts() == {"accepted": 3, "changed": 4, "refused": 1}
    assert [(one.id, one.label, one.row) for one in pack.framework.levels] == [
        ("level-1", "Group 1", ""), ("level-2", "Group 2", "2 & 3"), ("level-3", "Group 3", "2 & 3"),
    ]  # fmt: skip
    assert {tie[1:] for tie in made.ties(pack) if tie[0] == "requires"} == {
        ("level-1", "recognise-the-signs"), ("level-1", "take-the-right-steps"),
        ("level-2", "share-information"), ("level-2", "keep-a-record"),
        ("level-3", "share-information"), ("level-3", "keep-a-record"),
    }  # fmt: skip
    module = next(line for line in pack.plan if line.says == "E-learning module")
    assert [day.isoformat() for day in module.dates] == ["2024-05-20", "2024-08-11", "2024-11-10"]
    assert module.updated and module.updated.isoformat() == "2024-04-08"
    assert module.lead == "lead officer 1 (named in the source)"
    assert next(line for line in pack.plan if line.says == "Awareness workshops").lead == "Training Officer"
    assert "Made-Up" not in "".join(pack.files.values())
    assert {one.severity for one in check(tmp_path / "county")} <= {"note"}


def test_tables_of_one_board_go_into_one_pack(tmp_path: Path) -> None:
    made.brought("levels", made.SAMPLES / "levels.csv", tmp_path / "county")
    by_hand = (
        (tmp_path / "county" / "framework.yaml")
        .read_text("utf-8")
        .replace("levels:\n", "levels: # agreed in May\n")
    )
    (tmp_path / "county" / "framework.yaml").write_text(by_hand, "utf-8")
    done, _ = made.brought("offer", made.SAMPLES / "offer.csv", tmp_path / "county", apply=True)
    assert {one.what for one in done.changes} == {"add"}
    pack = made.load(tmp_path / "county")
    assert [one.id for one in pack.framework.levels] == ["level-1", "level-2", "level-3"]
    assert len(pack.courses) == 4
    assert "levels: # agreed in May" in (tmp_path / "county" / "framework.yaml").read_text("utf-8")
    again, _ = made.brought("offer", made.SAMPLES / "offer.csv", tmp_path / "county", apply=True)
    assert again.changes == ()


def test_the_same_words_in_two_groups_are_one_competency_and_said_to_be(tmp_path: Path) -> None:
    text = (made.SAMPLES / "plan.csv").read_text("utf-8").replace("Keep a record", "Recognise the signs")
    (tmp_path / "plan.csv").write_text(text, "utf-8")
    done, _ = made.brought("plan", tmp_path / "plan.csv", tmp_path / "county")
    assert [line.reason for line in done.ledger.lines.values() if "taken as one" in line.reason] == [
        "'Recognise the signs' stands in row 2 too; taken as one competency"
    ]


def test_an_update_that_moved_on_moves_its_day_and_dates(tmp_path: Path) -> None:
    made.brought("plan", made.SAMPLES / "plan.csv", tmp_path / "county")
    later = (
        (made.SAMPLES / "plan.csv")
        .read_text("utf-8")
        .replace("8.4.2024", "1.6.2024")
        .replace("10/11/2024", "12/11/2024")
    )
    (tmp_path / "later.csv").write_text(later, "utf-8")
    done, _ = made.brought("plan", tmp_path / "later.csv", tmp_path / "county", apply=True)
    assert [(one.what, one.item.kind, one.part) for one in done.changes] == [("change", "line", "text")]
    module = next(line for line in made.load(tmp_path / "county").plan if line.says == "E-learning module")
    assert (module.dates[-1].isoformat(), str(module.updated)) == ("2024-11-12", "2024-06-01")


@pytest.mark.parametrize("kind", ["levels", "offer", "plan"])
@pytest.mark.parametrize("board", BOARDS)
def test_our_own_packs_go_out_as_tables_that_come_in_again(tmp_path: Path, kind: str, board: str) -> None:
    left = made.sent(shelves.packs()[board], kind, tmp_path / "out.csv")
    assert left
    done, problems = made.brought(kind, tmp_path / "out.csv", tmp_path / board)
    assert done.ledger.counts()["changed"] == 0
    assert {one.code for one in problems} <= {"exchange.duplicate-id"}
    assert {one.severity for one in check(tmp_path / board)} <= {"note"}


def test_dates_in_running_text_are_found_day_first() -> None:
    text = "Held 20th May 2014, 23/05/2014 and 2014-06-01; next in summer 2014, or 31/02/2014."
    assert [day.isoformat() for day in dates(text)] == ["2014-05-20", "2014-05-23", "2014-06-01"]


def test_a_semicolon_that_a_board_printed_comes_back(tmp_path: Path) -> None:
    rotherham = shelves.packs()["rotherham"]
    made.sent(rotherham, "levels", tmp_path / "out.csv")
    made.brought("levels", tmp_path / "out.csv", tmp_path / "county")
    sent, back = (
        [[one.printed for one in level.examples] for level in made.load(folder).framework.levels]
        for folder in (rotherham, tmp_path / "county")
    )
    assert any(one.endswith(";") for some in sent for one in some)
    assert back == sent


HEAD = "Target groups,Expected Core Competencies,Learning and development activity planned,Lead Officer(s),Update"
SHARED = """Group 1,Recognise abuse,E-learning,Training officer,
Group 2,Recognise abuse,Briefing,Training officer,
Group 1 and 2,Share information,Workshop,Training officer,
"""


def test_groups_with_rows_of_their_own_and_a_shared_one_go_out_in_those_rows(tmp_path: Path) -> None:
    plan, out, pack = tmp_path / "plan.csv", tmp_path / "out.csv", tmp_path / "county"
    plan.write_text(f"{HEAD}\n{SHARED}", "utf-8")
    made.brought("plan", plan, pack)
    made.sent(pack, "plan", out)
    assert [line.split(",")[:3] for line in out.read_text("utf-8").splitlines()[1:]] == [
        ["Group 1", "Recognise abuse", "E-learning"],
        ["Group 2", "Recognise abuse", "Briefing"],
        ["Groups 1 & 2", "Share information", "Workshop"],
    ]
    for file in (plan, out):
        assert made.brought("plan", file, pack)[0].changes == ()
    made.brought("plan", out, tmp_path / "again")
    assert made.ties(made.load(tmp_path / "again")) == made.ties(made.load(pack))
    more = SHARED.replace("Recognise abuse,E", '"Recognise abuse\nShare information",E')
    plan.write_text(f"{HEAD}\n{more}", "utf-8")
    made.brought("plan", plan, pack, apply=True)
    assert ("gives", "e-learning", "share-information") in made.ties(made.load(pack))


def test_levels_of_a_plan_are_written_by_their_numbers(tmp_path: Path) -> None:
    rows = SHARED.replace("Group 2,", "Group 3,")
    (tmp_path / "plan.csv").write_text(f"{HEAD}\n{rows}", "utf-8")
    made.brought("plan", tmp_path / "plan.csv", tmp_path / "county")
    assert [one.number for one in made.load(tmp_path / "county").framework.levels] == ["1", "2", "3"]
    assert "check.levels-out-of-order" not in {one.code for one in check(tmp_path / "county")}
