"""Judges the lines of a board's plan as far as registers alone can, and says what to send to know the rest."""

from __future__ import annotations

from collections.abc import Iterator

from tna import hookimpl
from tna.model import Analysis, Flag
from tna_plan.evidence import gather
from tna_plan.flagging import flags
from tna_plan.judging import Judgement, judge
from tna_plan.targets import lines

__all__ = ["Judgement", "gather", "judge", "lines", "tna_flag"]


@hookimpl
def tna_flag(analysis: Analysis) -> Iterator[Flag]:
    """A flag for each line that can be judged, and one a kind for those that cannot."""
    evidence = gather(analysis)
    yield from flags([judge(line, evidence) for line in lines(analysis.board)])
