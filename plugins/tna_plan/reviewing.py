"""Judges the lines of a plan on all that was sent in the year, and on the registers where nothing was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from tna.model import AnnualReview, Flag, Judgement, PlanLine
from tna_plan.flagging import flags
from tna_plan.judging import judge
from tna_plan.sending import SEND
from tna_plan.targets import lines
from tna_plan.year import Year, gather_year
from tna_plan.year_covering import judge_range
from tna_plan.year_forms import FOLLOW_UPS, FORMS, judge_evaluation, judge_followup, judge_quality
from tna_plan.year_sessions import judge_dates, judge_sessions
from tna_plan.year_words import beside, judge_outcome, judge_update

BY_NUMBER = ("sessions", "dates", "evaluation", "follow-up")
Judge = Callable[[PlanLine, Year], Judgement | None]
JUDGES: Mapping[str, tuple[Judge, ...]] = {  # the first that has something to say is heard
    "coverage": (judge_range,),
    "sessions": (judge_sessions,),
    "dates": (judge_dates,),
    "evaluation": (judge_evaluation,),
    "follow-up": (judge_followup,),
    "quality": (judge_quality, judge_update),
    "outcome": (judge_outcome, judge_update),
    "activity": (judge_update,),
    "availability": (judge_update,),
    "review": (judge_update,),
    "ambition": (judge_update,),
}


def review_lines(review: AnnualReview) -> Iterator[Judgement | Flag]:
    """Every line as judged, fit to be shown, and the flags that follow."""
    year = gather_year(review)
    judged = [_shown(review, line, judge_in_year(line, year), year) for line in lines(review.board)]
    yield from judged
    yield from flags(judged)


def _shown(review: AnnualReview, line: PlanLine, one: Judgement, year: Year) -> Judgement:
    """A judgement without numbers that the review's own tables do not show either."""
    forms, followed = year.forms.get(line.course), year.followed.get(line.course)
    hidden = {
        "coverage": year.whole_hidden and not line.course,
        "evaluation": bool(forms and forms.hidden and one.evidence == FORMS),
        "follow-up": bool(followed and followed.hidden and one.evidence == FOLLOW_UPS),
    }
    numbers = one.actual is not None or one.denominator is not None
    return review.without_numbers(one) if numbers and hidden.get(line.kind) else review.shown(one)


def judge_in_year(line: PlanLine, year: Year) -> Judgement:
    """What can be said of a line: of what was sent in the year, else of the registers alone.

    A line that numbers judge is not judged by a word on it; a line without a number may be.
    """
    found = next((said for ask in JUDGES.get(line.kind, ()) if (said := ask(line, year))), None)
    if line.kind not in BY_NUMBER:
        return _with_what_to_send(found or judge(line, year.evidence))
    if found is None and line.target is None and not line.dates:
        found = judge_update(line, year)
        return _with_what_to_send(found or judge(line, year.evidence))
    one = found or _at_least(judge(line, year.evidence))
    return _with_what_to_send(replace(one, because=f"{one.because.rstrip('.')}{beside(line, year)}"))


def _at_least(one: Judgement) -> Judgement:
    """Days with attendances are the least number of sessions there were: fewer than planned is no miss."""
    if one.kind not in ("sessions", "dates") or one.rating != "red":
        return one
    return replace(one, rating="not-known")


def _with_what_to_send(one: Judgement) -> Judgement:
    """A line that is not known says what to send to know it."""
    if one.rating != "not-known":
        return one
    said = one.because.replace("is not in the registers", "is not in what was sent").rstrip(".")
    return replace(one, because=f"{said}. To know it, send {SEND.get(one.kind, 'word of it')}.")
