"""A part of a whole: the only way a rate enters a report, so that its numerator and denominator travel with it."""

from __future__ import annotations

from dataclasses import dataclass

from tna import wording


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def rest(self) -> int:
        """What of the whole is not in the part."""
        return self.whole - self.part

    @property
    def words(self) -> str:
        """ "12 of 30"."""
        return wording.share(self.part, self.whole)

    @property
    def percent(self) -> str:
        """Whole per cent, rounded down; "" of nothing."""
        return wording.percent(self.part, self.whole)

    @property
    def quarter(self) -> int:
        """The quarter that the share lies in, 0 to 3; the whole is in the last."""
        return min(3, self.part * 4 // self.whole) if self.whole else 0
