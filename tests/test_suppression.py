"""No hidden number can be worked out: by subtraction, by complements, or because nobody can be less than nobody."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tna.suppression import EVERY, Grid, Position, audit, hidden, small, words_for_hidden

Counts = tuple[int, ...]
CORNER = (EVERY, EVERY)


def with_totals(inner: Mapping[Position, Counts]) -> Grid:
    cells = dict(inner)
    for (row, column), counts in inner.items():
        for total in ((row, EVERY), (EVERY, column), CORNER):
            so_far = cells.get(total, (0,) * len(counts))
            cells[total] = tuple(a + b for a, b in zip(so_far, counts, strict=True))
    return Grid(cells)


def table(*rows: str, without: Collection[Position] = ()) -> Grid:
    """Rows "3+0 8+1 ." of inner positions, with their totals; "." is nobody."""
    inner = {
        (f"r{row}", f"c{column}"): tuple(int(count) for count in written.split("+"))
        for row, line in enumerate(rows)
        for column, written in enumerate(line.split())
        if written != "."
    }
    return Grid({one: counts for one, counts in with_totals(inner).cells.items() if one not in without})


@st.composite
def grids(draw: st.DrawFn, rows: int, columns: int, parts: int = 2, high: int = 12) -> Grid:
    """Grids with empty positions, and some with totals left out."""
    counts = st.tuples(*[st.integers(0, high) | st.integers(0, 2)] * parts)
    places = [(f"r{r}", f"c{c}") for r, c in product(range(rows), range(columns))]
    inner = {place: draw(counts) for place in places if draw(st.integers(0, 4))}
    cells = dict(with_totals(inner).cells)
    if draw(st.booleans()):
        for total in draw(st.sets(st.sampled_from(sorted(p for p in cells if EVERY in p)))) if cells else ():
            del cells[total]
    return Grid(cells)


def covers(position: Position, inner: Position) -> bool:
    return all(mine in (EVERY, theirs) for mine, theirs in zip(position, inner, strict=True))


def can_move(grid: Grid, kept: Collection[Position], part: int, by: int) -> set[Position]:
    """The positions with another count in some other table that prints the same, trying all tables row by row.

    Every hidden inner position is moved by up to `by`, and the totals that cover it with it.
    """
    columns = sorted({column for _, column in grid.cells} - {EVERY})
    reached: dict[tuple[int, ...], set[Position]] = {
        (0,) * len(columns): set()
    }  # by the sums of columns so far
    for row in sorted({row for row, _ in grid.cells} - {EVERY}):
        further: dict[tuple[int, ...], set[Position]] = {}
        for move in product(*(steps(grid, kept, (row, column), part, by) for column in columns)):
            if fits(grid, kept, (row, EVERY), part, sum(move)):
                now = moved(row, columns, move)
                for so_far, before in reached.items():
                    sums = tuple(a + b for a, b in zip(so_far, move, strict=True))
                    further.setdefault(sums, set()).update(before, now)
        reached = further
    return {
        position
        for sums, so_far in reached.items()
        if all(fits(grid, kept, (EVERY, column), part, s) for column, s in zip(columns, sums, strict=True))
        if fits(grid, kept, CORNER, part, sum(sums))
        for position in so_far | moved(EVERY, columns, sums)
    }


def steps(grid: Grid, kept: Collection[Position], position: Position, part: int, by: int) -> list[int]:
    if position not in grid.cells:
        return [0]
    return [step for step in range(-by, by + 1) if fits(grid, kept, position, part, step)]


def fits(grid: Grid, kept: Collection[Position], position: Position, part: int, step: int) -> bool:
    """Whether a count may be off by so many: none where it is shown, and nobody is never hidden."""
    if position not in grid.cells or step == 0:
        return True
    count, whole = grid.cells[position][part], grid.whole(position)
    return position in kept and count + step >= 0 and whole + step >= min(1, whole)


def moved(row: str, columns: list[str], move: tuple[int, ...]) -> set[Position]:
    found = {(row, column) for column, step in zip(columns, move, strict=True) if step}
    return found | {(row, EVERY)} if sum(move) else found


@settings(max_examples=150, deadline=None)
@given(grid=grids(3, 3) | grids(4, 4, high=4) | grids(2, 4))
def test_no_hidden_count_can_be_worked_out(grid: Grid) -> None:
    kept = hidden(grid)
    assert small(grid) <= kept
    assert not audit(grid, kept)
    for part in grid.parts:
        assert kept <= can_move(grid, kept, part, by=1)


@settings(max_examples=200, deadline=None)
@given(grid=grids(3, 3, parts=1, high=3) | grids(2, 4, parts=2, high=4), seed=st.integers(0, 999))
def test_the_audit_names_exactly_what_can_be_worked_out(grid: Grid, seed: int) -> None:
    kept = {position for position in sorted(grid.cells) if Random(f"{seed}{position}").random() < 0.7}
    open_ones = [can_move(grid, kept, part, by=3) for part in grid.parts]
    assert audit(grid, kept) == {one for one in kept if any(one not in some for some in open_ones)}


def ranks(equations: list[list[Fraction]]) -> int:
    rank = 0
    for column in range(len(equations[0]) if equations else 0):
        pivot = next((n for n in range(rank, len(equations)) if equations[n][column]), None)
        if pivot is None:
            continue
        equations[rank], equations[pivot] = equations[pivot], equations[rank]
        for n in range(rank + 1, len(equations)):
            if factor := equations[n][column] / equations[rank][column]:
                equations[n] = [a - factor * b for a, b in zip(equations[n], equations[rank], strict=True)]
        rank += 1
    return rank


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), rows=st.integers(5, 12), columns=st.integers(3, 7))
def test_no_hidden_count_of_a_larger_table_is_a_sum_of_shown_ones(seed: int, rows: int, columns: int) -> None:
    random = Random(seed)
    grid = with_totals({
        (f"r{r}", f"c{c}"): tuple(int(random.paretovariate(0.5)) for _ in "ab")
        for r, c in product(range(rows), range(columns))
        if random.random() < 0.8
    })  # fmt: skip
    kept = hidden(grid)
    unknown = sorted(position for position in kept if EVERY not in position)

    def written(position: Position) -> list[Fraction]:
        return [Fraction(covers(position, one)) for one in unknown]

    shown = [written(position) for position in grid.cells if EVERY in position and position not in kept]
    rank = ranks([*shown])
    for position in kept:
        assert ranks([*shown, written(position)]) == rank + 1


@given(grid=grids(4, 4))
def test_every_small_number_is_hidden_and_nothing_where_none_is_small(grid: Grid) -> None:
    kept = hidden(grid)
    for position, counts in grid.cells.items():
        assert position in kept or not {1, 2, 3, 4} & {*counts, sum(counts)}
    assert kept or not small(grid)
    assert bool(kept) == bool(small(grid))
    assert not hidden(grid, threshold=1)


@given(grid=grids(3, 4), seed=st.integers(0, 999))
def test_what_is_forced_stays_hidden_and_is_protected_too(grid: Grid, seed: int) -> None:
    forced = {position for position in sorted(grid.cells) if Random(f"{seed}{position}").random() < 0.2}
    kept = hidden(grid, forced={*forced, ("elsewhere", "c0")})
    assert forced | small(grid) <= kept <= grid.cells.keys()
    assert not audit(grid, kept)


@given(grid=grids(4, 4), seed=st.integers(0, 999))
def test_the_order_in_which_positions_are_given_does_not_matter(grid: Grid, seed: int) -> None:
    cells = list(grid.cells.items())
    Random(seed).shuffle(cells)
    assert hidden(Grid(dict(cells))) == hidden(grid)


def test_one_small_number_takes_a_rectangle() -> None:
    grid = table("3 20 30", "40 50 60", "70 80 90")
    assert hidden(grid) == {("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r1", "c1")}
    assert audit(grid, {("r0", "c0"), ("r0", "c1"), ("r1", "c0")}) == {
        ("r0", "c0"), ("r0", "c1"), ("r1", "c0"),
    }  # fmt: skip


def test_two_small_numbers_in_a_row_do_not_protect_each_other_from_their_columns() -> None:
    grid = table("3 4 30", "40 50 60")
    assert audit(grid, small(grid)) == small(grid)
    assert hidden(grid) == {("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r1", "c1")}


def test_a_hidden_nought_can_give_the_others_away() -> None:
    crossed = {(row, column) for row in ("r0", "r1") for column in ("c0", "c1")}
    grid = table("3+5 0+9", "0+9 8+9")
    assert not audit(grid, crossed)  # 3, 0, 0 and 8 may be 2, 1, 1 and 7
    trapped = table("3+5 0+9", "8+9 0+9")
    assert audit(trapped, crossed) == crossed  # both noughts are the whole of their column


def test_two_who_are_two_in_all_are_one_and_one() -> None:
    grid = table("1 1", "1 1")
    inner = {position for position in grid.cells if EVERY not in position}
    assert audit(grid, inner) == inner  # 0 and 2 would have been shown as 0


def test_without_totals_only_the_small_are_hidden() -> None:
    totals = [position for position in table("3 20", "40 50").cells if EVERY in position]
    assert hidden(table("3 20", "40 50", without=totals)) == {("r0", "c0")}
    columns_only = [(EVERY, "c0"), (EVERY, "c1")]
    assert hidden(table("3 20", "40 50", without=columns_only)) == {("r0", "c0"), ("r0", "c1")}


def test_a_list_with_its_total_hides_two() -> None:
    grid = Grid({("a", EVERY): (3,), ("b", EVERY): (20,), ("c", EVERY): (9,), CORNER: (32,)})
    assert hidden(grid) == {("a", EVERY), ("c", EVERY)}
    assert not hidden(Grid({}))
    assert hidden(Grid({CORNER: (3,)})) == {CORNER}


def test_a_position_of_nobody_is_shown() -> None:
    assert ("r0", "c1") not in hidden(table("3+0 0+0 9+9", "0+0 0+0 9+9", "8+8 7+7 9+9"))


def test_a_total_that_counts_a_person_once_is_taken_for_the_sum() -> None:
    cells = dict(table("3 20 30", "40 50 60").cells)
    cells["r0", EVERY] = (51,)  # two people are in two columns
    assert hidden(Grid(cells)) == hidden(table("3 20 30", "40 50 60"))


def test_a_total_of_people_who_stand_in_no_column_is_hidden_with_another() -> None:
    cells = dict(table("10 20", "40 50").cells)
    cells["unplaced", EVERY] = (2,)
    cells[CORNER] = (122,)
    kept = hidden(Grid(cells))
    assert ("unplaced", EVERY) in kept
    assert len(kept) > 1
    assert not audit(Grid(cells), kept)


@pytest.mark.parametrize("cells", [{("a", "b"): (-1,)}, {("a", "b"): (1,), ("a", "c"): (1, 2)}])
def test_what_is_no_table_of_counts_is_refused(cells: dict[Position, Counts]) -> None:
    with pytest.raises(ValueError, match=r"count|parts"):
        Grid(cells)


def test_the_words_for_a_hidden_number_name_the_threshold() -> None:
    assert words_for_hidden(5) == "fewer than 5, or hidden to protect one"
