"""What papers are made of: an analysis, a review of its year where there is one, and what of it may be shown."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tna import policies, shown
from tna.model import Analysis
from tna.problems import Place, refuse
from tna.reports.labels import Labels, labels
from tna.reports.papers.standings import Standing, standings
from tna.reports.shares import Share
from tna.suppression import Position

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

    `ratings` go with them. `courses` are people to train by agency (`*` for all) and course, None where hidden;
    `standings` how people stand to each course, for the team only.
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
    standings: Mapping[Position, Standing] = field(default_factory=dict)
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
    found = shown.of(analysis.connection, 1 if internal else threshold)
    ratings = analysis.connection.execute(
        "select agency, level, rating from coverage where competency = '*'"
    ).fetchall()
    return Material(
        analysis=analysis, audience=audience, agency="", internal=internal, threshold=threshold, named=labels(analysis),
        shares={at: None if at in found.no_people else Share(parts[0], sum(parts)) for at, parts in found.people.items()},
        ratings={(name, level): rating for name, level, rating in ratings},
        courses={at: None if at in found.no_courses else people for at, people in found.courses.items()},
        standings=standings(analysis.connection) if internal else {},
        plan=_plan(review, analysis, internal) if review else {},
    )  # fmt: skip


def _plan(review: Path, analysis: Analysis, internal: bool) -> dict[str, dict[str, str]]:
    """The lines of a review's plan.csv. Raises `Unusable` for none, another board's, or one with small numbers in it."""
    try:
        about = json.loads((review / "review.json").read_text("utf-8"))
        with (review / "plan.csv").open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        board, whole = about["board"]["id"], about["shown"].startswith("Internal")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, csv.Error):
        refuse("report.no-review", Place(str(review)))
    if lines and set(PLAN) - set(lines[0]):
        refuse("report.no-review", Place(str(review)))
    own = analysis.board.pack.framework.id
    if board != own:
        refuse("report.other-review", Place(str(review)), board=board, own=own)
    if whole and not internal:
        refuse("report.internal-review", Place(str(review)))
    return {line["line"]: line for line in lines}
