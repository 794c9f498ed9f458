"""What an annual review holds: the lines of the plan as judged, and the tables they were judged on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from tna.model.answers import Analysis, Board
from tna.suppression import words_for_hidden

if TYPE_CHECKING:
    import duckdb

# What the first word of a unit says is counted, where it is people or what each of them did once.
OF_PEOPLE = (
    "people",
    "practitioners",
    "individuals",
    "professionals",
    "trainers",
    "forms",
    "attendances",
    "percent",
)
# not-due: the time for it is not over; at-risk: not over, and behind; not-measured: the line states nothing to measure.
Rating = Literal["green", "amber", "red", "at-risk", "not-due", "not-known", "not-measured"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A line of plan.csv: `actual` of `denominator` (None: not known, or there is none) in `unit`, and a rating.

    `evidence` says what the judgement rests on, `source` where the line stands in the board's documents.
    """

    line: str
    kind: str
    target: float | None
    floor: float | None
    actual: int | None
    unit: str
    denominator: int | None
    rating: Rating
    evidence: str
    source: str
    because: str


@dataclass(frozen=True, slots=True)
class AnnualReview:
    """A year of a board on the day it is reviewed; its tables are DuckDB relations, read-only.

    `analysis` has the registers' tables, empty where no analysis was given (`analysed` says so). Unless `internal`,
    the tables of the year have no small numbers (under `threshold`) and are what may be printed; the same tables
    under `counted_...` have all numbers and are what to judge on. They are `returned`, `combined`, `delivery`,
    `held_sessions`, `agency_mix`, `no_shows`, `places_needed`, `evaluation`, `evaluation_change`, `evaluated`,
    `followup`, `followup_sample`, `observed`, `observed_summary`, `outcomes_by_period` and `updates`.
    """

    board: Board
    year: str
    first: date
    last: date
    as_of: date
    connection: duckdb.DuckDBPyConnection
    analysed: bool = False
    internal: bool = False
    threshold: int = 1
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def analysis(self) -> Analysis:
        """The analysis behind the review, as far as one was given."""
        return Analysis(self.board, self.as_of, self.connection, self.about)

    def table(self, name: str) -> duckdb.DuckDBPyRelation:
        """One table of the review by name; raises duckdb.CatalogException for an unknown one."""
        return self.connection.table(name)

    def shown(self, one: Judgement) -> Judgement:
        """A judgement as it may be printed: without numbers of people that are small, or would be by subtraction."""
        numbers = [number for number in (one.actual, one.denominator) if number is not None]
        small = any(
            0 < number < self.threshold
            for number in (*numbers, max(numbers, default=0) - min(numbers, default=0))
        )
        if self.internal or not small or one.unit.split(" ")[0] not in OF_PEOPLE:
            return one
        return self.without_numbers(one)

    def without_numbers(self, one: Judgement) -> Judgement:
        """A judgement whose numbers may not be printed: only how the line stands."""
        words = f"The numbers are not shown: {words_for_hidden(self.threshold)}."
        return replace(one, actual=None, denominator=None, evidence="", because=words)
