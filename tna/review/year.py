"""The year that a review is about, and the day on which it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Year:
    """The first and the last day of the year under review, both part of it, and the day the question is asked."""

    first: date
    last: date
    as_of: date

    def within(self, day: date) -> bool:
        """Whether a day is of this year."""
        return self.first <= day <= self.last

    @property
    def bounds(self) -> dict[str, date]:
        """The first and the last day as the values `$first` and `$last` of a question in SQL."""
        return {"first": self.first, "last": self.last}
