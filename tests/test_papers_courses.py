"""How people stand to a course: need, have and to train, each person once."""

from __future__ import annotations

from pathlib import Path

import pytest

import tna_courses
from tests import analysed
from tests.papers import AS_OF, made, whole
from tests.small import course, job, level, load
from tna.reports.papers.material import gather
from tna.reports.papers.standings import Standing
from tna.reports.reopened import reopen


def test_people_who_train_another_way_are_needed_but_not_to_train_on_it(tmp_path: Path) -> None:
    small = load(
        tmp_path / "pack",
        levels=[level(1, ["k1", "k2"]), level(2, ["k2"])],
        competencies=["k1", "k2"],
        courses=[
            course("both", ["k1", "k2"], open_to=[{"levels": ["level-1"]}]),
            course("second", ["k2"], open_to=[{"levels": ["level-2"]}]),
        ],
    )
    people = [
        {**job(name), "agency": agency, "level": number}
        for name, agency, number in (
            ("lacks-both", "A", 1), ("has-both", "A", 1), ("lacks-second", "B", 2), ("has-second", "B", 2),
            ("of-two", "A", 1), ("of-two", "B", 2),
        )
    ]  # fmt: skip
    records = [
        {"person_id": "has-both", "course": "both", "completed": "2015-06-01"},
        {"person_id": "has-second", "course": "second", "completed": "2015-06-01"},
    ]
    folder = analysed.run(
        tmp_path / "analysis", small, people, records, as_of=AS_OF, courses=tna_courses
    )  # fmt: skip
    found = gather(reopen(folder), "internal").standings
    assert found["*", "both"] == Standing(need=5, have=2, train=2, otherwise=1)
    assert found["*", "second"] == Standing(need=5, have=2, train=1, otherwise=2)
    assert found["A", "both"] == Standing(need=3, have=1, train=2, otherwise=0)
    assert found["B", "both"] == Standing(need=3, have=1, train=1, otherwise=1)


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("made"), 3)


def test_they_are_the_numbers_of_coverage_and_of_those_advised(analysis: Path) -> None:
    material = gather(reopen(analysis), "internal")
    covered = {
        (agency, competency): (required, held)
        for agency, competency, required, held in material.rows(
            "select agency, competency, required, held from coverage where level = '*' and competency <> '*'"
        )
    }
    assert material.standings
    for (agency, name), standing in material.standings.items():
        assert (standing.need, standing.have) == covered[agency, f"k{name[1:]}"]
        assert standing.train == (material.courses.get((agency, name)) or 0)


def test_they_are_for_the_team_alone(analysis: Path) -> None:
    assert not gather(reopen(analysis), "board").standings
    for audience, more in (
        ("board", ["People to train"]),
        ("internal", ["Need", "Have", "To train", "To train another way"]),
    ):
        (found,) = [
            table for section in whole(analysis, audience).sections if section.id == "gaps"
            for table in section.tables if table.sheet == "By course"
        ]  # fmt: skip
        assert [one.label for one in found.columns] == ["Course", *more, "When it runs"]
