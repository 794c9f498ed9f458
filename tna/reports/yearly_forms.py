"""Whether it helped, as far as forms, follow-ups and observers tell; counts of outcomes stand beside and claim no cause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tna.model import AnnualReview
from tna.reports.sections import Cell, Section, Table, number, share, table
from tna.reports.yearly_delivery import rows, title
from tna.review.outcomes import NO_CAUSE


def sections(review: AnnualReview) -> Iterator[Section]:
    """Evaluation, follow-up, observations and outcomes; only what there is something of."""
    tables = [made for make in (_questions, _on_day, _followup, _observed) if (made := make(review)).rows]
    if tables:
        says = (
            "Only forms with an answer before and after are compared, question by question; forms filled in after the day are "
            "counted apart and never towards a target for the day.",
        )
        yield Section("evaluation", "Whether it helped", says, tuple(tables))
    outcomes = _outcomes(review)
    if outcomes.rows:
        yield Section("outcomes", "Counts that stand beside the training", (NO_CAUSE,), (outcomes,))


def _paired(row: dict[str, Any]) -> Cell:
    """Forms paired, of all forms where both may be shown."""
    if row["forms"] is None:
        return Cell(number(row["paired"], True), "of how many is hidden" if row["paired"] is not None else "")
    return share(row["paired"], row["forms"], True)


def _questions(review: AnnualReview) -> Table:
    headings = ("Course and question", "#Forms paired, of all", "#Improved", "#Same", "#Worse", "#Late")
    return table("Before and after, by question", headings, [
        (Cell(title(review, one["course"]), one["question"]), _paired(one),
         *(number(one[name], True) for name in ("improved", "same", "worse", "late")))
        for one in rows(review, "from evaluation")], "evaluation.csv")  # fmt: skip


def _on_day(review: AnnualReview) -> Table:
    headings = ("Course", "#Forms with every answer before and after on the day, of attendances", "Of")
    return table("On the day", headings, [
        (title(review, one["course"]), share(one["both_on_day"], one["attended"], not one["denominator"].startswith("not known")), one["denominator"])
        for one in rows(review, "from evaluated where both_on_day is null or both_on_day > 0 or course in (select course from evaluation)")], "evaluated.csv")  # fmt: skip


def _followup(review: AnnualReview) -> Table:
    headings = ("Course", "#Trained", "#Share asked for", "#Drawn", "#Due", "#Met again, as asked", "Seed")
    return table("Follow-up", headings, [
        (title(review, one["course"]), number(one["trained"], True), Cell(number(one["needed"], True), f"{one['share']}%"),
         *(number(one[name], True) for name in ("sample", "due", "done")), one["seed"])
        for one in rows(review, "from followup where trained is null or trained > 0")], "follow-up.csv")  # fmt: skip


def _observed(review: AnnualReview) -> Table:
    found = rows(review, "from observed_summary")
    headings = ("What observers look for", "#Seen, of observations", "#Not seen", "#Not mentioned")
    made = [
        (Cell(one["says"], "a thing to look at" if one["checklist"] == "look" else "a message to hear"),
         share(one["seen"], one["observations"]), number(one["not_seen"]), number(one["not_stated"]))
        for one in found
    ]  # fmt: skip
    return table(
        "What observers saw",
        headings,
        made if any(one["observations"] for one in found) else (),
        "observations.csv",
    )


OUTCOMES = """select shown.*, counted.count is not null as hidden
              from outcomes_by_period shown positional join counted_outcomes_by_period counted"""


def _outcomes(review: AnnualReview) -> Table:
    headings = ("What was counted", "Period", "#Count", "Source")
    return table("Counts by period", headings, [
        (Cell(one["measure"], one["line"]), one["period"], number(one["count"], one["hidden"]), one["source"])
        for one in rows(review, OUTCOMES)], "outcomes.csv")  # fmt: skip
