"""Evaluation, follow-up, places and outcomes without small numbers, nor what would let them be worked out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tna.review import sums
from tna.review.blanks import blank, rows_of, small
from tna.review.sums import Sum

if TYPE_CHECKING:
    import duckdb

Row = Mapping[str, Any]
PAIRS = ("paired", "pre_only", "post_only", "conflicting")
CHANGES = ("improved", "same", "worse")
DAYS = ("late", "on_day", "early", "day_not_known")
MET = ("done", "done_without_manager", "too_early", "manager_not_stated")
FOLLOWED = ("trained", "sample", "needed", "due", *MET, "done_not_drawn")
FOLLOWED_SUMS: tuple[Sum, ...] = (
    ("trained", ("sample", "not drawn")), ("sample", ("due", "not due")), ("due", ("drawn and done", "outstanding")),
    ("done", ("drawn and done", "done_not_drawn")), ("trained", (*MET, "not met")),
    ("not drawn", ("done_not_drawn", "neither")),
)  # fmt: skip


def publish(connection: duckdb.DuckDBPyConnection, threshold: int, courses: Collection[str] = ()) -> None:
    """Takes small numbers of forms and people out of the tables, in place; `courses` are those whose sums are hidden."""
    for course, rows in _by_course(rows_of(connection, "evaluated")).items():
        _evaluated(connection, course, rows[0], threshold, course in courses)
    for row in rows_of(connection, "followup"):
        _followed(connection, row, threshold)
    _stated(connection, threshold)
    _each(connection, "followup", ("not_matched",), threshold)
    _each(connection, "places_needed", ("people_to_train", "places"), threshold)
    _outcomes(connection, threshold)


def _by_course(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["course"], []).append(row)
    return found


def _evaluated(
    connection: duckdb.DuckDBPyConnection, course: str, row: Row, threshold: int, closed: bool
) -> None:
    """All forms of a course at once: by question, by day, by change, and those complete on the day."""
    questions = [one for one in rows_of(connection, "evaluation") if one["course"] == course]
    steps = [one for one in rows_of(connection, "evaluation_change") if one["course"] == course]
    numbers: dict[str, int] = {name: row[name] or 0 for name in ("attended", "both_on_day", "elsewhere")}
    numbers["complete"] = numbers["both_on_day"] + numbers["elsewhere"]
    found: list[Sum] = [("complete", ("both_on_day", "elsewhere"))]
    if numbers["attended"] >= numbers["both_on_day"]:
        numbers["incomplete"] = numbers["attended"] - numbers["both_on_day"]
        found.append(("attended", ("both_on_day", "incomplete")))
    printed = {"attended", "both_on_day", "elsewhere"}
    for one in questions:
        mine = [step for step in steps if step["question"] == one["question"]]
        more = _question(one, mine, numbers["complete"])
        numbers |= more[0]
        found += more[1]
        printed |= more[2]
    forced = {"attended", "both_on_day"} if closed else set()
    gone = sums.hidden(
        numbers, found, printed, threshold, forced | _rather(questions, numbers["complete"], threshold)
    )
    blank_named(connection, "evaluated", row, {name: name for name in printed if name in row}, gone)
    for one in questions:
        names = {name: _of(one, name) for name in ("forms", *PAIRS, *CHANGES, *DAYS)}
        blank_named(connection, "evaluation", one, names, gone)
    for one in steps:
        blank_named(connection, "evaluation_change", one, {"forms": _step(one)}, gone)


def blank_named(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    row: Row,
    names: Mapping[str, str],
    gone: Collection[str],
) -> None:
    """Blanks the columns of a row whose numbers, by name, are to be hidden."""
    columns = [column for column, name in names.items() if name in gone]
    if columns:
        blank(connection, table, columns, [row["rowid"]])


def _rather(questions: Iterable[Row], complete: int, threshold: int) -> set[str]:
    """What is hidden rather than another number of the same sum.

    The forms of a question of which a part is small, as the total tells least; and those paired, or on the day, of
    which nearly all are complete, so that how many are complete on the day can be told: a plan may ask for that.
    """
    found = set()
    for one in questions:
        if any(small(one[name], threshold) for name in (*PAIRS, *DAYS)):
            found.add(_of(one, "forms"))
        found |= {_of(one, name) for name in ("paired", "on_day") if small(one[name] - complete, threshold)}
    return found


def _question(row: Row, steps: Sequence[Row], complete: int) -> tuple[dict[str, int], list[Sum], set[str]]:
    """The numbers of a question, the sums they stand in, and those that are printed."""
    numbers = {_of(row, name): row[name] or 0 for name in ("forms", *PAIRS, *CHANGES, *DAYS)}
    numbers |= {_step(one): one["forms"] for one in steps}
    printed = set(numbers)
    found = [(_of(row, whole), [_of(row, name) for name in parts])
             for whole, parts in (("forms", PAIRS), ("forms", DAYS), ("paired", CHANGES))]  # fmt: skip
    for sign in CHANGES:
        found.append((_of(row, sign), [_step(one) for one in steps if _sign(one["change"]) == sign]))
    if complete and complete <= min(row["paired"], row["on_day"]):
        numbers |= {_of(row, f"{name} else"): row[name] - complete for name in ("paired", "on_day")}
        found += [(_of(row, name), ["complete", _of(row, f"{name} else")]) for name in ("paired", "on_day")]
    return numbers, [(total, parts) for total, parts in found if parts], printed


def _of(row: Row, name: str) -> str:
    return f"{name} of {row['question']}"


def _step(row: Row) -> str:
    return f"change {row['change']} of {row['question']}"


def _sign(change: float) -> str:
    return "improved" if change > 0 else "worse" if change < 0 else "same"


def _followed(connection: duckdb.DuckDBPyConnection, row: Row, threshold: int) -> None:
    """People trained, drawn, due and met: parts of each other, hidden so that none follows from the rest."""
    numbers = {name: row[name] for name in FOLLOWED if name != "needed"}
    numbers["drawn and done"] = row["done"] - row["done_not_drawn"]
    numbers["not drawn"] = row["trained"] - row["sample"]
    numbers["not due"] = row["sample"] - row["due"]
    numbers["outstanding"] = row["due"] - numbers["drawn and done"]
    numbers["not met"] = row["trained"] - sum(row[name] for name in MET)
    numbers["neither"] = numbers["not drawn"] - row["done_not_drawn"]
    gone = set(sums.hidden(numbers, FOLLOWED_SUMS, [one for one in FOLLOWED if one != "needed"], threshold))
    if "trained" in gone or small(row["needed"], threshold):
        gone.add("needed")
    blank_named(connection, "followup", row, {name: name for name in FOLLOWED}, gone)


def _stated(connection: duckdb.DuckDBPyConnection, threshold: int) -> None:
    """An agency's people on a course, of which no total is printed: shown whole or not at all."""
    numbers = ("required", "held", "low", "high")
    for row in rows_of(connection, "stated_courses"):
        known = [row[name] for name in numbers if row[name] is not None]
        few = any(small(count, threshold) for count in known)
        if few or any(small(abs(one - other), threshold) for one in known for other in known):
            blank(connection, "stated_courses", (*numbers, "because"), [row["rowid"]])
    connection.execute("update stated_courses set because = ''")


def _each(connection: duckdb.DuckDBPyConnection, table: str, names: Sequence[str], threshold: int) -> None:
    """Counts that no total is printed of: a row in which one is small does not show them."""
    rows = [
        row["rowid"]
        for row in rows_of(connection, table)
        if any(small(row[name], threshold) for name in names)
    ]
    blank(connection, table, names, rows)


def _outcomes(connection: duckdb.DuckDBPyConnection, threshold: int) -> None:
    """Counts by period; where one is the sum of all others of its measure and source, it is their total."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows_of(connection, "outcomes_by_period"):
        if row["count"] is not None:
            groups.setdefault((row["line"], row["measure"], row["source"]), []).append(row)
    for rows in groups.values():
        numbers = {str(row["rowid"]): row["count"] for row in rows}
        whole = sum(numbers.values())
        totals = [name for name, count in numbers.items() if len(rows) > 2 and 2 * count == whole]
        found: list[Sum] = [(total, [one for one in numbers if one != total]) for total in totals[:1]]
        gone = sums.hidden(numbers, found, numbers, threshold)
        blank(connection, "outcomes_by_period", ("count",), [int(one) for one in gone])
