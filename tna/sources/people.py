"""People and their jobs: one row for each person, agency and role, with the facts agencies state."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tna.duck import quoted
from tna.names import plain
from tna.sources.headers import Headings, heading_key, personal, wanted
from tna.sources.ledger import note_changes
from tna.sources.lookups import Lookup, learn, learn_dates
from tna.sources.repeats import unite
from tna.sources.reports import CELLS, blank_faults, groups, report_group, report_wrong
from tna.sources.sql import fault_sql, ident_sql, tidy_sql
from tna.sources.texts import letters, listed
from tna.sources.words import read_cohort, read_duties, read_level, read_word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tna.sources.intake import Intake, Table

PLAIN = ("role", "level", "agency_type")
REFUSED = """CASE WHEN broken <> '' THEN 'broken-row'
    WHEN person_fault OR agency_fault THEN 'unreadable-cell'
    WHEN person_id = '' THEN 'blank-person' WHEN agency = '' THEN 'blank-agency' ELSE '' END"""


def make_people(intake: Intake, as_of: date, levels: Mapping[str, str]) -> None:
    """Make `people`, one row a job, `person_numbers` and `extra_columns`; agencies must be there already.

    `levels` maps names of levels, loosely written, to their ids.
    """
    named: dict[str, str] = {}
    for table in intake.of("people"):
        extras = extra_columns(intake, table)
        intake.widen(table, extras)
        for name, index in extras.items():
            named.setdefault(name, table.headings.written[index])
    open_rows(intake, named)
    for table in intake.of("people"):
        add_people(intake, table, as_of)
        intake.release(table)
    intake.run(
        "UPDATE people_rows SET agency_type = a.agency_type FROM agencies a"
        " WHERE a.agency = people_rows.agency AND people_rows.agency_type = '' AND a.agency_type <> ''"
    )
    unite(intake, sorted(named), levels)
    number_people(intake)


def number_people(intake: Intake) -> None:
    """Give `people` their `person`, a number from 0, and `several`, whether they have another job too.

    What is counted for each person is added up by number. `person_numbers` has the numbers for records to look up.
    """
    numbers = intake.named("person_numbers")
    intake.run(
        f"CREATE OR REPLACE TEMP TABLE {numbers} AS"
        " SELECT person_id, (row_number() OVER (ORDER BY person_id) - 1)::INTEGER AS person,"
        " count(*) > 1 AS several FROM people GROUP BY person_id"
    )
    intake.run(
        f"CREATE OR REPLACE TABLE people AS SELECT p.*, person, several"
        f" FROM people p JOIN {numbers} USING (person_id) ORDER BY p.rowid"
    )


def open_rows(intake: Intake, extras: Mapping[str, str]) -> None:
    """Make the empty tables: rows as read, and what the extra columns are headed."""
    own = ("person_id", "agency", *PLAIN, "contact", "manages", "duties", "cohort", "refused")
    texts = ", ".join(f"{quoted(name)} VARCHAR DEFAULT ''" for name in (*own, *sorted(extras)))
    intake.make("people_rows", f'source INTEGER, "row" BIGINT, start_date DATE, {texts}')
    intake.run("CREATE TABLE extra_columns (name VARCHAR, header VARCHAR)")
    for name, heading in sorted(extras.items()):
        intake.run("INSERT INTO extra_columns VALUES (?, ?)", [name, heading])


def extra_columns(intake: Intake, table: Table) -> dict[str, int]:
    """Facts beyond our own columns: name to position. Columns about who somebody is are left out."""
    headings = table.headings
    found: dict[str, int] = {}
    left: list[str] = []
    for index in headings.unused():
        heading = headings.written[index]
        if not heading:
            report_unnamed(intake, table, index)
        elif heading_key(heading) in personal():
            left.append(f"'{heading}'")
        elif not about_training(headings, heading):
            found[extra_name(heading, found)] = index
    if left:
        intake.problems.add("registers.personal-column", table.place, columns=listed(left))
    return found


def about_training(headings: Headings, heading: str) -> bool:
    """Whether a column of a register that also lists courses tells of the course, not of the person."""
    records = wanted("records")
    key = heading_key(heading)
    known = {column for column, want in records.items() if key in want.means}
    lists_courses = any(heading_key(text) in records["course"].means for text in headings.written)
    return lists_courses and bool(known)


def extra_name(heading: str, taken: Mapping[str, object]) -> str:
    """The name of an extra column: `x_` and the heading in small letters, numbered when it comes again."""
    name = stem = "x_" + re.sub(r"\W+", "_", plain(heading)).strip("_")
    number = 2
    while name in taken:
        name, number = f"{stem}_{number}", number + 1
    return name


def report_unnamed(intake: Intake, table: Table, index: int) -> None:
    """Report a column without a heading that has something in it."""
    filled = f"SELECT min(row) FROM {table.relation} WHERE {tidy_sql(f'c{index}')} <> ''"
    if row := intake.number(filled):
        letter = letters(index)
        intake.problems.add("registers.unnamed-column", table.cell(index, row), column=letter)


def add_people(intake: Intake, table: Table, as_of: date) -> None:
    """Add the rows of one table; a fact that cannot be read is reported, noted and left blank."""
    started, order = learn_dates(intake, table, "start_date", as_of)
    words = {
        "level": learn(intake, table, "level", read_level),
        "contact": learn(intake, table, "contact", lambda text: read_word("contact", text)),
        "manages": learn(intake, table, "manages", lambda text: read_word("manages", text)),
        "duties": learn(intake, table, "duties", read_duties),
        "cohort": learn(intake, table, "cohort", read_cohort),
        "start_date": started,
    }
    fill(intake, table, words)
    report_names(intake, table)
    if order.assumed:
        intake.problems.add("registers.day-first", table.place, heading=table.headings.title("start_date"))
    for column, found in words.items():
        report_wrong(intake, found)
        note_changes(intake, found, "unreadable-start" if column == "start_date" else "unknown-word")


def report_names(intake: Intake, table: Table) -> None:
    """Report and note staff numbers that look like somebody's name or e-mail address, without printing them."""
    which = (
        f"FROM people_rows WHERE source = {table.source} AND (contains(person_id, '@')"
        " OR regexp_matches(person_id, '^[^0-9]*\\pL[^0-9]* [^0-9]*\\pL[^0-9]*$'))"
    )
    answer = intake.run(f"SELECT 'named-person', min(row, {CELLS}), count(*), '' {which} HAVING count(*) > 0")
    for group in groups(answer):
        report_group(intake, table, "person_id", group)
        intake.run(f"INSERT INTO changes SELECT source, row, 'person_id', 'named-person', '' {which}")


def fill(intake: Intake, table: Table, words: Mapping[str, Lookup]) -> None:
    """Put the rows of one table into `people_rows`, and those that name no one or no agency into `verdicts`."""
    person, agency = table.sql("person_id"), table.sql("agency")
    plain = [
        *(name for name in PLAIN if name not in words),
        *(name for name in table.headings.meaning if name.startswith("x_")),
    ]
    chosen = {column: blank_faults(intake, table, column) for column in plain}
    chosen |= {column: found.value for column, found in words.items()}
    facts = ", ".join(f"{value} AS {quoted(name)}" for name, value in chosen.items())
    joins = "".join(found.join for found in words.values())
    intake.run(
        f"""INSERT INTO people_rows BY NAME
        SELECT * EXCLUDE (broken, person_fault, agency_fault), {REFUSED} AS refused FROM (
            SELECT {table.source} AS source, row, broken, {ident_sql(person)} AS person_id,
                {tidy_sql(agency)} AS agency, {fault_sql(person)} AS person_fault,
                {fault_sql(agency)} AS agency_fault, {facts}
            FROM {table.relation}{joins}) ORDER BY row"""
    )
    intake.run(
        """INSERT INTO verdicts SELECT source, row,
            CASE WHEN refused = 'blank-agency' OR starts_with(agency, '#') THEN 'agency' ELSE 'person_id' END,
            refused, '' FROM people_rows WHERE refused <> ''"""
    )
    intake.run("DELETE FROM people_rows WHERE refused <> ''")
