"""Sessions held in a year against those planned: by number, and by the dates a plan lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tna.model import Judgement, PlanLine
from tna_plan.judgements import Rating, judgement
from tna_plan.words import counted, day, listed, number
from tna_plan.year import Year


def judge_sessions(line: PlanLine, year: Year) -> Judgement | None:
    """The sessions held within the line's own period, else the year; None when nothing was sent of the course."""
    states = year.sessions.get(line.course)
    if not states:
        return None
    first, last = line.period_from or year.first, line.period_to or year.last
    of_year = {when: state for when, state in states.items() if first <= when <= last}
    held = sum(state == "held" for state in of_year.values())
    facts = {
        "actual": held,
        "unit": "sessions held",
        "evidence": f"sessions sent: {_tally(of_year.values())}",
    }
    if line.target is None:
        said = f"{_held(held)} from {day(first)} to {day(last)}; no number of sessions is stated"
        return judgement(line, "not-measured", said, **facts)
    planned = f"planned '{line.printed or line.says}', read as {number(line.target)}"
    rating = _rating(line.target, list(of_year.values()), year.as_of, first, last)
    words = [
        planned,
        f"{_held(held)} from {day(first)} to {day(min(last, year.as_of))}",
        *_rest(of_year, year, last),
    ]
    return judgement(line, rating, "; ".join(words), **facts)


def _rating(target: float, states: list[str], as_of: date, first: date, last: date) -> Rating:
    """Green once as many are held; missed only when the period is over and nothing unknown could make up for it."""
    held, unknown, coming = (states.count(state) for state in ("held", "not-known", "to-come"))
    if held >= target:
        return "green"
    if as_of < first:
        return "not-due"
    if as_of > last:
        return "not-known" if held + unknown >= target else "red"
    gone, whole = (as_of - first).days + 1, (last - first).days + 1
    behind = (held + 1) * whole <= target * gone
    return "at-risk" if behind and held + unknown + coming < target else "not-due"


def _held(held: int) -> str:
    return f"{counted(held, 'session')} held"


def _tally(states: object) -> str:
    found = list(states)  # type: ignore[call-overload]
    words = {
        "held": "held",
        "cancelled": "cancelled",
        "not-known": "of which it is not known",
        "to-come": "to come",
    }
    return (
        listed([f"{found.count(state):,} {says}" for state, says in words.items() if state in found])
        or "none"
    )


def _rest(states: dict[date, str], year: Year, last: date) -> Iterator[str]:
    unknown = [day(when) for when, state in sorted(states.items()) if state == "not-known"]
    if unknown:
        yield f"say whether sessions were held on {listed(unknown)}"
    coming = [day(when) for when, state in sorted(states.items()) if state == "to-come"]
    if coming:
        yield f"to come: {listed(coming)}"
    if year.as_of <= last:
        yield f"{counted((last - year.as_of).days, 'day')} of the period are left"


def judge_dates(line: PlanLine, year: Year) -> Judgement | None:
    """Each listed date by the session of that day; None when nothing was sent of the course."""
    states = year.sessions.get(line.course)
    if not states:
        return None
    attended = year.evidence.attended(line.course).by_day
    seen = {when: "held" if when in attended else states.get(when, "") for when in line.dates}
    past = [when for when in line.dates if when < year.as_of or seen[when] == "held"]
    held = [when for when in past if seen[when] == "held"]
    missed = [when for when in past if seen[when] == "cancelled"]
    unknown = [when for when in past if seen[when] in ("", "not-known", "to-come")]
    coming = [when for when in line.dates if when not in past]
    also = [
        when
        for when, state in states.items()
        if state == "held" and when not in line.dates and year.first <= when <= year.last
    ]
    words = [
        f"{year.evidence.title(line.course)}: {len(held)} of {counted(len(past), 'past date')} held, of {len(line.dates)} listed"
    ]
    words += [f"cancelled: {listed(map(day, missed))}"] if missed else []
    words += [f"say whether sessions were held on {listed(map(day, unknown))}"] if unknown else []
    words += [f"held also on {listed(map(day, sorted(also)))}, which the plan does not list"] if also else []
    words += [f"to come: {listed(map(day, coming))}"] if coming else []
    return judgement(
        line, _rated(missed, unknown, coming), "; ".join(words), actual=len(held), denominator=len(past),
        unit="listed dates held", evidence=f"sessions sent: {_tally(states.values())}",
    )  # fmt: skip


def _rated(missed: list[date], unknown: list[date], coming: list[date]) -> Rating:
    if missed:
        return "at-risk" if coming else "red"
    if unknown:
        return "not-known"
    return "not-due" if coming else "green"
