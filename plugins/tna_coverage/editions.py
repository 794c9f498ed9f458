"""Whether the board's document was in force, and still to be relied on, on the day of the analysis."""

from __future__ import annotations

from collections.abc import Iterator

from tna.model import Analysis, Flag
from tna_coverage.words import day


def flags(analysis: Analysis) -> Iterator[Flag]:
    """A document past its review date, or not yet in force."""
    framework = analysis.board.pack.framework
    source = framework.documents[0].id if framework.documents else ""
    if framework.review_by and analysis.as_of > framework.review_by:
        message = (
            f"{framework.title} was to be reviewed by {day(framework.review_by)} and the analysis is as of "
            f"{day(analysis.as_of)}. Check that it still stands, or take the new edition."
        )
        yield Flag("coverage.past-review", "check", framework.title, message, source)
    if framework.effective_from and analysis.as_of < framework.effective_from:
        message = (
            f"{framework.title} is in force from {day(framework.effective_from)}, after {day(analysis.as_of)}, the day of "
            "the analysis: on that day none of this was required of anybody yet."
        )
        yield Flag("coverage.not-in-force", "check", framework.title, message, source)
