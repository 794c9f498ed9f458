"""A planner adds needs by hand; they are asked, closed and explained like the board's own, and labelled."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.small import ask, course, job, level, rows, write_pack
from tna import boards, plugins
from tna.model import Board
from tna.problems import Problems, Unusable

NEED: dict[str, Any] = {
    "id": "lesson",
    "who": {"levels": ["level-1"]},
    "what": {"competencies": ["b"]},
    "why": "A review found it missing.",
    "source": {"document": "Learning review, Child A", "at": "recommendation 3"},
}


def board(folder: Path, *needs: dict[str, Any], beside: bool = False) -> Board:
    pack = write_pack(
        folder / "pack", levels=[level(1, ["a"]), level(2, ["a"])], competencies=["a", "b"],
        courses=[course("give-a", ["a"]), course("give-b", ["b"]), course("other")],
    )  # fmt: skip
    file = (folder if beside else pack) / "needs.yaml"
    file.write_text(json.dumps({"needs": list(needs)}), "utf-8")
    return boards.load(pack, needs=[file] if beside else [])


@pytest.mark.parametrize("beside", [False, True])
def test_a_need_added_by_hand_makes_a_gap_that_says_why_and_on_whose_word(
    tmp_path: Path, beside: bool
) -> None:
    found = ask(board(tmp_path, NEED, beside=beside), tmp_path, [job("one"), job("two", level="2")])
    [(person, because)] = rows(found, "gaps where competency = 'b'", "person_id, because")
    assert person == "one"
    assert (
        because
        == "added by hand: A review found it missing. (Learning review, Child A, recommendation 3; stated)"
    )


def test_who_has_the_competency_already_has_no_gap(tmp_path: Path) -> None:
    had = [{"person_id": "one", "course": "give-b", "completed": "2015-01-01"}]
    found = ask(board(tmp_path, NEED), tmp_path, [job("one")], had)
    assert rows(found, "gaps", "competency") == [("a",)]


def test_a_need_may_ask_for_one_of_some_courses(tmp_path: Path) -> None:
    need = {**NEED, "what": {"courses": ["give-b", "other"]}}
    whole = board(tmp_path, need)
    came = [{"person_id": "two", "course": "other", "completed": "2015-01-01"}]
    found = ask(whole, tmp_path, [job("one"), job("two")], came)
    assert rows(found, "gaps where competency = 'lesson'", "person_id") == [("one",)]
    [label] = [one.label for one in whole.pack.framework.competencies if one.id == "lesson"]
    assert label == "Course give-b or Course other (added by hand)"


def test_a_need_for_a_course_asks_nothing_else_that_the_course_gives(tmp_path: Path) -> None:
    found = ask(board(tmp_path, {**NEED, "what": {"courses": ["give-b"]}}), tmp_path, [job()])
    assert rows(found, "gaps order by 1", "competency") == [("a",), ("lesson",)]


def test_roles_and_levels_must_both_hold_when_both_are_given(tmp_path: Path) -> None:
    need = {**NEED, "who": {"levels": ["level-1"], "roles": ["midwife"]}}
    people = [job("one", role="Midwife"), job("two", role="Teacher"), job("three", role="Midwife", level="2")]
    found = ask(board(tmp_path, need), tmp_path, people)
    assert rows(found, "gaps where competency = 'b'", "person_id") == [("one",)]


def test_a_need_holds_between_its_first_and_last_day_only(tmp_path: Path) -> None:
    whole = board(tmp_path, {**NEED, "since": "2016-02-01", "until": "2016-02-29"})
    asked = {
        day: bool(
            rows(
                ask(whole, tmp_path, [job()], as_of=date.fromisoformat(day)),
                "gaps where competency = 'b'",
                "1",
            )
        )
        for day in ("2016-01-31", "2016-02-01", "2016-02-29", "2016-03-01")
    }
    assert list(asked.values()) == [False, True, True, False]


def test_what_was_added_is_noted_as_a_flag_with_the_people_it_is_asked_of(tmp_path: Path) -> None:
    import tna_coverage

    found = ask(board(tmp_path, NEED), tmp_path, [job("one"), job("two"), job("three", level="2")],
                members={"coverage": tna_coverage})  # fmt: skip
    [(severity, message)] = rows(found, "flags where code = 'coverage.need-added'", "severity, message")
    assert (severity, message) == (
        "note",
        "Added by hand: A review found it missing. It is asked of 2 people.",
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"who": {"levels": ["level-9"]}}, "framework.unknown-level"),
        ({"what": {"courses": ["nowhere"]}}, "framework.unknown-course"),
        ({"what": {"competencies": ["z"]}}, "framework.unknown-competency"),
        ({"who": {"roles": ["astronaut"]}}, "framework.unknown-role"),
        ({"id": "give-a"}, "framework.duplicate-id"),
        ({"since": "2016-02-31"}, "framework.no-such-date"),
        ({"wyh": "a slip"}, "schema.unknown-key"),
    ],
)
def test_a_need_that_names_what_is_not_there_is_refused(
    tmp_path: Path, change: dict[str, Any], code: str
) -> None:
    with pytest.raises(Unusable) as refused:
        board(tmp_path, {**NEED, **change})
    assert [problem.code for problem in refused.value.problems] == [code]


def test_the_file_beside_the_pack_is_kept_with_its_checksum(tmp_path: Path) -> None:
    whole = board(tmp_path, NEED, beside=True)
    assert set(whole.pack.checksums) == {"framework.yaml", "catalogue.yaml", "rules.yaml", "needs.yaml"}


def test_a_file_of_needs_that_is_not_there_is_said(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack", levels=[level(1)])
    with pytest.raises(Unusable, match=r"paths\.cannot-read"):
        boards.load(pack, problems=Problems(), needs=[tmp_path / "no.yaml"])
    assert plugins.find()
