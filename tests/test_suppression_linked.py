"""Tables of the same agencies and levels do not print what another one hides."""

from __future__ import annotations

from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_suppression import grids, table
from tna.suppression import EVERY, Grid, audit, hidden, hidden_together, small


@settings(max_examples=60, deadline=None)
@given(every=grids(3, 4, high=30), first=grids(3, 4, high=30), seed=st.integers(0, 999))
def test_no_table_prints_what_another_hides(every: Grid, first: Grid, seed: int) -> None:
    random = Random(seed)
    second = Grid({one: counts for one, counts in first.cells.items() if random.random() < 0.8})
    tables = {EVERY: every, "first": first, "second": second}
    found = hidden_together(tables)
    for name, grid in tables.items():
        assert small(grid) <= found[name] <= grid.cells.keys()
        assert not audit(grid, found[name])
        assert all(one in found[name] for one in found[EVERY] & grid.cells.keys() if grid.whole(one))
    for one, other in combinations(tables, 2):
        for position, counts in tables[one].cells.items():
            if any(counts) and tables[other].cells.get(position) == counts:
                assert (position in found[one]) == (position in found[other])


def test_a_table_that_hides_nothing_of_its_own_follows_the_one_of_all() -> None:
    every, one = table("3 20 30", "40 50 60"), table("7 21 31", "41 51 61")
    assert not hidden(one)
    assert hidden_together({"k1": one, EVERY: every})["k1"] == hidden(every)


def test_nobody_is_shown_as_nobody_even_where_all_together_are_few() -> None:
    every, one = table("3 20 30", "40 50 60"), table("0 20 30", "40 50 60")
    assert ("r0", "c0") not in hidden_together({EVERY: every, "k1": one})["k1"]


def test_a_single_table_is_hidden_as_it_is_alone() -> None:
    grid = table("3 20 30", "40 50 60")
    assert hidden_together({"k1": grid}) == {"k1": hidden(grid)}
    assert hidden_together({}) == {}
