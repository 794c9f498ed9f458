"""Fails when asked for flags."""

from tna import hookimpl
from tna.model import Analysis, Flag


@hookimpl
def tna_flag(analysis: Analysis) -> list[Flag]:
    raise ValueError(f"no flags for {analysis.board.id}")
