"""What crosswalks say is read in one direction, one statement at a time, and never taken for more."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests.small import register
from tna import boards, crosswalks, recognition, shelves, transfer
from tna.analysis import analyse
from tna.cli import main
from tna.model import Analysis, Crosswalk, Match, Origin, Source
from tna.model.crosswalks import RELATIONS, Conditions, Relation, Side
from tna.plugins import only
from tna.problems import Problems
from tna.testing import CrosswalkContract

FILES = shelves.crosswalks()
ORIGIN = Origin(Source("leaflet", "p. 1"), "stated")


def walk(*matches: Match) -> Crosswalk:
    return Crosswalk("w", "W", {"a": "1", "b": "1"}, (), (), tuple(matches), (), "w.yaml", "")


def match(here: str, relation: Relation, there: str, **asked: object) -> Match:
    sides = (Side(one[0], "competency", one) for one in (here, there))
    first, second = sides
    return Match(first, relation, second, ORIGIN, "So.", Conditions(**asked))  # type: ignore[arg-type]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("name", [name for name in dir(CrosswalkContract) if name.startswith("test_")])
def test_every_shipped_crosswalk_keeps_to_the_contract(file: Path, name: str) -> None:
    kept = type("Kept", (CrosswalkContract,), {"crosswalk": file})()
    getattr(kept, name)()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_shipped_crosswalk_holds_together(file: Path) -> None:
    problems = Problems()
    found = crosswalks.load(file, problems)
    assert found is not None
    frameworks = {board: boards.load(board).pack.framework for board in found.boards}
    crosswalks.check_sides(found, frameworks, problems)
    assert not list(problems)
    assert all(one.origin.policy and one.origin.basis != "stated" for one in found.matches)


def test_knowsley_and_rotherham_meet_where_both_descend_from_working_together() -> None:
    [found] = crosswalks.between("knowsley", "rotherham")
    levels = {(one.here.id, one.relation, one.there.id) for one in found.matches if one.here.kind == "level"}
    assert {("level-5", "narrower", "group-5"), ("level-5", "narrower", "group-6")} <= levels
    assert {("level-6", "narrower", "group-7"), ("level-6", "narrower", "group-8")} <= levels
    assert {("group-5", "broader", "level-5"), ("group-8", "broader", "level-6")} <= levels
    assert ("level-3", "exact", "group-3") in levels


def test_of_north_yorkshire_nothing_is_said_but_that_topics_are_related() -> None:
    for other in ("knowsley", "rotherham"):
        [found] = crosswalks.between("north-yorkshire", other)
        assert {one.relation for one in found.matches} == {"related"}
        assert {one.here.kind for one in found.matches} == {"competency"}


@pytest.mark.parametrize("relation", RELATIONS)
def test_nothing_follows_in_the_other_direction(relation: Relation) -> None:
    found = [walk(match("a1", relation, "b1"))]
    assert list(crosswalks.matches(found, "a", "b"))
    assert not list(crosswalks.matches(found, "b", "a"))


@pytest.mark.parametrize(("first", "second"), list(product(RELATIONS, RELATIONS)))
def test_two_statements_in_a_row_say_nothing_of_their_ends(first: Relation, second: Relation) -> None:
    found = [walk(match("a1", first, "b1"), match("b1", second, "a2"), match("a2", "exact", "b2"))]
    reached = {one.there.id for one in recognition.covering(found, "a", "b", {}) if one.here.id == "a1"}
    assert reached <= {"b1"}


@given(
    st.lists(st.tuples(st.sampled_from("12"), st.sampled_from(RELATIONS), st.sampled_from("12")), max_size=6)
)
def test_only_the_same_and_the_narrower_are_covered(said: list[tuple[str, Relation, str]]) -> None:
    found = [walk(*(match(f"a{here}", relation, f"b{there}") for here, relation, there in said))]
    covered = recognition.covering(found, "a", "b", {})
    assert [one.relation for one in covered] == [one[1] for one in said if one[1] in ("exact", "narrower")]


def asked(
    folder: Path, settings: dict[str, str] | None = None, recognise: tuple[str, ...] = ("knowsley",)
) -> Analysis:
    board = boards.load("rotherham", settings, recognise=recognise)
    people = register(
        folder / "people.csv", [{"person_id": "p", "agency": "A", "role": "Worker", "level": "Group 2"}]
    )
    records = register(
        folder / "records.csv",
        [{"person_id": "p", "course": "KSCB Multi Agency CSE Training", "completed": "2014-05-01"}],
    )
    from datetime import date

    return analyse(board, people, records, as_of=date(2014, 9, 30), plugins=only({}))


def gaps(found: Analysis) -> set[str]:
    return {row[0] for row in found.connection.execute("select competency from gaps").fetchall()}


def test_training_elsewhere_counts_as_far_as_a_statement_says(tmp_path: Path) -> None:
    assert gaps(asked(tmp_path)) == {"c2", "c3", "c4", "c5", "c6", "c7"}


def test_what_is_close_counts_when_a_planner_says_so(tmp_path: Path) -> None:
    assert gaps(asked(tmp_path, {"crosswalk.close": "on"})) == {"c2", "c3", "c4", "c6"}


def test_a_reading_that_is_switched_off_recognises_nothing(tmp_path: Path) -> None:
    assert len(gaps(asked(tmp_path, {"objectives-for-competencies": "off"}))) == 7


def test_unless_it_is_asked_for_nothing_is_recognised(tmp_path: Path) -> None:
    found = asked(tmp_path, recognise=())
    assert len(gaps(found)) == 7
    assert found.connection.execute("select reason from records").fetchone() == ("unknown-course",)


def test_no_course_of_another_board_is_open_or_advised_here() -> None:
    board = boards.load("rotherham", recognise=("knowsley",))
    abroad = [course for course in board.pack.courses if course.id.startswith("knowsley:")]
    assert len(abroad) == 10
    assert not any(course.open_to or course.required_of for course in abroad)


def test_what_is_recognised_says_on_which_statement(tmp_path: Path) -> None:
    found = asked(tmp_path)
    said = found.connection.execute(
        "select because from credits where competency = 'c1' and course = 'knowsley:k4-4' limit 1"
    ).fetchone()
    assert said is not None
    assert "knowsley:k4-4-o2 covers rotherham:c1" in said[0]


def whole(title: str, here: str, there: str, **settings: str) -> transfer.Transfer:
    come, go = boards.load(here), boards.load(there, settings, recognise=(here,))
    return transfer.of_role(title, come, go, crosswalks.between(here, there))


def test_a_role_goes_to_the_level_that_is_the_same() -> None:
    found = whole("School nurse", "knowsley", "rotherham")
    assert (found.here, found.there) == ("Level 3", "Group 3")
    assert [one.need.competency for one in found.outcomes if one.recognised] == ["c1"]
    assert len(found.outcomes) == 11


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


def test_a_person_takes_along_what_they_hold(tmp_path: Path) -> None:
    people = register(tmp_path / "people.csv", [{"person_id": "p", "agency": "A", "role": "School nurse"}])
    records = register(
        tmp_path / "records.csv", [{"person_id": "p", "course": "k4-3", "completed": "2015-05-01"}]
    )
    run = ["analyse", "knowsley", "--people", str(people[0]), "--records", str(records[0]), "--as-of", "2016-01-31",
           "--out", str(tmp_path / "out")]  # fmt: skip
    assert CliRunner().invoke(main, run).exit_code == 0
    said = (
        CliRunner()
        .invoke(main, ["transfer", "p", "--from", str(tmp_path / "out"), "--to", "rotherham"])
        .output
    )
    assert "goes to Group 3" in said
    assert "1 of 11 required competencies recognised" in said
    assert "by k4-3: knowsley:k4-3-o2 covers rotherham:c1" in said
