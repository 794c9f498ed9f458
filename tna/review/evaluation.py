"""What people said of themselves before and after a course: pairs only, late forms apart, and who did both on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tna.duck import fill
from tna.review.year import Year
from tna.wording import counted

if TYPE_CHECKING:
    import duckdb

PAIRS = ("paired", "pre_only", "post_only", "conflicting")
CHANGES = {"improved": ">", "same": "=", "worse": "<"}  # how the answer after stands to the one before
DAYS = {"late": "late", "on_day": "on-day", "early": "early", "day_not_known": "not-known"}


def write_evaluation(connection: duckdb.DuckDBPyConnection, year: Year) -> None:
    """The tables `evaluation` and `evaluation_change`: per course and question the forms, and how answers changed.

    Reads `evaluations` and `held_sessions`. A form is a form id on a course; or where only people are named, a
    person on a course at a session (the day it was filled in, if no session is known). It is paired on a question
    when it has the one answer before and the one after, in one row or two; two different answers to the same are
    conflicting and never paired. So paired + pre_only + post_only + conflicting = forms, and improved + same +
    worse = paired, where a higher answer is the better one. late + on_day + early + day_not_known = forms as
    well, by the day of the session. Forms of which no day is known are counted with the year's.
    """
    _place(connection)
    _answer(connection, year)
    pairs = ", ".join(f"count(*) filter (pairing = '{one}') as {one}" for one in PAIRS)
    changes = ", ".join(
        f"count(*) filter (pairing = 'paired' and post {sign} pre) as {one}" for one, sign in CHANGES.items()
    )
    days = ", ".join(f"count(*) filter (filled_in = '{state}') as {one}" for one, state in DAYS.items())
    connection.execute(f"""
        create or replace table evaluation as
        select course, question, count(*) as forms, {pairs}, {changes}, {days}
        from answers where pairing <> 'blank' group by course, question order by course, question
    """)
    connection.execute("""
        create or replace table evaluation_change as
        select course, question, round(post - pre, 6) as change, count(*) as forms
        from answers where pairing = 'paired' group by all order by course, question, change
    """)


def _place(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `placed_forms`: each row with its form and the day of the session it is about.

    That day is what the form's rows say; else the latest session of the course on or before the first day that
    any of it was filled in. `apart` keeps forms apart that share a name: of a person, by the day; of a form id,
    by the session where its rows name several, as each session may number its forms anew.
    """
    connection.execute("""
        create or replace temp table placed_forms as
        with forms as (
            select *, person_id <> '' and form in ('', person_id) as by_person,
                   min(session) over whole as first_session, max(session) over whole as last_session,
                   min(date) over whole as first_date
            from evaluations window whole as (partition by course, form)
        ), said as (
            select *, case when by_person or first_session <> last_session then session else last_session end as told,
                   case when by_person then date else first_date end as since
            from forms
        ), ran as (
            select course as ran, date as ran_on from held_sessions where state in ('held', 'not-known')
        ), placed as (
            select course, case when by_person then person_id else form end as form, by_person, question, pre, post,
                   date, coalesce(told, ran_on) as day,
                   case when by_person then coalesce(told, ran_on, date) else told end as apart
            from said asof left join ran on course = ran and since >= ran_on
        )
        select * replace (max(day) over one as day), coalesce(max(day) over one, min(date) over one) as dated
        from placed window one as (partition by course, form, by_person, apart)
    """)


def _answer(connection: duckdb.DuckDBPyConnection, year: Year) -> None:
    """The table `answers`: each form's question with its answers, whether they pair, and when they were given."""
    connection.execute(
        """
        create or replace temp table answers as
        with questions as (
            select course, form, by_person, apart, question, day, dated, min(pre) as pre, min(post) as post,
                   min(date) as first, max(date) as last, count(date) < count(*) as undated,
                   coalesce(min(pre) <> max(pre), false) or coalesce(min(post) <> max(post), false) as conflicting
            from placed_forms group by all
        )
        select *, case when conflicting then 'conflicting' when pre is null and post is null then 'blank'
                       when post is null then 'pre_only' when pre is null then 'post_only'
                       else 'paired' end as pairing,
                  case when last > day then 'late' when day is null or undated then 'not-known'
                       when first < day then 'early' else 'on-day' end as filled_in
        from questions where coalesce(dated between $first and $last, true)
    """,
        year.bounds,
    )


def write_evaluated(connection: duckdb.DuckDBPyConnection, year: Year) -> None:
    """The table `evaluated`: at each course's sessions of the year, how many forms have all answers on the day.

    `attended` is attendances at the sessions held that state them, NULL when none does; `both_on_day` is the
    distinct forms of these sessions with an answer before and one after, both given on the day, to every question
    that was asked before and after that session (that is, anybody answered before, and anybody after: a question
    asked only afterwards is not one). No session counts more forms than attended it. `elsewhere` is such forms of
    days that are not among these sessions, and those beyond the attendances of theirs.
    `denominator` says in words what `attended` counts. Reads what `write_evaluation` made.
    """
    rows = connection.execute(
        """
        with ran as (
            select course, date, attended from held_sessions
            where state = 'held' and date between $first and $last
        ), sessions as (
            select course, count(*) as held, count(attended) as stated, sum(attended)::BIGINT as attended
            from ran group by course
        ), asked as (
            select course, day, question, count(*) over (partition by course, day) as questions from answers
            group by course, day, question having count(pre) > 0 and count(post) > 0
        ), complete as (
            select course, day from answers join asked using (course, day, question)
            where pairing = 'paired' and filled_in = 'on-day'
            group by course, form, by_person, apart, day, questions having count(*) = questions
        ), by_day as (
            select c.course, c.day, count(*) as forms, case when any_value(r.attended) is not null then least(count(*), any_value(r.attended)) end as among
            from complete c left join ran r on c.course = r.course and c.day = r.date group by c.course, c.day
        ), forms as (
            select course, sum(coalesce(among, 0))::BIGINT as among,
                   sum(forms - coalesce(among, 0))::BIGINT as elsewhere
            from by_day group by course
        ), courses as (select course from sessions union select course from answers)
        select course, attended, coalesce(among, 0), coalesce(elsewhere, 0), coalesce(held, 0), coalesce(stated, 0)
        from courses left join sessions using (course) left join forms using (course) order by course
        """,
        year.bounds,
    ).fetchall()
    columns = ["course VARCHAR", "attended BIGINT", "both_on_day BIGINT", "elsewhere BIGINT", "denominator VARCHAR"]  # fmt: skip
    fill(connection, "evaluated_found", columns, [(*row[:4], denominator(*row[4:])) for row in rows])
    connection.execute("create or replace table evaluated as from evaluated_found order by course")


def denominator(held: int, stated: int) -> str:
    """What is counted as all who attended, in words."""
    if not stated:
        return "not known: no session held in the year states how many attended"
    left = held - stated
    out = f"; {counted(left, 'session')} held left out, as it is not stated how many attended" if left else ""
    return f"attendances at {counted(stated, 'session')} held in the year{out}"
