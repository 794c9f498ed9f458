"""Training-needs analysis for safeguarding boards: who needs what, why, and which courses close it."""

from __future__ import annotations

from datetime import date
from os import PathLike
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tna.model import Analysis, Board

    Registers = Path | str | Sequence[Path | str]

__version__ = "0.1.0"
__all__ = ["analyse", "boards_known", "hookimpl", "load"]

hookimpl = pluggy.HookimplMarker("tna")


def load(
    board: str | Path,
    policies: Mapping[str, Any] | None = None,
    without: Sequence[str] = (),
    needs: Sequence[Path] = (),
    recognise: Sequence[str] = (),
) -> Board:
    """A board by its id, or by the path of its pack, with policies set: `load("knowsley", {"coverage.target": 90})`.

    `needs` are files of needs added by hand, `recognise` boards whose training counts here as far as a crosswalk says.
    Raises `tna.problems.Unusable` with every problem found in the pack.
    """
    from tna import boards, plugins

    settings = {name: str(value) for name, value in (policies or {}).items()}
    shelves = plugins.find(without).all("tna_shelves")
    return boards.load(board, settings, places=shelves, needs=needs, recognise=recognise)


def boards_known(without: Sequence[str] = ()) -> tuple[str, ...]:
    """The ids of the boards that are installed."""
    from tna import plugins, shelves

    return tuple(sorted(shelves.packs(plugins.find(without).all("tna_shelves"))))


def analyse(
    board: Board | Path | str,
    people: Registers,
    records: Registers = (),
    *,
    as_of: date | str,
    agencies: Registers = (),
    without: Sequence[str] = (),
    mapping: Path | None = None,
) -> Analysis:
    """A training-needs analysis of registers on a date (or a text YYYY-MM-DD); `gaps`, `coverage` and the rest are DuckDB relations.

    Registers are one file or several; `mapping` says how exports of another system are read. Raises `tna.problems.Unusable` with every problem that stops the work.
    """
    from tna import plugins
    from tna.analysis import analyse as walk

    whole = load(board, without=without) if isinstance(board, (str, PathLike)) else board
    sent, trained, expected = map(_several, (people, records, agencies))
    day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    return walk(
        whole, sent, trained, as_of=day, agencies=expected, plugins=plugins.find(without), mapping=mapping
    )


def _several(registers: Registers) -> Sequence[Path | str]:
    return [registers] if isinstance(registers, (str, PathLike)) else registers
