"""Small groups left over when published counts are taken from one another, where a person may stand in several of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

Name = tuple[str, ...]  # of a published count: its table, its row and its column
Names = frozenset[Name]
STEPS = 5_000  # choices looked at for one line before its total is hidden instead


@dataclass(frozen=True, slots=True)
class Line:
    """A published total, others beside it, and how many people are counted in exactly which of them.

    Unlike a line of a `Grid` it need not add up: a person may be counted in several of them and once in the total.
    """

    total: Name
    people: Mapping[Names, int]


def remainders(line: Line, hidden: Collection[Name], threshold: int) -> Iterator[Names]:
    """Sets of shown counts of which the total less the others is the size of a group of 1 to `threshold` - 1 people.

    It is where nobody is counted in more of the others than in the total (left are those in none of them), or nobody
    in fewer (left are those counted more than once). Where too many choices would have to be tried, the total is
    named alone.
    """
    if line.total in hidden:
        return
    people: Counter[Names] = Counter()
    for at, count in line.people.items():
        people[at - frozenset(hidden)] += count
    members = frozenset(chain.from_iterable(people)) - {line.total}
    sure = frozenset(one for one in members if people[frozenset({one, line.total})] >= threshold)
    waiting = [(sure, sorted(members - sure))]
    for _ in range(STEPS):
        if not waiting:
            return
        taken, left = waiting.pop()
        few, twice = _apart(line.total, taken, frozenset(left), people)
        if (few and twice) or max(few, twice) >= threshold:
            continue
        if left:
            waiting += [(taken, left[1:]), (taken | {left[0]}, left[1:])]
        elif taken and (few or twice):
            yield taken | {line.total}
    yield frozenset({line.total})


def _apart(total: Name, taken: Names, undecided: Names, people: Mapping[Names, int]) -> tuple[int, int]:
    """How many people of the total are in none of the others, and how often people are counted once too many."""
    few = twice = 0
    for at, count in people.items():
        more = len(at & taken) - (total in at)
        if more > 0:
            twice += more * count
        elif more < 0 and not at & undecided:
            few += count
    return few, twice


def withheld(
    lines: Iterable[Line], hidden: Collection[Name], sizes: Mapping[Name, int], threshold: int
) -> Names:
    """Further counts to hide, enough that no line leaves a small group: those that tell of most, then the smallest.

    `sizes` are what the counts that are published come to; any other name is not shown to begin with. A total is
    hidden only where no other count would do as well.
    """
    gone = frozenset(hidden)
    for line in lines:
        silent = frozenset(chain.from_iterable(line.people)).union([line.total]) - sizes.keys()
        while told := list(remainders(line, gone | silent, threshold)):
            often = Counter(chain.from_iterable(told))
            ranked = [(-times, one == line.total, sizes[one], one) for one, times in often.items()]
            gone |= {min(ranked)[-1]}
    return gone - frozenset(hidden)
