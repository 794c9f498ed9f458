"""What papers are made of: an analysis, a review of its year where there is one, and what of it may be shown."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tna import policies, suppression
from tna.model import Analysis
from tna.problems import Place, refuse
from tna.reports.labels import Labels, labels
from tna.reports.shares import Share
from tna.suppression import Grid, Position

PLAN = (
    "line",
    "kind",
    "target",
    "floor",
    "actual",
    "unit",
    "denominator",
    "rating",
    "evidence",
    "source",
    "because",
)


@dataclass(frozen=True, slots=True)
class Changed:
    """Gaps closed or opened for one reason, and of how many people; None where hidden."""

    change: str
    reason: str
    people: int | None
    gaps: int | None


@dataclass(frozen=True, slots=True)
class Material:
    """`shares` are people in date of people required by agency and level; None where that may not be shown.

    `ratings` go with them. `courses` are people to train by agency (`*` for all) and course, None where hidden.
    `plan` has the lines of a review's plan.csv by id, empty without one; `lapses` people by month ("2016-02"), None
    where hidden; `changed` what became of gaps since an earlier analysis, None without one.
    """

    analysis: Analysis
    audience: str
    agency: str
    internal: bool
    threshold: int
    named: Labels
    shares: Mapping[Position, Share | None]
    ratings: Mapping[Position, str]
    courses: Mapping[Position, int | None]
    plan: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lapses: tuple[tuple[str, int | None], ...] = ()
    changed: tuple[Changed, ...] | None = None

    def rows(self, question: str, **values: Any) -> list[tuple[Any, ...]]:
        """Every row of the answer to a question to the analysis."""
        return self.analysis.connection.execute(question, values or None).fetchall()

    def small(self, count: int) -> bool:
        """Whether a count of people may not be shown."""
        return not self.internal and 0 < count < self.threshold

    @property
    def level_word(self) -> str:
        """The board's word for its levels."""
        return self.analysis.board.pack.framework.level_word


def gather(analysis: Analysis, audience: str, review: Path | None = None) -> Material:
    """The material of papers for an audience. Raises `Unusable` for a folder without a review."""
    internal = audience == "internal"
    threshold = policies.number(analysis.board.policies, "small-numbers.threshold") or 1
    counted = analysis.connection.execute(
        "select agency, level, held, required, rating from coverage where competency = '*'"
    ).fetchall()
    cells: dict[Position, tuple[int, ...]] = {
        (name, level): (held, required - held) for name, level, held, required, _ in counted if required
    }
    gone = frozenset() if internal else suppression.hidden(Grid(cells), threshold)
    return Material(
        analysis=analysis, audience=audience, agency="", internal=internal, threshold=threshold, named=labels(analysis),
        shares={at: None if at in gone else Share(parts[0], sum(parts)) for at, parts in cells.items()},
        ratings={(name, level): rating for name, level, _, _, rating in counted},
        courses=_courses(analysis, internal, threshold),
        plan=_plan(review) if review else {},
    )  # fmt: skip


COURSES = """select coalesce(agency, '*'), course, count(distinct person_id) from
             (select distinct person_id, course from recommendations where course <> '')
             join (select distinct person_id, agency from placements) using (person_id)
             group by grouping sets ((agency, course), (course)) order by all"""


def _courses(analysis: Analysis, internal: bool, threshold: int) -> dict[Position, int | None]:
    """People to train by agency and course; a person of two agencies is counted in both, and once over all."""
    found = {
        (agency, course): people for agency, course, people in analysis.connection.execute(COURSES).fetchall()
    }
    cells: dict[Position, tuple[int, ...]] = {at: (people,) for at, people in found.items()}
    gone = frozenset() if internal else suppression.hidden(Grid(cells), threshold)
    return {at: None if at in gone else people for at, people in found.items()}


def _plan(review: Path) -> dict[str, dict[str, str]]:
    path = review / "plan.csv"
    if not path.is_file():
        refuse("report.no-review", Place(str(review)))
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    if not lines or set(PLAN) - set(lines[0]):
        refuse("report.no-review", Place(str(review)))
    return {line["line"]: line for line in lines}
