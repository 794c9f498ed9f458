"""A board is found by id or folder, loaded whole, and says everything that is wrong with it at once."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import tna
from tests.small import SAID, course, job, level, load, register, rule, write_pack
from tna import boards, shelves
from tna.names import course_names, level_names, plain
from tna.problems import Problems, Unusable

PARTS = {"levels": [level(1)]}


def refused(board: str | Path) -> list[str]:
    with pytest.raises(Unusable) as told:
        boards.load(board)
    return [problem.code for problem in told.value.problems]


def test_the_three_boards_are_known_and_load() -> None:
    assert tna.boards_known() == ("knowsley", "north-yorkshire", "rotherham")
    for name in tna.boards_known():
        assert tna.load(name).id == name


def test_a_board_is_found_by_id_and_by_folder(tmp_path: Path) -> None:
    assert boards.load("knowsley").pack.folder == "frameworks/knowsley"
    assert boards.load(write_pack(tmp_path / "mine", **PARTS)).id == "small"
    assert boards.load(str(tmp_path / "mine") + "/").pack.folder == str(tmp_path / "mine")


@pytest.mark.parametrize("name", ["", "knowsly", "x" * 300, "\x00", "a\nb", "*"])
def test_a_board_that_nobody_knows_is_a_sentence(name: str) -> None:
    assert refused(name) == ["paths.unknown-board"]


def test_a_folder_without_a_framework_says_so(tmp_path: Path) -> None:
    assert refused(tmp_path) == ["framework.no-file"]


def test_a_shelf_brings_boards_but_hides_none(tmp_path: Path) -> None:
    write_pack(tmp_path / "mine", **PARTS)
    write_pack(tmp_path / "knowsley", **PARTS)
    assert shelves.packs([tmp_path])["mine"] == tmp_path / "mine"
    assert boards.load("mine", places=[tmp_path]).id == "small"
    assert boards.load("knowsley", places=[tmp_path]).id == "knowsley"


def test_a_pack_may_bring_roles_of_its_own(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path / "pack", levels=[level(1, examples=[{"printed": "Beekeepers", "roles": ["beekeeper"]}])]
    )
    assert refused(folder) == ["framework.unknown-role"]
    (folder / "roles.yaml").write_text(
        json.dumps({"roles": [{"id": "beekeeper", "label": "Beekeeper"}]}), "utf-8"
    )
    assert "beekeeper" in boards.load(folder).roles.nodes


@pytest.mark.parametrize("where", ["level", "except", "cohort", "course"])
def test_a_role_that_nobody_defined_is_told_wherever_it_is_named(tmp_path: Path, where: str) -> None:
    example = {"printed": "X", ("except" if where == "except" else "roles"): ["no-such-role"]}
    levels = [level(1, examples=[example] if where in ("level", "except") else [])]
    cohorts = [{"id": "x", "label": "X", "roles": ["no-such-role"], **SAID}] if where == "cohort" else []
    courses = [course("c", roles=["no-such-role"])] if where == "course" else []
    assert refused(write_pack(tmp_path, levels=levels, cohorts=cohorts, courses=courses)) == [
        "framework.unknown-role"
    ]


def test_problems_of_all_kinds_are_told_together(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, levels=[level(1, examples=[{"printed": "X", "roles": ["no-such-role"]}])])
    (folder / "roles.yaml").write_text("roles: [{id: lone}]", "utf-8")
    assert refused(folder) == ["framework.unknown-role", "roles.no-label"]


def test_a_rule_in_force_on_no_day_is_no_rule_on_that_day(tmp_path: Path) -> None:
    made = [rule("place.x", {"role": "a"}, {"place": "level-1"}, since="2016-01-01", until="2016-12-31")]
    board = load(tmp_path, levels=[level(1)], rules=made)
    days = (date(2015, 12, 31), date(2016, 1, 1), date(2016, 12, 31), date(2017, 1, 1))
    assert [len(boards.on(board, day).pack.rules) for day in days] == [0, 1, 1, 0]


@pytest.mark.parametrize("written", ["Group 3", "GROUP  3", "group\u20113", "3", " group-3 "])
def test_a_level_is_named_by_id_label_or_number(written: str) -> None:
    assert level_names(tna.load("rotherham").pack.framework.levels)[plain(written)] == "group-3"


def test_an_arabic_number_is_no_level_of_north_yorkshire() -> None:
    names = level_names(tna.load("north-yorkshire").pack.framework.levels)
    assert (names[plain("III")], names[plain("level iii")]) == ("level-iii", "level-iii")
    assert "3" not in names
    assert "level 3" not in names


def test_a_course_is_named_by_id_title_or_another_name_and_a_shared_title_stands_for_all(
    tmp_path: Path,
) -> None:
    courses = [
        course("c1", title="Basics", also=["Day one"]),
        course("c2", title="BASICS"),
        course("c3", title="c1"),
    ]
    names = course_names(load(tmp_path, levels=[level(1)], courses=courses).pack.courses)
    assert names == {"c1": "c1", "c3": "c3", "basics": "c1|c2", "day one": "c1", "c2": "c2"}


def test_names_are_compared_without_case_blanks_or_the_dashes_a_program_chose() -> None:
    assert plain(" The\u00a0 “Day”\u2014ONE ") == 'the "day"-one'
    assert plain(plain("Straße – X")) == plain("STRASSE - x")


class TestFromPython:
    def test_a_board_may_be_named_or_be_a_path_or_be_loaded(self, tmp_path: Path) -> None:
        pack = write_pack(tmp_path / "pack", **PARTS)
        people = register(tmp_path / "people.csv", [job()])
        for board in (str(pack), pack, tna.load(pack)):
            found = tna.analyse(
                board, people, as_of=date(2016, 1, 31), without=["courses", "coverage", "plan"]
            )
            assert found.placements.fetchall()[0][:4] == ("p", "A", "Worker", "level-1")

    def test_one_file_may_be_given_without_a_list(self, tmp_path: Path) -> None:
        board = load(tmp_path, **PARTS)
        [people] = register(tmp_path / "people.csv", [job()])
        for given in (people, str(people), [str(people)]):
            assert len(tna.analyse(board, given, as_of=date(2016, 1, 31)).placements) == 1

    def test_policies_are_set_as_numbers_or_words(self) -> None:
        board = tna.load("rotherham", {"coverage.target": 90})
        assert board.policies["coverage.target"].value == "90"
        with pytest.raises(Unusable):
            tna.load("rotherham", {"coverage.target": 90.5})

    def test_an_unknown_plugin_to_leave_out_is_told(self) -> None:
        with pytest.raises(Unusable, match=r"plugins\.unknown"):
            tna.boards_known(without=["nope"])

    def test_warnings_of_loading_are_left_with_who_asked(self, tmp_path: Path) -> None:
        problems = Problems()
        boards.load(write_pack(tmp_path, **PARTS), problems=problems)
        assert not problems.errors
