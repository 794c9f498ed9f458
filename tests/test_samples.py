"""Sample registers are made up, say so, and have the mess that real ones have."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

import tna
from tests.small import SAID, course, level, load
from tna import samples

AS_OF = date(2016, 1, 31)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> samples.Files:
    return samples.write(tna.load("knowsley"), tmp_path_factory.mktemp("samples"), AS_OF)


def test_nobody_can_take_them_for_real(made: samples.Files) -> None:
    assert all(
        row["person_id"].startswith("SAMPLE-") and row["agency"].endswith("(sample)")
        for row in read(made.people)
    )
    assert all(row["person_id"].startswith("SAMPLE-") for row in read(made.records))
    assert "made up" in (made.people.parent / "README.txt").read_text("utf-8")


def test_they_are_as_large_as_asked(made: samples.Files) -> None:
    assert len({row["person_id"] for row in read(made.people)}) == 600
    assert len(read(made.records)) == 4000


def test_they_have_the_mess_of_real_ones(made: samples.Files) -> None:
    people, records = read(made.people), read(made.records)
    known = {row["person_id"] for row in people}
    assert max(Counter(row["person_id"] for row in people).values()) > 1
    assert len({row["role"] for row in people}) > len({row["role"].strip().casefold() for row in people})
    assert any(not row["completed"] for row in records)
    assert any(row["completed"] > AS_OF.isoformat() for row in records)
    assert any("/" in row["completed"] for row in records)
    assert {row["person_id"] for row in records} - known
    sent = {row["agency"] for row in people}
    assert {row["agency"] for row in read(made.agencies)} - sent, "an expected agency that sent nothing"


def test_every_row_is_accounted_for_when_they_are_analysed(made: samples.Files) -> None:
    found = tna.analyse("knowsley", [made.people], [made.records], agencies=[made.agencies], as_of=AS_OF)
    sent = sum(len(read(path)) for path in (made.people, made.records, made.agencies))
    assert sum(found.about["counts"]["ledger"].values()) == sent
    left = found.about["counts"]["records_left_out"]
    assert {"future", "unknown-course", "unknown-person", "cancelled", "booked"} <= set(left)
    assert found.about["counts"]["agencies_returned"] < found.about["counts"]["agencies_expected"]


def written_on(path: Path, *names: str) -> Counter[date]:
    """The past days on which these names of a course were attended in person, with how often."""
    return Counter(
        day
        for row in read(path)
        if row["course"].casefold() in [name.casefold() for name in names] and row["mode"] != "online"
        for day in [parsed(row["completed"])]
        if day and day <= AS_OF
    )


def parsed(text: str) -> date | None:
    return datetime.strptime(text, "%d/%m/%Y" if "/" in text else "%Y-%m-%d").date() if text else None


def test_a_course_in_a_room_runs_on_few_days_and_many_come(made: samples.Files) -> None:
    days = written_on(made.records, "k4-4", "KSCB Multi Agency CSE Training")
    assert 15 <= len(days) <= 20, "four a year for five years"
    assert days.total() / len(days) > 10
    assert all(day.weekday() < 5 for day in days)
    assert min(days) < date(2013, 1, 31), "old enough for a refresh interval of three years to have lapsed"


def test_a_course_in_nobodys_room_is_taken_on_any_day(made: samples.Files) -> None:
    assert (
        len(written_on(made.records, "k4-1", "Safeguarding Children from Abuse by Sexual Exploitation")) > 150
    )


def test_a_course_with_listed_dates_ran_on_these(tmp_path: Path) -> None:
    dates = ["2015-05-04", "2015-11-02", "2016-03-07"]
    board = load(tmp_path, levels=[level(1)], courses=[course("c", sessions=dates)])
    found = samples.write(board, tmp_path / "out", AS_OF, people=50, records=400)
    assert set(written_on(found.records, "c", "Course c")) == {date(2015, 5, 4), date(2015, 11, 2)}


def test_what_is_meant_for_a_cohort_is_rare_among_others(tmp_path: Path) -> None:
    cohorts = [{"id": "few", "label": "A few", "roles": ["taxi-driver"], **SAID}]
    courses = [
        course("for-few", open_to=[{"cohorts": ["few"]}]),
        course("for-all", open_to=[{"levels": ["level-1"]}]),
    ]
    board = load(tmp_path, levels=[level(1)], courses=courses, cohorts=cohorts)
    found = samples.write(board, tmp_path / "out", AS_OF)
    drivers = {
        row["person_id"] for row in read(found.people) if "taxi" in row["role"].casefold() or row["cohort"]
    }
    came = Counter(
        row["person_id"] in drivers for row in read(found.records) if "few" in row["course"].casefold()
    )
    assert came[True] > 2 * came[False] > 0


def test_rows_that_are_refused_are_no_part_of_a_demo(made: samples.Files) -> None:
    found = tna.analyse("knowsley", [made.people], [made.records], agencies=[made.agencies], as_of=AS_OF)
    assert not found.about["counts"]["ledger"].get("refused")


def test_a_refresh_interval_makes_lapses(made: samples.Files) -> None:
    board = tna.load("knowsley", {"refresh.months": 36})
    found = tna.analyse(board, [made.people], [made.records], as_of=AS_OF)
    assert len(found.gaps.filter("status = 'lapsed'")) > 10


@pytest.mark.parametrize("courses", [[], [course("c", audience="public", open_to=[])]])
@pytest.mark.parametrize("levels", [[], [level(1)]])
def test_a_board_without_levels_or_courses_has_samples_too(
    tmp_path: Path, levels: list[object], courses: list[object]
) -> None:
    found = samples.write(
        load(tmp_path, levels=levels, courses=courses), tmp_path / "out", AS_OF, people=50, records=100
    )
    assert len(read(found.people)) >= 50
    assert len(read(found.records)) == 100
