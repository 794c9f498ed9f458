"""Laws of the advice: it is the fewest, the whole agrees with its parts, and order of files decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_plugin_courses import AS_OF, advise, case, course, taken
from tna.model import Course
from tna_courses.cover import components, smallest
from tna_courses.taste import Taste

COMPETENCIES = "pqrstu"
giving = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.frozensets(st.sampled_from(COMPETENCIES), min_size=1, max_size=4),
    min_size=1,
)
modes = st.lists(st.sampled_from(["online", "face-to-face", "blended"]), min_size=8, max_size=8)


def catalogue_of(
    gives: Mapping[str, frozenset[str]], chosen: Sequence[str], before: bool = False
) -> list[Course]:
    """Courses with these competencies and modes; with `before`, some build on the next one in the alphabet."""
    names = sorted(gives)
    return [
        course(name, "".join(sorted(gives[name])), mode=mode,
               after=tuple(names[place + 1 : place + 2]) if before and mode == "blended" else ())
        for place, (name, mode) in enumerate(zip(names, chosen, strict=False))
    ]  # fmt: skip


def first_of(courses: Sequence[Course]) -> dict[str, frozenset[str]]:
    known = {one.id: one for one in courses}

    def all_before(name: str) -> frozenset[str]:
        return frozenset(known[name].after).union(*(all_before(one) for one in known[name].after))

    return {name: all_before(name) for name in known}


def by_trying_all(
    wanted: frozenset[str],
    gives: Mapping[str, frozenset[str]],
    weights: Mapping[str, int],
    first: Mapping[str, frozenset[str]],
) -> tuple[str, ...]:
    """The lightest cover, found by trying every set of courses."""
    sets = (chosen for size in range(len(gives) + 1) for chosen in combinations(sorted(gives), size))
    fitting = (
        chosen for chosen in sets
        if wanted <= frozenset().union(*(gives[one] for one in chosen))
        and all(first[one] <= set(chosen) for one in chosen)
    )  # fmt: skip
    return min(fitting, key=lambda chosen: sum(weights[one] for one in chosen))


@given(giving, modes, st.booleans(), st.data())
@settings(max_examples=200, deadline=None)
def test_the_cover_is_the_one_that_trying_all_sets_finds(
    gives: dict[str, frozenset[str]], chosen: list[str], before: bool, data: st.DataObject
) -> None:
    courses = catalogue_of(gives, chosen, before)
    weights = Taste({one.id: one for one in courses}, [{"modes": ["face-to-face", "online"]}], AS_OF).weights
    wanted = data.draw(st.frozensets(st.sampled_from(sorted(frozenset().union(*gives.values()))), min_size=1))
    found = smallest(wanted, gives, weights, first_of(courses))
    assert found.proved
    assert found.courses == by_trying_all(wanted, gives, weights, first_of(courses))


@given(giving, modes, st.booleans())
@settings(max_examples=200, deadline=None)
def test_solving_each_component_by_itself_agrees_with_solving_the_whole(
    gives: dict[str, frozenset[str]], chosen: list[str], before: bool
) -> None:
    courses = catalogue_of(gives, chosen, before)
    weights = Taste({one.id: one for one in courses}, [{"modes": ["online"]}], AS_OF).weights
    wanted, first = frozenset().union(*gives.values()), first_of(courses)
    groups = components(gives, first)
    assert sorted(one for group in groups for one in group) == sorted(wanted)
    parts = {name for group in groups for name in smallest(group, gives, weights, first).courses}
    assert tuple(sorted(parts)) == smallest(wanted, gives, weights, first).courses


@given(giving, modes, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_advice_closes_all_it_can_in_an_order_that_can_be_taken_whatever_the_order_of_the_catalogue(
    gives: dict[str, frozenset[str]], chosen: list[str], chance: Any
) -> None:
    courses = catalogue_of(gives, chosen, before=True)
    asked = case(COMPETENCIES, courses)
    advice = advise(asked, courses)
    order = taken(advice)
    assert frozenset().union(*(one.closes for one in advice if one.course)) == frozenset().union(
        *gives.values()
    )
    assert all(
        order.index(before) < order.index(one.id)
        for one in courses
        if one.id in order
        for before in one.after
    )
    shuffled = chance.sample(courses, len(courses))
    assert advise(case(COMPETENCIES, shuffled), shuffled) == advice


@pytest.mark.parametrize("seed", range(5))
def test_forty_courses_and_sixty_competencies_are_solved_exactly(seed: int) -> None:
    chance = Random(seed)
    gives = {f"k{n:02}": frozenset(chance.sample(range(60), chance.randint(2, 8))) for n in range(40)}
    named = {name: frozenset(f"c{one:02}" for one in given) for name, given in gives.items()}
    weights = {name: (1 << 60) + (chance.randrange(3) << 50) + (1 << n) for n, name in enumerate(named)}
    assert smallest(frozenset().union(*named.values()), named, weights).proved
