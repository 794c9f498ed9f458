"""A board laid out to be read: what it says, on what footing, and what it does not say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import tna
from tests.small import SAID, course, level, load
from tna import showing
from tna.cli import main

PROMISED = {
    "levels": {"id", "label", "requires"},
    "courses": {"id", "title", "gives"},
    "policies": {"id", "value", "says", "declared"},
    "questions": {"id", "asks", "treatment"},
}


@pytest.mark.parametrize("name", tna.boards_known())
def test_the_json_has_the_keys_that_are_promised(name: str) -> None:
    done = CliRunner().invoke(main, ["show", name, "--format", "json"])
    shown = json.loads(done.stdout)
    for part, keys in PROMISED.items():
        assert shown[part], part
        assert all(keys <= set(one) for one in shown[part])
    assert all(
        {"competency", "path", "basis"} <= set(need) for one in shown["levels"] for need in one["requires"]
    )
    assert all(
        {"competency", "level", "months", "modes"} <= set(given)
        for one in shown["courses"]
        for given in one["gives"]
    )
    assert shown == showing.show(tna.load(name))


@pytest.mark.parametrize("name", tna.boards_known())
def test_every_path_starts_at_the_level_and_ends_at_the_competency(name: str) -> None:
    for one in showing.show(tna.load(name))["levels"]:
        for need in one["requires"]:
            assert (need["path"][0], need["path"][-1]) == (one["id"], need["competency"])
            assert need["basis"] in ("stated", "interpreted", "assumed")


@pytest.mark.parametrize("name", tna.boards_known())
def test_every_level_course_policy_and_question_is_in_the_text(name: str) -> None:
    text = CliRunner().invoke(main, ["show", name]).stdout
    shown = showing.show(tna.load(name))
    for part in ("levels", "cohorts", "courses"):
        assert all(f"[{one['id']}]" in text for one in shown[part])
    assert all(f"  {one['id']}" in text for one in (*shown["policies"], *shown["questions"]))


def gives(folder: Path, **parts: Any) -> list[tuple[str | None, int | None, list[str]]]:
    board = load(folder, levels=[level(1, ["k"]), level(2, ["k"])], competencies=["k"], **parts)
    return [(one["level"], one["months"], one["modes"]) for one in showing.show(board)["courses"][0]["gives"]]


EVERY = ["online", "face-to-face", "blended", "not-stated"]


def test_what_a_course_gives_says_for_how_long_and_in_which_modes(tmp_path: Path) -> None:
    assert gives(tmp_path, courses=[course("c", ["k"])]) == [(None, None, EVERY)]
    face = [{"modes": ["face-to-face"], **SAID}]
    assert gives(tmp_path, courses=[course("c", ["k"], 12)], terms=face) == [(None, 12, ["face-to-face"])]


def test_a_level_with_terms_of_its_own_has_a_line_of_its_own(tmp_path: Path) -> None:
    terms = [{"levels": ["level-2"], "months": 6, "modes": ["face-to-face", "online"], **SAID}]
    assert gives(tmp_path, courses=[course("c", ["k"])], terms=terms) == [
        (None, None, EVERY),
        ("level-2", 6, ["online", "face-to-face"]),
    ]


def test_a_level_that_does_not_accept_the_courses_own_mode_says_so(tmp_path: Path) -> None:
    terms = [{"levels": ["level-2"], "modes": ["blended"], **SAID}]
    assert gives(tmp_path, courses=[course("c", ["k"])], terms=terms) == [
        (None, None, EVERY),
        ("level-2", None, ["blended"]),
    ]


def test_one_level_shows_its_courses_only(tmp_path: Path) -> None:
    board = load(
        tmp_path,
        levels=[level(1), level(2)],
        courses=[course("one"), course("two", open_to=[{"levels": ["level-2"]}])],
    )
    shown = showing.show(board, "level-2")
    assert [one["id"] for one in shown["levels"]] == ["level-2"]
    assert [one["id"] for one in shown["courses"]] == ["two"]


def test_the_graph_is_the_same_in_text_and_in_dot(tmp_path: Path) -> None:
    board = load(
        tmp_path,
        levels=[level(1, ["k"])],
        competencies=["k"],
        courses=[course("c", ["k"], title='A "day"\\')],
    )
    assert list(showing.graph_lines(board, "text")) == ["c gives k", "level-1 requires k"]
    dot = "\n".join(showing.graph_lines(board, "dot"))
    assert dot.count(" -> ") == 2
    assert 'label="A \\"day\\"\\\\ [c]"' in dot


@pytest.mark.parametrize("name", tna.boards_known())
def test_every_node_of_the_dot_graph_is_drawn_once(name: str) -> None:
    lines = list(showing.graph_lines(tna.load(name), "dot"))
    drawn = [found[1] for line in lines if (found := re.match(r'  "([^"]+)" \[', line))]
    linked = {end for line in lines if " -> " in line for end in re.findall(r'"([^"]+)"', line.split("[")[0])}
    assert sorted(drawn) == sorted(linked)


def test_what_an_agency_agreed_and_on_what_terms_training_counts_is_shown() -> None:
    pack = Path(__file__).parent / "boards" / "five-valleys"
    said = CliRunner().invoke(main, ["show", str(pack)]).output
    assert "Upper Valley Trust has agreed 24 (standards-2024, page 10, agreements)" in said
    assert "practise: 6 hours in 36 months, 50% of them face-to-face or blended" in said
    assert "chosen: 2 of 3 courses (neglect, exploitation, online-harm)" in said
    assert "3 people by the document's own count on 2024-03-31" in said
