"""A pack may hold several editions; the day of the question picks one, and an answer says which."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.small import course, job, level, register, rows, write_pack
from tna import boards, editions
from tna.analysis import analyse
from tna.checking import check
from tna.cli import main
from tna.model import Board
from tna.plugins import only


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The edition of 2015 requires a and b; that of 2013 only a; one of 2011 (without a date) nothing."""
    said = {"competencies": ["a", "b"], "courses": [course("one", ["a", "b"])]}
    folder = write_pack(tmp_path / "pack", levels=[level(1, ["a", "b"])], effective_from="2015-04-01", **said)
    write_pack(
        folder / "editions" / "2013",
        levels=[level(1, ["a"])],
        effective_from="2013-04-01",
        **(said | {"edition": "0"}),
    )
    write_pack(folder / "editions" / "2011", levels=[level(1)], **(said | {"edition": "-1"}))
    return folder


def missing(board: Board, folder: Path, day: date) -> list[str]:
    found = analyse(board, register(folder / "people.csv", [job()]), as_of=day, plugins=only({}))
    return [row[0] for row in rows(found, "gaps", "competency")]


@pytest.mark.parametrize(
    ("day", "open_ones"),
    [
        ("2012-01-01", []),
        ("2013-03-31", []),
        ("2013-04-01", ["a"]),
        ("2015-03-31", ["a"]),
        ("2015-04-01", ["a", "b"]),
    ],
)
def test_the_day_picks_the_edition_in_force(
    pack: Path, tmp_path: Path, day: str, open_ones: list[str]
) -> None:
    assert missing(boards.load(pack), tmp_path, date.fromisoformat(day)) == open_ones


def test_the_answer_says_which_edition_it_went_by(pack: Path, tmp_path: Path) -> None:
    people = register(tmp_path / "people.csv", [job()])
    found = analyse(boards.load(pack), people, as_of=date(2014, 1, 1), plugins=only({}))
    assert found.about["board"]["edition"] == "0"
    assert found.about["board"]["pack"].endswith("pack/editions/2013")


def test_before_every_edition_the_first_one_answers() -> None:
    board = boards.load("knowsley")
    assert editions.in_force((board,), date(1999, 1, 1)) is board


def test_a_planner_can_look_at_an_edition(pack: Path) -> None:
    said = CliRunner().invoke(main, ["show", str(pack), "--as-of", "2013-06-01"]).output
    assert "edition 0" in said.splitlines()[0]
    assert "also in this pack: edition 1, from 2015-04-01" in said


def test_every_edition_is_checked(pack: Path) -> None:
    path = pack / "editions" / "2013" / "catalogue.yaml"
    path.write_text('{"courses": []}', "utf-8")
    found = [(one.code, one.place.file) for one in check(pack)]
    assert ("check.competency-not-given", f"{pack}/editions/2013/framework.yaml") in found


def test_a_policy_of_one_edition_may_be_set_for_a_run_that_uses_another(pack: Path, tmp_path: Path) -> None:
    board = boards.load(pack, {"refresh.months": "12"})
    assert missing(board, tmp_path, date(2014, 1, 1)) == ["a"]
