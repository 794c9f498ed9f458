"""Numbers that are parts of each other in several ways, and which of them must be hidden so that no small one follows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from tna import suppression
from tna.review.blanks import small
from tna.suppression import EVERY, Grid, Position

Sum = tuple[str, Sequence[str]]  # a total and the parts that it is made of


def hidden(
    numbers: Mapping[str, int],
    sums: Sequence[Sum],
    printed: Collection[str],
    threshold: int,
    forced: Collection[str] = (),
) -> frozenset[str]:
    """The numbers to hide: the small ones, those forced, and of each sum as few more as keep these.

    What is not `printed` may be small as well, and follows from a sum of which all else is. Where sums that are
    safe one by one give a small number away together, all that is printed is hidden.
    """
    gone = frozenset(forced) | {one for one, number in numbers.items() if small(number, threshold)}
    free = _free(numbers, sums, printed)
    while True:
        more = frozenset(one for total, parts in sums for one in _of_sum(numbers, total, parts, gone, free))
        if more <= gone:
            break
        gone |= more
    told = known(numbers, sums, set(printed) - gone)
    return gone if not any(small(numbers[one], threshold) for one in told) else gone | frozenset(printed)


def _free(numbers: Mapping[str, int], sums: Sequence[Sum], printed: Collection[str]) -> list[str]:
    """Numbers that are not printed and somebody is counted in: hiding these costs nothing, those in fewest sums first."""
    used = [one for total, parts in sums for one in (total, *parts)]
    return sorted(
        (one for one in numbers.keys() - set(printed) if numbers[one]), key=lambda one: (used.count(one), one)
    )


def _of_sum(
    numbers: Mapping[str, int], total: str, parts: Sequence[str], gone: frozenset[str], free: Sequence[str]
) -> set[str]:
    """Which of a total and its parts to hide; those hidden before stay hidden."""
    place: dict[str, Position] = {name: (name, "all") for name in parts} | {total: (EVERY, "all")}
    inside = set(gone.intersection(place))
    if not parts or not inside:
        return set()
    if len(inside) == 1:
        inside |= set([name for name in free if name in place and name not in inside][:1])
    cells: dict[Position, tuple[int, ...]] = {place[name]: (numbers[name],) for name in place}
    found = suppression.hidden(Grid(cells), 1, [place[name] for name in inside])
    return {name for name, position in place.items() if position in found}


def known(numbers: Mapping[str, int], sums: Sequence[Sum], shown: Collection[str]) -> frozenset[str]:
    """What follows from the numbers shown, as sums add up and no number is below nought."""
    told = set(shown)
    while True:
        more = {one for total, parts in sums if total in told and not numbers[total] for one in parts}
        more |= _solved(sums, told)
        if more <= told:
            return frozenset(told)
        told |= more


def _solved(sums: Sequence[Sum], told: Collection[str]) -> set[str]:
    """The numbers that the sums alone leave one value, those told being known."""
    rows: dict[str, dict[str, Fraction]] = {}
    for total, parts in sums:
        row = {one: Fraction(-1) for one in parts if one not in told}
        if total not in told:
            row[total] = row.get(total, Fraction(0)) + 1
        row = _less(row, rows)
        if row:
            lead = min(row)
            row = {one: share / row[lead] for one, share in row.items()}
            rows = {name: _less(other, {lead: row}) for name, other in rows.items()} | {lead: row}
    return {lead for lead, row in rows.items() if len(row) == 1}


def _less(row: Mapping[str, Fraction], rows: Mapping[str, Mapping[str, Fraction]]) -> dict[str, Fraction]:
    """A row without the leading numbers of others."""
    found = dict(row)
    for lead, other in rows.items():
        share = found.get(lead, Fraction(0))
        for one, part in other.items() if share else ():
            found[one] = found.get(one, Fraction(0)) - share * part
    return {one: share for one, share in found.items() if share}
