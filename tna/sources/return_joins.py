"""Rows of returns that are about the same people: put together when they agree, refused when they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tna.sources.reports import WORDS
from tna.sources.texts import counted, listed, shown
from tna.sources.year_registers import MEASURES, TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tna.sources.intake import Intake

KEY = ("agency", "level", "role", "course", "as_at")
FIGURES = (*MEASURES, "percent")
AGREED = (*FIGURES, "low", "high", "bounds_of")
NAMED = 4  # rows and figures named in a conflict


def join_rows(intake: Intake) -> None:
    """Make `returns` from `return_rows`: one row for each agency, level, role, course and date.

    Totals over agencies are not an agency's and are set aside. Also makes `joined`, with the cell of each figure.
    """
    set_totals_aside(intake)
    stated = ", ".join(f"{name}_spot" for name in MEASURES)
    intake.run(
        f"""CREATE TEMP TABLE {intake.named("own_rows")} AS SELECT '*' IN (level, role) AS total, * REPLACE (
            replace(level, '*', '') AS level, replace(role, '*', '') AS role)
        FROM return_rows WHERE agency <> '*' AND coalesce({stated}) IS NOT NULL"""
    )
    join(intake)
    note_joined(intake)
    note_conflicts(intake)
    report_conflicts(intake)
    columns = ", ".join(column.split()[0] for column in TABLES["returns"].split(", "))
    intake.run(
        f"CREATE TABLE returns AS SELECT {columns}, file, sheet, row FROM joined JOIN sources ON source = joined.table_no"
        " WHERE odd = '' ORDER BY table_no, row, level, course"
    )


def set_totals_aside(intake: Intake) -> None:
    """Note the rows that are totals over agencies."""
    intake.run(
        "INSERT INTO verdicts SELECT DISTINCT table_no, row, 'agency', 'total-row', '' FROM return_rows WHERE agency = '*'"
    )


def join(intake: Intake) -> None:
    """Make `joined`: each key with its first row, its figures, and `odd`, a figure on which its rows disagree."""
    figures = ", ".join(
        f"max({name}) AS {name}, arg_min({name}_spot, (table_no, row)) AS {name}_spot,"
        f" min((table_no, row)) FILTER ({name}_spot IS NOT NULL) AS {name}_first"
        for name in FIGURES
    )
    odd = " ".join(f"WHEN {differ(name)} THEN '{name}'" for name in AGREED)
    told = ", ".join(f"CASE WHEN {differ(name)} THEN {disagreement(name)} END" for name in AGREED)
    intake.run(
        f"""CREATE TEMP TABLE {intake.named("joined")} AS SELECT {", ".join(KEY)}, min((table_no, row)) AS head,
            head[1] AS table_no, head[2] AS row, {figures}, bool_or(estimated) AS estimated, bool_and(total) AS total, max(low) AS low,
            max(high) AS high, max(bounds_of) AS bounds_of,
            coalesce(arg_min(nullif(respondent_post, ''), (table_no, row)), '') AS respondent_post,
            CASE {odd} ELSE '' END AS odd, concat_ws(', ', {told}) AS told,
            count(DISTINCT table_no) = 1 AS near,
            list(DISTINCT (table_no, row) ORDER BY (table_no, row))[1:{NAMED}] AS rows, count(*) AS many
        FROM own_rows GROUP BY {", ".join(KEY)}"""
    )


def differ(name: str) -> str:
    """SQL for whether the rows of a key state a figure in more than one way."""
    return f"min(nullif({name}::VARCHAR, '')) <> max(nullif({name}::VARCHAR, ''))"


def disagreement(name: str) -> str:
    """SQL that words a disagreement: trained (12 or 15)."""
    values = f"list_sort(list(DISTINCT {name}) FILTER ({name} IS NOT NULL))[1:{NAMED}]"
    return f"'{name.replace('_', ' ')} (' || array_to_string({values}, ' or ') || ')'"


def note_joined(intake: Intake) -> None:
    """Note rows that add nothing to an earlier one as repeats, those that add to it as joined.

    In a long table each row states one figure of its own; that is how it is meant to be and needs no note.
    """
    repeats = " AND ".join(
        f"(r.{name}_spot IS NULL OR j.{name}_first < (r.table_no, r.row))" for name in FIGURES
    )
    intake.run(
        f"""INSERT INTO changes SELECT table_no, row, 'agency', reason, agency FROM (
            SELECT r.table_no, r.row, r.agency, r.long,
                CASE WHEN {repeats} THEN 'duplicate' ELSE 'joined-return' END AS reason
            FROM own_rows r JOIN joined j ON {same_key()}
            WHERE many > 1 AND odd = '' AND (r.table_no, r.row) <> head)
        WHERE reason = 'duplicate' OR NOT long"""
    )


def same_key() -> str:
    """SQL that finds the key of a row."""
    return (
        " AND ".join(f"r.{name} = j.{name}" for name in KEY[:-1])
        + " AND r.as_at IS NOT DISTINCT FROM j.as_at"
    )


def note_conflicts(intake: Intake) -> None:
    """Note rows that contradict others: refused, or changed where other levels of the row are kept."""
    told = f"""SELECT r.table_no, r.row, min(odd) FILTER (odd <> '') AS odd, bool_and(odd <> '') AS lost
        FROM own_rows r JOIN joined j ON {same_key()} GROUP BY r.table_no, r.row HAVING bool_or(odd <> '')"""
    for table, lost, reason in (
        ("verdicts", "lost", "conflicting-return"),
        ("changes", "NOT lost", "conflicting-part"),
    ):
        intake.run(
            f"INSERT INTO {table} SELECT table_no, row, odd, '{reason}', '' FROM ({told}) WHERE {lost}"
        )


def report_conflicts(intake: Intake) -> None:
    """Report contradictions, the first ones each by itself."""
    answer = intake.run(
        "SELECT table_no, row, odd, agency, rows, near, told FROM joined WHERE odd <> ''"
        f" ORDER BY table_no, row, level, course LIMIT {WORDS}"
    )
    for number, row, odd, agency, rows, near, told in answer:
        where = intake.tables[int(str(number))].at(str(odd), int(str(row)))
        which = rows_named(intake, cast("list[tuple[int, int]]", rows), bool(near))
        told, who = shown(str(told), 200), shown(str(agency))
        intake.problems.add("registers.conflicting-return", where, agency=who, rows=which, told=told)
    if (total := intake.number("SELECT count(*) FROM joined WHERE odd <> ''")) > WORDS:
        intake.problems.add("registers.more-conflicts", where, jobs=counted(total - WORDS, "other return"))


def rows_named(intake: Intake, rows: Sequence[tuple[int, int]], near: bool) -> str:
    """The rows of a conflict: "row 3 and row 9", with their files when they stand in several."""
    before = {table.source: "" if near else f"{table.place} " for table in intake.tables}
    return listed([f"{before[number]}row {row}" for number, row in rows])
