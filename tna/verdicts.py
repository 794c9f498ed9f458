"""What came of one record for one competency, in words: counted until when, or why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tna.evidence import add_months

Row = Mapping[str, Any]

WHY_NOT = {
    "booked": "booked, not attended",
    "cancelled": "cancelled",
    "did-not-attend": "did not attend",
    "future": "dated after the as-of date",
    "unknown-course": "names a course that the board's catalogue does not have",
    "unknown-person": "names a person who is in no people register",
}


@dataclass(frozen=True, slots=True)
class Considered:
    """A record that was looked at for a competency, where it stands, and what came of it."""

    course: str
    completed: date | None
    written_at: str
    counts: bool
    verdict: str
    until: date | None = None


def matches(record: Row, credit: Row) -> bool:
    """Whether a credit is about what a record says was attended."""
    return (
        record["course"] == credit["course"]
        and record["mode"] == credit["mode"]
        and all(credit[name] in (None, record[name]) for name in ("provider", "evidence"))
    )


def gave(record: Row, credit: Row) -> bool:
    """Whether a dated record gave the competency once, so that there is something to renew."""
    return record["counts"] == "dated" and bool(credit["counts"]) and not credit["renews"]


def consider(record: Row, credit: Row, given: bool, as_of: date) -> Considered:
    """A record that counts, or not, by itself; `given` says whether the competency was given once."""
    dated = record["completed"] and credit["months"] is not None
    until = add_months(record["completed"], credit["months"]) if dated else None
    counts, verdict = _verdict(record, credit, until, given, as_of)
    return Considered(record["course"], record["completed"], written_at(record), counts, verdict, until)


def _verdict(record: Row, credit: Row, until: date | None, given: bool, as_of: date) -> tuple[bool, str]:
    if record["counts"] == "no":
        return False, f"not counted: {why_not(record)}"
    if not credit["counts"]:
        return False, f"not counted: {credit['taken']} training is not accepted for this; {credit['because']}"
    if record["completed"] is None:
        return False, "not counted: it has no date"
    if credit["renews"] and not given:
        return False, "not counted: it renews, and there was nothing to renew"
    if until is None:
        how_long = f"for good, {credit['interval_by']}" if credit["interval_by"] else "no interval stated"
        return True, f"counts, {how_long}: {credit['because']}"
    months = f"{credit['months']} months{_by(credit)}"
    if until < as_of:
        return False, f"lapsed: it held until {until.isoformat()} ({months}): {credit['because']}"
    word = "renews" if credit["renews"] else "counts"
    return True, f"{word} until {until.isoformat()} ({months}): {credit['because']}"


def hours(minutes: int) -> str:
    """Minutes as hours, to two places where they do not come out even."""
    return f"{round(minutes / 60, 2):,g}" if minutes < 600_000 else f"{minutes // 60:,}"


def _by(credit: Row) -> str:
    return f", {credit['interval_by']}" if credit["interval_by"] else ""


def add(record: Row, credit: Row, amount: Row, minutes: int | None, as_of: date) -> Considered:
    """A record that counts towards an amount, or not; `minutes` is how long the course lasts by itself."""
    counts, verdict, until = False, "", None
    if record["counts"] == "no":
        verdict = f"not counted: {why_not(record)}"
    elif not credit["counts"]:
        verdict = f"not counted: {credit['taken']} training is not accepted for this; {credit['because']}"
    elif amount["once"] and record["course"] not in amount["listed"].split("|"):
        verdict = f"not counted: not one of the courses of {amount['said']}"
    else:
        until = _runs_out(record, credit, amount)
        counts, verdict = _adds(record, amount, minutes, until, as_of)
    return Considered(record["course"], record["completed"], written_at(record), counts, verdict, until)


def _runs_out(record: Row, credit: Row, amount: Row) -> date | None:
    months = credit["months"] if amount["once"] else amount["months"]
    return add_months(record["completed"], months) if record["completed"] and months is not None else None


def _adds(record: Row, amount: Row, minutes: int | None, until: date | None, as_of: date) -> tuple[bool, str]:
    minutes = record["minutes"] if record["minutes"] is not None else minutes
    if not amount["once"] and minutes is None:
        return False, "adds nothing: neither the register nor the catalogue says how long it lasted"
    much = "one course" if amount["once"] else f"{hours(minutes or 0)} hours"
    if record["completed"] is None:
        return False, f"{much} not added: it has no date"
    if until and until < as_of:
        return False, f"{much} no longer added: they counted until {until.isoformat()}"
    return True, f"adds {much}" + (f" until {until.isoformat()}" if until else ", no interval stated")


def why_not(record: Row) -> str:
    """Why a record is no evidence."""
    reason = str(record["reason"])
    return WHY_NOT.get(reason, reason.replace("-", " "))


def written_at(record: Row) -> str:
    """Where a record stands: file, sheet, row."""
    sheet = f", sheet {record['sheet']}" if record["sheet"] else ""
    return f"{record['file']}{sheet}, row {record['row']}"
