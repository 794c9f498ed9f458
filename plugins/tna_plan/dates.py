"""Dates that a plan lists: which are past, on which of them somebody attended, and which are to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tna.model import PlanLine
from tna_plan.evidence import Evidence
from tna_plan.judgements import Judgement, Rating, judgement
from tna_plan.sessions import online_words
from tna_plan.words import counted, day, listed


@dataclass(frozen=True, slots=True)
class Listed:
    """The listed dates: attended, past without an attendance, to come; and attended days that are not listed.

    `other` days lie within the line's bounds: the period's first and last day, else the first and last date listed.
    `before` and `after` are the days outside them, `online` the attendances within them that show no session.
    """

    held: tuple[date, ...]
    unseen: tuple[date, ...]
    coming: tuple[date, ...]
    other: tuple[date, ...]
    before: int
    after: int
    online: int

    @property
    def past(self) -> int:
        """How many listed dates are behind us; a date of today is when somebody has attended."""
        return len(self.held) + len(self.unseen)

    @property
    def seen(self) -> bool:
        """Whether the records show any attendance in the time that the line is about."""
        return bool(self.held or self.other)


def judge_dates(line: PlanLine, evidence: Evidence) -> Judgement:
    """Past or to come follows from the day of the analysis; only when no date is to come can the line be missed."""
    found = _listed(line, evidence)
    title, past = evidence.title(line.course), counted(found.past, "past date")
    return judgement(
        line,
        _rating(found),
        "; ".join(_words(line, found, evidence)) + online_words(found.online),
        actual=len(found.held) if found.seen or not found.past else None,
        denominator=found.past,
        unit="listed dates with attendances",
        evidence=f"attendances of {title} on {len(found.held)} of {past}" if found.seen else "",
    )


def _listed(line: PlanLine, evidence: Evidence) -> Listed:
    attended = evidence.attended(line.course)
    seen, (first, last) = attended.by_day, _bounds(line)
    return Listed(
        held=tuple(one for one in line.dates if one in seen),
        unseen=tuple(one for one in line.dates if one not in seen and one < evidence.as_of),
        coming=tuple(one for one in line.dates if one not in seen and one >= evidence.as_of),
        other=tuple(one for one in seen if one not in line.dates and first <= one <= last),
        before=sum(one < first and one not in line.dates for one in seen),
        after=sum(one > last and one not in line.dates for one in seen),
        online=sum(count for one, count in attended.online.items() if first <= one <= last),
    )


def _bounds(line: PlanLine) -> tuple[date, date]:
    first = line.period_from or min(line.dates, default=date.min)
    return first, line.period_to or max(line.dates, default=date.max)


def _rating(found: Listed) -> Rating:
    if found.unseen and not found.seen:
        return "not-known"
    if found.unseen:
        return "at-risk" if found.coming else "red"
    return "not-due" if found.coming else "green"


def _words(line: PlanLine, found: Listed, evidence: Evidence) -> Iterator[str]:
    title = evidence.title(line.course)
    yield f"{title}: {found.past} of {counted(len(line.dates), 'listed date')} past on {day(evidence.as_of)}"
    if found.unseen and not found.seen:
        yield f"no dated attendance of it that shows a session was sent{_when(line)}, so nothing shows whether any was held"
    elif found.past:
        yield f"the records show attendances on {len(found.held)} of these {found.past}"
        if found.unseen:
            yield f"none on {listed(map(day, found.unseen))}: say whether sessions were held then"
    if found.other:
        yield f"attendances also on {counted(len(found.other), 'day')} that the plan does not list{_when(line)}"
    yield from _outside(line, found)
    if found.coming:
        yield f"to come: {listed(map(day, found.coming))}"


def _when(line: PlanLine) -> str:
    first, last = _bounds(line)
    return f" from {day(first)} to {day(last)}" if line.dates else ""


def _outside(line: PlanLine, found: Listed) -> Iterator[str]:
    """Days with attendances that the line is not about."""
    since = "the period begins" if line.period_from else "the first date listed"
    until = "the period ends" if line.period_to else "the last date listed"
    if found.before:
        yield f"left out: attendances on {counted(found.before, 'day')} before {since}"
    if found.after:
        yield f"left out: attendances on {counted(found.after, 'day')} after {until}"
