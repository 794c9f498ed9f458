"""Scenarios that a training officer could have written come true."""

from __future__ import annotations

from pathlib import Path

import pytest

from tna.testing import check_scenario, scenarios

HERE = Path(__file__).parent / "scenarios"


@pytest.mark.parametrize("path", scenarios(HERE), ids=lambda path: path.stem)
def test_it_comes_true(path: Path) -> None:
    check_scenario(path)


@pytest.mark.parametrize(
    ("expect", "why"),
    [("{}", "it expects nothing"), ("{gaps: {oen: nothing}}", "gaps of oen: no such person in")],
)
def test_what_could_not_fail_does(tmp_path: Path, expect: str, why: str) -> None:
    path = tmp_path / "vacuous.yaml"
    people = "[{person: one, agency: A, role: Teacher}]"
    path.write_text(
        f"scenario: x\nboard: knowsley\nas_of: 2016-01-31\npeople: {people}\nexpect: {expect}\n", "utf-8"
    )
    with pytest.raises(AssertionError, match=why):
        check_scenario(path)
