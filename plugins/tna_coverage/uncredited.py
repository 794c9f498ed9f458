"""Training that people attended and that closes nothing for them, and which statement says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tna.model import Analysis, Condition, Flag, Grant, Origin, Term
from tna_coverage.giving import giving
from tna_coverage.words import counted, listed, named, of, people, rows

# Of what a course gives such people, of what they need: all counts, some is refused, there is none.
COUNTS, REFUSED, IDLE = 2, 1, 0


def flags(analysis: Analysis) -> Iterator[Flag]:
    """Attendances in a mode not accepted, of courses that give nothing required, and refreshers of nothing held."""
    found = _worths(analysis)
    attended = {
        course: sum(row[3] for row in found if row[0] == course and row[1] is None) for course, *_ in found
    }
    for course, mode, worth, records, count in found:
        if worth == REFUSED and mode is not None:
            yield _refused(analysis, course, mode, of(records, attended[course], "attendance"), count)
    idle = [(row[0], row[3]) for row in found if row[2] == IDLE and row[1] is None]
    if idle:
        yield _idle(
            [f"{named(analysis, one.split('|'), 'or')} ({n:,} of {attended[one]:,})" for one, n in idle]
        )
    yield from _only_refreshed(analysis)


def _worths(analysis: Analysis) -> list[tuple[Any, ...]]:
    """Course, mode taken (None for all), worth, attendances, people: the best that any job of the person makes of it."""
    return rows(
        analysis,
        """
        with person_kinds as (
            select person_id, list_sort(list(distinct kind)) as kinds from job_reasons group by person_id
        ), each_competency as (
            select k.kind, c.course, c.mode, c.provider, c.evidence, c.competency, bool_or(c.counts) as counted
            from kind_classes k join credits c using (class)
            join (select distinct kind, competency from kind_needs) n on n.kind = k.kind and n.competency = c.competency
            group by all
        ), worths as (
            select kinds, course, mode, provider, evidence, max(worth) as worth
            from (select kind, course, mode, provider, evidence, if(bool_and(counted), $counts, $refused) as worth
                  from each_competency group by all)
            join (select kinds, unnest(kinds) as kind from (select distinct kinds from person_kinds)) using (kind)
            group by all
        )
        select r.course, coalesce(nullif(r.mode, ''), t.mode, '') as taken, coalesce(w.worth, $idle) as worth,
               count(*), count(distinct r.person_id)
        from records r join person_kinds p using (person_id) left join courses t on t.course = r.course
        left join worths w on w.kinds = p.kinds and w.course = r.course and w.mode = r.mode
             and (not $provider or w.provider = r.provider) and (not $evidence or w.evidence = r.evidence)
        where r.counts = 'dated'
        group by grouping sets ((r.course, taken, worth), (r.course, worth)) order by all
        """,
        counts=COUNTS,
        refused=REFUSED,
        idle=IDLE,
        **{fact: fact in _asked(analysis) for fact in ("provider", "evidence")},
    )


def _asked(analysis: Analysis) -> set[str]:
    """What the board's credit rules ask of a record, besides its course and mode."""
    rules = [rule.when for rule in analysis.board.pack.rules if rule.then.stratum == "credit"]
    return {fact for condition in rules for fact in _facts(condition)}


def _facts(condition: Condition) -> Iterator[str]:
    yield from (test.fact for test in condition.tests)
    for inner in (*condition.any_of, *condition.none_of, *condition.all_of):
        yield from _facts(inner)


def _refused(analysis: Analysis, course: str, mode: str, share: str, count: int) -> Flag:
    title, statements = named(analysis, (course,)), _statements(analysis, course, mode)
    said = [
        f"only {listed(one.modes, joined='or')} is accepted ({_sourced(one.origin)})" for one in statements
    ]
    message = (
        f"Taken {mode}, which does not count for all that it would otherwise close: {share} of {title}, by {people(count)}; "
        f"{listed(said) or 'the mode is not accepted'}. Offer these people the course in a mode that counts."
    )
    source = "; ".join(dict.fromkeys(str(one.origin.source) for one in statements))
    return Flag("coverage.mode-not-accepted", "check", title, message, source)


def _statements(analysis: Analysis, course: str, mode: str) -> list[Grant | Term]:
    """The statements of the pack that do not accept a mode for a course."""
    gives = giving(analysis.board)
    if course not in gives.courses:
        return []
    offer = gives.courses[course]
    given = gives.given(offer)
    binding = [term for term in gives.terms if _binds(term, course, given)]
    found: list[Grant | Term] = [*offer.gives, *offer.renews, *binding]
    return [one for one in found if one.modes and mode not in one.modes]


def _binds(term: Term, course: str, given: Iterable[str]) -> bool:
    about = not term.courses or course in term.courses
    return about and (not term.competencies or not set(term.competencies).isdisjoint(given))


def _sourced(origin: Origin) -> str:
    return f"{origin.source}; {origin.basis}{f', policy {origin.policy}' if origin.policy else ''}"


def _idle(courses: list[str]) -> Flag:
    """One flag for all: such training does no harm, and a planner has more pressing things to read."""
    message = (
        "Nothing that these courses give is required of the people who came, or they have no level yet (attendances that "
        f"close nothing, of all): {'; '.join(courses)}. The records are kept, and count once something is required."
    )
    return Flag("coverage.closes-nothing", "note", counted(len(courses), "course"), message)


def _only_refreshed(analysis: Analysis) -> Iterator[Flag]:
    """Refreshers attended by people of whom no record shows the training that is refreshed."""
    for course, count, competencies in rows(
        analysis,
        """with refreshing as (select course, competency from credits group by all having bool_and(renews))
           select r.course, count(distinct r.person_id), count(distinct g.competency)
           from records r join refreshing using (course)
           join gaps g on g.person_id = r.person_id and g.competency = refreshing.competency
           where r.counts = 'dated' and g.status = 'missing' group by r.course order by r.course""",
    ):
        title = named(analysis, (course,))
        message = (
            f"{people(count)} attended {title}, which refreshes and does not give, and no record shows that they first "
            f"had what it refreshes ({competencies:,} of the competencies they lack). Ask when they were first trained."
        )
        yield Flag("coverage.refreshed-only", "check", title, message)
