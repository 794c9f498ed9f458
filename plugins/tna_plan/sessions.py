"""Sessions against the number planned, as far as attendances show that they ran."""

from __future__ import annotations

from datetime import date

from tna.model import PlanLine
from tna_plan.evidence import Evidence
from tna_plan.judgements import Judgement, Rating, judgement
from tna_plan.words import counted, day, number

LEAST = "two sessions on one day, and sessions that nobody in these registers came to, are not seen"


def judge_sessions(line: PlanLine, evidence: Evidence) -> Judgement:
    """The days on which somebody attended, within the period, are the least number of sessions that ran."""
    seen = evidence.attended(line.course).by_day
    days = [one for one in seen if _within(line, one)]
    shown = f"attendances of {evidence.title(line.course)} on {counted(len(days), 'day')}{_period(line)}"
    facts = {
        "actual": len(days),
        "unit": "days with attendances",
        "evidence": f"{shown}: a least number, as {LEAST}",
    }
    if line.target is None:
        return judgement(line, "not-measured", f"{shown}; no number of sessions is stated", **facts)
    if not seen:
        facts |= {"actual": None, "evidence": ""}
    rating = _rating(line, line.target, len(days), bool(seen), evidence.as_of)
    more = "; more than planned: see whether each of these days was a session"
    over = more if line.comparison == "exactly" and len(days) > line.target else ""
    return judgement(line, rating, _sessions_words(line, rating, shown, evidence) + over, **facts)


def _rating(line: PlanLine, target: float, days: int, seen: bool, as_of: date) -> Rating:
    """Only a period that is over can be missed; one that runs is at risk when it is behind an even spread."""
    if days > target or (days == target and line.comparison != "more-than"):
        return "green"
    if line.period_from and as_of < line.period_from:
        return "not-due"
    if not seen:
        return "not-known"
    if line.period_to and as_of > line.period_to:
        return "red"
    if not line.period_to or not line.period_from:
        return "not-due"
    gone, whole = (as_of - line.period_from).days + 1, (line.period_to - line.period_from).days + 1
    return "at-risk" if (days + 1) * whole <= target * gone else "not-due"


def _sessions_words(line: PlanLine, rating: Rating, shown: str, evidence: Evidence) -> str:
    planned = f"planned '{line.printed or line.says}', read as {number(line.target or 0)}"
    if rating == "green":
        return f"{planned}; the records show {shown}"
    if rating == "not-known":
        return f"{planned}; no dated record of {evidence.title(line.course)} was sent, so nothing shows how many ran"
    tail = f"; that is a least number: {LEAST}"
    if rating == "red":
        return f"{planned}; the records show only {shown}, and the period is over{tail}"
    if line.period_to is None:
        return (
            f"{planned}; the records show {shown}, and no period is stated by which it could be missed{tail}"
        )
    left = f"{counted(max(0, (line.period_to - evidence.as_of).days), 'day')} of the period are left"
    behind = ", fewer than an even spread would have by now" if rating == "at-risk" else ""
    return f"{planned}; the records show {shown}{behind}; {left}{tail}"


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
