"""Bars against a target and a floor: where each line of the drawing lies, worked out before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from tna.reports.heatmap import Cell, Heatmap
from tna.reports.shares import Share
from tna.wording import Mark

WIDTH = 360  # of the drawing in its own units; it is scaled to the page
LINE, BAR, SPACE, HEAD = 16, 14, 14, 22
LETTERS = 50  # that fit on a line at the drawing's letter size
AGENCIES = 30  # more bars than this are no picture


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label in lines, its share and rating, and where it lies."""

    label: str
    share: Share
    mark: Mark
    lines: tuple[tuple[float, str], ...]
    top: float
    length: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under each other with the target and floor (whole per cent) they are measured against."""

    id: str
    title: str
    of: str
    bars: tuple[Bar, ...]
    target: int
    floor: int | None
    height: float
    left_out: int = 0

    @property
    def width(self) -> int:
        """The width of the drawing in its own units."""
        return WIDTH

    def across(self, percent: int) -> float:
        """How far to the right a percentage lies."""
        return WIDTH * percent / 100


def charts(heatmap: Heatmap, word: str, target: int | None, floor: int | None) -> tuple[Chart, ...]:
    """Bars by level (the board's `word` for it) and by agency; none where no target is stated."""
    if target is None:
        return ()
    levels = [(column.label, cell) for column, cell in zip(heatmap.columns, heatmap.total.cells, strict=True)]
    agencies = [(row.agency, row.cells[0]) for row in heatmap.rows]
    return (
        _chart(
            "levels",
            f"In date by {word}, all agencies",
            f"{word.capitalize()} or cohort",
            levels,
            target,
            floor,
        ),
        _chart("agencies", f"In date by agency, all {word}s", "Agency", agencies, target, floor),
    )


def _chart(
    name: str, title: str, of: str, cells: Sequence[tuple[str, Cell]], target: int, floor: int | None
) -> Chart:
    measured = [(label, cell) for label, cell in cells if cell.share.whole]
    bars: list[Bar] = []
    top = float(HEAD)
    for label, cell in measured[:AGENCIES]:
        words = wrap(f"{label}: {cell.share.words}, {cell.share.percent}, {cell.mark.word}", LETTERS) or [""]
        lines = tuple((top + LINE * (number + 0.75), line) for number, line in enumerate(words))
        top += LINE * len(words)
        length = WIDTH * cell.share.part / cell.share.whole
        bars.append(Bar(label, cell.share, cell.mark, lines, top + 2, round(length, 2)))
        top += 2 + BAR + SPACE
    return Chart(name, title, of, tuple(bars), target, floor, top, len(measured) - len(bars))
