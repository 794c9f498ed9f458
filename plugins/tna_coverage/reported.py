"""What a review knows from statements only, who sent nothing, and what does not agree: reported is not evidenced."""

from __future__ import annotations

from collections.abc import Iterator

from tna.model import AnnualReview, Flag
from tna_coverage.words import counted, listed, rows

NAMED = 8  # agencies named; the table has them all
RETURNS = "returns.csv"
SESSIONS = "sessions.csv"


def flags(review: AnnualReview) -> Iterator[Flag]:
    """Flags of a review, of agencies by name and never of a number that may not be shown."""
    yield from _reported(review)
    yield from _contradictory(review)
    yield from _respelled(review)
    yield from _silent(review)
    yield from _differing(review)
    yield from _unbalanced(review)


def _agencies(review: AnnualReview, where: str) -> list[str]:
    """Agencies of the table `combined`, each once."""
    question = f"select distinct agency from combined where agency <> '*' and {where} order by agency"
    return [agency for (agency,) in rows(review.analysis, question)]


def _reported(review: AnnualReview) -> Iterator[Flag]:
    named = _agencies(review, "basis in ('statement', 'estimate')")
    if named:
        message = (
            f"The training of {counted(len(named), 'agency', 'agencies')} is known from a statement only, in whole or in part: "
            f"{listed(named, NAMED)}. It is reported, not evidenced. Ask for a register of it."
        )
        yield Flag("coverage.reported-only", "check", "Headcount returns", message, RETURNS)
    bare = _agencies(review, "basis = 'headcount-only'")
    if bare:
        message = f"{listed(bare, NAMED)} stated how many people there are, and not how many are trained. Ask for it."
        yield Flag("coverage.headcount-only", "check", "Headcount returns", message, RETURNS)


def _contradictory(review: AnnualReview) -> Iterator[Flag]:
    named = _agencies(review, "basis = 'contradictory'")
    if named:
        message = (
            f"The return of {listed(named, NAMED)} has more people in date than are required. It is left out of the "
            "board's figures: ask which number is right."
        )
        yield Flag("coverage.more-than-required", "act", "Headcount returns", message, RETURNS)


def _respelled(review: AnnualReview) -> Iterator[Flag]:
    for written, agency in rows(review.analysis, "select written, agency from respelled order by all"):
        message = f"A return writes '{written}'; it is taken to be of {agency}, which differs only by case, blanks or signs."
        yield Flag("coverage.agency-spelling", "check", agency, message, RETURNS)


def _silent(review: AnnualReview) -> Iterator[Flag]:
    named = _agencies(review, "basis = 'no-return'")
    if named:
        message = (
            f"{counted(len(named), 'agency', 'agencies')} sent neither register nor return: {listed(named, NAMED)}. "
            "What they have is not known, and is not nought."
        )
        yield Flag("coverage.sent-nothing", "act", "Returns", message, RETURNS)


def _differing(review: AnnualReview) -> Iterator[Flag]:
    named = _agencies(review, "differs <> ''")
    if named:
        message = (
            f"The return of {listed(named, NAMED)} says otherwise than its own register at some level. The register "
            "counts; ask which is right."
        )
        yield Flag("coverage.return-differs", "check", "Registers and returns", message, RETURNS)


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
