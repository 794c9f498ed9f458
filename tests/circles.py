"""What a reader makes of counts of which one person may stand in several: circles drawn over each other, solved with sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

PRIME = (
    1 << 61
) - 1  # sums are solved in remainders of it: exact but for a chance in two million million millions
Row = dict[int, int]


@dataclass
class Circles:
    """`people` are how many lie in exactly which counts: the reader knows which mixtures there can be, and not how many.

    `shown` are the counts that are printed, those of nobody among them.
    """

    people: Mapping[frozenset[str], int]
    shown: frozenset[str]

    def __post_init__(self) -> None:
        nobody = {name for name in self.shown if not sum(self.people[at] for at in self.people if name in at)}
        self.mixtures = sorted((at for at in self.people if not at & nobody), key=sorted)
        self.solved: dict[int, Row] = {}
        for name in sorted(self.shown):
            self._learn({place: 1 for place, at in enumerate(self.mixtures) if name in at})

    def _learn(self, row: Row) -> None:
        row = self._left(row)
        if row:
            lead = min(row)
            scale = pow(row[lead], -1, PRIME)
            row = {place: factor * scale % PRIME for place, factor in row.items()}
            self.solved = {one: _less(other, row, lead) for one, other in self.solved.items()} | {lead: row}

    def _left(self, row: Row) -> Row:
        for lead in sorted(row.keys() & self.solved.keys()):
            row = _less(row, self.solved[lead], lead)
        return row

    def knows(self, within: str, without: str = "", both: str = "") -> int | None:
        """How many are in one count and not in another, or in both; None where that cannot be worked out."""
        found = {
            place: 1
            for place, at in enumerate(self.mixtures)
            if within in at and without not in at and (not both or both in at)
        }
        return None if self._left(found) else sum(self.people[self.mixtures[place]] for place in found)

    def few(self, names: frozenset[str], threshold: int = 5) -> Iterator[str]:
        """The groups of fewer people that can be worked out: of one count, in two, or in one and not in another."""
        for one in sorted(names):
            groups = {one: self.knows(one)}
            for other in sorted(names - {one}):
                if other.split()[0] == one.split()[0]:
                    groups[f"{one}, not {other}"] = self.knows(one, other)
                    groups[f"{one}, and {other}"] = self.knows(one, both=other)
            yield from (f"{words}: {count}" for words, count in groups.items() if count and count < threshold)


def _less(row: Row, other: Row, lead: int) -> Row:
    factor = row.get(lead, 0)
    if not factor:
        return row
    found = {
        place: (row.get(place, 0) - factor * other.get(place, 0)) % PRIME
        for place in row.keys() | other.keys()
    }
    return {place: number for place, number in found.items() if number}
