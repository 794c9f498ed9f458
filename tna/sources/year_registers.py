"""What the registers of a year are: their columns, and the tables they become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tna.sources.columns import day, named, number, text, whole, word
from tna.sources.declared import Register
from tna.sources.numbers import COUNT, read_count, read_hours, read_percent, read_plain_count, read_score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tna.sources.columns import Column

Groups = Mapping[
    tuple[str, ...], str
]  # columns of which a row must fill one: why it is not used when it does not

MEASURES = ("headcount", "required", "trained", "in_date", "overdue")
ATTENDANCE = ("booked", "attended", "cancelled", "no_show", "unscheduled")


@dataclass(frozen=True, slots=True)
class Names:
    """What cells may name, as `tna.names.plain` writes it, with the ids meant."""

    courses: Mapping[str, str]
    levels: Mapping[str, str]
    lines: Mapping[str, str]
    items: Mapping[str, str]


# The columns of each table, in order, but for the file, sheet and row that end every one.
TABLES: Mapping[str, str] = {
    "returns": "agency VARCHAR, level VARCHAR, role VARCHAR, course VARCHAR, headcount BIGINT, required BIGINT,"
    " trained BIGINT, in_date BIGINT, overdue BIGINT, percent DOUBLE, as_at DATE, estimated BOOLEAN, low BIGINT,"
    " high BIGINT, bounds_of VARCHAR, total BOOLEAN, respondent_post VARCHAR",
    "sessions": "course VARCHAR, date DATE, places BIGINT, booked BIGINT, attended BIGINT, cancelled BIGINT,"
    " no_show BIGINT, unscheduled BIGINT, agency VARCHAR, mode VARCHAR, hours DOUBLE, status VARCHAR",
    "bookings": "course VARCHAR, date DATE, places BIGINT, booked BIGINT, attended BIGINT, cancelled BIGINT,"
    " no_show BIGINT, unscheduled BIGINT, agency VARCHAR, mode VARCHAR, hours DOUBLE",
    "evaluations": "form VARCHAR, person_id VARCHAR, course VARCHAR, date DATE, session DATE, question VARCHAR,"
    " pre DOUBLE, post DOUBLE, agency VARCHAR",
    "followups": "person_id VARCHAR, course VARCHAR, completed DATE, followed_up DATE, line_manager BOOLEAN,"
    " finding VARCHAR",
    "observations": "course VARCHAR, date DATE, item VARCHAR, item_written VARCHAR, seen VARCHAR,"
    " observer_post VARCHAR",
    "outcomes": "period VARCHAR, measure VARCHAR, line VARCHAR, count BIGINT, source VARCHAR",
    "updates": 'line VARCHAR, date DATE, "update" VARCHAR, status VARCHAR, post VARCHAR',
}


def course(names: Names) -> Column:
    """The column of courses, the same in every register."""
    return named("course", names.courses, "unknown-course-title")


def counts(*columns: str) -> tuple[Column, ...]:
    """Columns of counts where an estimate cannot be kept apart."""
    return tuple(number(name, read_plain_count) for name in columns)


def returns(names: Names, measures: Mapping[str, str], long: bool) -> Register:
    """Headcount returns with the columns of this table that measure something, by name: what each one measures."""
    counted = {name: read_percent if kind == "percent" else read_count for name, kind in measures.items()}
    numbers = [
        number(name, think, "DOUBLE" if think is read_percent else COUNT) for name, think in counted.items()
    ]
    if long:
        numbers += [word("measure", decides=True), number("count", read_count)]
    filled = tuple(column.name for column in numbers if column.kind == COUNT)
    needed: Groups = {("measure",): "blank-cell"} if long else {}
    columns = (
        whole("agency", decides=True), named("level", names.levels, "unknown-level", total=True), whole("role"),
        named("course", names.courses, "unknown-course-title", total=True), *numbers, day("as_at"),
        word("estimated", vocabulary="flag", kind="BOOLEAN"), number("low", read_count), number("high", read_count),
        text("respondent_post"),
    )  # fmt: skip
    return Register("returns", columns, {**needed, filled: "no-number"})


def sessions(names: Names) -> Register:
    """Sessions run or planned."""
    columns = (
        course(names), day("date", decides=True), *counts("places", *ATTENDANCE), text("agency"), word("mode"),
        number("hours", read_hours, "DOUBLE"), word("status", vocabulary="session"),
    )  # fmt: skip
    return Register("sessions", columns, {})


def bookings(names: Names, single: bool) -> Register:
    """Bookings by session and agency; or one by one, each with what became of it."""
    told = (word("status", True, "booking"),) if single else counts(*ATTENDANCE)
    columns = (
        course(names), day("date", decides=True), *counts("places"), *told, text("agency"), word("mode"),
        number("hours", read_hours, "DOUBLE"),
    )  # fmt: skip
    return Register("bookings", columns, {} if single else {ATTENDANCE: "no-number"})


def evaluations(names: Names, scores: Sequence[str]) -> Register:
    """Forms filled in before and after a course; `scores` are the columns that hold the answers."""
    told = (word("when", decides=True),) if "score" in scores else ()
    columns = (
        text("form_id"), text("person_id"), course(names), day("date"), day("session"), text("question"), *told,
        *(number(name, read_score, "DOUBLE") for name in scores), text("scale"), text("agency"),
    )  # fmt: skip
    needed: Groups = {(column.name,): "blank-cell" for column in told}
    named_by: Groups = {("form_id", "person_id"): "blank-form"}
    return Register("evaluations", columns, {**named_by, **needed, tuple(scores): "no-number"})


def followups(names: Names) -> Register:
    """People asked again some months after a course."""
    columns = (
        text("person_id"), text("form_id"), course(names), day("completed"), day("followed_up"),
        word("line_manager", vocabulary="flag", kind="BOOLEAN"), text("finding"),
    )  # fmt: skip
    return Register("followups", columns, {("person_id", "form_id"): "blank-form"})


def observations(names: Names) -> Register:
    """What observers of a course saw of the checklist."""
    columns = (
        course(names), day("date", decides=True), named("item", names.items, "unknown-item"),
        word("seen", decides=True), text("observer_post"),
    )  # fmt: skip
    return Register("observations", columns, {})


def outcomes(names: Names) -> Register:
    """Counts that stand beside the training, by period; a measure may be named as a line of the plan is."""
    columns = (
        text("period"), text("measure"), named("measured", names.lines, ""), named("line", names.lines, "unknown-line"),
        number("count", read_plain_count), text("source"),
    )  # fmt: skip
    return Register("outcomes", columns, {("count",): "no-number"})


def updates(names: Names) -> Register:
    """What became of the lines of the plan, as told by those who lead them."""
    columns = (
        named("line", names.lines, "unknown-line"), day("date"), text("update"), word("status", vocabulary="update"),
        text("post"),
    )  # fmt: skip
    return Register("updates", columns, {})
