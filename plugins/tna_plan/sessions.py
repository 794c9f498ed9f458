"""Sessions against the number planned, as far as attendances show that they ran."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tna.model import PlanLine
from tna_plan.evidence import Evidence
from tna_plan.judgements import Judgement, Rating, judgement
from tna_plan.sending import TO_KNOW
from tna_plan.words import counted, day, number

UNSEEN = (
    "days are not sessions: two on one day, and sessions that nobody in these registers came to, are not seen"
)
AT_LEAST = ("at-least", "more-than")  # reached by any greater number; other numbers are not


@dataclass(frozen=True, slots=True)
class Shown:
    """What the records show within a line's period: days with attendances, and online attendances left out."""

    days: int
    online: int
    any_day: bool

    @property
    def silent(self) -> bool:
        """Whether no day of the period has an attendance that could be of a session."""
        return self.any_day or not self.days


def judge_sessions(line: PlanLine, evidence: Evidence) -> Judgement:
    """Days on which somebody attended, within the period, are no sessions: they show what the number could be."""
    attended = evidence.attended(line.course)
    shown = Shown(
        days=sum(_within(line, one) for one in attended.by_day),
        online=sum(count for one, count in attended.online.items() if _within(line, one)),
        any_day=line.course in evidence.taken_online,
    )
    days = f"attendances of {evidence.title(line.course)} on {counted(shown.days, 'day')}{_period(line)}"
    facts = {
        "actual": None if shown.silent else shown.days,
        "unit": "days with attendances",
        "evidence": "" if shown.silent else f"{days}; {UNSEEN}",
    }
    if line.target is None:
        said = f"{days}; no number of sessions is stated{online_words(shown.online)}"
        return judgement(line, "not-measured", said, **facts)
    rating = _rating(line, line.target, shown, evidence.as_of)
    planned = f"planned '{line.printed or line.says}', read as {number(line.target)}"
    words = [planned, *_words(line, rating, shown, days, evidence)]
    return judgement(line, rating, "; ".join(words) + online_words(shown.online), **facts)


def online_words(attendances: int) -> str:
    """What is said of attendances that are not counted because they were online."""
    if not attendances:
        return ""
    were = "is" if attendances == 1 else "are"
    return f"; {counted(attendances, 'online attendance')} {were} not counted, as attending online shows no session of it"


def _rating(line: PlanLine, target: float, shown: Shown, as_of: date) -> Rating:
    """Only a period that is over can be missed; one that runs is at risk when it is behind an even spread."""
    if line.period_from and as_of < line.period_from:
        return "not-due"
    if shown.silent:
        return "not-known"
    if shown.days > target:
        return "green" if line.comparison in AT_LEAST else "not-known"
    if shown.days == target and line.comparison != "more-than":
        return "green"
    if line.period_to and as_of > line.period_to:
        return "red"
    if not line.period_to or not line.period_from:
        return "not-due"
    gone, whole = (as_of - line.period_from).days + 1, (line.period_to - line.period_from).days + 1
    return "at-risk" if (shown.days + 1) * whole <= target * gone else "not-due"


def _words(line: PlanLine, rating: Rating, shown: Shown, days: str, evidence: Evidence) -> Iterator[str]:
    title = evidence.title(line.course)
    if rating == "not-known":
        yield _why_not_known(shown, days, title, _period(line))
    elif rating == "green":
        yield f"the records show {days}"
        reached = f"{number(line.target or 0)} of these days {'was a session' if line.target == 1 else 'were sessions'}"
        each = "that day was one session" if shown.days == 1 else "each of these days was one session"
        over = "more than " if line.comparison == "more-than" else "at least "
        yield f"met only if {over + reached if shown.days > (line.target or 0) else each}, which the registers do not show"
    elif rating == "red":
        yield f"the records show only {days}, and the period is over; {UNSEEN}"
    elif shown.silent:
        yield f"the period begins on {day(line.period_from or evidence.as_of)}"
    else:
        behind = ", fewer than an even spread would have by now" if rating == "at-risk" else ""
        yield f"the records show {days}{behind}"
        yield _left(line, evidence.as_of)
        yield UNSEEN


def _why_not_known(shown: Shown, days: str, title: str, period: str) -> str:
    if shown.any_day:
        return f"{title} is taken online, each in their own time, so days with attendances are no sessions"
    if not shown.days:
        return (
            f"the records show no dated attendance of {title}{period}, so nothing shows {TO_KNOW['sessions']}"
        )
    return f"the records show {days}; which of them were sessions is not in the registers"


def _left(line: PlanLine, as_of: date) -> str:
    if line.period_to is None:
        return "no period is stated by which it could be missed"
    return f"{counted(max(0, (line.period_to - as_of).days), 'day')} of the period are left"


def _within(line: PlanLine, when: date) -> bool:
    return (line.period_from or date.min) <= when <= (line.period_to or date.max)


def _period(line: PlanLine) -> str:
    if line.period_from and line.period_to:
        return f" from {day(line.period_from)} to {day(line.period_to)}"
    return (
        f" in {line.period}, of which no first and last day are stated, so at any time"
        if line.period
        else " at any time"
    )
