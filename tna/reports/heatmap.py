"""Agency by level: how many people are in date of those required, and how each is rated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tna import wording
from tna.model import Analysis
from tna.reports.labels import Labels
from tna.reports.shares import Share
from tna.wording import Mark

EVERY = "*"


@dataclass(frozen=True, slots=True)
class Column:
    """All levels and cohorts together, one level, or one cohort."""

    id: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Cell:
    """People in date of people required, and the rating; or the state that says why there are no numbers."""

    share: Share
    mark: Mark

    @property
    def style(self) -> str:
        """The state; where nothing can be rated, the quarter the share lies in."""
        return f"quarter-{self.share.quarter}" if self.mark.state == "not-rated" else self.mark.state


@dataclass(frozen=True, slots=True)
class Row:
    """An agency, a cell for each column, and how many of its jobs must be asked about."""

    agency: str
    cells: tuple[Cell, ...]
    asked: Share


@dataclass(frozen=True, slots=True)
class Heatmap:
    """`total` counts each person once; `empty` are levels and cohorts in which the registers name nobody."""

    columns: tuple[Column, ...]
    total: Row
    rows: tuple[Row, ...]
    empty: tuple[str, ...]
    marks: tuple[Mark, ...]

    @property
    def rated(self) -> bool:
        """Whether a target is stated."""
        return not any(mark.state == "not-rated" for mark in self.marks)


Found = Mapping[tuple[str, str], tuple[int, int, str]]  # by agency and level: held, required, rating


def heatmap(analysis: Analysis, labels: Labels) -> Heatmap:
    """The heatmap of an analysis: agencies with most people still to train first, those without a return last."""
    found: Found = {
        (agency, level): (held, required, rating)
        for agency, level, held, required, rating in analysis.connection.execute(
            "select agency, level, held, required, rating from coverage where competency = '*'"
        ).fetchall()
    }
    asked = _asked(analysis)
    present = {level for _, level in found}
    columns = (
        Column(EVERY, _all(analysis, present), "all"),
        *(Column(one, label, _kind(one)) for one, label in labels.levels.items() if one in present),
    )
    rows = tuple(_row(found, agency, columns, asked) for agency in _ordered(found))
    total = _row(found, EVERY, columns, asked)
    return Heatmap(
        columns=columns,
        total=total,
        rows=rows,
        empty=tuple(label for one, label in labels.levels.items() if one not in present),
        marks=_marks((total, *rows)),
    )


def _all(analysis: Analysis, present: Iterable[str]) -> str:
    """ "All levels", "All groups and cohorts": in the board's word for its levels."""
    both = any(_kind(level) == "cohort" for level in present)
    return f"All {analysis.board.pack.framework.level_word}s{' and cohorts' if both else ''}"


def _kind(level: str) -> str:
    return "cohort" if level.startswith("cohort:") else "level"


def _asked(analysis: Analysis) -> dict[str, Share]:
    """Jobs to ask about of all jobs, by agency and over all of them."""
    return {
        agency: Share(asked, jobs)
        for agency, asked, jobs in analysis.connection.execute("""
            select coalesce(agency, '*'), count(*) filter (how = 'ask'), count(*) from placements
            group by grouping sets ((agency), ())
        """).fetchall()
    }


def _ordered(found: Found) -> list[str]:
    def place(agency: str) -> tuple[bool, int, str]:
        held, required, rating = found.get((agency, EVERY), (0, 0, ""))
        return rating == "no-return", held - required, agency

    return sorted({agency for agency, _ in found if agency != EVERY}, key=place)


def _row(found: Found, agency: str, columns: Sequence[Column], asked: Mapping[str, Share]) -> Row:
    silence = _silence(found, agency)
    cells = []
    for column in columns:
        held, required, rating = found.get((agency, column.id), (0, 0, silence))
        cells.append(Cell(Share(held, required), wording.mark(rating, required)))
    return Row(agency, tuple(cells), asked.get(agency, Share(0, 0)))


def _silence(found: Found, agency: str) -> str:
    """What the empty cells of a row say: that nothing was sent or placed, else that nobody is at that level."""
    _, required, rating = found.get((agency, EVERY), (0, 0, ""))
    return rating if rating in ("no-return", "not-stated") and not required else ""


def _marks(rows: Sequence[Row]) -> tuple[Mark, ...]:
    """The marks that occur, in their fixed order: the legend."""
    used = {cell.mark for row in rows for cell in row.cells}
    return tuple(mark for mark in wording.MARKS.values() if mark in used)
