"""Groups people with the same jobs and the same gap into cases, the only thing that later stages look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tna.gaps import STATUSES
from tna.masks import Masks
from tna.model import AddsUp, Case

if TYPE_CHECKING:
    import duckdb


def group(connection: duckdb.DuckDBPyConnection, masks: Masks) -> None:
    """The tables `case_people` (case_id, people) and `case_jobs` (case_id, agency, kind and the status masks).

    A job is `alone` when it is its people's only one, `alone_here` when it is their only one in the agency.

    A person with one job is keyed by it; people with several are keyed by the list of them. Reads `standings`.
    """
    words = ", ".join(masks.columns(*STATUSES))
    packed = ", ".join(f"'{column}': {column}" for column in masks.columns(*STATUSES))
    # Agencies are an ordered type of their own from here on: grouping by them costs what a number does.
    connection.execute(f"""
        create or replace temp table single_cases as
        select row_number() over () as case_id, *
        from (select agency, kind, {words}, count(*)::INTEGER as people from standings
              where not several group by all)
    """)
    connection.execute(f"""
        create or replace temp table several_people as
        select person_id, list_sort(list({{'agency': agency, 'kind': kind, {packed}}})) as jobs
        from (select distinct person_id, agency, kind, {words} from standings where several)
        group by person_id
    """)
    connection.execute("""
        create or replace temp table several_cases as
        select (select count(*) from single_cases) + row_number() over () as case_id, jobs, people
        from (select jobs, count(*)::INTEGER as people from several_people group by jobs)
    """)
    connection.execute(f"""
        create or replace temp table case_jobs as
        select case_id, agency, kind, {words}, people, true as alone, true as alone_here from single_cases
        union all
        select case_id, agency, kind, {words}, people, false, count(*) over (partition by case_id, agency) = 1
        from (select case_id, people, unnest(jobs, recursive := true) from several_cases)
    """)
    connection.execute("""
        create or replace temp table case_people as
        select case_id, people from single_cases union all select case_id, people from several_cases
    """)


def name_people(connection: duckdb.DuckDBPyConnection, masks: Masks) -> None:
    """The table `person_cases` (person_id, case_id); reads what `group` made."""
    same = " and ".join(
        f"s.{column} = c.{column}" for column in ("agency", "kind", *masks.columns(*STATUSES))
    )
    connection.execute(f"""
        create or replace temp table person_cases as
        select s.person_id, c.case_id from standings s join single_cases c on {same}
        where not s.several
        union all
        select person_id, case_id from several_people join several_cases using (jobs)
    """)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is common to a kind: scopes, all its needs, what each course open to it would give and renew, what adds up."""

    scopes: frozenset[str]
    needs: frozenset[str]
    courses: Mapping[str, frozenset[str]]
    renews: Mapping[str, frozenset[str]]
    preferences: tuple[Mapping[str, Any], ...] = ()
    adds_up: Mapping[str, AddsUp] = field(default_factory=dict)


def read(
    connection: duckdb.DuckDBPyConnection, masks: Masks, outlooks: Sequence[Outlook]
) -> tuple[Case, ...]:
    """The cases with a gap, in the same order every time (their ids may differ); `outlooks` has one entry a kind."""
    gap = masks.each("bit_or(missing_# | undated_# | lapsed_#) as gap_#")
    found = connection.execute(f"""
        select case_id, any_value(people), list(distinct agency order by agency), list(distinct kind order by kind),
               {gap}, {masks.each("bit_or(lapsed_#) as lost_#")}
        from case_jobs
        group by case_id having {masks.any("bit_or(missing_# | undated_# | lapsed_#)")}
        order by 3, 4, {masks.each("gap_#")}, {masks.each("lost_#")}, 2
    """).fetchall()
    words = len(masks.words)
    maker = _Maker(masks, outlooks)
    return tuple(maker.case(row[:4], row[4 : 4 + words], row[4 + words :]) for row in found)


class _Maker:
    """Makes cases, sharing what many of them have in common."""

    def __init__(self, masks: Masks, outlooks: Sequence[Outlook]) -> None:
        self.masks, self.outlooks = masks, outlooks
        self.sets: dict[tuple[int, ...], frozenset[str]] = {}
        self.shared: dict[tuple[int, ...], Outlook] = {}

    def case(self, row: Sequence[Any], gap: tuple[int, ...], lapsed: tuple[int, ...]) -> Case:
        case_id, people, agencies, kinds = row
        one = self._outlook(tuple(kinds))
        return Case(
            id=case_id,
            people=people,
            agencies=tuple(agencies),
            scopes=one.scopes,
            needs=one.needs,
            gap=self._set(gap),
            lapsed=self._set(lapsed),
            courses=one.courses,
            renews=one.renews,
            preferences=one.preferences,
            adds_up=one.adds_up,
        )

    def _set(self, words: tuple[int, ...]) -> frozenset[str]:
        if words not in self.sets:
            self.sets[words] = self.masks.unpack(words)
        return self.sets[words]

    def _outlook(self, kinds: tuple[int, ...]) -> Outlook:
        if kinds not in self.shared:
            self.shared[kinds] = _united([self.outlooks[kind] for kind in kinds])
        return self.shared[kinds]


def _united(outlooks: Sequence[Outlook]) -> Outlook:
    if len(outlooks) == 1:
        return outlooks[0]
    return Outlook(
        scopes=frozenset().union(*(one.scopes for one in outlooks)),
        needs=frozenset().union(*(one.needs for one in outlooks)),
        courses=_joined(one.courses for one in outlooks),
        renews=_joined(one.renews for one in outlooks),
        preferences=tuple({id(wish): wish for one in outlooks for wish in one.preferences}.values()),
        adds_up=_all_that_adds_up([one.adds_up for one in outlooks]),
    )


def _all_that_adds_up(parts: Sequence[Mapping[str, AddsUp]]) -> dict[str, AddsUp]:
    """What has to add up for somebody with several jobs: in the words of each, with what counts for any."""
    asked: dict[str, list[AddsUp]] = {}
    for part in parts:
        for competency, one in part.items():
            asked.setdefault(competency, []).append(one)
    return {
        competency: AddsUp(
            "; ".join(dict.fromkeys(one.asks for one in found)),
            frozenset().union(*(one.counts for one in found)),
        )
        for competency, found in asked.items()
    }


def _joined(parts: Iterable[Mapping[str, frozenset[str]]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for part in parts:
        for course, competencies in part.items():
            found[course] = found.get(course, frozenset()) | competencies
    return found
