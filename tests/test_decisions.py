"""What a board has decided of a title is used the next time, and said wherever the answer is explained."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import tna
from tests import forms
from tna import boards, decisions, placement
from tna.cli import main
from tna.documents import conforms, parse, schema
from tna.model import Board, Placement
from tna.problems import Problems, Unusable

DECIDED = """decisions:
  - title: Play ranger
    level: Group 3
    by: Training officer
    on: 2016-01-15
    because: they work alone with children on play schemes
  - title: Cook
    level:
    by:
    on:
    because:
"""


@pytest.fixture
def rotherham(tmp_path: Path) -> Board:
    """Rotherham with a decision."""
    file = tmp_path / "decisions.yaml"
    file.write_text(DECIDED, "utf-8")
    return boards.load("rotherham", decided=[file])


def placed(board: Board, **facts: str) -> Placement:
    """Where a job is placed."""
    reader = placement.reader(board)
    return placement.place(reader, placement.facts(reader, facts))


def test_a_title_decided_is_placed_and_says_by_whom_and_why(rotherham: Board) -> None:
    found = placed(rotherham, role="Play ranger")
    assert (found.level, found.how) == ("group-3", "example")
    assert found.because == (
        "decided by Training officer on 2016-01-15: they work alone with children on play schemes"
    )


def test_titles_compare_by_their_words(rotherham: Board) -> None:
    assert {placed(rotherham, role=title).level for title in ("PLAY RANGERS", "play-ranger", "Play  Ranger")} == {
        "group-3"
    }  # fmt: skip
    assert placed(rotherham, role="Senior play ranger").how == "ask"


def test_the_level_an_agency_states_goes_above_a_decision(rotherham: Board) -> None:
    found = placed(rotherham, role="Play ranger", level="Group 2")
    assert (found.level, found.how, found.differs) == ("group-2", "stated", "group-3")


def test_a_decision_goes_above_what_the_pack_says(tmp_path: Path) -> None:
    file = tmp_path / "d.yaml"
    file.write_text(DECIDED.replace("Play ranger", "Health visitor").replace("Group 3", "6"), "utf-8")
    board = boards.load("knowsley", decided=[file])
    assert placed(tna.load("knowsley"), role="Health visitor").level == "level-3"
    assert placed(board, role="Health visitor", duties="section-47").level == "level-6"


def test_what_nobody_has_decided_yet_is_passed_over(rotherham: Board) -> None:
    assert [one.title for one in rotherham.decisions] == ["Play ranger"]
    assert placed(rotherham, role="Cook").how == "ask"


def test_decisions_kept_beside_a_pack_are_used_without_being_named(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(Path(__file__).parent / "accepted" / "tiny", pack)
    (pack / "decisions.yaml").write_text(DECIDED.replace("Group 3", "level-2"), "utf-8")
    board = tna.load(pack)
    assert placed(board, role="Play ranger").level == "level-2"
    assert "pack/decisions.yaml" in board.rule_files


def test_every_thing_wrong_with_decisions_has_its_place(tmp_path: Path) -> None:
    file = tmp_path / "d.yaml"
    file.write_text(
        DECIDED.replace("Group 3", "Group 9") + "  - {title: Cook, level: Group 1, by: Officer}\n", "utf-8"
    )
    with pytest.raises(Unusable) as stopped:
        boards.load("rotherham", decided=[file])
    assert [(one.code, one.place.line) for one in stopped.value.problems] == [
        ("decisions.unknown-level", 3),
        ("decisions.not-signed", 12),
    ]


def test_the_schema_describes_every_key() -> None:
    said = schema("decisions")["$defs"]["decision"]["properties"]
    assert list(said) == ["title", "level", "by", "on", "because"]
    assert all(one["description"] for one in said.values())


def test_a_check_writes_the_titles_to_decide_and_reads_them_back_filled_in(tmp_path: Path) -> None:
    rows = [
        {"Staff number": "1", "Job title": "Play ranger"},
        {"Staff number": "2", "Job title": 'Cook: "head"'},
    ]
    path = forms.fill(forms.blank(tmp_path), {"People": rows})
    run = ["returns", "check", str(path), "--as-of", "2016-01-31"]
    assert CliRunner().invoke(main, [*run, "--out", str(tmp_path / "out")]).exit_code == 0
    file = tmp_path / "out" / "decisions.yaml"
    document = parse(file, problems := Problems())
    assert document is not None and conforms(document, "decisions", problems)
    assert [one["title"] for one in document.data["decisions"]] == ['Cook: "head"', "Play ranger"]
    assert decisions.load([(file, "d")], (), problems) == () and not problems

    text = file.read_text("utf-8")
    answer = "    level: Group 3\n    by: Training officer\n    on: 2016-01-15\n    because: agreed\n"
    file.write_text(text.replace("    level:\n    by:\n    on:\n    because:\n", answer), "utf-8")
    again = CliRunner().invoke(main, [*run, "--decisions", str(file)])
    assert "0 to put right, 0 to look at." in again.stdout
    assert len(yaml.safe_load(file.read_text("utf-8"))["decisions"]) == 2


def test_explain_shows_who_decided_and_why(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text(DECIDED, "utf-8")
    (tmp_path / "people.csv").write_text("person_id,agency,role\n1,A library,Play ranger\n", "utf-8")
    files = ["--people", str(tmp_path / "people.csv"), "--decisions", str(tmp_path / "d.yaml")]
    out = str(tmp_path / "out")
    run = ["analyse", "rotherham", *files, "--as-of", "2016-01-31", "--out", out]
    assert CliRunner().invoke(main, run).exit_code == 0
    told = CliRunner().invoke(main, ["explain", out, "1"]).stdout
    assert "Play ranger, A library: Group 3 (example)" in told
    assert "because decided by Training officer on 2016-01-15: they work alone with children" in told


def test_a_decision_dated_after_the_analysis_is_not_applied_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text(DECIDED, "utf-8")
    (tmp_path / "people.csv").write_text("person_id,agency,role\n1,A library,Play ranger\n", "utf-8")
    files = ["--people", str(tmp_path / "people.csv"), "--decisions", str(tmp_path / "d.yaml")]
    for day, level in (("2016-01-14", ""), ("2016-01-15", "group-3")):
        out = tmp_path / day
        run = ["analyse", "rotherham", *files, "--as-of", day, "--out", str(out)]
        assert CliRunner().invoke(main, run).exit_code == 0
        line = (out / "placements.csv").read_text("utf-8").splitlines()[1]
        assert line.split(",")[3].strip('"') == level
        waits = "Group 3 is decided by Training officer on 2016-01-15, after the day of this analysis, so not applied"
        assert (waits in line) == (level == "")
        assert (waits in CliRunner().invoke(main, ["explain", str(out), "1"]).stdout) == (level == "")
        flags = (out / "flags.csv").read_text("utf-8")
        assert ("coverage.decision-later" in flags) == (level == "")
