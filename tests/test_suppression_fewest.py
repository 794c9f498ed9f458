"""Of all choices that protect the small numbers, one with the fewest further positions is taken."""

from __future__ import annotations

from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_suppression import grids, table, with_totals
from tna.suppression import EVERY, Grid, Position, audit, choose, hidden


def larger(seed: int, rows: int, columns: int) -> Grid:
    random = Random(seed)

    def some() -> tuple[int, int]:
        return random.randint(0, 90), random.randint(5, 90)

    places = [(f"r{row:03}", f"c{column}") for row in range(rows) for column in range(columns)]
    return with_totals({place: some() for place in places if random.random() < 0.8})


def fewest_by_trying_all(grid: Grid, needed: frozenset[Position]) -> int:
    others = [one for one in sorted(grid.cells) if one not in needed and grid.whole(one)]
    for many in range(len(others) + 1):
        if any(not audit(grid, needed.union(some)) for some in combinations(others, many)):
            return many
    raise AssertionError("hiding everything protects everything")


@settings(max_examples=100, deadline=None)
@given(grid=grids(2, 3, high=30) | grids(3, 3, parts=1, high=40) | grids(2, 4, parts=1))
def test_no_smaller_choice_protects_what_is_small(grid: Grid) -> None:
    choice = choose(grid)
    assert choice.fewest
    assert len(choice.hidden - choice.needed) == fewest_by_trying_all(grid, choice.needed)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), rows=st.integers(5, 40), columns=st.integers(2, 8))
def test_nothing_chosen_could_be_shown_again(seed: int, rows: int, columns: int) -> None:
    grid = larger(seed, rows, columns)
    choice = choose(grid)
    assert not audit(grid, choice.hidden)
    for position in choice.hidden - choice.needed:
        assert audit(grid, choice.hidden - {position})


def test_a_choice_that_is_not_searched_through_is_safe_and_says_so() -> None:
    grid = table("3 20 30", "40 50 60", "70 80 90")
    choice = choose(grid, steps=0)
    assert not audit(grid, choice.hidden)
    assert not choice.fewest


def test_a_large_table_is_protected_too() -> None:
    grid = larger(1, 300, 10)
    choice = choose(grid)
    assert not audit(grid, choice.hidden)
    assert len(choice.hidden) < len(grid.cells) / 2


def test_inner_positions_go_before_totals_and_small_numbers_before_large() -> None:
    assert hidden(table("3 20 30", "90 91 92", "5 6 99")) == {
        ("r0", "c0"), ("r0", "c1"), ("r2", "c0"), ("r2", "c1"),
    }  # fmt: skip
    by_totals = {("r0", "c0"), ("r0", EVERY), ("r1", "c0"), ("r1", EVERY)}  # as few, and smaller
    grid = table("3 . 500", "20 20 .", "900 . 900")
    assert not audit(grid, by_totals)
    assert hidden(grid) == {(row, column) for row in ("r0", "r2") for column in ("c0", "c2")}


def test_a_table_with_one_column_has_no_choice_but_its_totals() -> None:
    assert hidden(table("3", "20", "9")) == {
        (row, column) for row in ("r0", "r2") for column in ("c0", EVERY)
    }


def test_equal_choices_are_settled_by_name() -> None:
    grid = table("3 20 20", "20 20 20", "20 20 20")
    assert hidden(grid) == {("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r1", "c1")}
