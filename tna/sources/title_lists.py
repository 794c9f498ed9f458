"""Reads a list of job titles, or of agencies, out of any file a register may come in."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tna import duck
from tna.problems import Problems
from tna.sources.furniture import set_apart
from tna.sources.intake import Intake, Table
from tna.sources.ledger import open_ledger
from tna.sources.reports import report_rows
from tna.sources.sql import tidy_sql
from tna.sources.tables import take_files


def read_titles(path: Path, problems: Problems) -> tuple[str, ...]:
    """The job titles of a file, each once, in the order they first stand there.

    The file needs a column of titles (title, role, job title); a register of people will do. Rows with more
    cells than headings are left out, and said in `problems`. Raises `Unusable` when the file cannot be read.
    """
    return _column(path, "titles", "role", problems)


def read_agencies(path: Path, problems: Problems) -> tuple[str, ...]:
    """The agencies of a list, each once, in the order they first stand there; otherwise as `read_titles`."""
    return _column(path, "agencies", "agency", problems)


def _column(path: Path, kind: str, column: str, problems: Problems) -> tuple[str, ...]:
    connection = duck.connect()
    with TemporaryDirectory(prefix="tna-") as scratch:
        intake = Intake(connection, Path(scratch), problems)
        take_files(intake, {kind: [path]}, {})
        problems.stop_on_errors()
        open_ledger(intake)
        set_apart(intake)
        report_rows(intake)
        found = [title for table in intake.tables for title in intake.run(
            f"SELECT {tidy_sql(table.sql(column))} FROM {table.relation} WHERE coalesce(broken, '') = '' ORDER BY row")]  # fmt: skip
        for table in intake.tables:
            _tell_broken(intake, table)
        intake.clear()
    connection.close()
    return tuple(dict.fromkeys(str(title) for (title,) in found if title))


def _tell_broken(intake: Intake, table: Table) -> None:
    rows = [
        str(row) for (row,) in intake.run(f"SELECT row FROM {table.relation} WHERE broken <> '' ORDER BY row")
    ]
    if rows:
        intake.problems.add("registers.broken-row", table.place, rows=f"row {', '.join(rows)}", also="")
