"""The lightest set of courses that gives a set of competencies, proved the lightest unless it says otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

LARGEST_SEARCH = (
    50_000  # partial sets looked at before settling for a good set that is not proved the lightest
)

Gives = Mapping[str, frozenset[str]]
First = Mapping[str, frozenset[str]]  # all that must be taken before a course, at any remove
Weights = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Cover:
    """The chosen courses by id, with those to take before them, and whether no lighter set exists."""

    courses: tuple[str, ...]
    proved: bool


def components(gives: Gives, first: First) -> list[frozenset[str]]:
    """Competencies in groups that no course, and no course to take before it, crosses: each is solved by itself."""
    groups: list[frozenset[tuple[str, str]]] = []
    for name in gives:
        bundle = {name, *first.get(name, ())}
        tied = frozenset(("course", one) for one in bundle)
        tied |= {("competency", given) for one in bundle for given in gives.get(one, ())}
        touching = [group for group in groups if group & tied]
        groups = [group for group in groups if not group & tied]
        groups.append(tied.union(*touching))
    found = (frozenset(name for what, name in group if what == "competency") for group in groups)
    return sorted(filter(None, found), key=sorted)


def smallest(wanted: frozenset[str], gives: Gives, weights: Weights, first: First | None = None) -> Cover:
    """The set of courses of least summed weight that gives all of `wanted`; what comes first is part of the set.

    The weights must be positive and no two sets may weigh the same (see `Taste`); one course more must outweigh
    every preference if "lightest" is to mean "fewest". Raises ValueError when nothing gives some competency.
    """
    if not wanted <= frozenset().union(*gives.values()):
        raise ValueError("no course gives some of these competencies")
    return _Search(wanted, gives, weights, first or {}).cover()


class _Search:
    """Branch and bound over sets of courses, held as bits: bit n of a set is the n-th course or competency."""

    def __init__(self, wanted: frozenset[str], gives: Gives, weights: Weights, first: First) -> None:
        useful = {name for name, given in gives.items() if given & wanted}
        self.names = sorted(useful.union(*(first.get(name, ()) for name in useful)), key=weights.__getitem__)
        self.weights = [weights[name] for name in self.names]
        self.own = [_bits(sorted(wanted), gives.get(name, ())) for name in self.names]
        self.bundles = [_bits(self.names, {name, *first.get(name, ())}) for name in self.names]
        taking = self._worth_taking()
        self.givers = [
            sum(1 << n for n in taking if self.own[n] >> place & 1) for place in range(len(wanted))
        ]
        self.all, self.looked = (1 << len(wanted)) - 1, 0
        self.best, self.lightest = 0, 0

    def cover(self) -> Cover:
        """The lightest cover, beginning from a good one found by always taking the course that gives most."""
        self.best = self._greedy()
        self.lightest = self._weight(self.best)
        self._look(self.all, 0, 0, 0)
        chosen = tuple(sorted(self.names[n] for n in _places(self.best)))
        return Cover(chosen, proved=self.looked <= LARGEST_SEARCH)

    def _worth_taking(self) -> list[int]:
        """The courses that are not outdone: another gives as much, is lighter and asks for nothing more before it."""
        before = 0
        for n, bundle in enumerate(self.bundles):
            before |= bundle & ~(1 << n)
        return [
            n
            for n in range(len(self.names))
            if before >> n & 1 or not any(self._outdone(n, m) for m in range(n))
        ]

    def _outdone(self, n: int, m: int) -> bool:
        asked = self.bundles[m] & ~(1 << m)
        return not self.own[n] & ~self.own[m] and not asked & ~self.bundles[n]

    def _look(self, left: int, chosen: int, weight: int, barred: int) -> None:
        """Tries every way to give what is left, but those that cannot beat the best known or were tried before."""
        self.looked += 1
        if not left:
            self.best, self.lightest = chosen, weight
            return
        hardest, least = self._still_needed(left, barred)
        for n in _places(hardest):
            if self.looked > LARGEST_SEARCH or weight + least >= self.lightest:
                return
            new = self.bundles[n] & ~chosen
            heavier = weight + self._weight(new)
            if not new & barred and heavier < self.lightest:
                self._look(left & ~self._given(new), chosen | new, heavier, barred)
            barred |= 1 << n

    def _still_needed(self, left: int, barred: int) -> tuple[int, int]:
        """The courses that give what fewest courses give, and a weight that whatever is added cannot fall below.

        Competencies that no course gives together each take a course of their own: their lightest add up.
        """
        ways = sorted(
            (self.givers[place] & ~barred for place in _places(left)), key=lambda way: (way.bit_count(), way)
        )
        least, used = 0, 0
        for way in ways:
            if way and not way & used:
                least += self.weights[next(_places(way))]
                used |= way
        return ways[0], least

    def _greedy(self) -> int:
        left, chosen = self.all, 0
        while left:
            ways = [self.bundles[n] & ~chosen for n in range(len(self.names)) if self.own[n] & left]
            best = max(
                ways,
                key=lambda new: ((self._given(new) & left).bit_count() / new.bit_count(), -self._weight(new)),
            )
            chosen, left = chosen | best, left & ~self._given(best)
        return chosen

    def _given(self, courses: int) -> int:
        given = 0
        for n in _places(courses):
            given |= self.own[n]
        return given

    def _weight(self, courses: int) -> int:
        return sum(self.weights[n] for n in _places(courses))


def _bits(names: Sequence[str], among: Collection[str]) -> int:
    return sum(1 << place for place, name in enumerate(names) if name in among)


def _places(bits: int) -> Iterator[int]:
    """The places of the bits that are set, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
