"""What lapses within the horizon, by the course whose training runs out, and what would renew it."""

from __future__ import annotations

from collections.abc import Iterator

from tna.model import Analysis, Course, Flag
from tna_coverage.words import counted, day, named, people, rows


def flags(analysis: Analysis) -> Iterator[Flag]:
    """One flag a course whose training lapses soon."""
    horizon = int(analysis.about.get("horizon_days", 0))
    for course, count, agencies, competencies, scopes, earliest, latest in rows(
        analysis,
        """select course, count(distinct person_id), count(distinct agency), list(distinct competency order by competency),
                  list(distinct level), min(until), max(until) from due group by course order by course""",
    ):
        title = named(analysis, (course,))
        when = f"on {day(earliest)}" if earliest == latest else f"from {day(earliest)} to {day(latest)}"
        message = (
            f"Training from {title} lapses within {counted(horizon, 'day')}, {when}, for {people(count)} at "
            f"{counted(agencies, 'agency', 'agencies')} ({counted(len(competencies), 'competency', 'competencies')}). "
            f"{_renewal(analysis, set(competencies), set(scopes))}"
        )
        yield Flag("coverage.due", "check", title, message, "due.csv")


def _renewal(analysis: Analysis, competencies: set[str], scopes: set[str]) -> str:
    """Courses open to these people that renew all of it, or, if there are none, some of it."""
    open_to_them = [course for course in analysis.board.pack.courses if _is_open(course, scopes)]
    worth = _worth(analysis)
    every = [course for course in open_to_them if competencies <= worth.get(course.id, set())]
    renewing = every or [course for course in open_to_them if competencies & worth.get(course.id, set())]
    if not renewing:
        return "No course open to them renews it."
    runs = [course.id for course in renewing if not course.sessions or max(course.sessions) >= analysis.as_of]
    how = "It is renewed" if every else "No one course renews it all; parts of it are renewed"
    if not runs:
        return f"{how} by {named(analysis, [one.id for one in renewing])}, with no date left: set dates."
    return f"{how} by {named(analysis, runs)}: see that there are places."


def _worth(analysis: Analysis) -> dict[str, set[str]]:
    """What each course gives or renews by itself, taken as it is offered; what is recorded as the same included."""
    found: dict[str, set[str]] = {}
    for course, competency in rows(
        analysis,
        "select distinct course, competency from credits where mode = '' and counts and not accrues order by all",
    ):
        found.setdefault(course, set()).add(competency)
    return found


def _is_open(course: Course, scopes: set[str]) -> bool:
    links = (*course.open_to, *course.required_of)
    named_scopes = {
        scope for link in links for scope in (*link.levels, *(f"cohort:{one}" for one in link.cohorts))
    }
    return course.audience == "workforce" and bool(
        named_scopes & scopes or (course.roles and not named_scopes)
    )
