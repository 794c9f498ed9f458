"""The board's own words for ids, as they were when the analysis was run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tna.model import Analysis


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels by id: levels and cohorts in the order of their rank, competencies, and titles of courses."""

    levels: Mapping[str, str]
    competencies: Mapping[str, str]
    courses: Mapping[str, str]


def labels(analysis: Analysis) -> Labels:
    """Every label of the pack that a report may need."""
    return Labels(
        _pairs(analysis, "select level, label from levels order by rank, level"),
        _pairs(analysis, "select competency, label from competencies"),
        _pairs(analysis, "select course, title from courses"),
    )


def _pairs(analysis: Analysis, sql: str) -> dict[str, str]:
    return dict(analysis.connection.execute(sql).fetchall())
