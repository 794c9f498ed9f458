"""Whether counts of people may stand side by side: those counted in one and not in the other are nobody, or enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tna.duck import fill

if TYPE_CHECKING:
    import duckdb

Gap = tuple[str, str]  # a level and a competency
MOST_BITS = 62


@dataclass(frozen=True, slots=True)
class Sides:
    """How many people are in which of some groups: a bit a group, `people` by their bits."""

    bits: Mapping[object, int]
    people: Mapping[int, int]

    def only(self, one: object, other: object) -> int:
        """How many people are in one group and not in another."""
        first, second = 1 << self.bits[one], 1 << self.bits[other]
        return sum(count for bits, count in self.people.items() if bits & first and not bits & second)


def sides(connection: duckdb.DuckDBPyConnection, gaps: Sequence[Gap], courses: Sequence[str]) -> Sides:
    """The groups of those who need each of some competencies, and of those advised each of some courses.

    Courses beyond what fits are left out, and so must not be shown beside a gap.
    """
    kept = list(courses)[: MOST_BITS - len(gaps)]
    bits: dict[object, int] = {key: place for place, key in enumerate((*gaps, *kept))}
    fill(connection, "shown_gaps", ["level VARCHAR", "competency VARCHAR", "bit INTEGER"],
         [(*gap, bits[gap]) for gap in gaps])  # fmt: skip
    fill(connection, "shown_courses", ["course VARCHAR", "bit INTEGER"], [(one, bits[one]) for one in kept])
    rows = connection.execute("""
        with each as (
            select person_id, bit from gaps join shown_gaps using (level, competency)
            union all select person_id, bit from recommendations join shown_courses using (course) where plugin = 'courses'
        )
        select bits, count(*) from (select person_id, bit_or(1::BIGINT << bit) as bits from each group by person_id)
        group by bits
    """).fetchall()
    return Sides(bits, dict(rows))


def beside(
    found: Sides, wanted: Iterable[Gap], shown: Sequence[object], small: Callable[[int], bool]
) -> frozenset[Gap]:
    """Of the gaps wanted, first come first kept, those that may stand beside what is shown and beside each other."""
    kept: list[object] = [one for one in shown if one in found.bits]
    allowed: list[Gap] = []
    for gap in wanted:
        if not any(small(found.only(gap, other)) or small(found.only(other, gap)) for other in kept):
            kept.append(gap)
            allowed.append(gap)
    return frozenset(allowed)
