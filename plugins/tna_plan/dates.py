"""Dates that a plan lists: which are past, on which of them somebody attended, and which are to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tna.model import PlanLine
from tna_plan.evidence import Evidence
from tna_plan.judgements import Judgement, Rating, judgement
from tna_plan.words import counted, day, listed


@dataclass(frozen=True, slots=True)
class Listed:
    """The listed dates: attended, past without an attendance, to come; and attended days that are not listed."""

    held: tuple[date, ...]
    unseen: tuple[date, ...]
    coming: tuple[date, ...]
    other: tuple[date, ...]

    @property
    def past(self) -> int:
        """How many listed dates are behind us; a date of today is when somebody has attended."""
        return len(self.held) + len(self.unseen)


def judge_dates(line: PlanLine, evidence: Evidence) -> Judgement:
    """Past or to come follows from the day of the analysis; only when no date is to come can the line be missed."""
    seen = evidence.attended(line.course).by_day
    found = Listed(
        held=tuple(one for one in line.dates if one in seen),
        unseen=tuple(one for one in line.dates if one not in seen and one < evidence.as_of),
        coming=tuple(one for one in line.dates if one not in seen and one >= evidence.as_of),
        other=tuple(one for one in seen if one not in line.dates),
    )
    title, past = evidence.title(line.course), counted(found.past, "past date")
    return judgement(
        line,
        _rating(found, seen=bool(seen)),
        "; ".join(_words(line, found, evidence)),
        actual=len(found.held) if seen or not found.past else None,
        denominator=found.past,
        unit="listed dates with attendances",
        evidence=f"attendances of {title} on {len(found.held)} of {past}" if seen else "",
    )


def _rating(found: Listed, *, seen: bool) -> Rating:
    if found.unseen and not seen:
        return "not-known"
    if found.unseen:
        return "at-risk" if found.coming else "red"
    return "not-due" if found.coming else "green"


def _words(line: PlanLine, found: Listed, evidence: Evidence) -> Iterator[str]:
    title = evidence.title(line.course)
    yield f"{title}: {found.past} of {counted(len(line.dates), 'listed date')} past on {day(evidence.as_of)}"
    if found.unseen and not (found.held or found.other):
        yield "no dated record of it was sent, so nothing shows whether any was held"
    elif found.past:
        yield f"the records show attendances on {len(found.held)} of these {found.past}"
        if found.unseen:
            yield f"none on {listed(map(day, found.unseen))}: say whether sessions were held then"
    if found.other:
        yield f"attendances also on {counted(len(found.other), 'day')} that the plan does not list"
    if found.coming:
        yield f"to come: {listed(map(day, found.coming))}"
