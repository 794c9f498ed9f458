"""Headcount returns: one row for each agency, level, role, course and date, whichever way the agency lays them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tna.duck import literal, quoted
from tna.sources.columns import is_total
from tna.sources.declared import leave_out, read_table
from tna.sources.headers import heading_key
from tna.sources.numbers import COUNT
from tna.sources.records import nearest_courses
from tna.sources.return_checks import check_returns
from tna.sources.return_joins import join_rows
from tna.sources.sql import tidy_sql
from tna.sources.texts import letters
from tna.sources.year_registers import MEASURES, returns

if TYPE_CHECKING:
    from datetime import date

    from tna.sources.intake import Intake, Table
    from tna.sources.year_registers import Names

BOUNDED = (
    "in_date",
    "trained",
    "required",
    "headcount",
    "overdue",
)  # whose bounds a row keeps, when it has several


@dataclass(frozen=True, slots=True)
class Shape:
    """One row that each row of a table becomes: its level and course as SQL, and the columns that measure something.

    `measures` maps what is measured to (SQL for the count or percentage, position of its column).
    """

    level: str
    course: str
    measures: Mapping[str, tuple[str, int]]


def make_returns(intake: Intake, names: Names, as_of: date) -> None:
    """Make `returns` from every table of returns."""
    intake.make("return_rows", ROWS)
    intake.make("unusable", "table_no INTEGER, agency VARCHAR")
    for table in intake.of("returns"):
        add_returns(intake, table, names, as_of)
    join_rows(intake)
    check_returns(intake, as_of)


ROWS = f"""table_no INTEGER, "row" BIGINT, long BOOLEAN, agency VARCHAR, level VARCHAR, role VARCHAR, course VARCHAR,
    as_at DATE, {", ".join(f"{name} BIGINT, {name}_spot VARCHAR" for name in MEASURES)}, percent DOUBLE,
    percent_spot VARCHAR, estimated BOOLEAN, low BIGINT, high BIGINT, bounds_of VARCHAR, respondent_post VARCHAR"""


def add_returns(intake: Intake, table: Table, names: Names, as_of: date) -> None:
    """Add the rows of one table to `return_rows`, one for each level or course that its headings name."""
    named = repeats(intake, table, names)
    intake.widen(intake.tables[table.source], {f"column {index}": index for index in named})
    table = intake.tables[table.source]
    plain = {name: name for name in (*MEASURES, "percent") if table.has(name)}
    apart = {f"column {index}": table.headings.repeated[index][0] for index in named}
    wide = set(MEASURES) & {*plain.values(), *apart.values()}
    long = not wide and table.has("measure") and table.has("count")
    if not wide and not long:
        refuse_table(intake, table)
        return
    read = read_table(intake, table, returns(names, {**plain, **apart}, long), as_of)
    if long:
        leave_out(intake, read, "measure", "percentage")
    for shape in shapes(intake, table, named, plain, long):
        intake.run(f"INSERT INTO return_rows BY NAME {shape_sql(table, read, shape, long)}")
    intake.run(
        f"INSERT INTO unusable SELECT DISTINCT {table.source}, {tidy_sql(table.sql('agency'))} FROM {table.relation}"
        f" WHERE row IN (SELECT row FROM verdicts WHERE source = {table.source})"
    )
    intake.release(table)


def refuse_table(intake: Intake, table: Table) -> None:
    """Refuse all rows of a table whose headings count only what this board does not have."""
    intake.problems.add("registers.nothing-counted", table.place)
    intake.run(
        f"INSERT INTO verdicts SELECT {table.source}, row, 'agency', 'nothing-readable', '' FROM {table.relation}"
    )
    intake.release(table)


def repeats(intake: Intake, table: Table, names: Names) -> dict[int, tuple[str, str]]:
    """The level and course that headings such as "Level 2 trained" name, by position; others are reported.

    A heading that counts and has a remark which names neither ("Trained (number)") just counts.
    """
    known = {heading_key(name): (found, "") for name, found in names.levels.items()}
    known |= {
        key: ("", found) for name, found in names.courses.items() if (key := heading_key(name)) not in known
    }
    plain = set(table.headings.meaning.values())
    found: dict[int, tuple[str, str]] = {}
    for index, (_, rest) in table.headings.repeated.items():
        meant = known.get(heading_key(rest)) or (("*", "") if is_total(rest) else None)
        if meant:
            found[index] = meant
        elif index not in plain:
            where, every = table.cell(index, table.headings.row), {**names.courses, **names.levels}
            heading, nearest = table.headings.written[index], nearest_courses(rest, every)
            intake.problems.add(
                "registers.unknown-heading", where, heading=heading, value=rest, nearest=nearest
            )
    meaning = {column: index for column, index in table.headings.meaning.items() if index not in found}
    intake.tables[table.source] = replace(table, headings=replace(table.headings, meaning=meaning))
    return found


def shapes(
    intake: Intake, table: Table, named: Mapping[int, tuple[str, str]], plain: Mapping[str, str], long: bool
) -> Iterator[Shape]:
    """The rows that each row of the table becomes: one for its plain columns, one for each level or course named."""
    meaning = table.headings.meaning
    if long:
        cases = {name: f"CASE WHEN measure = '{name}' THEN \"count\" END" for name in MEASURES}
        yield Shape("level", "course", {name: (sql, meaning["count"]) for name, sql in cases.items()})
    elif plain:
        yield Shape(
            "level", "course", {name: (value(intake, table, name, name), meaning[name]) for name in plain}
        )
    for meant in dict.fromkeys(named.values()):
        level, course = (
            literal(found) if found else own for found, own in zip(meant, ("level", "course"), strict=True)
        )
        mine = [(table.headings.repeated[index][0], index) for index in named if named[index] == meant]
        yield Shape(
            level,
            course,
            {name: (value(intake, table, name, f"column {index}"), index) for name, index in mine},
        )


def value(intake: Intake, table: Table, measure: str, column: str) -> str:
    """A column of counts or percentages as SQL; shares of one (0.85) become percentages, which is said."""
    name = quoted(column)
    if measure != "percent":
        return name
    cell = table.sql(column)
    [(shares,)] = intake.run(
        f"SELECT max(try_cast({cell} AS DOUBLE)) <= 1 AND bool_or(contains({cell}, '.'))"
        f" AND NOT bool_or(contains({cell}, '%')) FROM {table.relation}"
    )
    if not shares:
        return name
    where = table.cell(table.headings.meaning[column], table.headings.row)
    intake.problems.add("registers.shares-of-one", where, heading=table.headings.title(column))
    return f"round({name} * 100, 6)"


def shape_sql(table: Table, read: str, shape: Shape, long: bool) -> str:
    """The question that gives one row of a shape for each row of a table; it may state nothing there."""
    counts = {name: shape.measures.get(name, (f"NULL::{COUNT}", 0)) for name in MEASURES}
    percent, position = shape.measures.get("percent", ("NULL::DOUBLE", 0))
    numbers = ", ".join(
        f"({sql}).n AS {name}, CASE WHEN {filled(sql)} THEN {spot(table, index)} END AS {name}_spot"
        for name, (sql, index) in counts.items()
    )
    guessed = " OR ".join(f"coalesce(({sql}).estimated, false)" for sql, _ in counts.values())
    low, high = (
        f"coalesce({side}.n, {', '.join(f'({counts[name][0]}).{side}' for name in BOUNDED)})"
        for side in ("low", "high")
    )
    return f"""SELECT table_no, row, {long} AS long, agency, {shape.level} AS level, role, {shape.course} AS course, as_at,
        {numbers}, {percent} AS percent, CASE WHEN {percent} IS NOT NULL THEN {spot(table, position)} END AS percent_spot,
        coalesce(estimated, false) OR {guessed} AS estimated, {low} AS low, {high} AS high,
        {bounds_of(counts)} AS bounds_of, respondent_post FROM {read}"""


def bounds_of(counts: Mapping[str, tuple[str, int]]) -> str:
    """SQL for the measure whose bounds a row keeps: of bounds in columns of their own, the first count it states."""
    own = " ".join(f"WHEN ({counts[name][0]}).n IS NOT NULL THEN '{name}'" for name in BOUNDED)
    hidden = " ".join(f"WHEN ({counts[name][0]}).high IS NOT NULL THEN '{name}'" for name in BOUNDED)
    return (
        f"CASE WHEN low.n IS NOT NULL OR high.n IS NOT NULL THEN CASE {own} ELSE '' END {hidden} ELSE '' END"
    )


def filled(sql: str) -> str:
    """SQL for whether a count is stated, or hidden between bounds."""
    return f"(({sql}).n IS NOT NULL OR ({sql}).high IS NOT NULL)"


def spot(table: Table, position: int) -> str:
    """SQL for the cell of a column by its position, as checks want it."""
    return f"{literal(f'{table.source} {letters(position)}')} || row"
