"""A job is in a cohort by the register, its title or a condition of the pack, and it is said what the cohort must do."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import tna
from tests.small import SAID, level, load
from tna import membership, placement


@cache
def reader_of(name: str, **policies: str) -> placement.Reader:
    return placement.reader(tna.load(name, policies))


def told(reader: placement.Reader, title: str) -> str:
    return membership.told(reader, placement.facts(reader, {"role": title}))


@pytest.mark.parametrize(
    ("stated", "member"),
    [({"cohort": "Drivers"}, True), ({"cohort": "DRIVERS|x"}, True), ({"cohort": "cabbies"}, True), ({"role": "Taxi driver"}, True),
     ({"contact": "predominant"}, True), ({"role": "Nurse"}, False), ({"cohort": "driver"}, False), ({}, False)],
)  # fmt: skip
def test_a_cohort_is_joined_by_column_role_or_condition(
    tmp_path: Path, stated: dict[str, str], member: bool
) -> None:
    drivers = {"id": "drivers", "label": "Drivers", "also": ["Cabbies"], "roles": ["taxi-driver"],
               "when": {"contact": "predominant"}, **SAID}  # fmt: skip
    reader = placement.reader(load(tmp_path, levels=[level(1)], cohorts=[drivers]))
    facts = placement.facts(reader, stated)
    assert (list(membership.cohorts(reader, facts)) == ["drivers"]) is member
    placed = placement.place(reader, facts)
    assert membership.scopes(reader, placed, facts) == (("cohort:drivers",) if member else ())


@pytest.mark.parametrize("board", ["knowsley", "north-yorkshire"])
def test_a_taxi_driver_is_told_to_be_in_a_cohort_that_must_train(board: str) -> None:
    assert told(reader_of(board), "Taxi Driver").startswith(
        "in the cohort 'Taxi drivers', required to train whatever the level ("
    )


def test_a_cohort_of_which_nothing_is_required_is_only_named(tmp_path: Path) -> None:
    drivers = {"id": "drivers", "label": "Drivers", "roles": ["taxi-driver"], **SAID}
    reader = placement.reader(load(tmp_path, levels=[level(1)], cohorts=[drivers]))
    assert told(reader, "Taxi driver").startswith("in the cohort 'Drivers' (")
    assert told(reader, "Nurse") == ""


def test_a_board_that_no_longer_requires_it_of_the_cohort_says_so() -> None:
    reader = reader_of("knowsley", **{"catch-22-cohorts-required": "off"})
    assert told(reader, "Taxi Driver").startswith("in the cohort 'Taxi drivers' (")


@pytest.mark.parametrize("title", ["Parent helper", "Reading volunteer", "Library volunteer"])
def test_a_volunteer_is_not_of_the_staff_that_knowsley_names_as_a_cohort(title: str) -> None:
    assert told(reader_of("knowsley"), title) == ""


@pytest.mark.parametrize("title", ["Teaching assistant", "Lunchtime supervisor", "Library assistant"])
def test_those_employed_there_are(title: str) -> None:
    assert told(reader_of("knowsley"), title).startswith("in the cohort")
