"""Sample registers are made up, say so, and have the mess that real ones have."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import tna
from tests.small import course, level, load
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
