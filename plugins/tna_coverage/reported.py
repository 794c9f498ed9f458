"""What a review knows from statements only, who sent nothing, and what does not agree: reported is not evidenced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from tna.model import AnnualReview, Flag
from tna.model.answers import Severity
from tna_coverage.words import counted, listed, rows

NAMED = 8  # agencies named; the table has them all
RETURNS = "returns.csv"
SESSIONS = "sessions.csv"


OF_AGENCIES = (  # code, severity, subject, which agencies, and what is said of them
    ("coverage.reported-only", "check", "Headcount returns", "basis in ('statement', 'estimate')",
     "The training of {agencies} is known from a statement only, in whole or in part: {named}. It is reported, not "
     "evidenced. Ask for a register of it."),
    ("coverage.headcount-only", "check", "Headcount returns", "basis = 'headcount-only'",
     "{named} stated how many people there are, and not how many are trained. Ask for it."),
    ("coverage.more-than-required", "act", "Headcount returns", "basis = 'contradictory'",
     "The return of {named} has more people in date than are required. It is left out of the board's figures: ask "
     "which number is right."),
    ("coverage.sent-nothing", "act", "Returns", "basis = 'no-return'",
     "{agencies} sent neither register nor return: {named}. What they have is not known, and is not nought."),
    ("coverage.return-differs", "check", "Registers and returns", "differs <> ''",
     "The return of {named} says otherwise than its own register at some level. The register counts; ask which is right."),
)  # fmt: skip


def flags(review: AnnualReview) -> Iterator[Flag]:
    """Flags of a review, of agencies by name and never of a number that may not be shown."""
    for code, severity, subject, where, says in OF_AGENCIES:
        named = _agencies(review, where)
        if named:
            agencies = counted(len(named), "agency", "agencies")
            message = says.format(agencies=agencies, named=listed(named, NAMED))
            yield Flag(code, cast("Severity", severity), subject, message, RETURNS)
    yield from _respelled(review)
    yield from _unbalanced(review)


def _agencies(review: AnnualReview, where: str) -> list[str]:
    """Agencies of the table `combined`, each once."""
    question = f"select distinct agency from combined where agency <> '*' and {where} order by agency"
    return [agency for (agency,) in rows(review.analysis, question)]


def _respelled(review: AnnualReview) -> Iterator[Flag]:
    for written, agency in rows(review.analysis, "select written, agency from respelled order by all"):
        message = f"A return writes '{written}'; it is taken to be of {agency}, which differs only by case, blanks or signs."
        yield Flag("coverage.agency-spelling", "check", agency, message, RETURNS)


def _unbalanced(review: AnnualReview) -> Iterator[Flag]:
    [(sessions,)] = rows(
        review.analysis,
        """select count(*) from counted_held_sessions where balance = 'does-not' and date between $first and $last""",
        first=review.first,
        last=review.last,
    )
    if sessions:
        message = (
            f"In {counted(sessions, 'session')} booked less cancelled less no-shows and unscheduled added does not come to "
            "attended. Ask whoever keeps the bookings; nothing was put right."
        )
        yield Flag("delivery.does-not-add-up", "check", "Sessions", message, SESSIONS)
