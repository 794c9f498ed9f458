"""Two editions of a pack are set side by side in sentences, and whom the change touches is counted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.small import SAID, course, level, register, rule, write_pack
from tna import boards
from tna.cli import main
from tna.diffing import differences

PARTS: dict[str, Any] = {
    "levels": [level(1, ["a"]), level(2, ["a"])],
    "competencies": ["a", "b"],
    "courses": [course("give-a", ["a"]), course("give-b", ["b"], months=24)],
    "rules": [rule("place.one", {"manages": "strategic"}, {"place": "level-2"})],
}


def sentences(folder: Path, **changes: Any) -> list[tuple[str, str, str]]:
    before = boards.load(write_pack(folder / "before", **PARTS))
    after = boards.load(write_pack(folder / "after", **{**PARTS, **changes}))
    return [(one.about, one.subject, one.sentence) for one in differences(before, after)]


def test_the_same_pack_has_no_differences(tmp_path: Path) -> None:
    assert sentences(tmp_path) == []


@pytest.mark.parametrize("board", ["knowsley", "rotherham", "north-yorkshire"])
def test_a_board_does_not_differ_from_itself(board: str) -> None:
    assert differences(boards.load(board), boards.load(board)) == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"edition": "2"}, ("framework", "edition", "was '1', is '2'")),
        ({"levels": [level(1, ["a"]), level(2, ["a", "b"])]}, ("requirement", "Level 2", "now requires Knows b")),
        ({"levels": [level(1), level(2, ["a"])]}, ("requirement", "Level 1", "no longer requires Knows a")),
        ({"levels": [level(1, ["a"]), level(2, ["a"], label="Tier 2")]}, ("level", "Tier 2 [level-2]", "label was 'Level 2', is 'Tier 2'")),
        ({"levels": [level(2, ["a"]), level(1, ["a"])]}, ("level", "order", "was level-1, level-2, is level-2, level-1")),
        ({"courses": [course("give-a", ["a"])]}, ("course", "Course give-b [give-b]", "is gone")),
        ({"courses": [*PARTS["courses"], course("more")]}, ("course", "Course more [more]", "is new")),
        ({"courses": [course("give-a", ["a"]), course("give-b", ["b"], months=36)]}, ("course", "Course give-b [give-b]", "now gives b for 36 months")),
        ({"competencies": [{"id": "a", "label": "Can do a", **SAID}, "b"]}, ("competency", "Can do a [a]", "label was 'Knows a', is 'Can do a'")),
        ({"competencies": ["a", "b", "c"]}, ("competency", "Knows c [c]", "is new")),
        ({"same": [{"competencies": ["a", "b"], "because": "one thing", **SAID}]}, ("competency", "in other words", "now says that a and b are the same")),
        ({"cohorts": [{"id": "drv", "label": "Drivers", "requires": [{"competencies": ["b"]}], **SAID}]}, ("cohort", "Drivers [drv]", "is new")),
        ({"cohorts": [{"id": "drv", "label": "Drivers", "requires": [{"competencies": ["b"]}], **SAID}]}, ("requirement", "Drivers (cohort)", "now requires Knows b")),
        ({"levels": [{**PARTS["levels"][0], "requires": [{"competencies": ["a"], "months": 12}]}, PARTS["levels"][1]]}, ("level", "Level 1 [level-1]", "required a without terms, requires it for 12 months")),
        ({"courses": [course("give-a", ["a"], duration={"printed": "an hour", "minutes": 60}), PARTS["courses"][1]]}, ("course", "Course give-a [give-a]", "lasts 'an hour, 60 minutes', and was not stated")),
        ({"level_column": "board level"}, ("framework", "level column", "was not stated, is 'board level'")),
        ({"questions": [{"id": "q", "asks": "Which?", "treatment": "Both.", **SAID}]}, ("question", "q [q]", "is new")),
        ({"courses": [{**course("give-a"), "gives": [{"competencies": ["a"], "modes": ["blended"]}]}, PARTS["courses"][1]]}, ("course", "Course give-a [give-a]", "now gives a taken blended")),
        ({"rules": []}, ("rule", "place.one [place.one]", "is gone")),
        ({"rules": [rule("place.one", {"manages": "operational"}, {"place": "level-2"})]}, ("rule", "place.one [place.one]", "holds for others than it did")),
    ],
)  # fmt: skip
def test_what_changed_is_said_in_a_sentence(
    tmp_path: Path, changes: dict[str, Any], said: tuple[str, str, str]
) -> None:
    assert said in sentences(tmp_path, **changes)


def test_whom_a_change_touches_is_counted_on_the_same_registers(tmp_path: Path) -> None:
    write_pack(tmp_path / "before", **PARTS)
    write_pack(tmp_path / "after", **{**PARTS, "levels": [level(1, ["a", "b"]), level(2)]})
    people = [
        {"person_id": f"p{n}", "agency": "A", "role": "Worker", "level": str(1 + n % 2)} for n in range(10)
    ]
    [file] = register(tmp_path / "people.csv", people)
    words = [
        "diff",
        str(tmp_path / "before"),
        str(tmp_path / "after"),
        "--people",
        str(file),
        "--as-of",
        "2016-01-31",
    ]
    said = CliRunner().invoke(main, words).stdout.splitlines()
    assert [line for line in said if not line.startswith(" ")][-3:] == [
        "0 people would be at another level.",
        "5 people would have a gap that they do not have now.",
        "5 people would no longer have a gap that they have now.",
    ]


def test_whom_a_change_touches_is_said_by_agency_and_competency_and_written_by_person(tmp_path: Path) -> None:
    write_pack(tmp_path / "before", **PARTS)
    write_pack(tmp_path / "after", **{**PARTS, "levels": [level(1, ["a", "b"]), level(2, ["a"])]})
    people = [{"person_id": f"p{n}", "agency": "AB"[n > 1], "role": "Worker", "level": "1"} for n in range(5)]
    [file] = register(tmp_path / "people.csv", people)
    folders = [str(tmp_path / "before"), str(tmp_path / "after")]
    words = [
        "diff",
        *folders,
        "--people",
        str(file),
        "--as-of",
        "2016-01-31",
        "--out",
        str(tmp_path / "touched.csv"),
    ]
    said = CliRunner().invoke(main, words).stdout
    assert "5 people would have a gap that they do not have now.\n  b: 5 people (A 2, B 3)\n" in said
    lines = (tmp_path / "touched.csv").read_text("utf-8").splitlines()
    assert lines[:2] == ["person_id,agency,change,before,after", 'p0,A,gap opens,"",b']
    assert len(lines) == 6


def test_a_program_can_read_the_differences(tmp_path: Path) -> None:
    write_pack(tmp_path / "before", **PARTS)
    shutil.copytree(tmp_path / "before", tmp_path / "after")
    file = tmp_path / "after" / "framework.yaml"
    file.write_text(file.read_text("utf-8").replace('"edition": "1"', '"edition": "2"'), "utf-8")
    answer = CliRunner().invoke(
        main, ["diff", str(tmp_path / "before"), str(tmp_path / "after"), "--format", "json"]
    )
    assert json.loads(answer.stdout)["differences"] == [
        {
            "about": "framework",
            "subject": "edition",
            "sentence": "was '1', is '2'",
            "source": "framework.yaml",
        }
    ]
