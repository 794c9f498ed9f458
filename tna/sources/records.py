"""Training records: one row for every row read, each saying whether it counts and, if not, why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tna.duck import literal
from tna.names import plain, spaced, tidy
from tna.sources.ledger import note_changes, note_wrong, or_unreadable, refused_date
from tna.sources.lookups import Lookup, learn, learn_dates
from tna.sources.numbers import IN_HOURS, IN_MINUTES, read_length, read_minutes, read_short_length
from tna.sources.reports import blank_faults, report_wrong
from tna.sources.sql import fault_sql, ident_sql, tidy_sql
from tna.sources.texts import is_fault, listed
from tna.sources.undated import ask_for_days
from tna.sources.words import read_status, read_word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from tna.sources.intake import Intake, Table
    from tna.sources.numbers import Read

COLUMNS = """person_id VARCHAR, course VARCHAR, completed DATE, status VARCHAR, mode VARCHAR, provider VARCHAR,
    evidence VARCHAR, counts VARCHAR, reason VARCHAR, file VARCHAR, sheet VARCHAR, "row" BIGINT,
    course_written VARCHAR, completed_written VARCHAR, minutes BIGINT, person INTEGER"""

# Joins look answers up in the order written, so rows keep the file's order and millions need no sorting.
IN_ORDER = "SET disabled_optimizers = 'join_order,build_side_probe_side'"

REASON = """CASE
    WHEN broken <> '' THEN 'broken-row'
    WHEN person_fault OR course_why = 'error-value' THEN 'unreadable-cell'
    WHEN person_id = '' THEN 'blank-person'
    WHEN course_written = '' THEN 'blank-course'
    WHEN status_why <> '' THEN 'unknown-status'
    WHEN date_why IN ('ambiguous-date', 'short-year') THEN 'ambiguous-date'
    WHEN date_why <> '' THEN 'unreadable-date'
    WHEN NOT known THEN 'unknown-person'
    WHEN course = '' THEN 'unknown-course'
    WHEN status <> 'attended' THEN status
    WHEN completed > ? THEN 'future'
    ELSE '' END"""

VERDICTS = """INSERT INTO verdicts SELECT ?, row, "column", word, CASE "column"
        WHEN 'person_id' THEN person_id WHEN 'course' THEN course_written WHEN 'status' THEN status
        WHEN 'completed' THEN completed_written ELSE '' END
    FROM (SELECT *, CASE WHEN reason = '' THEN 'undated' ELSE reason END AS word, CASE
            WHEN reason = 'broken-row' THEN ''
            WHEN reason = 'unreadable-cell' AND starts_with(course_written, '#') THEN 'course'
            WHEN reason IN ('unreadable-cell', 'blank-person', 'unknown-person') THEN 'person_id'
            WHEN reason IN ('blank-course', 'unknown-course') THEN 'course'
            WHEN reason IN ('', 'unreadable-date', 'ambiguous-date', 'future') THEN 'completed'
            ELSE 'status' END AS "column"
        FROM records WHERE rowid >= ? AND counts <> 'dated')"""


def make_records(
    intake: Intake, course_names: Mapping[str, str], as_of: date, *, anybody: bool = False
) -> None:
    """Make `records` from every records table; people and their numbers must be there already.

    `course_names` maps ids, titles and synonyms, loosely written, to course ids; with `anybody`, whoever is named
    is known. A record takes its person's number as it is looked up whether the person is known.
    """
    names = dict(course_names)
    intake.run(f"CREATE TABLE records ({COLUMNS})")
    known = "true" if anybody else "person IS NOT NULL"
    for table in intake.of("records"):
        add_records(intake, table, names, as_of, known)
        intake.release(table)


def add_records(intake: Intake, table: Table, names: Mapping[str, str], as_of: date, known: str) -> None:
    """Add the rows of one table, with what is to be said about them; `known` is SQL for whether a person is known."""
    ask_for_days(intake, table, as_of)
    completed, order = learn_dates(intake, table, "completed", as_of)
    found = {
        "course": learn(intake, table, "course", lambda text: known_course(names, text)),
        "status": learn(intake, table, "status", written_status),
        "mode": learn(intake, table, "mode", lambda text: read_word("mode", text)),
        "hours": learn(intake, table, "hours", length_of(table), "DOUBLE"),
        "completed": completed,
    }
    start = intake.number("SELECT count(*) FROM records")
    fill(intake, table, found, as_of, known)
    if intake.marks:
        note_wrong(intake, found["course"], or_unreadable(found["course"].why, "'unknown-course'"))
        note_wrong(intake, found["status"], "'unknown-status'")
        note_wrong(intake, completed, refused_date(completed.why))
        note_others(intake, table, start, as_of, anybody=known == "true")
    note_changes(intake, found["mode"], "unknown-word")
    note_changes(intake, found["hours"], "unreadable-length")
    if order.assumed:
        intake.problems.add("registers.day-first", table.place, heading=table.headings.title("completed"))
    report_courses(intake, found["course"], names)
    for column in ("status", "mode", "hours", "completed"):
        report_wrong(intake, found[column])


def length_of(table: Table) -> Callable[[str], Read]:
    """How the lengths of a table are read: in hours or in minutes, as its heading says."""
    heading = table.headings.title("hours")
    if IN_MINUTES.search(heading):
        return read_minutes
    return read_length if IN_HOURS.search(heading) else read_short_length


def note_others(intake: Intake, table: Table, start: int, as_of: date, *, anybody: bool) -> None:
    """Note what is wrong with the other cells of rows that have a verdict, so that each can be marked."""
    unknown = "false" if anybody else "person IS NULL"
    wrong = (
        ("person_id", fault_sql("person_id"), "unreadable-cell", "person_id"),
        ("person_id", "person_id = ''", "blank-person", "person_id"),
        ("person_id", f"person_id <> '' AND {unknown} AND NOT {fault_sql('person_id')}", "unknown-person", "person_id"),
        ("course", "course_written = ''", "blank-course", "course_written"),
        ("completed", "completed > $day AND status = 'attended'", "future", "completed_written"),
        ("completed", "completed_written = '' AND status = 'attended'", "undated", "completed_written"),
    )  # fmt: skip
    of_table = f"rowid >= {start} AND counts <> 'dated' AND reason <> 'broken-row'"
    for column, which, reason, value in wrong:
        which = which.replace("$day", literal(as_of.isoformat()) + "::DATE")
        intake.run(
            f"INSERT INTO changes SELECT {table.source}, row, {literal(column)}, {literal(reason)}, {value}"
            f" FROM records WHERE {of_table} AND {which}"
        )


def report_courses(intake: Intake, found: Lookup, names: Mapping[str, str]) -> None:
    """Report courses not known, each with the names most like it."""
    report_wrong(intake, found, lambda group: {"nearest": nearest_courses(group.value, names)})


def nearest_courses(text: str, names: Mapping[str, str]) -> str:
    """The end of a sentence: "; did you mean 'x' (c8)?" with up to three courses, or "." when none is close."""
    from rapidfuzz import fuzz, process

    scored = process.extract(plain(text), sorted(names), scorer=fuzz.WRatio, score_cutoff=72, limit=12)
    best: dict[str, str] = {}
    for name, _, _ in scored:
        best.setdefault(names[name], name)
    meant = [name if name == plain(course) else f"'{name}' ({course})" for course, name in best.items()]
    return f"; did you mean {listed(meant[:3], 'or')}?" if meant else "."


def written_status(text: str) -> tuple[str, str]:
    """What happened, in our words; an unknown word as written, so that it can be shown."""
    said = read_status(text)
    return (tidy(text) if said.why else said.value), said.why


def known_course(names: Mapping[str, str], text: str) -> tuple[str, str]:
    """The id of the course a cell names; '' and why when there is none."""
    seen = tidy(text)
    if is_fault(seen):
        return "", "error-value"
    found = names.get(plain(seen)) or names.get(spaced(plain(seen)), "")
    return found, "" if found or not seen else "unknown-course"


def fill(intake: Intake, table: Table, found: Mapping[str, Lookup], as_of: date, known: str) -> None:
    """Put the rows of one table into `records` and those that are not plainly evidence into `verdicts`."""
    person = table.sql("person_id")
    course, status, mode, completed, hours = (
        found[column] for column in ("course", "status", "mode", "completed", "hours")
    )
    provider, evidence = (blank_faults(intake, table, column) for column in ("provider", "evidence"))
    start = intake.number("SELECT count(*) FROM records")
    intake.run(IN_ORDER)
    intake.run(
        f"""INSERT INTO records SELECT person_id, course, completed, status, mode, provider, evidence,
            CASE WHEN reason <> '' THEN 'no' WHEN completed IS NULL THEN 'undated' ELSE 'dated' END,
            reason, ?, ?, row, course_written, completed_written, minutes, person
        FROM (SELECT *, {REASON} AS reason FROM (
            SELECT row, broken, {ident_sql(person)} AS person_id, {fault_sql(person)} AS person_fault,
                number.person, {known} AS known,
                {course.value} AS course, {course.why} AS course_why,
                {completed.value} AS completed, {completed.why} AS date_why,
                {status.value} AS status, {status.why} AS status_why, {mode.value} AS mode,
                {provider} AS provider, {evidence} AS evidence, CASE WHEN {hours.why} <> '' THEN 0 ELSE round({hours.value} * 60)::BIGINT END AS minutes,
                {tidy_sql(table.sql("course"))} AS course_written,
                {tidy_sql(table.sql("completed"))} AS completed_written
            FROM {table.relation}{course.join}{status.join}{mode.join}{completed.join}{hours.join}
                LEFT JOIN person_numbers number ON number.person_id = {ident_sql(person)}))""",
        [table.origin.file, table.origin.sheet, as_of],
    )
    intake.run("RESET disabled_optimizers")
    intake.run(VERDICTS, [table.source, start])
