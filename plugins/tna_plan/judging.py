"""Judges one line of a plan on what registers show, in the way that its kind asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tna.model import PlanLine
from tna_plan.covering import judge_coverage
from tna_plan.dates import judge_dates
from tna_plan.evidence import Evidence
from tna_plan.judgements import Judgement, judgement
from tna_plan.sending import NOT_A_TARGET, SEND, TO_KNOW
from tna_plan.sessions import judge_sessions
from tna_plan.words import counted, day, listed, number, people

__all__ = ["Judgement", "judge"]


def judge(line: PlanLine, evidence: Evidence) -> Judgement:
    """What can be said of a line on the day of the evidence; a kind that registers say nothing of is not known."""
    return JUDGES.get(line.kind, judge_unknown)(line, evidence)


def judge_baseline(line: PlanLine, evidence: Evidence) -> Judgement:  # noqa: ARG001
    """A count to compare with later: it is no target, and no denominator makes a rate of it."""
    if line.target is None:
        return judgement(line, "not-measured", "no number is stated")
    about = {"more-than": "more than ", "about": "about "}.get(line.comparison, "")
    period = f", {line.period}" if line.period else ""
    return judgement(line, "not-measured", f"{about}{number(line.target)} {line.unit}{period}")


def judge_ambition(line: PlanLine, evidence: Evidence) -> Judgement:
    """An ambition that states no number cannot be true or false; what it lacks is said."""
    if line.target is not None:
        return judge_unknown(line, evidence)
    stated = {"lead": line.lead, "date": line.dates or line.period_to, "measure": ""}
    missing = [name for name, value in stated.items() if not value]
    return judgement(
        line, "not-measured", f"no {listed(missing, joined='or')} is stated{LEARNING.get(line.learning, '')}"
    )


LEARNING = {
    "yes": ", for what is about learning and development",
    "question": ", for what may be about learning",
}


def judge_risk(line: PlanLine, evidence: Evidence) -> Judgement:  # noqa: ARG001
    """A risk is watched, not met."""
    return judgement(line, "not-measured", NOT_A_TARGET)


def judge_share_of_attenders(line: PlanLine, evidence: Evidence) -> Judgement:
    """Evaluation and follow-up: registers show of how many people, not how many of them."""
    attended = evidence.attended(line.course).people if line.course else 0
    if not attended:
        return judge_unknown(line, evidence)
    so_many = f"{people(attended)} who attended {evidence.title(line.course)}"
    because = f"the records show {so_many}; {TO_KNOW[line.kind]} is not in the registers"
    return judgement(line, "not-known", because, denominator=attended, evidence=so_many)


def judge_unknown(line: PlanLine, evidence: Evidence) -> Judgement:
    """Not known: what would have to be sent, and what the records show of its course meanwhile."""
    because = f"{TO_KNOW.get(line.kind, 'whether it was done')} is not in the registers"
    return judgement(line, "not-known", because, evidence=_seen(line, evidence))


def _seen(line: PlanLine, evidence: Evidence) -> str:
    attended = evidence.attended(line.course)
    if not attended.times:
        return ""
    last = max((*attended.by_day, *attended.online))
    return (
        f"{counted(attended.times, 'attendance')} of {evidence.title(line.course)}, the last on {day(last)}"
    )


JUDGES: Mapping[str, Callable[[PlanLine, Evidence], Judgement]] = {
    "coverage": judge_coverage,
    "sessions": judge_sessions,
    "dates": judge_dates,
    "baseline": judge_baseline,
    "ambition": judge_ambition,
    "risk": judge_risk,
    "evaluation": judge_share_of_attenders,
    "follow-up": judge_share_of_attenders,
    **{
        kind: judge_unknown
        for kind in SEND
        if kind in ("availability", "activity", "quality", "review", "outcome")
    },
}
