"""A year's review as sections: the plan first, then people, delivery, evaluation, what to look at and how it was done."""

from __future__ import annotations

from dataclasses import dataclass

from tna import wording
from tna.model import AnnualReview
from tna.reports import yearly_delivery, yearly_forms, yearly_methods, yearly_people, yearly_plan
from tna.reports.sections import Section
from tna.suppression import words_for_hidden


@dataclass(frozen=True, slots=True)
class YearFindings:
    """What the page of a review shows: its heading, its finding in a sentence, and its sections."""

    board: str
    title: str
    edition: str
    year: str
    as_of: str
    banner: tuple[str, str]
    finding: str
    sections: tuple[Section, ...]


def year_findings(review: AnnualReview) -> YearFindings:
    """The findings of a review; reads its tables and asks nothing anew."""
    framework = review.board.pack.framework
    return YearFindings(
        board=framework.board,
        title=framework.title,
        edition=framework.edition,
        year=review.year,
        as_of=wording.day(review.as_of),
        banner=_banner(review),
        finding=yearly_plan.finding(review),
        sections=tuple(
            section
            for part in (yearly_plan, yearly_people, yearly_delivery, yearly_forms, yearly_methods)
            for section in part.sections(review)
        ),
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
