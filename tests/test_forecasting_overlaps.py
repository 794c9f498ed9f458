"""A forecast leaves no small group between two counts of people of whom something lapses."""

from __future__ import annotations

from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from tests import analysed
from tests.circles import Circles
from tests.papers import AS_OF, flagging
from tests.test_papers_overlaps import AGENCIES, NEEDS, board, workforce
from tna.forecasting import forecast
from tna.suppression import EVERY


def lapsing(seed: int) -> dict[frozenset[str], int]:
    """How many people hold what in exactly which agencies and scopes; all of it lapses in one month.

    Mixtures of nobody are among them: anybody can be at one level of one agency, and in one cohort besides.
    """
    people, records = workforce(seed)
    held = {(row["person_id"], row["course"].replace("c", "k")) for row in records}
    found: dict[str, set[str]] = {}
    for row in people:
        cohort = {f"cohort:{row['cohort']}"} if row["cohort"] else set()
        for scope in {f"level-{row['level']}", *cohort}:
            if (row["person_id"], NEEDS[scope]) in held:
                at = {f"{agency} {one}" for agency in (row["agency"], EVERY) for one in (scope, EVERY)}
                found.setdefault(row["person_id"], set()).update(f"need {one}" for one in at)
    can_be = [
        frozenset(f"need {one} {scope}" for one in (agency, EVERY) for scope in (*some, EVERY))
        for agency in AGENCIES
        for some in (*((scope,) for scope in NEEDS), *product(("level-1", "level-2"), list(NEEDS)[2:]))
    ]
    return dict.fromkeys(can_be, 0) | Counter(map(frozenset, found.values()))


@pytest.mark.parametrize("seed", range(5))
def test_no_small_group_is_left_between_two_counts(tmp_path: Path, seed: int) -> None:
    people, records = workforce(seed)
    folder = analysed.run(
        tmp_path / "analysis", board(tmp_path, months=12), people, records, as_of=AS_OF, **flagging()
    )
    truth = lapsing(seed)
    told = {}
    for internal in (False, True):
        rows = [
            row for row in forecast(folder, 12, internal=internal).rows("lapses") if row["month"] == EVERY
        ]
        there = {f"need {row['agency']} {row['level']}": row for row in rows}
        shown = frozenset(name for name, row in there.items() if not row["hidden"])
        every = frozenset[str]().union(*truth)
        shown |= every - there.keys()
        told[internal] = list(Circles(truth, shown).few(every))
    assert not told[False]
    assert told[True]
