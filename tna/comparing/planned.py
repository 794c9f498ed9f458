"""Lines of the plan as two reviews judged them, side by side."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tna.duck import fill
from tna.model import Judgement
from tna.problems import Place, refuse
from tna.wording import listed

if TYPE_CHECKING:
    import duckdb

COLUMNS = (
    "line", "kind", "unit", "actual_a", "denominator_a", "rating_a", "actual_b", "denominator_b", "rating_b",
    "more", "points", "change", "differs",
)  # fmt: skip
TYPES = ("VARCHAR", "VARCHAR", "VARCHAR", "BIGINT", "BIGINT", "VARCHAR", "BIGINT", "BIGINT", "VARCHAR",
         "BIGINT", "DOUBLE", "VARCHAR", "VARCHAR")  # fmt: skip
FILE = "plan.csv"
TERMS = ("kind", "unit", "target", "floor")
WRITTEN = tuple(one.name for one in fields(Judgement))
NOT_PEOPLE = (
    "days",
    "listed dates",
    "observations",
    "schools",
    "sessions",
)  # how units begin that count nobody
Lines = Mapping[str, Judgement]


def write(
    connection: duckdb.DuckDBPyConnection, first: Path, second: Path, *, asked: bool, threshold: int | None
) -> None:
    """The table `plan_compared`, empty unless both folders hold a plan.csv.

    A line is compared as a count (`more`, in its unit) or, where it has a denominator, as a rate (`points`); neither
    where its kind, unit, target or floor are not the same, which `differs` says, or where a number is not known.
    Numbers of people below a `threshold` are not shown; all are without one.
    Raises `Unusable` for a plan.csv that cannot be read, or is missing where it was asked for.
    """
    paths = [folder / FILE for folder in (first, second)]
    for path in paths:
        if asked and not path.is_file():
            refuse("compare.no-plan", Place(str(path.parent)))
    found = [read(path) for path in paths] if all(path.is_file() for path in paths) else [{}, {}]
    if threshold is not None:
        found = [{name: _shown(one, threshold) for name, one in lines.items()} for lines in found]
    set_side_by_side(connection, *found)


def _shown(one: Judgement, threshold: int) -> Judgement:
    """A judgement without numbers of people that are small, or would be by subtraction."""
    known = [count for count in (one.actual, one.denominator) if count is not None]
    counts = (*known, abs(known[0] - known[-1])) if known else ()
    if one.unit.startswith(NOT_PEOPLE) or not any(0 < count < threshold for count in counts):
        return one
    return replace(one, actual=None, denominator=None)


def set_side_by_side(connection: duckdb.DuckDBPyConnection, before: Lines, after: Lines) -> None:
    """The table `plan_compared` from the lines of two plans."""
    names = dict.fromkeys((*after, *before))
    rows = [_row(name, before.get(name), after.get(name)) for name in names]
    columns = [f"{name} {kind}" for name, kind in zip(COLUMNS, TYPES, strict=True)]
    fill(connection, "plan_compared", columns, rows)


def read(path: Path) -> dict[str, Judgement]:
    """The lines of a plan.csv by id. Raises `Unusable` when it is not one that `tna review` wrote."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            if not {*WRITTEN} <= {*(rows.fieldnames or ())}:
                raise KeyError
            return {one.line: one for one in _judgements(rows)}
    except (OSError, UnicodeDecodeError, ValueError, KeyError, csv.Error):
        refuse("compare.unreadable-plan", Place(str(path)), columns=listed(WRITTEN))


def _judgements(rows: Iterable[dict[str, str]]) -> Iterator[Judgement]:
    for row in rows:
        said: dict[str, Any] = {name: row[name] for name in WRITTEN}
        for name, kind in (("target", float), ("floor", float), ("actual", int), ("denominator", int)):
            said[name] = kind(said[name]) if said[name] else None
        yield Judgement(**said)


def _row(name: str, a: Judgement | None, b: Judgement | None) -> tuple[Any, ...]:
    one = b or a
    assert one is not None
    sides = [
        value
        for side in (a, b)
        for value in ((side.actual, side.denominator, side.rating) if side else (None, None, ""))
    ]
    change = "" if a and b else "new" if b else "gone"
    differs = listed([term for term in TERMS if a and b and getattr(a, term) != getattr(b, term)])
    more, points = _change(a, b) if a and b and not differs else (None, None)
    return (name, one.kind, one.unit, *sides, more, points, change, differs)


def _change(a: Judgement, b: Judgement) -> tuple[int | None, float | None]:
    """By how much a count, or the percentage points of a rate, has changed."""
    if a.actual is None or b.actual is None:
        return None, None
    if a.denominator and b.denominator:
        return None, 100 * (b.actual / b.denominator - a.actual / a.denominator)
    return (b.actual - a.actual, None) if a.denominator is b.denominator is None else (None, None)
