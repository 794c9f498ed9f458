"""The smallest set of courses that together give a set of competencies, proved smallest unless it says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LARGEST_SEARCH = 200_000  # partial sets looked at before settling for a good set that is not proved smallest

Gives = Mapping[str, frozenset[str]]
Cost = Callable[[Sequence[str]], Any]


@dataclass(frozen=True, slots=True)
class Cover:
    """The chosen courses, and whether no smaller set exists."""

    courses: tuple[str, ...]
    proved: bool


def components(gives: Gives) -> list[frozenset[str]]:
    """Competencies in groups that no course crosses, so that each group can be solved by itself."""
    groups: list[frozenset[str]] = []
    for competencies in gives.values():
        touching = [group for group in groups if group & competencies]
        groups = [group for group in groups if not group & competencies]
        groups.append(frozenset(competencies).union(*touching))
    return sorted(groups, key=sorted)


def smallest(wanted: frozenset[str], gives: Gives, cost: Cost) -> Cover:
    """The fewest courses that give all of `wanted`, the cheapest of equally small sets.

    Every wanted competency must be given by some course. Raises ValueError otherwise.
    """
    useful = {name: given & wanted for name, given in sorted(gives.items()) if given & wanted}
    if frozenset().union(*useful.values()) != wanted:
        raise ValueError("no course gives some of these competencies")
    search = _Search(useful, cost)
    for size in range(1, len(wanted) + 1):
        found = list(search.sets(wanted, size, ()))
        if search.tired:
            return Cover(_greedy(wanted, useful, cost), proved=False)
        if found:
            return Cover(min(found, key=cost), proved=True)
    return Cover((), proved=True)


class _Search:
    def __init__(self, useful: Gives, cost: Cost) -> None:
        self.useful, self.cost, self.looked = useful, cost, 0

    @property
    def tired(self) -> bool:
        return self.looked > LARGEST_SEARCH

    def sets(self, wanted: frozenset[str], size: int, chosen: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Every set of at most `size` more courses that gives what is still wanted."""
        self.looked += 1
        if not wanted:
            yield chosen
        elif size and not self.tired:
            hardest = min(sorted(wanted), key=lambda one: sum(one in given for given in self.useful.values()))
            for name, given in self.useful.items():
                if hardest in given:
                    yield from self.sets(wanted - given, size - 1, (*chosen, name))


def _greedy(wanted: frozenset[str], useful: Gives, cost: Cost) -> tuple[str, ...]:
    chosen: list[str] = []
    while wanted:
        best = min(useful, key=lambda name: (-len(useful[name] & wanted), cost([name])))
        chosen.append(best)
        wanted -= useful[best]
    return tuple(chosen)
