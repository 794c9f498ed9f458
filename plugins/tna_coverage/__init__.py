"""Flags what stands between a board and full coverage: courses, placements, returns, evidence, lapses, editions."""

from __future__ import annotations

from collections.abc import Iterator

from tna import hookimpl
from tna.model import Analysis, AnnualReview, Flag
from tna_coverage import (
    added,
    editions,
    evidence,
    lapses,
    lengths,
    offers,
    placing,
    populations,
    reported,
    returns,
    rules,
    shared,
    starting,
    uncredited,
    unstated,
)

__all__ = ["tna_flag", "tna_review"]

LOOKS = (
    returns,
    placing,
    shared,
    unstated,
    added,
    offers,
    evidence,
    uncredited,
    lengths,
    lapses,
    starting,
    populations,
    editions,
    rules,
)


@hookimpl
def tna_flag(analysis: Analysis) -> Iterator[Flag]:
    """Every flag of every look at the analysis; none of them names a person."""
    for look in LOOKS:
        yield from look.flags(analysis)


@hookimpl
def tna_review(review: AnnualReview) -> Iterator[Flag]:
    """What a review knows from statements only, and what does not agree."""
    yield from reported.flags(review)
