"""Which edition of a framework is in force on a day, where a pack holds several."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tna.model import Board, Framework
from tna.problems import Place, Problems

FOLDER = "editions"
FIRST = date.min  # an edition that does not say since when has always been in force


def folders(pack: Path) -> tuple[Path, ...]:
    """The folders of a pack's other editions, by name."""
    return tuple(sorted(file.parent for file in (pack / FOLDER).glob("*/framework.yaml")))


def in_force(boards: Sequence[Board], day: date) -> Board:
    """Of the editions of one board the last that had come into force by a day; the first to come when none had."""
    ordered = sorted(boards, key=lambda board: since(board.pack.framework))
    begun = [board for board in ordered if since(board.pack.framework) <= day]
    return begun[-1] if begun else ordered[0]


def since(framework: Framework) -> date:
    """The first day of an edition."""
    return framework.effective_from or FIRST


def check(boards: Sequence[Board], problems: Problems) -> None:
    """Note editions of another board, and two that come into force on one day."""
    first: dict[date, Board] = {}
    for board in boards:
        framework, place = board.pack.framework, Place(f"{board.pack.folder}/framework.yaml")
        if board.id != boards[0].id:
            problems.add("editions.other-board", place, id=board.id, wanted=boards[0].id)
        before = first.setdefault(since(framework), board)
        if before is not board:
            day = framework.effective_from.isoformat() if framework.effective_from else "no stated day"
            problems.add("editions.same-day", place, day=day, other=before.pack.framework.edition,
                         edition=framework.edition)  # fmt: skip
