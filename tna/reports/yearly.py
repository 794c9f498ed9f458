"""A year's review as sections: the plan first, then people, delivery, evaluation, what to look at and how it was done."""

from __future__ import annotations

from tna import wording
from tna.model import AnnualReview
from tna.reports import yearly_delivery, yearly_forms, yearly_methods, yearly_people, yearly_plan
from tna.reports.sections import Paper
from tna.suppression import words_for_hidden


def year_paper(review: AnnualReview) -> Paper:
    """What the page of a review shows; reads its tables and asks nothing anew."""
    framework = review.board.pack.framework
    return Paper(
        kind=f"Review of the year {review.year}",
        board=framework.board,
        title=framework.title,
        edition=framework.edition,
        as_of=wording.day(review.as_of),
        banner=_banner(review),
        finding=yearly_plan.finding(review),
        sections=tuple(
            section
            for part in (yearly_plan, yearly_people, yearly_delivery, yearly_forms, yearly_methods)
            for section in part.sections(review)
        ),
        note="Numbers only; nobody is named.",
    )


def _banner(review: AnnualReview) -> tuple[str, str]:
    """What stands at the top of every page about small numbers."""
    if review.internal:
        return (
            "Internal: small numbers shown.",
            "Do not publish or pass on: a small number can point to a person.",
        )
    return (
        "Small numbers are hidden.",
        f"Where a number says hidden, it is {words_for_hidden(review.threshold)}.",
    )
