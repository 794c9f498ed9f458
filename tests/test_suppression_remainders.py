"""What is left of a total when counts beside it are taken away is no small group, and no more is hidden than that takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from tna.suppression import Line, remainders, withheld
from tna.suppression.remainders import Names

TOTAL = ("t", "A", "*")
MEMBERS = [("t", "A", one) for one in "abcd"]
MIXTURES = [frozenset({TOTAL, *some}) for size in range(5) for some in combinations(MEMBERS, size)] + [
    frozenset({one}) for one in MEMBERS
]


def line(**people: int) -> Line:
    """A line of so many people in the members that each word names, all of them in the total."""
    return Line(
        TOTAL,
        {frozenset({TOTAL, *(("t", "A", one) for one in word)}): count for word, count in people.items()},
    )


def told(found: Line, *hidden: str) -> set[frozenset[str]]:
    gone = [("t", "A", one) for one in hidden]
    return {frozenset(one[2] for one in names) for names in remainders(found, gone, 5)}


def test_all_levels_less_the_one_that_is_shown_leaves_those_not_at_it() -> None:
    assert told(line(a=12, ab=8, b=3)) == {frozenset("*a")}


def test_several_that_are_hidden_are_few_together_too() -> None:
    assert told(line(a=12, b=2, c=2), "b", "c") == {frozenset("*a")}
    assert not told(line(a=12, b=2, c=3), "b", "c")


def test_those_counted_twice_are_a_group() -> None:
    assert told(line(a=12, b=12, ab=3)) == {frozenset("*ab")}
    assert not told(line(a=12, b=12, ab=5))


def test_a_hidden_total_leaves_nothing() -> None:
    assert not told(line(a=12, ab=8, b=3), "*")


def test_what_tells_most_is_hidden_first_then_the_smallest() -> None:
    sizes = {TOTAL: 23, ("t", "A", "a"): 20, ("t", "A", "b"): 22}
    assert withheld([line(a=1, ab=19, b=3)], [], sizes, 5) == {TOTAL}
    sizes = {TOTAL: 23, ("t", "A", "a"): 20}
    assert withheld([line(a=12, ab=8, b=3)], [], sizes, 5) == {("t", "A", "a")}


def test_where_too_much_would_have_to_be_tried_the_total_is_hidden() -> None:
    many = [("t", "A", str(one)) for one in range(40)]
    pairs = {frozenset({TOTAL, one, other}): 1 for one, other in zip(many[::2], many[1::2], strict=True)}
    assert frozenset({TOTAL}) in set(remainders(Line(TOTAL, pairs), [], 1000))


PEOPLE = st.dictionaries(st.sampled_from(MIXTURES), st.integers(1, 9), max_size=7)


@settings(max_examples=300, deadline=None)
@given(people=PEOPLE, hidden=st.sets(st.sampled_from(MEMBERS)))
def test_nothing_is_missed_that_trying_every_choice_finds(
    people: dict[Names, int], hidden: set[tuple[str, str, str]]
) -> None:
    found = {one for one in remainders(Line(TOTAL, people), hidden, 5) if one != frozenset({TOTAL})}
    present = [one for one in MEMBERS if one not in hidden and any(one in at for at in people)]
    assert found == set(tried(people, present))


def tried(people: dict[Names, int], members: list[tuple[str, str, str]]) -> Iterator[Names]:
    """Every choice of members that leaves a group of one to four."""
    for some in chain.from_iterable(combinations(members, size) for size in range(1, 5)):
        left: Counter[bool] = Counter()
        for at, count in people.items():
            one = (TOTAL in at) - len(at & {*some})
            left[one > 0] += abs(one) * count
        if not (left[True] and left[False]) and 0 < left[True] + left[False] < 5:
            yield frozenset({TOTAL, *some})


@settings(max_examples=200, deadline=None)
@given(people=PEOPLE)
def test_after_hiding_no_small_group_is_left(people: dict[Names, int]) -> None:
    sizes = {one: sum(count for at, count in people.items() if one in at) for one in (TOTAL, *MEMBERS)}
    gone = withheld([Line(TOTAL, people)], [], sizes, 5)
    assert not list(remainders(Line(TOTAL, people), gone, 5))
