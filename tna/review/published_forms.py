"""Evaluation, follow-up, places and outcomes without small numbers, nor what would let them be worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tna import suppression
from tna.review.blanks import blank, rows_of, small
from tna.suppression import EVERY, Grid, Position

if TYPE_CHECKING:
    import duckdb

PAIRS = ("paired", "pre_only", "post_only", "conflicting")
CHANGES = ("improved", "same", "worse")
DAYS = ("late", "on_day", "early", "day_not_known")
NESTED = (
    ("trained", "needed"),
    ("trained", "sample"),
    ("sample", "due"),
    ("trained", "done"),
    ("done", "done_not_drawn"),
)
STEP = "change "  # what a step of the distribution is called among the numbers of a question
APART = ("done_without_manager", "too_early", "manager_not_stated", "not_matched")


def publish(connection: duckdb.DuckDBPyConnection, threshold: int) -> None:
    """Takes small numbers of forms and people out of the tables, in place."""
    _questions(connection, threshold)
    _nested(connection, "followup", NESTED, threshold)
    _each(connection, "followup", APART, threshold)
    _nested(connection, "evaluated", (("attended", "both_on_day"),), threshold)
    _each(connection, "evaluated", ("elsewhere",), threshold)
    _each(connection, "places_needed", ("people_to_train", "places"), threshold)
    _each(connection, "outcomes_by_period", ("count",), threshold)


def _questions(connection: duckdb.DuckDBPyConnection, threshold: int) -> None:
    """Each question's forms by pairing, by day and by change: parts of totals, hidden so that none is left over."""
    steps: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows_of(connection, "evaluation_change"):
        steps.setdefault((row["course"], row["question"]), []).append(row)
    for row in rows_of(connection, "evaluation"):
        changes = steps.get((row["course"], row["question"]), [])
        hidden = _settled(row, changes, threshold)
        columns = sorted(hidden - {step for step in hidden if step.startswith(STEP)})
        blank(connection, "evaluation", columns, [row["rowid"]] if columns else [])
        gone = [one["rowid"] for one in changes if f"{STEP}{one['change']}" in hidden]
        blank(connection, "evaluation_change", ["forms"], gone)


def _settled(row: Mapping[str, Any], changes: Sequence[Mapping[str, Any]], threshold: int) -> frozenset[str]:
    """The numbers of a question to hide, of all its sums at once: what one sum hides, the next must hide too."""
    sums = [("forms", PAIRS), ("forms", DAYS), ("paired", CHANGES)]
    numbers = {name: row[name] or 0 for name in ("forms", *PAIRS, *DAYS, *CHANGES)}
    for sign in CHANGES:
        some = [one for one in changes if _sign(one["change"]) == sign]
        numbers |= {f"{STEP}{one['change']}": one["forms"] for one in some}
        sums.append((sign, tuple(f"{STEP}{one['change']}" for one in some)))
    hidden: frozenset[str] = frozenset()
    while True:
        more = frozenset(
            name for total, parts in sums for name in _parts(numbers, parts, total, hidden, threshold)
        )
        if more <= hidden:
            return hidden
        hidden |= more


def _parts(
    numbers: Mapping[str, int], names: Sequence[str], total: str, forced: frozenset[str], threshold: int
) -> set[str]:
    """Which of a total and its parts to hide; those forced stay hidden."""
    place = {name: (name, "all") for name in names} | {total: (EVERY, "all")}
    cells: dict[Position, tuple[int, ...]] = {place[name]: (numbers[name],) for name in (*names, total)}
    kept = [place[name] for name in forced if name in place]
    gone = suppression.hidden(Grid(cells), threshold, kept) if names else frozenset()
    return {name for name, position in place.items() if position in gone}


def _sign(change: float) -> str:
    return "improved" if change > 0 else "worse" if change < 0 else "same"


def _nested(
    connection: duckdb.DuckDBPyConnection, table: str, pairs: Sequence[tuple[str, str]], threshold: int
) -> None:
    """Counts of which one is part of another: hides a part that is small or lacks little of the whole, and a small whole."""
    for row in rows_of(connection, table):
        hidden = {name for pair in pairs for name in pair if small(row[name], threshold)}
        for whole, part in pairs:
            if whole in hidden or _near(row[whole], row[part], threshold):
                hidden.add(part)
        blank(connection, table, sorted(hidden), [row["rowid"]] if hidden else [])


def _near(whole: int | None, part: int | None, threshold: int) -> bool:
    return whole is not None and part is not None and small(abs(whole - part), threshold)


def _each(connection: duckdb.DuckDBPyConnection, table: str, names: Sequence[str], threshold: int) -> None:
    """Counts that no total is printed of: a row in which one is small does not show them."""
    rows = [
        row["rowid"]
        for row in rows_of(connection, table)
        if any(small(row[name], threshold) for name in names)
    ]
    blank(connection, table, names, rows)
