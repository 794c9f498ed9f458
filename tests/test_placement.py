"""Jobs are placed by the strongest thing said of them; what is torn or unknown is asked, and the reason is given."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tna
from tests.small import level, load, rule
from tna import placement
from tna.model import Board, Placement

NURSES = {"printed": "Nurses", "roles": ["nurse"]}
EVERY_RANK = [
    rule("rank2", {"duties": {"includes": "section-47"}}, {"place": "level-2"}),
    rule("rank4", {"post": {"includes": "strategic"}}, {"place": "level-4"}),
    rule("rank5", {"contact": "regular"}, {"place": "level-5"}),
]


def ranked(folder: Path, **more: Any) -> Board:
    levels = [level(n, examples=[NURSES] if n == 3 else []) for n in range(1, 6)]
    return load(folder, levels=levels, **{"rules": EVERY_RANK, **more})


def place(board: Board, **stated: Any) -> Placement:
    return read(placement.reader(board), **stated)


def read(reader: placement.Reader, **stated: Any) -> Placement:
    return placement.place(reader, placement.facts(reader, stated))


@cache
def reader_of(name: str) -> placement.Reader:
    return placement.reader(tna.load(name))


@pytest.mark.parametrize(
    ("stated", "placed", "how"),
    [
        ({"level": "1", "duties": "section-47", "role": "Nurse", "contact": "regular"}, "level-1", "stated"),
        ({"duties": "trainer|section-47", "role": "Nurse", "contact": "regular"}, "level-2", "post"),
        ({"role": "Nurse", "contact": "regular"}, "level-3", "example"),
        ({"role": "Plumber", "post": "strategic", "contact": "regular"}, "level-4", "post"),
        ({"role": "Plumber", "contact": "regular"}, "level-5", "descriptor"),
        ({"role": "Plumber"}, "", "ask"),
        ({}, "", "ask"),
    ],
)
def test_the_order_of_precedence_is_an_experts(
    tmp_path: Path, stated: dict[str, str], placed: str, how: str
) -> None:
    found = place(ranked(tmp_path), **stated)
    assert (found.level, found.how) == (placed, how)
    assert found.because


def test_a_stated_level_wins_and_says_what_the_pack_would_have_said(tmp_path: Path) -> None:
    board = ranked(tmp_path)
    differing, agreeing = place(board, level="1", role="Nurse"), place(board, level="Level 3", role="Nurse")
    assert differing.differs == "level-3"
    assert "would have said Level 3" in differing.because
    assert agreeing.differs == ""


def test_a_stated_level_in_other_numerals_is_asked_with_the_level_it_may_be(tmp_path: Path) -> None:
    found = place(ranked(tmp_path), level="III", role="Nurse")
    assert (found.level, found.how) == ("", "ask")
    assert "'III', which this framework does not have" in found.because
    assert found.suggestions[0] == "Level 3 ('III' is its number in other numerals)"


def test_a_stated_level_that_the_framework_does_not_have_is_asked(tmp_path: Path) -> None:
    found = place(ranked(tmp_path), level="Level 9", role="Nurse")
    assert (found.level, found.how) == ("", "ask")
    assert "'Level 9'" in found.because


def test_facts_that_rows_state_differently_are_asked(tmp_path: Path) -> None:
    found = place(ranked(tmp_path), role="Nurse", conflict="rows 2 and 3 disagree")
    assert (found.level, found.how, found.because) == ("", "ask", "rows 2 and 3 disagree")


def scoped(folder: Path, *scopes: str, example: bool = False) -> Placement:
    condition = {"roles": {"includes": "nurse"}}
    numbers = {"agency": 1, "board": 2, "common": 4}
    made = [
        rule(f"by-{scope}", condition, {"place": f"level-{numbers[scope]}"}, scope=scope) for scope in scopes
    ]
    levels = [level(n, examples=[NURSES] if n == 3 and example else []) for n in range(1, 6)]
    return place(load(folder, levels=levels, rules=made), role="Nurse")


def test_an_agencys_rule_wins_over_the_boards_and_says_so(tmp_path: Path) -> None:
    found = scoped(tmp_path, "common", "board", "agency")
    assert found.level == "level-1"
    assert "rule by-agency of the agency, over what the board and the common says" in found.because
    assert scoped(tmp_path, "common", "board").level == "level-2"
    assert "over" not in scoped(tmp_path, "board").because


def test_a_named_example_is_the_boards_word(tmp_path: Path) -> None:
    over = scoped(tmp_path, "agency", example=True)
    assert (over.level, over.how) == ("level-1", "example")
    assert "over what the board says" in over.because
    under = scoped(tmp_path, "common", example=True)
    assert (under.level, under.matched) == ("level-3", "Nurses")
    assert scoped(tmp_path, "board", example=True).how == "ask"  # the board says two things of nurses


def test_a_weaker_rank_does_not_win_by_its_scope(tmp_path: Path) -> None:
    board = ranked(tmp_path, rules=[rule("x", {"contact": "regular"}, {"place": "level-5"}, scope="agency")])
    assert place(board, role="Nurse", contact="regular").level == "level-3"


STRADDLING = [rule("a", {"duties": {"includes": "named"}}, {"place": "level-2"}),
              rule("b", {"manages": "strategic"}, {"place": "level-4"})]  # fmt: skip


def test_a_job_that_straddles_two_levels_is_asked_with_both_named(tmp_path: Path) -> None:
    found = place(ranked(tmp_path, rules=STRADDLING), duties="named", manages="strategic")
    assert found.how == "ask"
    assert "Level 2 (rule a" in found.because
    assert "Level 4 (rule b" in found.because


def test_a_declared_policy_trains_it_to_the_higher_level_and_is_named(tmp_path: Path) -> None:
    parts: dict[str, Any] = {"levels": [level(n) for n in range(1, 6)], "rules": STRADDLING}
    board = load(tmp_path, {"placement.straddling": "highest"}, **parts)
    found = place(board, duties="named", manages="strategic")
    assert (found.level, found.how) == ("level-4", "post")
    assert found.because.startswith("rule b")
    assert "Level 2 would fit equally (policy placement.straddling=highest)" in found.because
    assert "straddling" not in place(board, duties="named").because


def test_higher_is_by_place_in_the_framework_not_by_number(tmp_path: Path) -> None:
    board = load(tmp_path, {"placement.straddling": "highest"}, levels=[level(4), level(2)], rules=STRADDLING)
    assert place(board, duties="named", manages="strategic").level == "level-2"


def test_the_most_specific_role_decides_and_an_exception_is_kept(tmp_path: Path) -> None:
    all_staff = {"printed": "all health clinical staff", "roles": ["health-clinical-staff"]}
    visitors = {"printed": "health visitors", "roles": ["health-visitor"]}
    board = load(tmp_path, levels=[level(1, examples=[all_staff]), level(2, examples=[visitors])])
    assert place(board, role="Health visitor").level == "level-2"
    assert place(board, role="Midwife").level == "level-1"
    but = {**all_staff, "except": ["midwife"]}
    board = load(tmp_path / "but", levels=[level(1, examples=[but])])
    assert [place(board, role=title).level for title in ("Midwife", "Health visitor")] == ["", "level-1"]


TRAPS = (
    "Traffic warden", "Park ranger manager", "Swimming teacher", "Pastoral manager", "Senior practitioner", "PA", "SLT",
    "Software developer", "HGV driver", "Data protection officer", "Social media officer", "Playwright", "Care label designer",
)  # fmt: skip


@pytest.mark.parametrize("title", TRAPS)
def test_a_word_that_only_looks_like_a_named_job_is_no_level_three_or_four(title: str) -> None:
    found = read(reader_of("knowsley"), role=title)
    assert found.level in ("", "level-1", "level-2"), found


@pytest.mark.parametrize("board", ["knowsley", "rotherham", "north-yorkshire"])
@pytest.mark.parametrize("title", ["Software developer", "HGV driver", "", "?", "*", "Level 3", "🙂"])
def test_what_is_out_of_scope_is_asked(board: str, title: str) -> None:
    found = read(reader_of(board), role=title)
    assert (found.level, found.how) == ("", "ask")
    assert found.because


@settings(max_examples=60, deadline=None)
@given(title=st.text(max_size=40))
def test_any_text_is_placed_or_asked_with_a_reason_and_up_to_three_suggestions(title: str) -> None:
    found = read(reader_of("knowsley"), role=title)
    assert (found.level == "") == (found.how == "ask")
    assert found.because
    assert len(found.suggestions) <= 3
