"""On what terms training counts: how long it holds, in which modes, how much of it, and by when it must be done."""

from __future__ import annotations

from dataclasses import dataclass

from tna.model.packs import Mode, Origin


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours added up over a rolling window of months; a range has a most, and a share may have to be together.

    `together_percent` is the share of the hours asked, in modes of `together`; 0 when no share is stated.
    """

    at_least: float
    months: int
    up_to: float | None = None
    together_percent: int = 0
    together: tuple[Mode, ...] = ("face-to-face", "blended")

    def __str__(self) -> str:
        hours = f"{self.at_least:g} to {self.up_to:g}" if self.up_to else f"{self.at_least:g}"
        share = (
            f", {self.together_percent}% of them {' or '.join(self.together)}"
            if self.together_percent
            else ""
        )
        return f"{hours} hours in {self.months} months{share}"


@dataclass(frozen=True, slots=True)
class Choose:
    """So many different courses of a list; each counts while it holds by itself."""

    at_least: int
    courses: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.at_least} of {len(self.courses)} courses ({', '.join(self.courses)})"


@dataclass(frozen=True, slots=True)
class Within:
    """A length of time from the first day of a job, in one of its units."""

    days: int = 0
    weeks: int = 0
    months: int = 0

    def __str__(self) -> str:
        number, unit = next((n, u) for u in ("day", "week", "month") if (n := getattr(self, f"{u}s")))
        return f"{number} {unit}{'' if number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Term:
    """On what terms training counts: a refresh interval, accepted modes; empty ids mean all, the strictest wins."""

    origin: Origin
    competencies: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()
    months: int | None = None
    modes: tuple[Mode, ...] = ()
    hours: Hours | None = None
    choose: Choose | None = None
    within: Within | None = None
    note: str = ""

    def __str__(self) -> str:
        about = [*self.competencies, *(f"course {one}" for one in self.courses), *self.levels]
        asks = [
            f"holds for {self.months} months" if self.months else "",
            f"only {' or '.join(self.modes)}" if self.modes else "",
            str(self.hours or ""),
            str(self.choose or ""),
            f"within {self.within} of starting" if self.within else "",
        ]
        return f"{', '.join(about) or 'everything'}: {'; '.join(filter(None, asks))}"
