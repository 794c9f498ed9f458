"""The numbers to know first, each with what it is a part of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tna.model import Analysis, Board
from tna.reports.shares import Share
from tna.wording import counted, number

REASONS = {
    "booked": "only booked",
    "cancelled": "cancelled",
    "did-not-attend": "did not attend",
    "future": "dated in the future",
    "unknown-course": "course not known",
    "unknown-person": "person not known",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A number with its name, and what it is a part of or means."""

    name: str
    value: str
    note: str


def summary(analysis: Analysis) -> tuple[Fact, ...]:
    """The summary numbers, in the order a board asks for them."""
    counts = analysis.about["counts"]
    return (*_people(analysis, counts), _returns(analysis, counts), *_registers(counts))


def _people(analysis: Analysis, counts: dict[str, Any]) -> Iterator[Fact]:
    [(held, required)] = analysis.connection.execute("""
        select coalesce(sum(held), 0), coalesce(sum(required), 0) from coverage
        where agency = '*' and level = '*' and competency = '*'
    """).fetchall()
    in_date = Share(held, required)
    yield Fact("People", number(counts["people"]), f"in {counted(counts['jobs'], 'job')}")
    yield Fact(
        "In date", in_date.words, f"{in_date.percent or 'none'} of people of whom training is required"
    )
    yield Fact(
        "Still need training", Share(in_date.rest, required).words, "people of whom training is required"
    )
    yield _due(analysis, required)


def _due(analysis: Analysis, required: int) -> Fact:
    [(due,)] = analysis.connection.execute("select count(distinct person_id) from due").fetchall()
    if not due and not lapses(analysis.board):
        return Fact("Due soon", "Not stated", "no refresh interval is stated, so nothing lapses")
    days = counted(analysis.about["horizon_days"], "day")
    return Fact("Due soon", Share(due, required).words, f"people required; something ends within {days}")


def lapses(board: Board) -> bool:
    """Whether any refresh interval is stated, by policy or in the pack."""
    framework, refresh = board.pack.framework, board.policies.get("refresh.months")
    grants = [
        *(one for level in framework.levels for one in level.requires),
        *(one for cohort in framework.cohorts for one in cohort.requires),
        *(one for course in board.pack.courses for one in (*course.gives, *course.renews)),
    ]
    months = [*(one.months for one in grants), *(term.months for term in framework.terms)]
    return any(months) or bool(refresh and refresh.value)


def _registers(counts: dict[str, Any]) -> Iterator[Fact]:
    asked = Share(counts["jobs_asked"], counts["jobs"])
    yield Fact(
        "Jobs to ask about", asked.words, "jobs whose level nothing says; they are in no level’s numbers"
    )
    uses, left = counts["records_by_use"], counts["records_left_out"]
    why = "; ".join(f"{REASONS.get(one, one)} {number(rows)}" for one, rows in left.items())
    out = Share(uses.get("no", 0), counts["records"])
    yield Fact("Training records left out", out.words, why)
    undated = Share(uses.get("undated", 0), counts["records"])
    yield Fact("Records without a date", undated.words, "kept, and never counted as in date")


def _returns(analysis: Analysis, counts: dict[str, Any]) -> Fact:
    sent, expected = number(counts["agencies"]), counts["agencies_expected"]
    if expected is None:
        return Fact("Agencies that sent a register", sent, "which were expected: not stated")
    [(silent,)] = analysis.connection.execute(
        "select count(*) from coverage where rating = 'no-return' and level = '*'"
    ).fetchall()
    return Fact(
        "Agencies with no return", Share(silent, expected).words, f"agencies expected; {sent} sent a register"
    )
