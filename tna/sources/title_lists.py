"""Reads a list of job titles, or of agencies, out of any file a register may come in."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tna import duck
from tna.problems import Place, Problems
from tna.sources.agencies import spelling
from tna.sources.furniture import set_apart
from tna.sources.intake import Intake, Table
from tna.sources.ledger import open_ledger
from tna.sources.reports import report_rows
from tna.sources.sql import tidy_sql
from tna.sources.tables import take_files
from tna.sources.texts import listed, shown


def read_titles(path: Path, problems: Problems) -> tuple[str, ...]:
    """The job titles of a file, each once, in the order they first stand there.

    The file needs a column of titles (title, role, job title); a register of people will do. Rows with more
    cells than headings are left out, and said in `problems`. Raises `Unusable` when the file cannot be read.
    """
    return tuple(dict.fromkeys(title for title, _ in _column(path, "titles", "role", problems)))


def read_agencies(path: Path, problems: Problems) -> tuple[str, ...]:
    """The agencies of a list, each once as first spelt, in the order they first stand there; else as `read_titles`.

    One that is spelt in more than one way is said in `problems`.
    """
    alike: dict[str, dict[str, Place]] = {}
    for name, place in _column(path, "agencies", "agency", problems):
        alike.setdefault(spelling(name) or name, {}).setdefault(name, place)
    for names in alike.values():
        if len(names) > 1:
            _, second, *_ = names.values()
            written = listed(f"'{shown(name)}' ({place.cell})" for name, place in names.items())
            problems.add("forms.agency-twice", second, names=written, name=next(iter(names)))
    return tuple(next(iter(names)) for names in alike.values())


def _column(path: Path, kind: str, column: str, problems: Problems) -> list[tuple[str, Place]]:
    """Every cell of a column that says something, and where it stands."""
    connection = duck.connect()
    with TemporaryDirectory(prefix="tna-") as scratch:
        intake = Intake(connection, Path(scratch), problems)
        take_files(intake, {kind: [path]}, {})
        problems.stop_on_errors()
        open_ledger(intake)
        set_apart(intake)
        report_rows(intake)
        found = [
            (str(text), table.at(column, int(str(row))))
            for table in intake.tables
            for text, row in intake.run(
                f"SELECT {tidy_sql(table.sql(column))} AS text, row FROM {table.relation}"
                " WHERE coalesce(broken, '') = '' AND text <> '' ORDER BY row"
            )
        ]
        for table in intake.tables:
            _tell_broken(intake, table)
        intake.clear()
    connection.close()
    return found


def _tell_broken(intake: Intake, table: Table) -> None:
    rows = [
        str(row) for (row,) in intake.run(f"SELECT row FROM {table.relation} WHERE broken <> '' ORDER BY row")
    ]
    if rows:
        intake.problems.add("registers.broken-row", table.place, rows=f"row {', '.join(rows)}", also="")
