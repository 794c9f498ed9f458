"""Evaluation on the day, the follow-up after some months, and what observers saw, against what the plan says."""

from __future__ import annotations

from tna.model import Judgement, PlanLine
from tna_plan.judgements import judgement, rated
from tna_plan.words import counted, number, people
from tna_plan.year import Followed, Looked, Year

FORMS, FOLLOW_UPS = "evaluation forms", "follow-ups"  # what a judgement rests on


def judge_evaluation(line: PlanLine, year: Year) -> Judgement | None:
    """Forms with an answer before and after, on the day, of attendances at the sessions held."""
    found = year.forms.get(line.course)
    if not found or ("forms", line.course) not in year.sent:
        return None
    said = f"{counted(found.on_day, 'form')} with every answer before and after, on the day of the session"
    facts = {
        "actual": found.on_day,
        "denominator": found.attended,
        "unit": "forms of attendances",
        "evidence": FORMS,
    }
    if not found.attended:
        return judgement(line, "not-known", f"{said}; of how many attendances is not stated", **facts)
    because = f"{said}, of {counted(found.attended, 'attendance')} ({found.denominator})"
    if line.target is None:
        return judgement(line, "not-measured", f"{because}; no percentage is stated", **facts)
    rating = rated(min(found.on_day, found.attended), found.attended, line.target, line.floor)
    return judgement(line, rating, f"{because}, against {number(line.target)}%", **facts)


def judge_followup(line: PlanLine, year: Year) -> Judgement | None:
    """People met again with all that the plan asks, of all who were trained; no last day is stated, so none is missed."""
    found = year.followed.get(line.course)
    if not found or not found.trained or line.target is None:
        return None
    if ("follow-ups", line.course) not in year.sent:
        trained = f"{people(found.trained)} trained, as the records show; who was met again was not sent"
        return judgement(
            line, "not-known", trained, denominator=found.trained, unit="people", evidence="records"
        )
    words = _met(line.target, found)
    facts = {"actual": found.done, "denominator": found.trained, "unit": "people", "evidence": FOLLOW_UPS}
    if found.done >= found.needed:
        return judgement(line, "green", words, **facts)
    return judgement(line, "at-risk" if found.due > found.done else "not-due", words, **facts)


def _met(share: float, found: Followed) -> str:
    """Who was met again of all trained, who was drawn and is due, as far as it may be printed."""
    words = f"{people(found.done)} met again of {people(found.trained)} trained"
    if found.shown_needed is not None:
        words += f"; {number(share)}% is {found.shown_needed:,}"
    if found.shown_sample is not None and found.shown_due is not None:
        words += f"; drawn: {found.shown_sample:,}, of whom {found.shown_due:,} are due"
    if found.short:
        some = "some" if found.shown_short is None else people(found.shown_short)
        words += f"; {some} more were met too early, or are not shown to have been with the line manager"
    return words


def judge_quality(line: PlanLine, year: Year) -> Judgement | None:
    """A thing of the checklist as observers saw it, or how often a course was observed."""
    looked = year.looked.get(line.id) if line.checklist else None
    if looked and looked.observations:
        return _looked(line, looked)
    times = year.observed.get(line.course, 0) if line.course else 0
    if not times:
        return None
    return judgement(line, "green", f"{year.evidence.title(line.course)} was observed {counted(times, 'time')}",
                     actual=times, unit="observations", evidence="observations")  # fmt: skip


def _looked(line: PlanLine, looked: Looked) -> Judgement:
    words = f"seen in {looked.seen:,} of {counted(looked.observations, 'observation')}"
    words += f", not seen in {looked.unseen:,}" if looked.unseen else ""
    words += f", not mentioned in {looked.silent:,}" if looked.silent else ""
    facts = {
        "actual": looked.seen,
        "denominator": looked.observations,
        "unit": "observations",
        "evidence": "observations",
    }
    if looked.unseen:
        return judgement(line, "at-risk", words, **facts)
    return judgement(line, "green" if looked.seen == looked.observations else "not-known", words, **facts)
