"""Checking a pack says what does not hang together in it, and nothing about what does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import tna
from tests.small import SAID, course, level, rule, write_pack
from tna.checking import check

PLACE = rule("place.x", {"contact": "regular"}, {"place": "level-1"})


def codes(folder: Path, **parts: Any) -> list[tuple[str, str]]:
    usual: dict[str, Any] = {
        "levels": [level(1, ["k"])],
        "competencies": ["k"],
        "courses": [course("c", ["k"])],
        "rules": [PLACE],
    }
    return [(one.code, one.severity) for one in check(write_pack(folder, **{**usual, **parts}))]


def test_a_pack_that_hangs_together_is_passed_over_in_silence(tmp_path: Path) -> None:
    assert codes(tmp_path) == []


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"rules": []}, "check.level-by-statement"),
        ({"courses": []}, "check.competency-not-given"),
        ({"courses": [course("c", ["k"], audience="public")]}, "check.competency-not-given"),
        ({"competencies": ["k", "lone"]}, "check.competency-alone"),
        ({"courses": [course("c", ["k"], open_to=[])]}, "check.course-open-to-nobody"),
        (
            {"rules": [{**PLACE, "examples": [{"given": {"contact": "regular"}, "expect": "nothing"}]}]},
            "rules.example-fails",
        ),
    ],
)
def test_what_does_not_hang_together_is_told(tmp_path: Path, parts: dict[str, Any], code: str) -> None:
    assert [found for found, _ in codes(tmp_path, **parts)] == [code]


def test_a_level_may_be_reached_by_example(tmp_path: Path) -> None:
    assert (
        codes(
            tmp_path, levels=[level(1, ["k"], examples=[{"printed": "Nurses", "roles": ["nurse"]}])], rules=[]
        )
        == []
    )


@pytest.mark.parametrize(
    "parts",
    [
        {
            "courses": [course("c")],
            "rules": [PLACE, rule("credit.x", {"course": "c"}, {"credit": {"competencies": ["k"]}})],
        },
        {
            "competencies": ["k", "x"],
            "courses": [course("c", ["x"])],
            "same": [{"competencies": ["k", "x"], "because": "so", **SAID}],
        },
    ],
)
def test_a_competency_may_be_given_by_rule_or_in_other_words(tmp_path: Path, parts: dict[str, Any]) -> None:
    assert "check.competency-not-given" not in [code for code, _ in codes(tmp_path, **parts)]


def test_a_competency_that_only_a_rule_needs_is_not_alone(tmp_path: Path) -> None:
    needs = rule("need.x", {"contact": "regular"}, {"need": {"competencies": ["x"]}})
    assert [code for code, _ in codes(tmp_path, competencies=["k", "x"], rules=[PLACE, needs])] == [
        "check.competency-not-given"
    ]


def test_what_stops_loading_is_all_that_is_told(tmp_path: Path) -> None:
    assert codes(tmp_path, levels=[level(1, ["nope"])], rules=[]) == [
        ("framework.unknown-competency", "error")
    ]


@pytest.mark.parametrize("name", tna.boards_known())
def test_the_three_packs_have_nothing_to_put_right(name: str) -> None:
    assert [str(one) for one in check(Path(name)) if one.severity != "note"] == []
