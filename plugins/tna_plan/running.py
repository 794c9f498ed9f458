"""Sessions against the number planned and the dates listed, as far as attendances show that they ran."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tna.model import PlanLine
from tna_plan.evidence import Evidence
from tna_plan.judgements import Judgement, Rating, judgement
from tna_plan.words import counted, day, listed, number

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
    return judgement(line, rating, _sessions_words(line, rating, shown, evidence), **facts)


def _rating(line: PlanLine, target: float, days: int, seen: bool, as_of: date) -> Rating:
    """Only a period that is over can be missed; one that runs is at risk when it is behind an even spread."""
    if days > target or (days == target and line.comparison != "more-than"):
        return "green"
    if line.period_from and as_of < line.period_from:
        return "not-due"
    if not seen:
        return "not-known"
    if line.period_to is None or line.period_from is None:
        return "not-due"
    if as_of > line.period_to:
        return "red"
    gone, whole = (as_of - line.period_from).days + 1, (line.period_to - line.period_from).days + 1
    return "at-risk" if (days + 1) * whole <= target * gone else "not-due"


def _sessions_words(line: PlanLine, rating: Rating, shown: str, evidence: Evidence) -> str:
    planned = f"planned '{line.printed or line.says}', read as {number(line.target or 0)}"
    if rating == "green":
        return f"{planned}; the records show {shown}"
    if rating == "not-known":
        return (
            f"{planned}; no record of {evidence.title(line.course)} was sent, so nothing shows how many ran"
        )
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


def judge_dates(line: PlanLine, evidence: Evidence) -> Judgement:
    """Past or to come follows from the day of the analysis; a past date with an attendance was held."""
    seen = evidence.attended(line.course).by_day
    past = [one for one in line.dates if one < evidence.as_of]
    held = [one for one in line.dates if one in seen]
    unseen = [one for one in past if one not in seen]
    facts = {
        "actual": len(held) if seen or not past else None,
        "denominator": len(past),
        "unit": "listed dates with attendances",
        "evidence": f"attendances of {evidence.title(line.course)} on {len(held)} of {counted(len(past), 'past date')}",
    }
    rating = _dates_rating(line, seen=bool(seen), unseen=unseen, as_of=evidence.as_of)
    return judgement(line, rating, _dates_words(line, past, unseen, evidence), **facts)


def _dates_rating(line: PlanLine, *, seen: bool, unseen: Sequence[date], as_of: date) -> Rating:
    to_come = any(one >= as_of for one in line.dates)
    if unseen and not seen:
        return "not-known"
    if unseen:
        return "at-risk" if to_come else "red"
    return "not-due" if to_come else "green"


def _dates_words(line: PlanLine, past: Sequence[date], unseen: Sequence[date], evidence: Evidence) -> str:
    seen = evidence.attended(line.course).by_day
    coming = [one for one in line.dates if one >= evidence.as_of]
    parts = [f"{len(past)} of {counted(len(line.dates), 'listed date')} are past on {day(evidence.as_of)}"]
    if past and not seen:
        parts.append(
            f"no record of {evidence.title(line.course)} was sent, so nothing shows whether any was held"
        )
    elif past:
        parts.append(f"the records show attendances on {len(past) - len(unseen)} of these {len(past)}")
        parts += [f"none on {listed([day(one) for one in unseen])}: held or not?"] if unseen else []
    other = [one for one in seen if one not in line.dates]
    if other and unseen:
        parts.append(f"on {counted(len(other), 'day')} that the plan does not list there are attendances too")
    if coming:
        parts.append(f"to come: {listed([day(one) for one in coming])}")
    return "; ".join(parts)
