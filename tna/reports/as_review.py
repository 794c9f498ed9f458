"""Writes a review to a folder: its tables as CSV, what was reviewed as JSON, and a page to read."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from tna.model import AnnualReview
from tna.reports import as_csv
from tna.reports.as_html import render
from tna.reports.yearly import year_paper

# By file: the table it holds and its columns. follow-up-sample.csv names people by id, and is written for the team only.
FILES = {
    "plan": ("plan", ("line", "kind", "target", "floor", "actual", "unit", "denominator", "rating", "evidence", "source", "because")),
    "returns": ("combined", ("agency", "level", "required", "held", "low", "high", "evidenced", "basis", "differs", "because", "file", "sheet", "row")),
    "returns-by-course": ("stated_courses", ("agency", "course", "required", "held", "low", "high", "basis", "because", "file", "sheet", "row")),
    "delivery": ("delivery", ("course", "sessions_planned", "sessions_held", "sessions_cancelled", "sessions_not_known",
                 "sessions_to_come", "places", "booked", "cancelled", "no_show", "unscheduled", "attended", "take_up",
                 "attendance", "take_up_attended", "take_up_places", "attendance_of", "attendance_booked", "because")),
    "sessions": ("held_sessions", ("course", "date", "state", "places", "booked", "cancelled", "no_show", "unscheduled", "attended", "agencies", "balance", "because")),
    "agency_mix": ("agency_mix", ("course", "date", "agency", "booked", "no_show", "attended")),
    "no_shows": ("no_shows", ("agency", "booked", "cancelled", "no_show", "attended", "rate", "rate_no_show", "rate_kept", "because")),
    "places": ("places_needed", ("course", "people_to_train", "yield_attended", "yield_of", "yield", "yield_from", "places")),
    "evaluation": ("evaluation", ("course", "question", "forms", "paired", "pre_only", "post_only", "conflicting", "improved",
                   "same", "worse", "late", "on_day", "early", "day_not_known")),
    "evaluation_change": ("evaluation_change", ("course", "question", "change", "forms")),
    "evaluated": ("evaluated", ("course", "attended", "both_on_day", "elsewhere", "denominator")),
    "follow-up": ("followup", ("course", "trained", "sample", "share", "needed", "due", "done", "done_without_manager", "too_early",
                  "manager_not_stated", "done_not_drawn", "not_matched", "seed")),
    "observations": ("observed", ("course", "date", "item", "says", "seen", "observer_post")),
    "checklist": ("observed_summary", ("item", "says", "checklist", "observations", "seen", "not_seen", "not_applicable", "not_stated", "conflicting")),
    "outcomes": ("outcomes_by_period", ("line", "measure", "period", "count", "source")),
    "flags": ("flags", as_csv.COLUMNS["flags"]),
    "ledger": ("year_ledger", as_csv.COLUMNS["ledger"]),
}  # fmt: skip
KIND = re.compile(r"^.*?[a-z]+\.[a-z-]+(?=  )")  # of a problem as a line: its place and its code
SAMPLE = (
    "followup_sample",
    ("person_id", "agency", "level", "course", "completed", "due", "state", "followed_up"),
)


def write(review: AnnualReview, folder: Path) -> None:
    """Every table as CSV, `review.json` and `report.html`; the list of people to meet again only when internal."""
    review = replace(review, about=printable(review))
    files = {**FILES, "follow-up-sample": SAMPLE} if review.internal else FILES
    for name, (table, columns) in files.items():
        as_csv.write_table(review.connection, table, columns, folder / f"{name}.csv")
    text = json.dumps(review.about, indent=2, sort_keys=True, ensure_ascii=False)
    (folder / "review.json").write_text(text + "\n", encoding="utf-8")
    (folder / "report.html").write_text(
        render("paper.html", year_paper(review)), encoding="utf-8", newline="\n"
    )


def printable(review: AnnualReview) -> dict[str, Any]:
    """What review.json says: problems with what cells say in them for the team only, else only where and of what kind."""
    problems = review.about.get("problems", ())
    kinds = [" ".join(KIND.findall(problem)[:1]) for problem in problems]
    return {**review.about, "problems": list(problems) if review.internal else kinds}
