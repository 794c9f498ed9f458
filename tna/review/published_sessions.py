"""Sessions, courses, agencies that did not come and places needed, without small numbers: their sums are the same people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tna import suppression
from tna.review.blanks import blank, rows_of, small
from tna.suppression import EVERY, Grid, Position

if TYPE_CHECKING:
    import duckdb

    from tna.review.year import Year

Row = Mapping[str, Any]
SPREAD = ("booked", "cancelled", "no_show", "unscheduled", "attended")
TAKE_UP = ("take_up", "take_up_attended", "take_up_places")
ATTENDANCE = ("attendance", "attendance_of", "attendance_booked")
NO_SHOWS = ("rate", "rate_no_show", "rate_kept")
YIELD = ("yield_attended", "yield_of", "yield", "places")
NOBODY = "?"  # of an agency that is not stated
SOME = "the numbers of some files or rows differ or are not all stated"
NO_YIELD = "a yield that is not shown, as it would tell a small number"


@dataclass(slots=True)
class Hidden:
    """What is not shown: sessions by course and day, courses and agencies by name; and whether the sum of all is."""

    sessions: set[tuple[str, str]] = field(default_factory=set)
    courses: set[str] = field(default_factory=set)
    agencies: set[str] = field(default_factory=set)
    whole: bool = False

    @property
    def size(self) -> int:
        """How much is hidden."""
        return len(self.sessions) + len(self.courses) + len(self.agencies) + self.whole


def publish(connection: duckdb.DuckDBPyConnection, year: Year, threshold: int) -> Hidden:
    """Takes small numbers, and what would let them be worked out, out of the tables of delivery, in place.

    A session's numbers are part of its course's, and courses and agencies add up to the same whole. Who came to
    which session is left out altogether: with the sums of both it would let too much be worked out.
    """
    sessions, agencies = rows_of(connection, "held_sessions"), rows_of(connection, "no_shows")
    found = _settled(sessions, agencies, year, threshold)
    _write_sessions(connection, sessions, found)
    _write_courses(connection, sessions, found, year)
    _write_agencies(connection, agencies, found, threshold)
    connection.execute("delete from agency_mix")
    _write_places(connection, sessions, found, year)
    return found


def counts(row: Row) -> tuple[int, ...]:
    """All that a row tells of people: its numbers, and those that follow from them."""
    booked, cancelled, no_show, unscheduled, attended = (row.get(name) for name in SPREAD)
    kept = None if booked is None or cancelled is None else booked - cancelled
    came = None if attended is None or unscheduled is None else attended - unscheduled
    stayed = None if kept is None or no_show is None else kept - no_show
    walked_in = None if stayed is None or attended is None or unscheduled is not None else attended - stayed
    numbers = (booked, cancelled, no_show, unscheduled, attended, kept, came, stayed, walked_in)
    return tuple(max(0, one or 0) for one in numbers)


def added(rows: Iterable[Row]) -> dict[str, int | None]:
    """The numbers of several rows added up, each over those that state it."""
    some = list(rows)
    stated = {name: [row[name] for row in some if row.get(name) is not None] for name in SPREAD}
    return {name: sum(numbers) if numbers else None for name, numbers in stated.items()}


def key(row: Row) -> tuple[str, str]:
    """A session by course and day."""
    return row["course"], str(row["date"])


def _settled(sessions: Sequence[Row], agencies: Sequence[Row], year: Year, threshold: int) -> Hidden:
    """What to hide, round after round until no sum asks for more."""
    found = Hidden(
        sessions={key(row) for row in sessions if any(small(one, threshold) for one in counts(row))}
    )
    held = _by_course(row for row in sessions if row["state"] == "held" and year.within(row["date"]))
    unknown = [row for row in sessions if row["state"] == "not-known" and year.within(row["date"])]
    before = -1
    while found.size > before:
        before = found.size
        for course, rows in held.items():
            _hide_course(course, rows, found, threshold)
        if agencies:
            _hide_whole(held, unknown, agencies, found, threshold)
    return found


def _by_course(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["course"], []).append(row)
    return found


def _hide_course(course: str, rows: Sequence[Row], found: Hidden, threshold: int) -> None:
    cells = {str(row["date"]): counts(row) for row in rows}
    forced = {day for one, day in found.sessions if one == course} & cells.keys()
    forced |= {EVERY} if course in found.courses else set()
    gone = one_way(cells, counts(added(rows)), forced, threshold)
    found.sessions |= {(course, day) for day in gone - {EVERY}}
    found.courses |= {course} if EVERY in gone else set()


def one_way(
    parts: Mapping[str, tuple[int, ...]], total: tuple[int, ...], forced: Collection[str], threshold: int
) -> frozenset[str]:
    """Of rows that add up to a total ("*"), those to hide whole: with a small number, forced, or to protect such a one."""
    rows = {**parts, EVERY: total}
    few = {name for name, numbers in rows.items() if any(small(one, threshold) for one in numbers)}
    cells: dict[Position, tuple[int, ...]] = {
        (name, "all"): (sum(numbers),) for name, numbers in rows.items()
    }
    gone = suppression.hidden(Grid(cells), 1, [(name, "all") for name in few.union(forced)])
    return frozenset(name for name, _ in gone)


def _hide_whole(
    held: Mapping[str, Sequence[Row]],
    unknown: Sequence[Row],
    agencies: Sequence[Row],
    found: Hidden,
    threshold: int,
) -> None:
    """Courses, with sessions of which nothing else is known, and agencies: two ways to the same sum."""
    whole = [row for rows in held.values() for row in rows] + list(unknown)
    cells = {f"course {one}": counts(added(rows)) for one, rows in held.items()}
    cells |= {f"session {key(row)}": counts(row) for row in unknown}
    forced = {f"course {one}" for one in found.courses} | {f"session {one}" for one in found.sessions}
    gone = one_way(cells, counts(added(whole)), forced & cells.keys() | _every(found), threshold)
    found.courses |= {one for one in held if f"course {one}" in gone}
    found.sessions |= {key(row) for row in unknown if f"session {key(row)}" in gone}
    found.whole = found.whole or EVERY in gone
    sent = {row["agency"] or NOBODY: counts(row) for row in agencies}
    away = one_way(sent, counts(added(agencies)), found.agencies | _every(found), threshold)
    found.agencies |= away - {EVERY}
    found.whole = found.whole or EVERY in away


def _every(found: Hidden) -> set[str]:
    return {EVERY} if found.whole else set()


def _write_sessions(connection: duckdb.DuckDBPyConnection, sessions: Sequence[Row], found: Hidden) -> None:
    gone = [row["rowid"] for row in sessions if key(row) in found.sessions]
    blank(connection, "held_sessions", (*SPREAD, "balance", "because"), gone)
    connection.execute(
        "update held_sessions set because = $some where regexp_matches(because, '[0-9]')", {"some": SOME}
    )


def _write_courses(
    connection: duckdb.DuckDBPyConnection,
    sessions: Sequence[Row],
    found: Hidden,
    year: Year,
) -> None:
    """A course's sums, and its rates: these leave sessions out, which must not be told apart where some are hidden."""
    partly = {
        row["course"]
        for row in sessions
        if key(row) in found.sessions and row["state"] == "held" and year.within(row["date"])
    }
    rows = rows_of(connection, "delivery")
    hidden = [row["rowid"] for row in rows if row["course"] in found.courses]
    blank(connection, "delivery", (*SPREAD, *TAKE_UP, *ATTENDANCE), hidden)
    shown = [row for row in rows if row["course"] in partly - found.courses]
    blank(connection, "delivery", TAKE_UP, [row["rowid"] for row in shown if not _takes_all(row)])
    blank(connection, "delivery", ATTENDANCE, [row["rowid"] for row in shown if not _keeps_all(row)])


def _takes_all(row: Row) -> bool:
    return bool(row["take_up_attended"] == row["attended"])


def _keeps_all(row: Row) -> bool:
    return bool(
        None not in (row["attended"], row["unscheduled"], row["booked"], row["cancelled"])
        and row["attendance_of"] == row["attended"] - row["unscheduled"]
        and row["attendance_booked"] == row["booked"] - row["cancelled"]
    )


def _write_agencies(
    connection: duckdb.DuckDBPyConnection, agencies: Sequence[Row], found: Hidden, threshold: int
) -> None:
    gone = [row["rowid"] for row in agencies if (row["agency"] or NOBODY) in found.agencies]
    blank(connection, "no_shows", ("booked", "cancelled", "no_show", "attended", *NO_SHOWS, "because"), gone)
    blank(connection, "no_shows", NO_SHOWS, [row["rowid"] for row in agencies if _tells(row, threshold)])
    connection.execute(
        "update no_shows set because = $some where regexp_matches(because, '[0-9]')", {"some": SOME}
    )


def _tells(row: Row, threshold: int) -> bool:
    """Whether the parts of a rate, or what they leave out of the row's numbers, are small."""
    away, kept = row["rate_no_show"], row["rate_kept"]
    if away is None or kept is None:
        return False
    numbers = [away, kept, kept - away]
    numbers += [row["no_show"] - away] if row["no_show"] is not None else []
    stated = row["booked"] is not None and row["cancelled"] is not None
    numbers += [row["booked"] - row["cancelled"] - kept] if stated else []
    return any(small(abs(one), threshold) for one in numbers)


def _write_places(
    connection: duckdb.DuckDBPyConnection, sessions: Sequence[Row], found: Hidden, year: Year
) -> None:
    """A yield that rests on hidden sessions is not shown, unless it is what is shown of the course anyway."""
    shown = {row["course"] for row in rows_of(connection, "delivery") if row["take_up_attended"] is not None}
    closed = {
        row["course"]
        for row in sessions
        if key(row) in found.sessions
        and row["state"] == "held"
        and (row["course"] not in shown or not year.within(row["date"]))
    }
    rows = rows_of(connection, "places_needed")
    gone = [row["rowid"] for row in rows if _rests_on(row, closed)]
    blank(connection, "places_needed", YIELD, gone)
    connection.execute(
        "update places_needed set yield_from = $why where rowid in (select unnest($gone::BIGINT[]))",
        {"why": NO_YIELD, "gone": gone},
    )


def _rests_on(row: Row, closed: Collection[str]) -> bool:
    own = (row["yield_from"] or "").startswith("this course's own")
    every = (row["yield_from"] or "").startswith("sessions of all")
    return (own and row["course"] in closed) or (every and bool(closed))
