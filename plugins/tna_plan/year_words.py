"""Lines that only words can tell of: dated updates with a status somebody judged, and counts that claim no cause."""

from __future__ import annotations

from collections.abc import Mapping

from tna.model import Judgement, PlanLine
from tna_plan.judgements import Rating, judgement
from tna_plan.words import day
from tna_plan.year import Update, Year

SAYS = {"done": "done", "under-way": "under way", "not-begun": "not begun", "dropped": "dropped"}
OPEN: Mapping[str, tuple[Rating, Rating]] = {  # while there is time, and when the period is over
    "under-way": ("not-due", "red"),
    "not-begun": ("at-risk", "red"),
}
NO_CAUSE = "counts stand beside the training and are not said to come of it"


def judge_update(line: PlanLine, year: Year) -> Judgement | None:
    """A line by the latest word on it and the status judged; the plan's own printed update is a word without a status."""
    found = year.updates.get(line.id) or _printed(line, year)
    if not found:
        return None
    words = told(found)
    facts = {"evidence": f"{words}{f', by {found.post}' if found.post else ''}"}
    if found.status not in SAYS:
        asks = (
            "updates of one day disagree"
            if found.status
            else "whether it was done is a judgement of its own: state its status"
        )
        return judgement(line, "not-known", f"{words}; {asks}", **facts)
    return judgement(
        line, _rating(line, found.status, year), f"judged {SAYS[found.status]}; {words}", **facts
    )


def told(found: Update) -> str:
    """An update with its day, in its own words."""
    when = f" of {day(found.when)}" if found.when else ", not dated"
    return f"update{when}: '{found.words}'" if found.words else f"update{when}, without words"


def beside(line: PlanLine, year: Year) -> str:
    """What is said of the latest update beside a line that numbers judge: a word is shown, and makes no number."""
    found = year.updates.get(line.id) or _printed(line, year)
    if not found:
        return ""
    judged = f", judged {SAYS[found.status]}" if found.status in SAYS else ""
    return f"; {told(found)}{judged}"


def _printed(line: PlanLine, year: Year) -> Update | None:
    if not line.update or (line.updated and line.updated > year.as_of):
        return None
    return Update(line.updated, line.update, "", "")


def _rating(line: PlanLine, status: str, year: Year) -> Rating:
    if status == "done":
        return "green"
    if status == "dropped":
        return "not-measured"
    running, over = OPEN[status]
    return over if year.as_of > (line.period_to or year.last) else running


def judge_outcome(line: PlanLine, year: Year) -> Judgement | None:
    """Counts by period, side by side; nothing is rated."""
    found = year.counts.get(line.id)
    if not found:
        return None
    words = ", ".join(f"{period}: {count}" for period, count in found)
    return judgement(line, "not-measured", f"{words}; {NO_CAUSE}", evidence="outcome counts")
