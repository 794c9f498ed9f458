"""Where people stand in several counts at once, no small group is left between two that are printed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests import analysed
from tests.circles import Circles
from tests.papers import AS_OF, flagging
from tests.small import SAID, Rows, course, level, load
from tna.model import Board
from tna.reports.papers.material import gather
from tna.reports.reopened import reopen
from tna.suppression import EVERY, Position

SEEDS = range(8)
AGENCIES = "ABC"
COHORTS = ("drivers", "hosts")
NEEDS = {"level-1": "k1", "level-2": "k2", "cohort:drivers": "k3", "cohort:hosts": "k4"}


def board(folder: Path, months: int | None = None) -> Board:
    """Two levels and two cohorts across them, each with a competency and a course of its own."""
    scopes = (
        {"levels": ["level-1"]},
        {"levels": ["level-2"]},
        {"cohorts": ["drivers"]},
        {"cohorts": ["hosts"]},
    )
    courses = [
        course(f"c{place}", [f"k{place}"], months, open_to=[scope]) for place, scope in enumerate(scopes, 1)
    ]
    cohorts = [
        {"id": one, "label": one.title(), "requires": [{"competencies": [NEEDS[f"cohort:{one}"]]}], **SAID}
        for one in COHORTS
    ]
    return load(
        folder,
        levels=[level(number, [f"k{number}"]) for number in (1, 2)],
        competencies=["k1", "k2", "k3", "k4"],
        cohorts=cohorts,
        courses=courses,
    )


def workforce(seed: int) -> tuple[Rows, Rows]:
    """People at a level, in a cohort or in both, some in two agencies or with two jobs in one."""
    chance = random.Random(seed)
    people: list[Mapping[str, Any]] = []
    records: list[Mapping[str, Any]] = []
    number = 0
    for agency in AGENCIES:
        for at in (1, 2):
            for cohort in ("", *COHORTS):
                for _ in range(chance.choice((0, 0, 1, 2, 6, 9, chance.randint(5, 30)))):
                    number += 1
                    row = {
                        "person_id": f"PERSON-{number:04d}",
                        "agency": agency,
                        "role": "Worker",
                        "level": at,
                        "cohort": cohort,
                    }
                    people.append(row)
                    if chance.random() < 0.1:
                        people.append(
                            {
                                **row,
                                "agency": chance.choice(AGENCIES),
                                "role": "Other work",
                                "level": chance.choice((1, 2)),
                            }
                        )
                    records += [
                        {"person_id": row["person_id"], "course": f"c{one}", "completed": "2015-06-01"}
                        for one in (1, 2, 3, 4) if chance.random() < 0.6
                    ]  # fmt: skip
    return people, records


def truth(people: Rows, records: Rows) -> dict[frozenset[str], int]:
    """How many people lie in exactly which counts of those required, in date and to train, by agency and scope.

    Mixtures of nobody are among them: anybody can be at one level of one agency, in one cohort or none.
    """
    held = {(row["person_id"], row["course"].replace("c", "k")) for row in records}
    scopes: dict[str, set[Position]] = {}
    for row in people:
        found = scopes.setdefault(row["person_id"], set())
        found.add((row["agency"], f"level-{row['level']}"))
        found |= {(row["agency"], f"cohort:{row['cohort']}")} if row["cohort"] else set()
    counts = Counter(
        _counts(at, {one for one in at if (person, NEEDS[one[1]]) not in held})
        for person, at in scopes.items()
    )
    can_be = [
        {(agency, one) for one in (f"level-{at}", *cohort)}
        for agency in AGENCIES
        for at in (1, 2)
        for cohort in ((), *((f"cohort:{one}",) for one in COHORTS))
    ]
    mixtures = {
        _counts(at, set(some))
        for at in can_be
        for size in (0, 1, 2)
        for some in combinations(sorted(at), size)
    }
    return dict.fromkeys(mixtures, 0) | counts


def _counts(at: set[Position], lacking: set[Position]) -> frozenset[str]:
    need, rest = (
        {(agency, scope) for one, other in some for agency in (one, EVERY) for scope in (other, EVERY)}
        for some in (at, lacking)
    )
    parts = {"need": need, "rest": rest, "held": need - rest}
    found = {f"{part} {agency} {scope}" for part, some in parts.items() for agency, scope in some}
    advised = {NEEDS[scope].replace("k", "c") for _, scope in lacking}
    return frozenset(
        found | {f"rest {agency} {one}" for one in advised for agency in (EVERY, *(name for name, _ in at))}
    )


@pytest.fixture(scope="module", params=SEEDS)
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Circles]:
    folder = tmp_path_factory.mktemp(f"seed-{request.param}")
    people, records = workforce(request.param)
    found = analysed.run(folder / "analysis", board(folder), people, records, as_of=AS_OF, **flagging())
    return found, read(found, "board", truth(people, records))


def read(folder: Path, audience: str, people: Mapping[frozenset[str], int]) -> Circles:
    material = gather(reopen(folder), audience)
    shown = {
        f"{part} {agency} {scope}"
        for (agency, scope), share in material.shares.items()
        if share is not None
        for part in ("need", "rest", "held")
    }
    counted = {f"{agency} {scope}" for agency, scope in (*material.shares, *material.courses)}
    shown |= {name for at in people for name in at if name.split(" ", 1)[1] not in counted}
    shown |= {
        f"rest {agency} {course}"
        for (agency, course), people in material.courses.items()
        if people is not None
    }
    return Circles(people, frozenset(shown))


def names(found: Circles) -> frozenset[str]:
    return frozenset[str]().union(*found.people)


def test_the_counts_are_those_that_are_printed(printed: tuple[Path, Circles]) -> None:
    folder, found = printed
    material = gather(reopen(folder), "internal")
    for (agency, scope), share in material.shares.items():
        assert share is not None
        assert (share.whole, share.rest) == tuple(
            sum(count for at, count in found.people.items() if f"{part} {agency} {scope}" in at)
            for part in ("need", "rest")
        )


def test_no_small_group_is_left_between_two_counts(printed: tuple[Path, Circles]) -> None:
    _, found = printed
    assert not list(found.few(names(found)))


def test_the_reader_would_find_a_group_that_is_left(printed: tuple[Path, Circles]) -> None:
    folder, found = printed
    assert list(read(folder, "internal", found.people).few(names(found))) if found.people else True
