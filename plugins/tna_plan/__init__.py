"""Judges the lines of a board's plan as far as registers alone can, and says what to send to know the rest."""

from __future__ import annotations

from collections.abc import Iterator

from tna import hookimpl
from tna.model import Analysis, AnnualReview, Flag, Judgement
from tna_plan.evidence import gather
from tna_plan.flagging import flags
from tna_plan.judging import judge
from tna_plan.reviewing import review_lines
from tna_plan.targets import lines

__all__ = ["Judgement", "gather", "judge", "lines", "tna_flag", "tna_review"]


@hookimpl
def tna_flag(analysis: Analysis) -> Iterator[Flag]:
    """A flag for each line that can be judged, and one a kind for those that cannot."""
    evidence = gather(analysis)
    yield from flags([judge(line, evidence) for line in lines(analysis.board)])


@hookimpl
def tna_review(review: AnnualReview) -> Iterator[Judgement | Flag]:
    """Every line of the plan judged on what was sent in the year, and the flags that follow."""
    yield from review_lines(review)
