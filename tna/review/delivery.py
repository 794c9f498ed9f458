"""What was run against what was planned, how full it was, who sent people, and who did not come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from tna.duck import fill
from tna.review.sessions import COUNTS, word
from tna.review.year import Year

if TYPE_CHECKING:
    import duckdb

STATES = {"held": "held", "cancelled": "cancelled", "not-known": "not_known", "to-come": "to_come"}
BOOKED = ("booked", "cancelled", "no_show", "attended")

TAKE_UP = "take-up of places: attendances ÷ places, at sessions held that state both"
ATTENDANCE = "attendance of bookings: attendances of those booked ÷ (booked − cancelled), at sessions held that state both"
NO_SHOWS = "no-shows of bookings not cancelled: no-shows ÷ (booked − cancelled), of the bookings that state all three"

# Of those booked, who came: all who attended but the unscheduled; where these are not stated, all who neither
# cancelled nor stayed away.
CAME_OF_BOOKED = "coalesce(attended - unscheduled, booked - cancelled - no_show)"


def write_delivery(connection: duckdb.DuckDBPyConnection, year: Year, planned: Mapping[str, int]) -> None:
    """The table `delivery`: one row for each course that is planned, or of which a session of the year is told.

    `planned` is the number of sessions planned by course. Reads `held_sessions`. Sessions are NULL for a course of
    which nothing was sent, and NULL is what nothing states; `places` to `attended` are of sessions held, added up
    over those that state them (`because` says when not all do). `take_up` is attendances of places, `attendance`
    that of bookings; each is its `..._of` or `..._attended` divided by what it is of, over sessions stating both.
    """
    fill(connection, "planned_sessions", ["course VARCHAR", "sessions BIGINT"], planned.items())
    sessions = ", ".join(
        f"count(*) filter (state = '{state}') as sessions_{name}" for state, name in STATES.items()
    )
    sums = ", ".join(f"sum({one}) filter (state = 'held')::BIGINT as {one}" for one in COUNTS)
    stated = ", ".join(f"count({one}) filter (state = 'held') as {one}_stated" for one in COUNTS)
    connection.execute(
        f"""
        create or replace temp table delivered as
        with year as (
            select *, state = 'held' and attended is not null and places is not null as takes,
                   {CAME_OF_BOOKED} as came, booked - cancelled as kept
            from held_sessions where date between $first and $last
        ), fitting as (
            select *, coalesce(state = 'held' and came between 0 and kept, false) as fits,
                   coalesce(state = 'held' and came not between 0 and kept, false) as misfits from year
        )
        select course, {sessions}, {sums}, {stated}, count(*) filter (misfits) as misfits,
               sum(attended) filter (takes)::BIGINT as take_up_attended, sum(places) filter (takes)::BIGINT as take_up_places,
               sum(came) filter (fits)::BIGINT as attendance_of, sum(kept) filter (fits)::BIGINT as attendance_booked
        from fitting group by course
        """,
        year.bounds,
    )
    _write(connection)


def _write(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(f"""
        create or replace table delivery as
        select coalesce(d.course, p.course) as course, p.sessions as sessions_planned, sessions_held,
               sessions_cancelled, sessions_not_known, sessions_to_come, places, booked, cancelled, no_show,
               unscheduled, attended,
               case when take_up_places > 0 then take_up_attended / take_up_places end as take_up,
               case when attendance_booked > 0 then attendance_of / attendance_booked end as attendance,
               take_up_attended, take_up_places, attendance_of, attendance_booked,
               concat_ws('; ', {", ".join(_delivery_words())}) as because
        from delivered d full join planned_sessions p on d.course = p.course order by 1
    """)


def _delivery_words() -> tuple[str, ...]:
    """SQL for what a course's numbers leave out, each NULL where they leave out nothing."""
    return (
        "case when d.course is null then 'nothing was sent of this course' end",
        f"'of ' || sessions_held || ' sessions held, stated for fewer: ' || {_partly('sessions_held')}",
        "case when misfits > 0 then 'attendance of bookings leaves out ' || misfits || case when misfits = 1 "
        "then ' session' else ' sessions' end || ' whose attendances do not fit its bookings' end",
    )


def _partly(whole: str, counts: Iterable[str] = COUNTS) -> str:
    """SQL for the counts that some rows state and not all, each with how many do; NULL where there are none."""
    each = (
        f"case when {one}_stated between 1 and {whole} - 1 then '{word(one)} (' || {one}_stated || ')' end"
        for one in counts
    )
    return f"nullif(concat_ws(', ', {', '.join(each)}), '')"


def write_agencies(connection: duckdb.DuckDBPyConnection, year: Year) -> None:
    """The tables `agency_mix` (a row for each session of the year and agency) and `no_shows` (for each agency).

    Reads `bookings` and `held_sessions`. In `agency_mix` a number is NULL unless all bookings of the agency state
    it. `no_shows` leaves out sessions that were cancelled or are to come; `rate` is `rate_no_show` divided by
    `rate_kept`, the no-shows of bookings not cancelled and these bookings, of rows that state all three. An agency
    that is not stated is ''.
    """
    connection.execute(
        """
        create or replace temp table year_bookings as
        select b.*, s.state, b.booked - b.cancelled as kept,
               coalesce(b.no_show between 0 and b.booked - b.cancelled, false) as fits
        from bookings b join held_sessions s using (course, date) where date between $first and $last
        """,
        year.bounds,
    )
    mixed = ", ".join(
        f"case when count({one}) = count(*) then sum({one})::BIGINT end as {one}"
        for one in ("booked", "no_show", "attended")
    )
    connection.execute(f"""
        create or replace table agency_mix as
        select course, date, agency, {mixed} from year_bookings
        group by course, date, agency order by course, date, agency
    """)
    _write_no_shows(connection)


def _write_no_shows(connection: duckdb.DuckDBPyConnection) -> None:
    sums = ", ".join(f"sum({one})::BIGINT as {one}" for one in BOOKED)
    connection.execute(f"""
        create or replace table no_shows as
        with agencies as (
            select agency, {sums}, sum(no_show) filter (fits)::BIGINT as rate_no_show,
                   sum(kept) filter (fits)::BIGINT as rate_kept, count(*) as written,
                   {", ".join(f"count({one}) as {one}_stated" for one in BOOKED)}
            from year_bookings where state in ('held', 'not-known') group by agency
        )
        select agency, {", ".join(BOOKED)}, case when rate_kept > 0 then rate_no_show / rate_kept end as rate,
               rate_no_show, rate_kept, coalesce('of ' || written || ' rows, stated in fewer: ' || {_partly("written", BOOKED)}, '') as because
        from agencies order by agency
    """)
