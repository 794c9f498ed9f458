"""Whose belonging to a cohort hangs on a fact that nobody stated: that fact is asked for, not a level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tna.frameworks.conditions import facts_of
from tna.model import Analysis, Cohort, Condition, Flag, Test
from tna.names import agency_key
from tna.rules import Facts, holds
from tna_coverage.words import are, counted, cut, listed, people, rows

READ_FROM_TITLES = frozenset({"role", "roles", "post", "placed"})  # nobody can be asked to state these
SETS = ("duties", "cohort")
LISTED = 5  # titles and agencies named in a message; the rest are counted


@dataclass(frozen=True, slots=True)
class Doubt:
    """Jobs that are in a cohort or not by facts that are `missing`: `jobs` is SQL for them, `values` what it binds."""

    cohort: Cohort
    missing: tuple[str, ...]
    jobs: str
    values: Mapping[str, list[str]]


def flags(analysis: Analysis) -> Iterator[Flag]:
    """One flag a cohort and the facts that are missing; and agencies that may be those a cohort is known by."""
    yield from alike(analysis)
    for doubt in doubts(analysis):
        [(jobs, count, agencies)] = rows(
            analysis,
            f"""select count(*), count(distinct person_id), list(distinct agency order by agency) from ({doubt.jobs})""",
            **doubt.values,
        )
        titles = rows(
            analysis,
            f"""select role, count(*) as jobs from ({doubt.jobs}) group by role order by jobs desc, role""",
            **doubt.values,
        )
        named_so = listed([f"'{cut(title) or '(no title)'}' ({n:,})" for title, n in titles], LISTED)
        what = listed([f"'{fact}'" for fact in doubt.missing])
        message = (
            f"Whether {people(count)} ({counted(jobs, 'job')}) at {listed(agencies, LISTED)} {are(count)} {doubt.cohort.label} cannot "
            f"be told, as {what} is not stated: {named_so}. Until it is, nothing is required of them for it: ask for {what}."
        )
        source = str(doubt.cohort.origin.source)
        yield Flag("coverage.fact-not-stated", "check", doubt.cohort.label, message, source)


def alike(analysis: Analysis) -> Iterator[Flag]:
    """One flag an agency that may be one by whose name a cohort is known, but is written otherwise."""
    sent = rows(
        analysis, "select agency, count(distinct person_id) from people group by agency order by agency"
    )
    for cohort in analysis.board.pack.framework.cohorts:
        names = sorted(_agencies(cohort.when)) if cohort.when else []
        known = {agency_key(name) for name in names}
        for agency, count in sent:
            words = set(agency_key(agency).split())
            like = [name for name in names if {*agency_key(name).split()} <= words]
            if like and agency_key(agency) not in known:
                meant = max(like, key=lambda name: (len(name), name))
                message = (
                    f"'{cut(agency)}' may be {meant}, by whose name {cohort.label} are known, and is written otherwise: "
                    f"for that nothing is required of {people(count)} there. If it is the same, send it as '{meant}'."
                )
                yield Flag("coverage.agency-alike", "check", agency, message, str(cohort.origin.source))


def _agencies(when: Condition) -> Iterator[str]:
    """The names of agencies for which a condition may hold."""
    for test in _tests(when):
        if test.fact == "agency":
            yield from (test.value,) if isinstance(test.value, str) else test.value


def doubts(analysis: Analysis) -> tuple[Doubt, ...]:
    """For each cohort with a condition, the jobs outside it of which the condition holds but for facts not stated."""
    found: list[Doubt] = []
    for cohort in analysis.board.pack.framework.cohorts:
        if cohort.when and not facts_of(cohort.when) & READ_FROM_TITLES:
            found.extend(_doubts(analysis, cohort, cohort.when, len(found)))
    return tuple(found)


def _doubts(analysis: Analysis, cohort: Cohort, when: Condition, nth: int) -> Iterator[Doubt]:
    names = sorted(facts_of(when))
    known = {row[0] for row in rows(analysis, "describe people")}
    columns = [next((one for one in (name, f"x_{name}") if one in known), "") for name in names]
    written = [f"""coalesce(p."{column}"::VARCHAR, '')""" if column else "''" for column in columns]
    outside = f"""people p join job_reasons j using (person_id, agency, role) join kind_classes k using (kind)
                  where p.conflict = '' and not list_contains(string_split(k.scopes, '|'), 'cohort:{cohort.id}')"""
    by_lack: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for stated in rows(analysis, f"select distinct {', '.join(written)} from {outside} order by all"):
        lacking = missing(when, _facts(names, stated))
        if lacking:
            by_lack.setdefault(lacking, []).append(stated)
    for number, (lacking, combinations) in enumerate(sorted(by_lack.items()), nth):
        values = {
            f"doubt_{number}_{place}": [one[place] for one in combinations] for place in range(len(names))
        }
        each = ", ".join(f"unnest(${name}::VARCHAR[]) as f{place}" for place, name in enumerate(values))
        same = " and ".join(f"{text} = f{place}" for place, text in enumerate(written))
        jobs = f"select person_id, agency, role from (select {each}) f, {outside} and {same}"
        yield Doubt(cohort, lacking, jobs, values)


def _facts(names: list[str], stated: tuple[str, ...]) -> Facts:
    return {
        name: frozenset(value.split("|")) if name in SETS else value
        for name, value in zip(names, stated, strict=True)
        if value
    }


def missing(when: Condition, facts: Facts) -> tuple[str, ...]:
    """The facts not stated by which a condition may still hold; none unless something that is stated speaks for it."""
    if _holds(when, facts) is not None or not any(_true(one, facts) for one in _tests(when)):
        return ()
    return tuple(sorted(facts_of(when) - facts.keys()))


def _holds(condition: Condition, facts: Facts) -> bool | None:
    """Whether a condition holds, None when that hangs on facts not stated."""
    none_of = [_not(_holds(one, facts)) for one in condition.none_of]
    any_of = [_holds(one, facts) for one in condition.any_of]
    parts = [_true(one, facts) for one in condition.tests] + [_holds(one, facts) for one in condition.all_of]
    if any_of:
        parts.append(_not(_all([_not(one) for one in any_of])))
    return _all([*parts, *none_of])


def _all(parts: list[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _not(part: bool | None) -> bool | None:
    return None if part is None else not part


def _true(test: Test, facts: Facts) -> bool | None:
    asked: Mapping[str, Any] = facts
    if test.operator != "exists" and test.fact not in asked:
        return None
    return holds(Condition(tests=(test,)), facts)


def _tests(condition: Condition) -> Iterator[Test]:
    yield from condition.tests
    for one in (*condition.all_of, *condition.any_of):
        yield from _tests(one)
