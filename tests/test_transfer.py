"""The way of a role from one board to another says on which statement each step rests, and what is not said."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from tna import boards, crosswalks, transfer
from tna.cli import main


def whole(title: str, here: str, there: str, **settings: str) -> transfer.Transfer:
    come, go = boards.load(here), boards.load(there, settings, recognise=(here,))
    return transfer.of_role(title, come, go, crosswalks.between(here, there))


def test_a_role_goes_to_the_level_that_is_the_same() -> None:
    found = whole("School nurse", "knowsley", "rotherham")
    assert (found.here, found.there) == ("Level 3", "Group 3")
    assert [one.need.competency for one in found.outcomes if one.recognised] == ["c1"]
    assert len(found.outcomes) == 11


def test_a_statement_that_is_switched_off_is_said_to_be_so() -> None:
    switch = {"objectives-for-competencies": "off"}
    [first, *_] = whole("School nurse", "knowsley", "rotherham", **switch).outcomes
    assert (first.need.competency, first.recognised) == ("c1", False)
    assert all(
        one.startswith("switched off (policy objectives-for-competencies): knowsley:")
        for one in first.because
    )


def test_a_statement_about_a_level_that_is_switched_off_is_said_to_be_so() -> None:
    [found] = crosswalks.between("knowsley", "rotherham")
    switches = {one.origin.policy: "off" for one in found.matches if one.here.kind == "level"}
    asked_of = whole("Level 5", "knowsley", "rotherham", **switches)
    assert (asked_of.there, asked_of.perhaps) == ("", ())
    assert asked_of.there_because.startswith("switched off (policy ")


def test_a_level_that_covers_two_is_asked_and_the_way_back_is_not() -> None:
    out = whole("Level 5", "knowsley", "rotherham")
    assert (out.there, out.perhaps) == ("", ("Group 5", "Group 6"))
    back = whole("Group 5", "rotherham", "knowsley")
    assert (back.there, back.perhaps) == ("Level 5", ())


def test_the_new_boards_own_word_goes_before_the_crosswalk() -> None:
    found = whole("Elected member", "knowsley", "rotherham")
    assert found.there == "Group 1"
    assert "places it itself" in found.there_because


def test_no_level_of_north_yorkshire_is_guessed() -> None:
    found = whole("Level III", "north-yorkshire", "knowsley")
    assert (found.there, found.perhaps, found.outcomes) == ("", (), ())


def test_where_the_level_they_come_from_is_not_known_it_is_that_which_is_said() -> None:
    found = whole("Beekeeper", "knowsley", "rotherham")
    assert (found.here, found.there) == ("", "")
    assert found.there_because == "the level they come from is not known, so no crosswalk can say"
    unsaid = whole("Level III", "north-yorkshire", "knowsley")
    assert unsaid.there_because == "no statement of a crosswalk is about the level they come from"


@pytest.mark.parametrize("sides", [("x" * 300, "knowsley"), ("knowsley", "x" * 300)])
def test_a_board_of_an_impossible_name_is_answered_in_a_sentence(sides: tuple[str, str]) -> None:
    done = CliRunner().invoke(main, ["transfer", "Teacher", "--from", sides[0], "--to", sides[1]])
    assert done.exit_code == 2
    assert "paths.unknown-board" in done.stderr
