"""What people need and no course gives, is open to them or has a date left; and courses that nobody here needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tna.model import Analysis, Course, Flag
from tna_coverage.giving import Giving, giving
from tna_coverage.words import counted, cut, day, labels, listed, named, of, people, rows

NAMED = 4  # competencies written out in a message; the rest are counted
LABEL = 60  # letters of a competency's words in a message


@dataclass(frozen=True, slots=True)
class Kind:
    """People whom no rule tells apart: their levels and cohorts, what each requires, the courses open to them."""

    number: int
    scopes: tuple[str, ...]
    needs: frozenset[tuple[str, str]]
    courses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unmet:
    """A competency that a level or cohort requires of a kind of people, and why they cannot get it.

    `courses` are those that give it: open to these people when only dates are wanting, else not open to them.
    """

    kind: int
    scope: str
    competency: str
    why: str
    courses: tuple[str, ...]


def flags(analysis: Analysis) -> Iterator[Flag]:
    """Needs that nothing on offer meets, people to whom nothing is open, and courses no one needs."""
    kinds, gives = _kinds(analysis), giving(analysis.board)
    yield from _unmet_flags(analysis, [one for kind in kinds for one in _unmet(kind, gives, analysis)])
    yield from _nothing_open(analysis)
    yield from _nothing_required(analysis)
    yield from _not_needed(analysis, kinds, gives)


def _kinds(analysis: Analysis) -> list[Kind]:
    needs: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for number, scope, competency in rows(analysis, "select kind, scope, competency from kind_needs"):
        needs[number].add((scope, competency))
    return [
        Kind(
            number,
            tuple(filter(None, scopes.split("|"))),
            frozenset(needs[number]),
            frozenset(courses.split("|")),
        )
        for number, scopes, courses in rows(
            analysis, "select kind, scopes, courses from kind_classes order by kind"
        )
    ]


def _unmet(kind: Kind, gives: Giving, analysis: Analysis) -> Iterator[Unmet]:
    for scope, competency in sorted(kind.needs):
        givers = gives.givers(competency)
        fitting = [
            course
            for course in givers
            if course.id in kind.courses and gives.counts(course, competency, kind.scopes)
        ]
        if not any(_has_date(course, analysis) for course in fitting):
            why = "no-date-left" if fitting else "not-open" if givers else "no-course"
            named_then = tuple(course.id for course in fitting or givers)
            yield Unmet(kind.number, scope, competency, why, named_then)


def _has_date(course: Course, analysis: Analysis) -> bool:
    return not course.sessions or max(course.sessions) >= analysis.as_of


def _unmet_flags(analysis: Analysis, unmet: list[Unmet]) -> Iterator[Flag]:
    """One flag for each level or cohort and reason."""
    if not unmet:
        return
    known = labels(analysis)
    courses: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in unmet:
        courses[one.scope, one.why].update(one.courses)
    for scope, why, count, lacking, competencies in rows(
        analysis,
        """with unmet as (
               select unnest($kinds::INTEGER[]) as kind, unnest($scopes::VARCHAR[]) as scope,
                      unnest($competencies::VARCHAR[]) as competency, unnest($whys::VARCHAR[]) as why
           ), needing as (
               select scope, why, count(distinct person_id) as people
               from (select distinct kind, scope, why from unmet) join job_reasons using (kind) group by all
           ), lacking as (
               select u.scope, u.why, count(distinct g.person_id) as people
               from unmet u join job_reasons j using (kind) join gaps g on g.person_id = j.person_id
                    and g.agency = j.agency and g.level = u.scope and g.competency = u.competency group by all
           )
           select scope, why, any_value(n.people), coalesce(any_value(l.people), 0), list(distinct competency order by competency)
           from unmet join needing n using (scope, why) left join lacking l using (scope, why)
           group by scope, why order by scope, why""",
        kinds=[one.kind for one in unmet],
        scopes=[one.scope for one in unmet],
        competencies=[one.competency for one in unmet],
        whys=[one.why for one in unmet],
    ):
        titles = named(analysis, courses[scope, why])
        yield _unmet_flag(analysis, titles, known[scope], why, (count, lacking), competencies)


def _unmet_flag(
    analysis: Analysis, titles: str, label: str, why: str, counts: tuple[int, int], competencies: list[str]
) -> Flag:
    needing, lacking = counts
    what = f"{counted(len(competencies), 'competency', 'competencies')} that {label} requires ({_named(analysis, competencies)})"
    says = {
        "no-course": f"No course gives {what}. Find or commission one, or say which course gives this.",
        "not-open": f"No course that is open to these people and counts for them gives {what}; others get it from {titles}. "
        "Open one to them, or offer it in a mode that counts.",
        "no-date-left": f"No date is left on or after {day(analysis.as_of)} for the courses open to these people that give {what}: {titles}. Set dates.",
    }
    who = f"Lacking some of it: {of(lacking, needing, 'person', 'people')} of whom it is required."
    return Flag(
        f"coverage.{why}",
        "act" if lacking else "note",
        label,
        f"{says[why]} {who}",
        _source(analysis, competencies),
    )


def _named(analysis: Analysis, competencies: list[str]) -> str:
    known = {one.id: one.label for one in analysis.board.pack.framework.competencies}
    return listed([f"{one} '{cut(known[one], LABEL)}'" for one in competencies], NAMED)


def _source(analysis: Analysis, competencies: list[str]) -> str:
    return next(
        str(one.origin.source)
        for one in analysis.board.pack.framework.competencies
        if one.id == competencies[0]
    )


def _nothing_open(analysis: Analysis) -> Iterator[Flag]:
    """People of whom no course is open to any job, by level or cohort."""
    known = labels(analysis)
    for scope, count in rows(
        analysis,
        """select scope, count(distinct person_id)
           from (select kind, unnest(string_split(scopes, '|')) as scope from kind_classes where courses = '' and scopes <> '')
           join job_reasons using (kind) group by scope order by scope""",
    ):
        message = (
            f"No course of the catalogue is open to {people(count)} at {known[scope]} in the jobs they have there. "
            "Open one to them, or say that none is meant for them."
        )
        yield Flag("coverage.nothing-open", "check", known[scope], message)


def _nothing_required(analysis: Analysis) -> Iterator[Flag]:
    """Levels and cohorts with people of whom nothing is required: no gap, and no rate either."""
    found = rows(
        analysis,
        """with under as (
               select unnest(string_split(scopes, '|')) as scope, kind from kind_classes where scopes <> ''
           ), idle as (select distinct scope from under where scope not in (select scope from kind_needs))
           select label, count(distinct person_id) from idle join under using (scope) join job_reasons using (kind)
           join levels on levels.level = scope group by label, rank order by rank, label""",
    )
    if found:
        message = (
            f"Nothing is required of {listed([f'{label} ({people(count)})' for label, count in found])}: the board's document "
            "states no requirement there. These people have no gap and stand in no rate; that is not the same as trained."
        )
        subject = counted(len(found), "level or cohort", "levels or cohorts")
        yield Flag("coverage.nothing-required", "note", subject, message)


def _not_needed(analysis: Analysis, kinds: list[Kind], gives: Giving) -> Iterator[Flag]:
    """Workforce courses that give nothing required of anybody in the registers, in one flag a reason."""
    found: Mapping[str, list[str]] = {"open": [], "closed": [], "unsaid": []}
    workforce = [course for course in analysis.board.pack.courses if course.audience == "workforce"]
    for course in workforce:
        among = [kind for kind in kinds if course.id in kind.courses]
        if not any(gives.given(course) & {competency for _, competency in kind.needs} for kind in among):
            unsaid = not (course.open_to or course.required_of or course.roles)
            found["open" if among else "unsaid" if unsaid else "closed"].append(course.title)
    says = {
        "open": "Open to people in these registers, and giving nothing that is required of them",
        "closed": "Open to nobody in these registers",
        "unsaid": "For whom they are, the catalogue does not say, so they count as open to nobody",
    }
    then = {
        "open": "They may be worth offering for other reasons; they close no gap.",
        "closed": "See whether the people they are meant for are missing from the registers.",
        "unsaid": "Say who may come, where that is known.",
    }
    for why, titles in found.items():
        if titles:
            share = of(len(titles), len(workforce), "course for the workforce", "courses for the workforce")
            message = f"{says[why]}: {share}: {'; '.join(titles)}. {then[why]}"
            subject = counted(len(titles), "course")
            yield Flag(f"coverage.not-needed-{why}", "note", subject, message, "catalogue")
