"""Whether registers hold as many people of a cohort as the board's own count of it."""

from __future__ import annotations

from collections.abc import Iterator

from tna.model import Analysis, Flag
from tna_coverage.words import day, people, rows


def flags(analysis: Analysis) -> Iterator[Flag]:
    """A cohort of which registers hold fewer, or more, people than the document counts."""
    held = dict(
        rows(
            analysis,
            """select scope, count(distinct person_id) from job_reasons join kind_classes using (kind),
                      unnest(string_split(scopes, '|')) as each(scope) group by scope""",
        )
    )
    for cohort in analysis.board.pack.framework.cohorts:
        for stated in cohort.population:
            here = held.get(f"cohort:{cohort.id}", 0)
            if here != stated.people:
                counted = f", counted on {day(stated.on)}" if stated.on else ""
                message = (
                    f"The board counts {people(stated.people)}{counted}; registers hold {here:,}, so of "
                    f"{_gap(stated.people - here)} Coverage is of those in registers."
                )
                yield Flag("coverage.population", "check", cohort.label, message, str(stated.origin.source))


def _gap(missing: int) -> str:
    if missing > 0:
        return f"{missing:,} nothing is known."
    return f"{-missing:,} the count does not know."
