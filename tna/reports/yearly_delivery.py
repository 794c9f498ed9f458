"""What was run and who came: sessions, places, bookings and attendances, each under its own name, and places needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tna.model import AnnualReview
from tna.reports.sections import Cell, Section, Table, number, share, table
from tna.wording import day

MOST = 30  # rows of a table that go on in its file


def sections(review: AnnualReview) -> Iterator[Section]:
    """Delivery by course and session, no-shows by agency, places needed; only what there is something of."""
    tables = [made for make in (_courses, _sessions, _no_shows, _places) if (made := make(review)).rows]
    if tables:
        says = (
            "Take-up of places is attendances of places offered; attendance of bookings is those booked who came, of bookings "
            "not cancelled. Only sessions that state both parts enter a rate. Sessions, places, bookings, attendances and "
            "individuals are different things and are never added to each other.",
        )
        yield Section("delivery", "What was run, and who came", says, tuple(tables))


def rows(review: AnnualReview, question: str, **values: Any) -> list[dict[str, Any]]:
    """The rows of an answer by column."""
    answer = review.connection.execute(question, values or None)
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def title(review: AnnualReview, course: str) -> str:
    """A course as the board prints it."""
    found = review.board.courses.get(course)
    return found.title if found else course


def _courses(review: AnnualReview) -> Table:
    headings = (
        "Course",
        "#Sessions held",
        "#Planned",
        "#Places",
        "#Booked",
        "#Attended",
        "#No-shows",
        "#Take-up of places",
        "#Attendance of bookings",
        "Left out",
    )
    return table("By course", headings, [
        (Cell(title(review, one["course"]), one["course"]), number(one["sessions_held"]), number(one["sessions_planned"]),
         number(one["places"]), *(number(one[name], name in gone) for name in ("booked", "attended", "no_show")),
         share(one["take_up_attended"], one["take_up_places"], "take_up" in gone),
         share(one["attendance_of"], one["attendance_booked"], "attendance" in gone), one["because"] or "")
        for one, gone in shown(review, "delivery", ("course",))], "delivery.csv")  # fmt: skip


def shown(
    review: AnnualReview, name: str, keys: tuple[str, ...], where: str = "true"
) -> Iterator[tuple[dict[str, Any], frozenset[str]]]:
    """The rows of a table, each with the columns whose numbers are hidden, not unstated."""
    days = {"first": review.first, "last": review.last} if "$first" in where else {}
    counted = {
        tuple(row[key] for key in keys): row
        for row in rows(review, f"from counted_{name} where {where}", **days)
    }
    for row in rows(review, f"from {name} where {where}", **days):
        every = counted[tuple(row[key] for key in keys)]
        yield row, frozenset(column for column in row if row[column] is None and every[column] is not None)


def _sessions(review: AnnualReview) -> Table:
    within = "date between $first and $last"
    found = list(shown(review, "held_sessions", ("course", "date"), within))
    found.sort(key=lambda one: (one[0]["date"], one[0]["course"]))
    headings = (
        "Session",
        "Standing",
        "#Places",
        "#Booked",
        "#Attended",
        "Booked − cancelled − no-shows + unscheduled = attended",
    )
    return table(
        "By session" if len(found) <= MOST else f"By session: the first {MOST} of {len(found):,}", headings,
        [(Cell(title(review, one["course"]), day(one["date"])), one["state"].replace("-", " "), number(one["places"]),
          number(one["booked"], "booked" in gone), number(one["attended"], "attended" in gone),
          Cell("hidden" if "balance" in gone else one["balance"].replace("-", " "), one["because"] or "")) for one, gone in found[:MOST]],
        "sessions.csv")  # fmt: skip


def _no_shows(review: AnnualReview) -> Table:
    headings = ("Agency", "#Booked", "#Attended", "#No-shows, of bookings not cancelled")
    return table("No-shows by agency", headings, [
        (one["agency"] or "not stated", number(one["booked"], "booked" in gone), number(one["attended"], "attended" in gone),
         share(one["rate_no_show"], one["rate_kept"], "rate_no_show" in gone))
        for one, gone in shown(review, "no_shows", ("agency",))], "no_shows.csv")  # fmt: skip


def _places(review: AnnualReview) -> Table:
    headings = ("Course", "#People to train", "#Places needed", "Yield used")
    return table("Places needed", headings, [
        (Cell(title(review, one["course"]), one["course"]), number(one["people_to_train"], True), number(one["places"], True), one["yield_from"] or "")
        for one in rows(review, "from places_needed")], "places.csv")  # fmt: skip
