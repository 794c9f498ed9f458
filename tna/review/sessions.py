"""Every session that the year's files tell of, once: whether it was held, its numbers, and whether they add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tna.review.year import Year

if TYPE_CHECKING:
    import duckdb

COUNTS = ("places", "booked", "cancelled", "no_show", "unscheduled", "attended")
PARTS = ("booked", "cancelled", "no_show", "unscheduled", "attended")  # those that balance
WORDS = {"no_show": "no-show"}  # where a column's name is not the word


def word(count: str) -> str:
    """A count as a sentence names it."""
    return WORDS.get(count, count)


def write_sessions(connection: duckdb.DuckDBPyConnection, year: Year) -> None:
    """The table `held_sessions`: each course and day of `sessions` and `bookings` (of any year), with its state.

    A session is a course on a day: two of one course on one day cannot be told apart. `state`: cancelled, held,
    to-come, or not-known for one that is past and of which nothing says that anybody came. `places` to `attended`
    are the session's own numbers; where it states none, its bookings added up if every one of them states it.
    `agencies` counts those that booked. `balance` says whether booked - cancelled - no_show + unscheduled =
    attended: adds-up, does-not, not-stated, or nothing for what is cancelled or to come.
    """
    _own(connection)
    _booked(connection)
    _together(connection, year)
    _write(connection)


def _own(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `own_sessions`: the rows of `sessions` as one a session; what they contradict each other in is NULL.

    The same row written twice counts once. Rows of different agencies are added up.
    """
    sums = ", ".join(
        f"""case when by_agency then case when count({one}) = count(*) then sum({one})::BIGINT end
                 when min({one}) = max({one}) then min({one}) end as {one},
            not by_agency and coalesce(min({one}) <> max({one}), false) as {one}_differs,
            array_to_string(list_sort(list(distinct {one}) filter ({one} is not null)), ' and ') as {one}_written"""
        for one in COUNTS
    )
    connection.execute(f"""
        create or replace temp table own_sessions as
        with once as (
            select course, date, agency, mode, hours, status, {", ".join(COUNTS)}, count(*) as written
            from sessions group by all
        ), kinds as (
            select course, date, count(*) > 1 and min(agency) <> '' and count(distinct agency) = count(*) as by_agency
            from once group by course, date
        )
        select course, date, by_agency, {sums}, coalesce(max(attended), 0) > 0 as came, max(written) as written,
               list_sort(list(distinct status) filter (status not in ('', 'planned'))) as said
        from once join kinds using (course, date) group by course, date, by_agency
    """)


def _booked(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `booked_sessions`: the bookings of each session added up; NULL what not every one of them states.

    Places that every booking gives alike are the session's, repeated, and are not added up.
    """
    stated = ", ".join(f"count({one}) as {one}_rows" for one in COUNTS)
    sums = ", ".join(
        f"case when count({one}) = count(*) then sum({one})::BIGINT end as {one}" for one in PARTS
    )
    connection.execute(f"""
        create or replace temp table booked_sessions as
        select course, date, count(*) as written, count(distinct agency) filter (agency <> '') as agencies,
               case when count(places) < count(*) then null
                    when min(places) = max(places) then min(places)
                    else sum(places)::BIGINT end as places, {sums}, {stated},
               coalesce(count(*) > 1 and min(places) = max(places), false) as places_alike,
               coalesce(sum(attended), 0) > 0 as came
        from bookings group by course, date
    """)


def _together(connection: duckdb.DuckDBPyConnection, year: Year) -> None:
    """The table `told_sessions`: both side by side, with the number that counts, the state and the balance."""
    numbers = ", ".join(f"coalesce(o.{one}, b.{one}) as {one}" for one in COUNTS)
    sides = ", ".join(
        f"o.{one} as own_{one}, b.{one} as sum_{one}, b.{one}_rows, o.{one}_differs, o.{one}_written"
        for one in COUNTS
    )
    missing = " or ".join(f"{one} is null" for one in PARTS)
    connection.execute(
        f"""
        create or replace temp table told_sessions as
        with sides as (
            select coalesce(o.course, b.course) as course, coalesce(o.date, b.date) as date, {numbers}, {sides},
                   coalesce(b.agencies, 0) as agencies, b.written as booking_rows, coalesce(o.written, 0) as own_rows, coalesce(b.places_alike, false) as places_alike,
                   coalesce(o.by_agency, false) as by_agency, coalesce(o.said, []) as said,
                   coalesce(o.came, false) or coalesce(b.came, false) as came
            from own_sessions o full join booked_sessions b on o.course = b.course and o.date = b.date
        ), states as (
            select *, case when said = ['cancelled'] then 'cancelled' when date > $as_of then 'to-come'
                           when said = ['held'] or came then 'held'
                           when date = $as_of then 'to-come' else 'not-known' end as state
            from sides
        )
        select *, case when state in ('cancelled', 'to-come') then '' when {missing} then 'not-stated'
                       when booked - cancelled - no_show + unscheduled = attended then 'adds-up'
                       else 'does-not' end as balance
        from states
        """,
        {"as_of": year.as_of},
    )


def _write(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(f"""
        create or replace table held_sessions as
        select course, date, state, {", ".join(COUNTS)}, agencies, balance,
               concat_ws('; ', {", ".join((*_state_words(), *_number_words(), *_balance_words()))}) as because
        from told_sessions order by course, date
    """)


def _state_words() -> tuple[str, ...]:
    """SQL for what is to be said of a session's state, each NULL where there is nothing to say."""
    return (
        "case when state = 'cancelled' and came then 'called cancelled, and somebody attended' end",
        "case when len(said) > 1 then 'called both ' || array_to_string(said, ' and ') end",
        "case when state = 'to-come' and came then 'to come, and somebody is said to have attended' end",
        "case when state = 'to-come' and said = ['held'] then 'to come, and called held' end",
        "case when state = 'not-known' then 'past, and nothing says that anybody attended' end",
        "case when own_rows > 1 then 'the same row is written ' || own_rows || ' times and counts once' end",
        "case when by_agency then 'the rows of its agencies added up' end",
    )


def _number_words() -> tuple[str, ...]:
    """SQL for where a session's numbers come from when there is a choice, or why there is none."""
    differ = (
        f"case when own_{one} <> sum_{one} then '{word(one)}: ' || own_{one} || ' in the session''s own row, which "
        f"counts, and ' || sum_{one} || ' in its bookings' end"
        for one in COUNTS
    )
    unsure = (
        f"case when {one}_differs then '{word(one)}: rows of this session say ' || {one}_written || ', so ' "
        f"|| case when sum_{one} is null then 'it is not known' else 'its bookings count, ' || sum_{one} end end"
        for one in COUNTS
    )
    partly = (
        f"case when {one} is null and {one}_rows > 0 then '{word(one)}: stated in ' || {one}_rows || ' of ' "
        "|| booking_rows || ' rows of bookings, so not added up' end"
        for one in COUNTS
    )
    alike = (
        "case when places_alike and own_places is null then 'places: ' || places || ' in each of ' || booking_rows "
        "|| ' rows of bookings, taken as the session''s' end"
    )
    return (*differ, *unsure, *partly, alike)


def _balance_words() -> tuple[str, ...]:
    """SQL for why the parts of a session do not add up, or which are not stated."""
    missing = ", ".join(f"case when {one} is null then '{word(one)}' end" for one in PARTS)
    return (
        "case when balance = 'does-not' then booked || ' booked − ' || cancelled || ' cancelled − ' || no_show || "
        "' no-show + ' || unscheduled || ' unscheduled = ' || (booked - cancelled - no_show + unscheduled) || "
        "', and ' || attended || ' attended' end",
        f"case when balance = 'not-stated' then 'not stated: ' || concat_ws(', ', {missing}) end",
    )
