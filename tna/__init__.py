"""Training-needs analysis for safeguarding boards: who needs what, why, and which courses close it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from tna.model import Analysis, Board

__version__ = "0.1.0"
__all__ = ["analyse", "boards_known", "hookimpl", "load"]

hookimpl = pluggy.HookimplMarker("tna")


def load(board: str | Path, policies: Mapping[str, Any] | None = None, without: Sequence[str] = ()) -> Board:
    """A board by its id, or by the path of its pack, with policies set: `load("knowsley", {"coverage.target": 90})`.

    Raises `tna.problems.Unusable` with every problem found in the pack.
    """
    from tna import boards, plugins

    settings = {name: str(value) for name, value in (policies or {}).items()}
    return boards.load(board, settings, places=plugins.find(without).all("tna_shelves"))


def boards_known(without: Sequence[str] = ()) -> tuple[str, ...]:
    """The ids of the boards that are installed."""
    from tna import plugins, shelves

    return tuple(sorted(shelves.packs(plugins.find(without).all("tna_shelves"))))


def analyse(
    board: Board | str,
    people: Sequence[Path | str],
    records: Sequence[Path | str] = (),
    *,
    as_of: date,
    agencies: Sequence[Path | str] = (),
    without: Sequence[str] = (),
) -> Analysis:
    """A training-needs analysis of registers on a date; `gaps`, `coverage` and the rest are DuckDB relations.

    Raises `tna.problems.Unusable` with every problem that stops the work.
    """
    from tna import plugins
    from tna.analysis import analyse as walk

    whole = load(board, without=without) if isinstance(board, str) else board
    return walk(whole, people, records, as_of=as_of, agencies=agencies, plugins=plugins.find(without))
