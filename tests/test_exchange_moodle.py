"""Moodle's frameworks come in by position and go out as its importer takes them, with nothing lost on the way."""

from __future__ import annotations

import csv
import tempfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from tests.exchange import made
from tna import shelves
from tna.checking import check
from tna.exchange.moodle_rows import COLUMNS, SHORT

SAMPLE = made.SAMPLES / "moodle.csv"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def test_a_framework_comes_in_whatever_its_headings_are_called(tmp_path: Path) -> None:
    done, problems = made.brought("moodle", SAMPLE, tmp_path / "county")
    pack = made.load(tmp_path / "county")
    assert list(problems) == []
    assert done.ledger.counts() == {"accepted": 5, "changed": 2, "refused": 0}
    assert [(one.id, one.label, one.number) for one in pack.framework.levels] == [
        ("l1", "Level 1", "1"),
        ("l2", "Level 2", "2"),
    ]
    assert [one.id for one in pack.framework.competencies] == ["k1", "k2-part-a", "k3", "k3.1"]
    assert made.ties(pack) == {
        ("requires", "l1", "k1"),
        ("requires", "l2", "k1"),
        ("requires", "l2", "k2-part-a"),
        ("requires", "l2", "k3"),
        ("requires", "l2", "k3.1"),
    }


def test_cells_of_html_become_lines_and_a_script_becomes_nothing(tmp_path: Path) -> None:
    made.brought("moodle", SAMPLE, tmp_path / "county")
    notes = {one.id: one.note for one in made.load(tmp_path / "county").framework.competencies}
    assert notes["k1"] == "Knows what neglect looks like & at what age.\n- at home\n- at school"
    assert notes["k3"] == "In writing, the same day"


def test_an_imported_pack_has_nothing_to_put_right(tmp_path: Path) -> None:
    made.brought("moodle", SAMPLE, tmp_path / "county")
    assert {one.severity for one in check(tmp_path / "county")} <= {"note"}


def test_rules_and_scales_are_kept_in_words_and_go_out_as_they_came(tmp_path: Path) -> None:
    made.brought("moodle", SAMPLE, tmp_path / "county")
    kept = (tmp_path / "county" / "exchange.yaml").read_text("utf-8")
    assert "outcome: complete" in kept and "outcome: recommend" in kept and "rule: points" in kept
    made.sent(tmp_path / "county", "moodle", tmp_path / "out.csv")
    came = {row[1]: row for row in csv.reader(StringIO(SAMPLE.read_text("utf-8")))}
    went = {row[1]: row for row in csv.reader(StringIO((tmp_path / "out.csv").read_text("utf-8")))}
    for key in ("L1", "L2", "made-up-county"):
        assert went[key][5:8] == came[key][5:8]
        assert went[key][8] == came[key][8] or came[key][8] == ""
        assert (went[key][9], went[key][11:]) == (came[key][9] or "null", came[key][11:])


def test_places_in_the_tree_and_references_go_out_as_they_came(tmp_path: Path) -> None:
    made.brought("moodle", SAMPLE, tmp_path / "county")
    made.sent(tmp_path / "county", "moodle", tmp_path / "out.csv")
    went = {row["ID number"]: row for row in rows((tmp_path / "out.csv").read_text("utf-8"))}
    assert {key: row["Parent ID number"] for key, row in went.items()} == {
        "made-up-county": "", "L1": "", "L2": "", "K1": "L1", "K2, part A": "L2", "K3": "L2", "K3.1": "K3",
    }  # fmt: skip
    crossed = {key: row["Cross-referenced competency ID numbers"] for key, row in went.items()}
    assert (crossed["L2"], crossed["K3.1"]) == ("K1", "K2%2C part A")


def test_what_the_file_does_not_say_is_asked(tmp_path: Path) -> None:
    made.brought("moodle", SAMPLE, tmp_path / "county")
    asked = {one.id for one in made.load(tmp_path / "county").framework.questions}
    assert asked == {"imported-inclusion", "imported-placing", "imported-courses", "imported-interval"}


def test_rows_of_any_depth_can_be_said_to_be_the_levels(tmp_path: Path) -> None:
    text = SAMPLE.read_text("utf-8").replace('"level,competency,behaviour"', '"domain,skill"')
    (tmp_path / "plain.csv").write_text(text, "utf-8")
    done, _ = made.brought("moodle", tmp_path / "plain.csv", tmp_path / "none")
    assert done.package.of("level") == ()
    assert "imported-levels" in {one.id for one in made.load(tmp_path / "none").framework.questions}
    done, _ = made.brought("moodle", tmp_path / "plain.csv", tmp_path / "some", levels="1")
    assert [one.id for one in done.package.of("level")] == ["l1", "l2"]
    done, _ = made.brought("moodle", tmp_path / "plain.csv", tmp_path / "word", levels="Domain")
    assert [one.id for one in done.package.of("level")] == ["l1", "l2"]


@pytest.mark.parametrize("board", ["knowsley", "rotherham", "north-yorkshire"])
def test_our_own_packs_go_out_by_the_importers_rules(tmp_path: Path, board: str) -> None:
    left = made.sent(shelves.packs()[board], "moodle", tmp_path / "out.csv")
    found = rows((tmp_path / "out.csv").read_text("utf-8"))
    assert tuple(found[0]) == COLUMNS
    assert [row["ID number"] for row in found if row["Is framework"] == "1"] == [board]
    seen = {""}
    for row in found[1:]:
        assert row["Parent ID number"] in seen
        assert row["ID number"] and row["ID number"] not in seen
        seen.add(row["ID number"])
        assert len(row["ID number"]) <= SHORT and 0 < len(row["Short name"]) <= SHORT
        assert (row["Description format"], row["Rule outcome (optional)"]) == ("1", "0")
    assert any(one.startswith("courses (") for one in left) and "the rules" in left


def carried(files: dict[str, Any], pack_ties: set[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = made.write(Path(scratch) / "pack", files)
        before = made.load(folder)
        made.sent(folder, "moodle", Path(scratch) / "out.csv")
        done, problems = made.brought("moodle", Path(scratch) / "out.csv", Path(scratch) / "again")
        after = made.load(Path(scratch) / "again")
        assert not problems.errors and not done.ledger.counts()["refused"]
        words = [(one.id, one.label, one.number, one.descriptor) for one in before.framework.levels]
        assert [(one.id, one.label, one.number, one.descriptor) for one in after.framework.levels] == words
        known = {(one.id, one.label, one.note) for one in before.framework.competencies}
        assert {(one.id, one.label, one.note) for one in after.framework.competencies} == known
        assert {tie for tie in made.ties(after) if tie[0] == "requires"} == pack_ties
        assert after.framework.title == before.framework.title


@settings(max_examples=25, deadline=None)
@given(made.packs())
def test_levels_competencies_and_requirements_come_back_as_they_went(files: dict[str, Any]) -> None:
    levels = files["framework"]["levels"]
    wanted = {
        ("requires", one["id"], c)
        for one in levels
        for grant in one["requires"]
        for c in grant["competencies"]
    }
    carried(files, wanted)
