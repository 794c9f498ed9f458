"""What boards print in the cells of their own tables is read as they mean it, and what is not read is told."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.exchange import made
from tna.exchange import Imported
from tna.model import Pack

LEVELS = ("Course Level", "Target group")
OFFER = ("Course Title", "Course Description/Objectives", "Level")
PLAN = ("Target groups", "Expected Core Competencies", "Learning and development activity planned", "Lead Officer(s)", "Update - 8.4.2014")  # fmt: skip


def brought(kind: str, folder: Path, *rows: Sequence[str]) -> tuple[Imported, list[tuple[str, str]], Pack]:
    """Rows of a board's table brought into a new pack: what was said of them, and the pack."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    (folder / "table.csv").write_text(out.getvalue(), "utf-8")
    done, problems = made.brought(kind, folder / "table.csv", folder / "county")
    return done, [(one.code, str(one.place.cell)) for one in problems], made.load(folder / "county")


def test_levels_with_a_title_after_their_number_are_read(tmp_path: Path) -> None:
    rows = (
        LEVELS, ("Level 1: Awareness", "Everyone"), ("Level 2 - Working together", "Regular"),
        ("Level 3 Specialist", ""), ("Levels 4 and 5", "Two"), ("Level 6+", "Open"), ("A manager", "One"),
    )  # fmt: skip
    _, told, pack = brought("levels", tmp_path, *rows)
    assert told == [("exchange.no-level", cell) for cell in ("A5", "A6", "A7")]
    assert [(one.label, one.printed, one.descriptor) for one in pack.framework.levels] == [
        ("Level 1", "Level 1: Awareness", "Everyone"),
        ("Level 2", "Level 2 - Working together", "Regular"),
        ("Level 3", "Level 3 Specialist", "Specialist"),
    ]
    made.sent(tmp_path / "county", "levels", tmp_path / "out.csv")
    made.brought("levels", tmp_path / "out.csv", tmp_path / "again")
    again = made.load(tmp_path / "again").framework.levels
    assert [(one.printed, one.descriptor) for one in again] == [
        (one.printed, one.descriptor) for one in pack.framework.levels
    ]


@pytest.mark.parametrize(
    ("heading", "first", "second", "word"),
    [
        ("Course Level", "Group A", "Group B (single agency)", "group"), ("Tier", "One", "Two", "tier"),
        ("Level or group", "Stage 1", "Level 2", "stage"), ("Course Level", "One", "Two", "level"),
    ],
)  # fmt: skip
def test_a_board_keeps_its_own_word_for_a_level(
    tmp_path: Path, heading: str, first: str, second: str, word: str
) -> None:
    _, _, pack = brought("levels", tmp_path, (heading, "Target group"), (first, "All"), (second, "Some"))
    assert pack.framework.level_word == word
    assert pack.framework.levels[0].label.startswith(word.capitalize())


def test_the_groups_of_a_plan_and_of_an_offer_are_called_so(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    _, _, plan = brought("plan", tmp_path / "plan", PLAN, ("Group 1", "Know", "Day", "", ""))
    _, _, offer = brought("offer", tmp_path, OFFER, ("Day", "", "Groups 1/2"))
    assert plan.framework.level_word == offer.framework.level_word == "group"
    assert [one.label for one in offer.framework.levels] == ["Group 1", "Group 2"]


def test_groups_with_their_descriptor_beside_their_number_are_read(tmp_path: Path) -> None:
    rows = (
        PLAN, ("Group 1 - Infrequent contact", "Recognise", "Workshop", "", ""),
        ("Group 2 Staff in regular contact", "Act", "Course", "", ""),
        ("Group 7 & 8 Senior managers", "Champion", "Module", "", ""), ("Taxi drivers", "Know", "Online", "", ""),
    )  # fmt: skip
    _, told, pack = brought("plan", tmp_path, *rows)
    assert told == [("exchange.no-level", "A5")]
    assert [(one.label, one.row, one.printed, one.descriptor) for one in pack.framework.levels] == [
        ("Group 1", "", "Group 1", "Infrequent contact"),
        ("Group 2", "", "Group 2", "Staff in regular contact"),
        ("Group 7", "7 & 8", "Group 7 & 8", "Senior managers"),
        ("Group 8", "7 & 8", "Group 7 & 8", "Senior managers"),
    ]


def test_a_course_for_a_level_and_above_is_open_to_each_above(tmp_path: Path) -> None:
    rows = (
        OFFER,
        ("Odd", "", "Level 2+"),
        ("All", "", "Level 3/4"),
        ("First", "", "1"),
        ("Two", "", "Level 2"),
    )
    done, told, pack = brought("offer", tmp_path, *rows)
    assert told == [] and [one.id for one in pack.framework.levels] == [f"level-{n}" for n in range(1, 5)]
    [link] = pack.courses[0].open_to
    assert link.levels == ("level-2", "level-3", "level-4")
    assert (link.origin.basis, link.origin.policy) == ("interpreted", "level-ranges")
    assert pack.courses[3].open_to[0].origin.basis == "stated"
    told_of = [line.reason for line in done.ledger.lines.values() if line.outcome == "changed"]
    assert told_of == ["its level is read as 2, 3, 4: each from 2 up that the table or the pack names"]


def test_above_means_the_levels_of_the_pack_too(tmp_path: Path) -> None:
    brought("levels", tmp_path, LEVELS, *((f"Level {number}", "Some") for number in range(1, 6)))
    (tmp_path / "offer.csv").write_text("Course Title,Level\nOdd,Level 3 and above\n", "utf-8")
    made.brought("offer", tmp_path / "offer.csv", tmp_path / "county", apply=True)
    assert made.load(tmp_path / "county").courses[0].open_to[0].levels == ("level-3", "level-4", "level-5")


def test_a_range_that_runs_backwards_is_asked(tmp_path: Path) -> None:
    _, told, pack = brought("offer", tmp_path, OFFER, ("Odd", "", "Level 6-1"))
    assert told == [("exchange.unread-level", "A2")]
    assert pack.courses[0].open_to == () and pack.courses[0].printed["level"] == "Level 6-1"


def test_what_looks_like_a_date_and_is_none_is_told(tmp_path: Path) -> None:
    dated = "22nd April, 5th May 2014, 31/02/2014; Summer term 2014"
    done, told, pack = brought("plan", tmp_path, PLAN, ("Group 1", "Know", "Day", "", dated))
    assert told == [("exchange.unread-date", "E2")] * 2
    assert [day.isoformat() for day in pack.plan[0].dates] == ["2014-05-05"]
    assert pack.plan[0].update == dated and done.ledger.counts()["changed"] == 1


def test_a_heading_whose_date_is_none_is_told(tmp_path: Path) -> None:
    _, told, pack = brought(
        "plan", tmp_path, (*PLAN[:4], "Update - 31.2.2014"), ("Group 1", "", "Day", "", "On")
    )
    assert told == [("exchange.unread-date", "E1")] and pack.plan[0].updated is None


@pytest.mark.parametrize(
    ("first", "second", "labels"),
    [
        ("Group 1 Staff trained at", "level 3 who lead", ["Group 1"]), ("Group 1", "group 2", ["Group 1", "Group 2"]),
        ("group 1 staff", "group 2 managers", ["Group 1", "Group 2"]), ("Group 1", "Group 2 staff", ["Group 1", "Group 2"]),
    ],
)  # fmt: skip
def test_a_sentence_that_goes_on_with_a_level_begins_no_group(
    tmp_path: Path, first: str, second: str, labels: list[str]
) -> None:
    _, _, pack = brought("plan", tmp_path, PLAN, (first, "Know", "Day", "", ""), (second, "", "Talk", "", ""))
    assert [one.label for one in pack.framework.levels] == labels


@pytest.mark.parametrize(
    ("described", "given"),
    [
        ("To raise awareness.\nObjectives\nKnow the signs\n\nKnow whom to tell", ["Know the signs", "Know whom to tell"]),
        ("Objectives:\nKnow the signs\n(Full evaluation takes place)\nLunch", ["Know the signs"]),
        ("Learning outcomes\nKnow the signs\nBring:\nA pen", ["Know the signs"]),
        ("Objectives\n- Know the signs\nand act on them", ["Know the signs"]),
        ("Who are we?\nWhat is it?", []), ("The objectives of the board\nare these", []),
    ],
)  # fmt: skip
def test_lines_under_the_heading_objectives_are_objectives(
    tmp_path: Path, described: str, given: list[str]
) -> None:
    _, _, pack = brought("offer", tmp_path, OFFER, ("Day", described, "1"))
    assert [one.label for one in pack.framework.competencies] == given
    made.sent(tmp_path / "county", "offer", tmp_path / "out.csv")
    made.brought("offer", tmp_path / "out.csv", tmp_path / "again")
    assert [one.label for one in made.load(tmp_path / "again").framework.competencies] == given


def test_words_that_a_page_break_cut_off_go_on_with_the_competency_before(tmp_path: Path) -> None:
    rows = (
        PLAN,
        ("Group 2", "As above and:\nActs as an advocate\nClear about roles and professional", "Workshop", "", ""),
        PLAN, ("including those in health.", "boundaries.\nAble to refer", "Module", "", ""),
        ("Group 3", "As above and:\nuses focused practice\nwrites it down", "Day", "", ""),
        ("Group 4", "Knows the law.\nknows the policy\ne-safety\na) acts\n- shares", "Talk", "", ""),
    )  # fmt: skip
    done, _, pack = brought("plan", tmp_path, *rows)
    assert [one.label for one in pack.framework.competencies] == [
        "Acts as an advocate", "Clear about roles and professional boundaries.", "Able to refer",
        "uses focused practice", "writes it down", "Knows the law.", "knows the policy", "e-safety", "a) acts", "shares",
    ]  # fmt: skip
    assert [one for line in done.ledger.lines.values() for one in line.reason.split("; ") if "words before" in one] == [
        "'boundaries.' goes on from the words before it"
    ]  # fmt: skip
