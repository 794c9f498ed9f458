"""The plan as it stands: what is on track, what is not, what is not known and what to send to know it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tna.model import AnnualReview
from tna.reports.sections import Cell, Section, table
from tna.wording import PLAN_MARKS, counted, listed, number, share

HEADINGS = ("Line of the plan", "Standing", "#Reached", "Why", "Source")
Row = tuple[str, str, float | None, float | None, int | None, str, int | None, str, str, str, str]


def _lines(review: AnnualReview) -> list[Row]:
    return review.connection.execute("from plan").fetchall()


def finding(review: AnnualReview) -> str:
    """The year in one sentence: of how many lines that can be true or false, how many are what."""
    counts = Counter(row[7] for row in _lines(review))
    measured = sum(counts.values()) - counts["not-measured"]
    parts = [
        f"{counts[state]:,} {mark.word.lower()}"
        for state, mark in PLAN_MARKS.items()
        if counts[state] and state != "not-measured"
    ]
    return f"Of {counted(measured, 'line')} of the plan for {review.year} that can be true or false: {listed(parts) or 'none'}."


def sections(review: AnnualReview) -> Iterator[Section]:
    """One section, a table a standing, those that need a decision first."""
    rows = _lines(review)
    tables = tuple(
        table(
            f"{mark.word}: {mark.means}",
            HEADINGS,
            [_row(review, row) for row in rows if row[7] == state],
            "plan.csv",
        )
        for state, mark in PLAN_MARKS.items()
        if any(row[7] == state for row in rows)
    )
    says = (
        f"Every line of the board's plan as it stands on the day of this review. A line is {listed([mark.word.lower() for mark in PLAN_MARKS.values()])}.",
        "A percentage is compared before it is rounded; without a floor there is no amber.",
    )
    yield Section("plan", "The plan", says, tables)


def _row(review: AnnualReview, row: Row) -> tuple[str | Cell, ...]:
    line, kind, target, _, actual, unit, whole, rating, _, source, because = row
    said = {one.id: one.says for one in review.board.pack.plan}.get(line, "Coverage of what is required")
    reached = "" if actual is None else share(actual, whole) if whole else number(actual)
    aim = (
        ""
        if target is None
        else f"target {target:g}{'%' if kind in ('coverage', 'evaluation', 'follow-up') else ''}"
    )
    return (
        Cell(said, line),
        Cell("", "", PLAN_MARKS[rating]),
        Cell(reached, f"{unit if reached else ''}{'; ' if reached and aim else ''}{aim}"),
        because,
        source,
    )
