"""The same question asked plainly: explode every record into competencies, join, group. The engine must always agree.

It shares with the engine only what a kind needs and what an attendance is worth; masks, cut-off dates, cases and
sums are not used here. Dates are added month by month in SQL.
"""

from __future__ import annotations

import duckdb

from tna import kept
from tna.counting import Counted
from tna.gaps import Dates
from tna.model import Board

ORDER = "case status when 'missing' then 3 when 'undated' then 2 when 'lapsed' then 1 else 0 end"


def ask(connection: duckdb.DuckDBPyConnection, board: Board, counted: Counted, dates: Dates) -> None:
    """The tables `oracle_lines` (person, agency, level, competency, status, until) and `oracle_coverage`."""
    kept._keep_needs(connection, board, counted)
    kept._keep_credits(connection, counted)
    _hold(connection)
    _line_up(connection, dates)
    _count(connection, dates)


def _hold(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        """
        create or replace temp table oracle_holdings as
        with worth as (
            select distinct r.person_id, c.class, c.competency, c.renews, r.completed,
                   case when c.months is null then date '9999-12-31'
                        else (r.completed + to_months(c.months))::DATE end as until
            from records r join credits c on c.course = r.course and c.mode = r.mode
            where r.counts <> 'no' and c.counts
        ), given as (
            select person_id, class, competency, bool_or(completed is not null) as ever from worth
            where not renews group by all
        )
        select g.person_id, g.class, g.competency, g.ever,
               max(w.until) filter (w.completed is not null and (not w.renews or g.ever)) as until
        from given g join worth w using (person_id, class, competency) group by all
    """
    )


def _line_up(connection: duckdb.DuckDBPyConnection, dates: Dates) -> None:
    connection.execute(
        f"""
        create or replace temp table oracle_lines as
        with needed as (
            select distinct j.person_id, j.agency, n.scope as level, n.competency, k.class
            from jobs j join kind_needs n using (kind) join kind_classes k using (kind)
        ), each as (
            select n.*, h.until, case when h.until >= $as_of then 'held' when h.ever then 'lapsed'
                        when h.person_id is not null then 'undated' else 'missing' end as status
            from needed n left join oracle_holdings h using (person_id, class, competency)
        )
        select person_id, agency, level, competency, arg_max(status, {ORDER}) as status,
               min(until) filter (until >= $as_of) as until, min(until) filter (until < $as_of) as ended
        from each group by all
        """,
        {"as_of": dates.as_of},
    )


def _count(connection: duckdb.DuckDBPyConnection, dates: Dates) -> None:
    connection.execute(
        f"""
        create or replace temp table oracle_coverage as
        with every as (
            select person_id, coalesce(agency, '*') as agency, coalesce(level, '*') as level,
                   coalesce(competency, '*') as competency, arg_max(status, {ORDER}) as status,
                   bool_or(status = 'held' and until < $soon) as due
            from oracle_lines group by person_id, cube (agency, level, competency)
        )
        select agency, level, competency, count(*) as required,
               count(*) filter (status = 'held') as held, count(*) filter (status = 'held' and due) as due_soon,
               count(*) filter (status = 'lapsed') as lapsed, count(*) filter (status = 'undated') as undated,
               count(*) filter (status = 'missing') as missing
        from every group by all
        """,
        {"soon": dates.soon},
    )
