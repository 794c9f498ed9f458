"""Knowsley's plan, evaluation and quality assurance are what its strategy says, counted by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

import tna

if TYPE_CHECKING:
    from tna.model import Board


@pytest.fixture(scope="module")
def board() -> Board:
    return tna.load("knowsley")


def test_the_plan_runs_from_april_to_march_where_a_count_needs_a_year(board: Board) -> None:
    counted = {line.id: line for line in board.pack.plan if line.kind == "sessions"}
    assert {name: line.target for name, line in counted.items()} == {"k4-3": 8, "k4-4": 4, "k4-11": 1}
    for line in counted.values():
        assert (line.period, line.period_from, line.period_to) == (
            "2015-16",
            date(2015, 4, 1),
            date(2016, 3, 31),
        )


def test_every_offer_has_its_line_in_the_plan(board: Board) -> None:
    lines = {line.id for line in board.pack.plan}
    assert {f"k4-{number}" for number in range(1, 12)} <= lines


def test_everybody_evaluates_on_the_day_and_a_quarter_after_three_months(board: Board) -> None:
    lines = {line.id: line for line in board.pack.plan}
    on_the_day, later = lines["k3-3"], lines["k3-5"]
    assert (on_the_day.kind, on_the_day.target, on_the_day.unit, on_the_day.course) == (
        "evaluation",
        100,
        "percent",
        "k4-4",
    )
    assert (later.kind, later.target, later.unit, later.comparison, later.course) == (
        "follow-up",
        25,
        "percent",
        "at-least",
        "k4-4",
    )
    assert board.policies["follow-up.after-months"].value == "3"
    assert board.policies["follow-up.rounding"].value == "up"


def test_quality_assurance_considers_six_things_and_listens_for_six_messages(board: Board) -> None:
    printed = {line.id: line.printed for line in board.pack.plan if line.kind == "quality"}
    considered = "; ".join(printed[f"k2-4-{number}"] for number in range(1, 7))
    assert considered == (
        "Course arrangements; Course content; Course delivery; Key messages/standards; "
        "Evaluation processes; Trainer delivery"
    )
    messages = "; ".join(printed[f"k2-5-{number}"] for number in range(1, 7))
    assert messages == (
        "Prevalence regarding gender; Perpetrator Profiles; Common risk factors; "
        "Young person’s perception of choice and consent; Criminality aspects; Local referral pathway"
    )


def test_quality_assurance_covers_the_one_day_course_and_the_community_briefings(board: Board) -> None:
    assert [line.course for line in board.pack.plan if line.kind == "quality" and line.course] == [
        "k4-4",
        "k4-7",
    ]


def test_four_outcomes_are_counted_beside_the_evaluation(board: Board) -> None:
    counted = [line.id for line in board.pack.plan if line.id.startswith("k3-6-")]
    assert counted == ["k3-6-referrals", "k3-6-cse-1", "k3-6-cse-2", "k3-6-intelligence"]
