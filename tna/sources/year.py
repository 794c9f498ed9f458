"""Reads what agencies and officers send for the annual review into clean tables, and accounts for every row."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tna.duck import quoted
from tna.sources import year_registers as kinds
from tna.sources.checks import Check, balance, check_rows, future, spot_of
from tna.sources.declared import leave_out, read_table
from tna.sources.furniture import set_apart
from tna.sources.intake import Intake, silent
from tna.sources.ledger import close_ledger, open_ledger
from tna.sources.marks import make_marks
from tna.sources.numbers import COUNT
from tna.sources.reports import report_rows
from tna.sources.returns import make_returns
from tna.sources.tables import report_forms, take_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from duckdb import DuckDBPyConnection

    from tna.model.registers import SourceFormat
    from tna.problems import Problems
    from tna.sources.declared import Register
    from tna.sources.intake import Table
    from tna.sources.stamps import Edition
    from tna.sources.year_registers import Names

SCALE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(?:-|–|to) ?([0-9]+(?:\.[0-9]+)?)")
SCORES = ("pre", "post")


def read_year(
    connection: DuckDBPyConnection,
    files: Mapping[str, Sequence[Path]],
    names: Names,
    as_of: date,
    problems: Problems,
    formats: Sequence[SourceFormat] = (),
    edition: Edition | None = None,
    marks: bool = False,
    told: Callable[[str], None] = silent,
    mapping: Path | None = None,
) -> None:
    """Make the tables returns, sessions, bookings, evaluations, followups, observations, outcomes and updates.

    And year_ledger and year_inputs, which account for every row and file. `files` are those given of each of
    these kinds; every table is made, empty when none is. A number or date not stated is NULL, a word ''.
    What is wrong goes to `problems`; nothing is repaired: a row is kept as written or refused. `edition` is the
    pack in force, to tell forms made from another; with `marks`, year_marks has every cell something is said of. `told`
    hears how far reading is; `mapping` says how exports of another system are read.
    """
    with TemporaryDirectory(prefix="tna-") as scratch:
        intake = Intake(connection, Path(scratch), problems, "year_", marks, told)
        given = {kind: [Path(path) for path in files.get(kind, ())] for kind in kinds.TABLES}
        take_files(intake, given, {one.suffix.lower(): one for one in formats}, mapping)
        report_forms(intake, edition)
        open_ledger(intake)
        set_apart(intake)
        make_returns(intake, names, as_of)
        for kind, register_of in REGISTERS.items():
            intake.run(
                f'CREATE TABLE {kind} ({kinds.TABLES[kind]}, file VARCHAR, sheet VARCHAR, "row" BIGINT)'
            )
            for table in intake.of(kind):
                add_rows(intake, table, register_of(names, table), as_of)
        report_rows(intake)
        close_ledger(intake)
        if marks:
            make_marks(intake)
        intake.clear()


def single(table: Table) -> bool:
    """Whether a table of bookings has a row for each booking: it says what became of it and counts nothing."""
    return table.has("status") and not any(map(table.has, kinds.ATTENDANCE))


def scores(table: Table) -> tuple[str, ...]:
    """The columns of a table of forms that hold the answers."""
    return tuple(filter(table.has, SCORES)) or ("score",)


REGISTERS: Mapping[str, Callable[[Names, Table], Register]] = {
    "sessions": lambda names, _: kinds.sessions(names),
    "bookings": lambda names, table: kinds.bookings(names, single(table)),
    "evaluations": lambda names, table: kinds.evaluations(names, scores(table)),
    "followups": lambda names, _: kinds.followups(names),
    "observations": lambda names, _: kinds.observations(names),
    "outcomes": lambda names, _: kinds.outcomes(names),
    "updates": lambda names, _: kinds.updates(names),
}


def add_rows(intake: Intake, table: Table, register: Register, as_of: date) -> None:
    """Add the usable rows of one table, once what they say is checked."""
    if register.kind == "outcomes":
        intake.widen(table, {"measured": table.headings.meaning["measure"]})
        table = intake.tables[table.source]
    read = read_table(intake, table, register, as_of)
    if register.kind == "bookings" and single(table):
        leave_out(intake, read, "status", "waiting")
    check_rows(intake, read, checks(table, as_of))
    chosen = plainly(register) | special(table)
    columns = [line.split()[0] for line in kinds.TABLES[register.kind].split(", ")]
    values = ", ".join(f"{chosen[column.strip(chr(34))]} AS {column}" for column in columns)
    intake.run(
        f"INSERT INTO {register.kind} SELECT {values}, ?, ?, row FROM {read} ORDER BY row",
        [table.origin.file, table.origin.sheet],
    )
    intake.release(table)


def plainly(register: Register) -> dict[str, str]:
    """Each column as it stands, of counts the number."""
    return {
        column.name: quoted(column.name) + (".n" if column.kind == COUNT else "")
        for column in register.columns
    }


def special(table: Table) -> dict[str, str]:
    """What a table's columns become where they do not stand as they are, as SQL."""
    kind = table.origin.kind
    if kind == "bookings" and single(table):
        return counted_single()
    if kind == "evaluations":
        by_form = "coalesce(nullif(form_id, ''), person_id)"
        return {"form": by_form, **(scored() if scores(table) == ("score",) else unscored(table))}
    if kind == "followups":
        return {"person_id": "coalesce(nullif(person_id, ''), form_id)"}
    if kind == "observations":
        return {"item_written": quoted("item written")}
    return {"line": "coalesce(nullif(line, ''), measured)"} if kind == "outcomes" else {}


def counted_single() -> dict[str, str]:
    """One booking as counts: each row counts itself once in what it tells, and nothing in the rest."""
    told = {
        "booked": "status <> 'unscheduled'",
        "attended": "status IN ('attended', 'unscheduled')",
        "cancelled": "status = 'cancelled'",
        "no_show": "status = 'did-not-attend'",
        "unscheduled": "status = 'unscheduled'",
    }
    return {name: f"({sql})::BIGINT" for name, sql in told.items()}


def scored() -> dict[str, str]:
    """One score as that of before or after."""
    return {when: f"CASE WHEN \"when\" = '{when}' THEN score END" for when in SCORES}


def unscored(table: Table) -> dict[str, str]:
    """Scores of a time of which the table has no column."""
    return {when: "NULL" for when in SCORES if not table.has(when)}


def checks(table: Table, as_of: date) -> Iterator[Check]:
    """Everything that is looked at once the rows of a table are read."""
    kind = table.origin.kind
    if kind in ("sessions", "bookings") and not single(table):
        yield from balance(table)
        yield from future(table, "date", as_of, "attended.n > 0")
    elif kind == "bookings":
        yield from future(table, "date", as_of, "status IN ('attended', 'unscheduled', 'did-not-attend')")
    else:
        for column in ("date", "session", "completed", "followed_up"):
            yield from future(table, column, as_of)
    if kind == "evaluations":
        yield from outside_scale(table)


def outside_scale(table: Table) -> Iterable[Check]:
    """Scores outside the scale that the row, or a remark in the heading ("Before (1-5)"), states."""
    for name in scores(table):
        low, high = scale(table, name)
        wrong = f"coalesce({name} < {low} OR {name} > {high}, false)"
        facts = {
            "score": f"format('{{:g}}', {name})",
            "low": f"format('{{:g}}', {low})",
            "high": f"format('{{:g}}', {high})",
        }
        if table.has(name):
            yield Check("outside-scale", name, wrong, spot_of(table, name), facts)


def scale(table: Table, name: str) -> tuple[str, str]:
    """The lowest and the highest score, as SQL; NULL where none is stated."""
    low, high = (f"try_cast(regexp_extract(scale, '{SCALE.pattern}', {part}) AS DOUBLE)" for part in (1, 2))
    remark = SCALE.search(table.headings.title(name))
    return (f"coalesce({low}, {remark[1]})", f"coalesce({high}, {remark[2]})") if remark else (low, high)
