"""A review leaves no small group between two counts of people in date, where people stand in several of them."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from tests.circles import Circles
from tests.made_year import write
from tests.papers import AS_OF, only
from tests.test_papers_overlaps import board, names, truth, workforce
from tna.analysis import analyse
from tna.model import Board
from tna.review import Sent, review
from tna.suppression import EVERY

SEEDS = range(6)
RETURNING = "DE"
COURSE = re.compile(r" c\d$")  # a review counts nobody by course
Counts = Mapping[frozenset[str], int]


def returned(seed: int) -> list[dict[str, Any]]:
    """Headcounts of agencies without a register, by level."""
    chance = random.Random(seed)
    rows = []
    for agency in RETURNING[: seed % 3]:
        for number in (1, 2):
            held = chance.choice((0, 2, 7, 12))
            more = chance.choice((0, 3, 8))
            if held + more:
                rows.append(
                    {
                        "agency": agency,
                        "level": number,
                        "required": held + more,
                        "in_date": held,
                        "as_at": "2015-12-31",
                    }
                )
    return rows


def with_returns(people: Counts, rows: list[dict[str, Any]]) -> Counts:
    """The truth, with those that returns count."""
    found = dict(people)
    for row in rows:
        at = {
            f"{agency} {scope}"
            for agency in (row["agency"], EVERY)
            for scope in (f"level-{row['level']}", EVERY)
        }
        for part, count in (("held", row["in_date"]), ("rest", row["required"] - row["in_date"])):
            mixture = frozenset(f"{name} {one}" for name in ("need", part) for one in at)
            found[mixture] = found.get(mixture, 0) + count
    return found


@pytest.fixture(scope="module", params=SEEDS)
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Board, Sent, Counts]:
    folder = tmp_path_factory.mktemp(f"seed-{request.param}")
    people, records = workforce(request.param)
    found = board(folder)
    files = [write(folder / f"{name}.csv", rows) for name, rows in (("people", people), ("records", records))]
    (folder / "now").mkdir()
    done = analyse(found, *files, as_of=AS_OF, plugins=only({}), database=folder / "now" / "analysis.duckdb")
    done.connection.close()
    rows = returned(request.param)
    sent = Sent({"returns": write(folder / "returns.csv", rows)}, folder / "now")
    return found, sent, with_returns(truth(people, records), rows)


def read(made: tuple[Board, Sent, Counts], internal: bool) -> Circles:
    """What a reader of the review has before them; what it has no row for is nobody."""
    board, sent, people = made
    found = review(board, "2015-16", sent, as_of=AS_OF, internal=internal, plugins=only({}))
    rows = found.connection.execute("select agency, level, required, held from combined").fetchall()
    there = {f"{agency} {level}" for agency, level, *_ in rows}
    open_ = {
        f"{agency} {level}"
        for agency, level, required, held in rows
        if required is not None and held is not None
    }
    people = _without_courses(people)
    every = frozenset[str]().union(*people)
    return Circles(
        people, frozenset(one for one in every if (at := one.split(" ", 1)[1]) in open_ or at not in there)
    )


def _without_courses(people: Counts) -> Counts:
    found: Counter[frozenset[str]] = Counter()
    for at, count in people.items():
        found[frozenset(one for one in at if not COURSE.search(one))] += count
    return found


def test_no_small_group_is_left_between_two_counts(made: tuple[Board, Sent, Counts]) -> None:
    found = read(made, internal=False)
    assert not list(found.few(names(found)))


def test_the_reader_would_find_a_group_that_is_left(made: tuple[Board, Sent, Counts]) -> None:
    found = read(made, internal=True)
    assert list(found.few(names(found)))
