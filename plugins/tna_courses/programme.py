"""A case's programme: courses in the order they can be taken, a reason each, and what nothing closes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tna.model import Case, Course
from tna_courses import reasons
from tna_courses.cover import Cover, components, smallest
from tna_courses.offers import NONE, Offers, Ways, closing, has_had, is_open, ways
from tna_courses.reasons import Reasons
from tna_courses.taste import Taste


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a programme; an empty course says why nothing closes these."""

    course: str
    closes: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class _Solved:
    """The best cover of a sub-gap, and what there is to say of each of its courses whatever else is lacking."""

    cover: Cover
    says: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Ground:
    """The same offers for many cases: what can be taken, in groups that do not touch, and what was solved so far."""

    offers: Offers
    ways: Ways
    groups: Sequence[frozenset[str]]
    solved: dict[frozenset[str], _Solved]


class _Shared:
    """What is read once of the mappings that many cases share; it keeps them alive, so that their ids stay theirs."""

    def __init__(self, courses: Mapping[str, frozenset[str]], renews: Mapping[str, frozenset[str]]) -> None:
        self.courses, self.renews = courses, renews
        self.content = (frozenset(courses.items()), frozenset(renews.items()))
        self.renewable = NONE.union(*renews.values())


def _adding(case: Case) -> frozenset[tuple[str, str, frozenset[str]]]:
    return frozenset((name, one.asks, one.counts) for name, one in case.adds_up.items())


class Programmes:
    """Makes programmes, solving each distinct question once: a group of competencies and what of it is lacking."""

    def __init__(
        self, catalogue: Mapping[str, Course], after: Mapping[str, Sequence[str]], taste: Taste, as_of: date
    ) -> None:
        self.catalogue, self.after, self.taste, self.as_of = catalogue, after, taste, as_of
        self.befores = tuple(
            sorted({before for names in after.values() for before in names if before in catalogue})
        )
        self.reasons = Reasons(catalogue, taste)
        self._keys: dict[tuple[int, int], _Shared] = {}
        self._grounds: dict[object, _Ground] = {}
        self._programmes: dict[object, tuple[Step, ...]] = {}

    def programme(self, case: Case) -> tuple[Step, ...]:
        """The steps for a case; cases that ask the same share one answer."""
        among = self._among(case)
        asked = (among, case.gap)
        if asked not in self._programmes:
            if among not in self._grounds:
                self._grounds[among] = self._ground(case)
            self._programmes[asked] = tuple(self._steps(case.gap, self._grounds[among]))
        return self._programmes[asked]

    def _among(self, case: Case) -> object:
        """What decides which courses can be taken, the gap apart. Cases share mappings, so each is read once."""
        shared = (id(case.courses), id(case.renews))
        if shared not in self._keys:
            self._keys[shared] = _Shared(case.courses, case.renews)
        offered = self._keys[shared]
        return offered.content, case.lapsed & offered.renewable, *self._before(case), _adding(case)

    def _before(self, case: Case) -> tuple[frozenset[str], frozenset[str]]:
        """Of the courses that others build on, those that the case has had, and those that it could take."""
        if not self.befores:
            return NONE, NONE
        known = [(name, self.catalogue[name]) for name in self.befores]
        offered = case.courses.keys() | case.renews.keys()
        return (
            frozenset(name for name, course in known if has_had(course, case)),
            frozenset(name for name, course in known if name in offered or is_open(course, case.scopes)),
        )

    def _ground(self, case: Case) -> _Ground:
        offers = Offers(closing(case), case.renews, *self._before(case), case.adds_up)
        found = ways(offers, self.catalogue, self.after, self.as_of)
        return _Ground(offers, found, components(found.closes, found.first), {})

    def _steps(self, gap: frozenset[str], ground: _Ground) -> Iterator[Step]:
        solved = [self._solved(gap & group, ground) for group in ground.groups if gap & group]
        says = {name: said for one in solved for name, said in one.says.items()}
        few = reasons.how_few(len(says), all(one.cover.proved for one in solved))
        left = set(gap)
        for name in self._ordered(says, ground.ways):
            closes = ground.ways.closes.get(name, NONE) & left
            left -= closes
            opening = self.reasons.closes(name, len(closes), len(gap))
            yield Step(name, tuple(sorted(closes)), f"{opening}; {says[name]}; {few}")
        for because, competencies in self.reasons.unclosed(left, ground.offers, ground.ways).items():
            yield Step("", tuple(competencies), because)

    def _solved(self, wanted: frozenset[str], ground: _Ground) -> _Solved:
        if wanted not in ground.solved:
            closes, first = ground.ways.closes, ground.ways.first
            cover = smallest(wanted, closes, self.taste.weights, first)
            says = {
                name: self.reasons.says(name, wanted, cover.courses, ground.ways) for name in cover.courses
            }
            ground.solved[wanted] = _Solved(cover, says)
        return ground.solved[wanted]

    def _ordered(self, chosen: Iterable[str], found: Ways) -> list[str]:
        """The soonest first, and of the same day the preferred, but none before a course it builds on."""
        order: list[str] = []
        waiting = sorted(chosen, key=lambda name: (found.day[name], self.taste.weights[name]))
        while waiting:
            ready = next(name for name in waiting if not found.first[name] & set(waiting))
            order.append(ready)
            waiting.remove(ready)
        return order
