"""By when somebody who has started a job must have what it asks, where a board says so: due, or overdue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tna.binding import Bound
from tna.duck import fill
from tna.gaps import Dates
from tna.model import Board, Term

if TYPE_CHECKING:
    import duckdb

COLUMNS = ("person_id", "agency", "role", "level", "competency", "started", "deadline", "state", "because")


def write(
    connection: duckdb.DuckDBPyConnection, board: Board, bounds: Mapping[int, Bound], dates: Dates
) -> None:
    """The table `deadlines`: what was never held and has a deadline, counted from the first day of the job, the strictest first.

    `state` is due while the as-of date is on or before the deadline, then overdue; not-known where no register says
    when the job started. A person with several jobs of one level in an agency is judged by the first to start.
    """
    every = tuple(one.id for one in board.pack.framework.competencies)
    rows = [line for number, bound in bounds.items() for line in _lines(number, bound, every)]
    fill(connection, "deadline_terms", ["class INTEGER", "competency VARCHAR", "days INTEGER", "months INTEGER",
                                        "because VARCHAR"], rows)  # fmt: skip
    connection.execute(
        """
        create or replace table deadlines as
        with started as (
            select j.person_id, j.agency, s.scope::VARCHAR as level, k.class, min(p.start_date) as started
            from jobs j join kinds k using (kind) join kind_scopes s using (kind)
            join people p on p.person_id = j.person_id and p.agency = j.agency and p.role = j.role
            where k.class in (select class from deadline_terms) group by all
        ), each as (
            select g.person_id, g.agency, g.role, g.level, g.competency, s.started, t.because,
                   (s.started + to_days(t.days) + to_months(t.months))::DATE as deadline
            from (from gaps where status <> 'lapsed') g join started s using (person_id, agency, level)
            join deadline_terms t on t.class = s.class and t.competency = g.competency
            qualify row_number() over (partition by g.person_id, g.agency, g.level, g.competency
                                       order by deadline nulls last, t.because) = 1
        )
        select person_id, agency, role, level, competency, started, deadline,
               case when deadline is null then 'not-known' when deadline >= $as_of then 'due' else 'overdue' end as state,
               because || case when deadline is null then '; no register says when the job started'
                               else '; started ' || started || ', so by ' || deadline end as because
        from each order by person_id, agency, level, competency
        """,
        {"as_of": dates.as_of},
    )


def _lines(number: int, bound: Bound, every: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    for term in bound.terms:
        if term.within:
            days = term.within.days + 7 * term.within.weeks
            for competency in term.competencies or every:
                yield number, competency, days, term.within.months, _said(term)


def _said(term: Term) -> str:
    return f"within {term.within} of starting ({term.origin})"
