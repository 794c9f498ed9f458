"""Runs the review of a scenario: what was sent in a year, and how the plan's lines should stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tna import plugins
from tna.model import AnnualReview, Board
from tna.review import Sent, review

KINDS = ("returns", "sessions", "bookings", "evaluations", "followups", "observations", "outcomes", "updates")
Register = Callable[[Path, Sequence[Mapping[str, Any]]], list[Path]]


def wrong(asked: Mapping[str, Any], board: Board, folder: Path, register: Register) -> list[str]:
    """A sentence for each expectation of a review that did not come true; all numbers are seen, as the team sees them."""
    files = {kind: register(folder / f"{kind}.csv", asked.get(kind, ())) for kind in KINDS}
    analysis = folder if (folder / "analysis.duckdb").is_file() else None
    found = review(
        board,
        asked["year"],
        Sent(files, analysis),
        as_of=date.fromisoformat(asked["as_of"]),
        internal=True,
        plugins=plugins.find(),
    )
    lines = [
        line
        for key, wanted in asked["expect"].items()
        if key in CHECKS
        for line in CHECKS[key](found, wanted)
    ]
    found.connection.close()
    return lines


def _plan(found: AnnualReview, wanted: Mapping[str, Any]) -> Iterator[str]:
    for line, expected in wanted.items():
        rows = _rows(found, "select rating, actual, denominator, because from plan where line = ?", line)
        fields = {"rating": expected} if isinstance(expected, str) else expected
        got = [{name: row[name] for name in fields} for row in rows]
        if got != [fields]:
            why = "; ".join(row["because"] for row in rows)
            yield f"  line {line}: expected {fields}, got {got} ({why})"


def _tables(found: AnnualReview, wanted: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    for table, rows in wanted.items():
        there = _rows(found, f"from {table}")
        for row in rows:
            if not any(all(_same(one[name], value) for name, value in row.items()) for one in there):
                yield f"  {table}: no row with {dict(row)}; there are {there[:5]}"


def _flags(found: AnnualReview, wanted: Sequence[str]) -> Iterator[str]:
    codes = {row["code"] for row in _rows(found, "select distinct code from flags")}
    yield from (f"  flag {code}: expected of the review, not raised" for code in wanted if code not in codes)


def _same(got: object, wanted: object) -> bool:
    return str(got) == str(wanted) if isinstance(got, date) else got == wanted


def _rows(found: AnnualReview, sql: str, *values: Any) -> list[dict[str, Any]]:
    answer = found.connection.execute(sql, list(values))
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


CHECKS: Mapping[str, Callable[[AnnualReview, Any], Iterator[str]]] = {
    "plan": _plan,
    "tables": _tables,
    "review_flags": _flags,
}
