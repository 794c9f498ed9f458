"""What lapses within the horizon, by the course whose training runs out, and what would renew it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tna.model import Analysis, Course, Flag
from tna_coverage.words import counted, day, named, people, rows


def flags(analysis: Analysis) -> Iterator[Flag]:
    """One flag a course whose training lapses soon."""
    horizon = int(analysis.about.get("horizon_days", 0))
    for course, count, agencies, competencies, earliest, latest in rows(
        analysis,
        """select course, count(distinct person_id), count(distinct agency), list(distinct competency order by competency),
                  min(until), max(until) from due group by course order by course""",
    ):
        title = named(analysis, (course,))
        when = f"on {day(earliest)}" if earliest == latest else f"from {day(earliest)} to {day(latest)}"
        message = (
            f"What {people(count)} at {counted(agencies, 'agency', 'agencies')} have from {title} "
            f"({counted(len(competencies), 'competency', 'competencies')}) lapses within {counted(horizon, 'day')}, "
            f"{when}. {_renewal(analysis, competencies)}"
        )
        yield Flag("coverage.due", "check", title, message, "due.csv")


def _renewal(analysis: Analysis, competencies: Iterable[str]) -> str:
    wanted = set(competencies)
    renewing = [course for course in analysis.board.pack.courses if wanted & _renewed_by(course)]
    if not renewing:
        return "No course renews it."
    runs = [course.id for course in renewing if _has_date(course, analysis)]
    if not runs:
        return (
            f"It is renewed by {named(analysis, [one.id for one in renewing])}, with no date left: set dates."
        )
    return f"It is renewed by {named(analysis, runs)}: see that there are places."


def _renewed_by(course: Course) -> set[str]:
    if course.audience != "workforce":
        return set()
    return {one for grant in (*course.gives, *course.renews) for one in grant.competencies}


def _has_date(course: Course, analysis: Analysis) -> bool:
    return not course.sessions or max(course.sessions) >= analysis.as_of
